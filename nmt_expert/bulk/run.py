"""A run over many cases: from their source, through an executor, to where the lines go."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain, islice
from typing import BinaryIO

from nmt_expert import __version__
from nmt_expert.assessment.spread import spread
from nmt_expert.bulk.cases import Piece
from nmt_expert.bulk.results import ANEW, LEFT, Done
from nmt_expert.bulk.worker import Line, Worker
from nmt_expert.model.errors import Fault, NmtError
from nmt_expert.model.knowledge import KnowledgeBase

CASES_A_PROCESS = 10
"""A process is started for so many cases: to make it ready takes about as long as they do."""

Make = Callable[[], Worker]
Executor = Callable[[Iterable[Piece]], Iterator[Line]]
"""Does the work wherever it likes, and gives lines in its order."""


@dataclass
class Tally:
    """How many lines there are so far, and how many of them tell that a case was refused."""

    lines: int = 0
    refused: int = 0


def start_of(kb: KnowledgeBase) -> str:
    """What every line of a run rests on besides the cases: this program, and the knowledge."""
    return sha256(f"nmt.batch/1 {__version__} {kb.sha256}".encode()).hexdigest()


def processes(make: Make, jobs: int) -> Executor:
    """At most so many processes, each with the worker it makes; fewer for a few cases."""
    return partial(_in_processes, make, jobs)


def not_done(pieces: Iterator[Piece], done: Done, place: str) -> Iterator[Piece]:
    """The cases after those whose lines stand in the file at ``place``.

    Raises:
        NmtError: those lines are not about the first of these cases, or of another knowledge base.
    """
    last = deque(islice(pieces, done.lines), maxlen=1)
    if done.lines and [(one.n, one.mark) for one in last] != [(done.lines, done.mark)]:
        says = f"its {done.lines} lines do not come from these cases and this knowledge base"
        raise NmtError(str(Fault(place, says, LEFT, ANEW)))
    return pieces


def run(
    pieces: Iterable[Piece],
    executor: Executor,
    file: BinaryIO,
    tally: Tally,
    told: Callable[[int], None] = lambda lines: None,
) -> None:
    """Write a line for every case as soon as it is its turn, and count it.

    Raises:
        NmtError: a process of the executor ended, or cannot go on.
    """
    try:
        for line in executor(pieces):
            file.write(line.content)
            file.flush()
            tally.lines += 1
            tally.refused += line.refused
            told(tally.lines)
    except BrokenExecutor:
        says = "a process ended before its work did, perhaps for want of memory"
        raise NmtError(str(_cut(says, tally, "fewer --jobs and --resume"))) from None
    except NmtError as stop:
        raise NmtError(f"{stop} {tally.lines} lines are written; go on with --resume.") from None


def _cut(says: str, tally: Tally, remedy: str) -> Fault:
    return Fault("batch", says, f"{tally.lines} lines are written.", f"Go on with {remedy}.")


def _in_processes(make: Make, jobs: int, pieces: Iterable[Piece]) -> Iterator[Line]:
    if jobs > 1:
        left = iter(pieces)
        first = list(islice(left, jobs * CASES_A_PROCESS))
        jobs, pieces = min(jobs, len(first) // CASES_A_PROCESS), chain(first, left)
    return spread(make, pieces, jobs)
