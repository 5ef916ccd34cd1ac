"""Work spread over processes, the results in the order of the work.

Engines do not pickle, so each process makes its own worker once and is then handed the work. No
more of the work is taken than the processes are about to do, so it may be as long as it likes.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Protocol, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

_TOGETHER = 4
"""How many pieces of work a process is handed at once: few, so that all end at about one time."""
AHEAD = 3
"""How many such handfuls are taken for each process: what it does, and what it does next."""
_worker: list[Callable[[Any], Any]] = []


class Promise(Protocol[Result]):
    """A handful of work that somebody does."""

    def result(self) -> list[Result]:
        """Its results, waited for."""


def spread(
    make: Callable[[], Callable[[Work], Result]], work: Iterable[Work], jobs: int
) -> Iterator[Result]:
    """Do ``work``; with one job in this process, with more in as many others.

    ``make`` makes the worker, once a process; with more than one job it must pickle, as must the
    work and its results.

    Raises:
        BrokenProcessPool: a process ended before its work did.
    """
    if jobs <= 1:
        yield from map(make(), work)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (make,)) as pool:
        try:
            yield from in_order(lambda some: pool.submit(_do, some), work, lambda: jobs * AHEAD)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def in_order(
    submit: Callable[[list[Work]], Promise[Result]], work: Iterable[Work], ahead: Callable[[], int]
) -> Iterator[Result]:
    """Hand out ``work`` by the handful, at most so many ``ahead``; the results in its order."""
    left = iter(work)
    handfuls = iter(lambda: list(islice(left, _TOGETHER)), [])
    waiting = deque(map(submit, islice(handfuls, ahead())))
    while waiting:
        results = waiting.popleft().result()
        waiting.extend(map(submit, islice(handfuls, max(0, ahead() - len(waiting)))))
        yield from results


def _begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    """Ctrl-C is for the first process, which ends the others; the collector leaves what stays."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_first, daemon=True).start()
    _worker.append(make())
    gc.freeze()


def _end_with_the_first() -> None:
    """A first process that is killed tells nobody, and its queue of work would be waited for."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _do(pieces: list[Any]) -> list[Any]:
    return [_worker[0](one) for one in pieces]
