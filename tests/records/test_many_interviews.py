"""A full store answers at once; benchmarks/records.py measures ten thousand assessments."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from nmt_expert.model.case import Answer, Case
from nmt_expert.records import InterviewId, Store, care

AT = "2026-11-20T10:01:00Z"
MANY = 30


@pytest.fixture
def full(store: Store, begin, assess) -> Store:
    for n in range(MANY):
        interview = begin(store, code=f"C-{n:03}", at=f"2026-{n % 12 + 1:02}-03T10:00:00Z")
        note = Answer(finding="taut_band", note=f"note {n}.")
        store.append(interview, [note], prompt="p", at=AT)
        store.finish(interview, assess(Case()), AT)
    return store


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


JOBS: dict[str, tuple[int, Callable[[Store], object]]] = {
    "list": (1, lambda store: store.interviews()),
    "search": (2, lambda store: care.find(store, ["note 7."])),
    "open": (2, lambda store: store.state(InterviewId("2026-08-03-1"))),
}


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_store(full: Store) -> None:
    for most, do in JOBS.values():
        with statements() as asked:
            assert do(full)
        assert len([one for one in asked if one.startswith("SELECT")]) <= most


def test_the_processor_is_hardly_needed(full: Store) -> None:
    for _, do in JOBS.values():
        do(full)
        begun = time.process_time()
        do(full)
        assert time.process_time() - begun < 0.1
