"""The knowledge base and the engines, built once for all tests."""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase

ROOT = Path(__file__).parent.parent
CASE_FILES = sorted([*(ROOT / "tests/cases").glob("*/*.yml"), *(ROOT / "examples").glob("*.yml")])


def some_then_all(paths: list[Path], every: int) -> list[ParameterSet]:
    """Each ``every``-th path in the default run, the others in the slow one."""
    return [
        pytest.param(path, marks=() if n % every == 0 else (pytest.mark.slow,))
        for n, path in enumerate(paths)
    ]


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="session")
def engine(kb: KnowledgeBase) -> Engine:
    return Engine(kb)


@pytest.fixture(scope="session")
def stock_engine(kb: KnowledgeBase) -> Engine:
    return Engine(kb, matcher="stock")
