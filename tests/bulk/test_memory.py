"""Any number of cases, in the memory of a few."""

import gc
import tracemalloc
from functools import partial
from io import BytesIO

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.spread import spread
from nmt_expert.bulk.cases import Cases
from nmt_expert.bulk.run import Tally, processes, run
from nmt_expert.bulk.worker import Worker
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from tests.bulk.conftest import TINY, small_case

ROOM = 20_000
"""Bytes by which a run ten times as long may need more."""
FEW = 30


class Lines(BytesIO):
    """So many cases, each made when it is read."""

    def __init__(self, number: int) -> None:
        self.left = iter(range(number))

    def readline(self, _limit: int | None = -1, /) -> bytes:
        return next((small_case(f"client-{n}").encode() for n in self.left), b"")


class Nowhere(BytesIO):
    """Takes any number of lines, keeps none, and looks how much is held meanwhile."""

    most = lines = 0

    def write(self, _line: object, /) -> int:
        self.lines += 1
        if self.lines % FEW == 0:
            gc.collect()
            self.most = max(self.most, tracemalloc.get_traced_memory()[0])
        return 0


@pytest.fixture(scope="module")
def ready() -> Worker:
    kb = load(TINY)
    return Worker(kb, partial(assess, kb=kb, engine=Engine(kb)))


def give_back() -> type[int]:
    """Makes a worker that gives back what it is given; other processes find it by its name."""
    return int


def most_held(number: int, worker: Worker) -> int:
    """The most bytes that a run over so many cases held at once."""
    tally, nowhere = Tally(), Nowhere()
    tracemalloc.start()
    try:
        cases = Cases(("-",), Lines(number))
        run(cases.pieces(""), processes(lambda: worker, 1), nowhere, tally)
        return nowhere.most
    finally:
        tracemalloc.stop()
        assert (tally.lines, tally.refused) == (number, 0)


def test_ten_times_the_cases_take_no_more_memory(ready):
    most_held(FEW, ready)  # what is worked out once and kept
    assert most_held(10 * FEW, ready) < most_held(FEW, ready) + ROOM


def test_no_more_of_the_work_is_taken_than_is_about_to_be_done():
    taken = []
    endless = (taken.append(n) or n for n in range(10**9))
    done = spread(give_back, endless, 2)
    assert [next(done) for _ in range(9)] == list(range(9))
    assert len(taken) < 50
    done.close()
