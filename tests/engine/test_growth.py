"""Ten regions like the body there is today change no result, and no run looks at them."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.engine.matcher import IndexedMatcher
from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def growth() -> ModuleType:
    spec = importlib.util.spec_from_file_location("growth", ROOT / "benchmarks" / "growth.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def larger(kb: KnowledgeBase, growth: ModuleType) -> KnowledgeBase:
    grown: KnowledgeBase = growth.grown(kb, 3)
    return grown


def test_each_region_brings_all_that_the_body_has(kb: KnowledgeBase, larger: KnowledgeBase) -> None:
    for name in ("sites", "relations", "findings", "rules"):
        assert len(getattr(larger, name)) == 3 * len(getattr(kb, name))


def test_further_regions_change_no_result_and_are_not_looked_at(
    kb: KnowledgeBase, larger: KnowledgeBase, growth: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[object] = []
    complete = IndexedMatcher._complete

    def counted(self: IndexedMatcher, *given: Any) -> None:
        joined.append(given)
        complete(self, *given)

    monkeypatch.setattr(IndexedMatcher, "_complete", counted)
    told = []
    path = Path(ROOT / "examples" / "cashier-night-tingling.yml")
    for one in (kb, larger):
        engine = Engine(one)
        joined.clear()
        assess(Case(), one, engine)
        result = growth.result(assess(read_case(path, kb), one, engine))
        told.append((result, len(joined)))
    assert told[0] == told[1]
