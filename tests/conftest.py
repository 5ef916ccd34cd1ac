"""The knowledge base, the engines and a database server, made once for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase
from tests.records.server import Server, missing, server, with_a_store

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


@pytest.fixture(scope="session")
def running_server() -> Iterator[Server]:
    """A database server, with an empty store in its database ``records``."""
    if missing():
        pytest.skip(missing())
    with server() as one:
        with_a_store(one)
        yield one


@pytest.fixture
def postgres(running_server: Server) -> Iterator[Server]:
    """The server, its store emptied again after the test."""
    yield running_server
    running_server.wipe("records")
