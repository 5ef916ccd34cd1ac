"""Work spread over processes, the results in the order of the work.

Engines do not pickle, so each process makes its own worker once and is then handed the work.
"""

import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")

_TOGETHER = 4
"""How many pieces of work a process is handed at once: few, so that all end at about one time."""
_worker: list[Callable[[Any], Any]] = []


def spread(
    make: Callable[[], Callable[[Work], Result]], work: Sequence[Work], jobs: int
) -> Iterator[Result]:
    """Do ``work``; with one job in this process, with more in as many others.

    ``make`` makes the worker, once a process; with more than one job it must pickle, as must the
    work and its results.
    """
    if jobs <= 1:
        yield from map(make(), work)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (make,)) as pool:
        try:
            yield from pool.map(_do, work, chunksize=_TOGETHER)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    """Ctrl-C is for the first process, which ends the others; the collector leaves what stays."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.append(make())
    gc.freeze()


def _do(piece: Any) -> Any:
    return _worker[0](piece)
