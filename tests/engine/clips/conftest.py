"""The CLIPS engine, built once; without the library every test of this folder is skipped."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from nmt_expert.engine.clips import ClipsEngine
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Rule

Change = Callable[..., KnowledgeBase]


@pytest.fixture(scope="session")
def clips() -> Any:
    return pytest.importorskip("clips", reason="clipspy is not installed (extra clips)")


@pytest.fixture(scope="session")
def clips_engine(kb: KnowledgeBase, clips: Any) -> ClipsEngine:
    return ClipsEngine(kb)


@pytest.fixture(scope="session")
def with_rules(kb: KnowledgeBase) -> Change:
    """The knowledge with these rules alone, each made of the keys that matter to a test."""
    model = next(iter(kb.rules.values())).model_dump(by_alias=True)

    def change(**rules: dict[str, Any]) -> KnowledgeBase:
        made = {
            f"own.rules.{name}": Rule.model_validate(
                model | {"id": f"own.rules.{name}", "status": "draft"} | keys
            )
            for name, keys in rules.items()
        }
        return replace(kb, rules=MappingProxyType(made), questions=MappingProxyType({}))

    return change
