"""What one process of a cluster does: it makes its worker once, and is then sent cases.

Dask and its scheduler are sent bytes that they need not understand (:func:`errand`). A worker that
could not read a task as dask reads it would end; here it can say that it lacks this program. And
dask writes a task that failed to the log of the machine, and may say what it was given: of bytes
bound to a function nothing is shown, and no task fails over a case. Clients belong in no log.
"""

import gc
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any

from nmt_expert import __version__
from nmt_expert.bulk.cases import Piece
from nmt_expert.bulk.worker import Line, Recipe, Worker
from nmt_expert.model.errors import NmtError, fault_of_the_program

SAME_PROGRAM = "Install the same program on every worker, and start them anew."
SAME_FOLDERS = "Give every worker the same folders, at the same paths."

_one_at_a_time = Lock()
"""An engine serves one run at a time, and a process of dask may have several threads."""
_ready: dict["Terms", Worker] = {}
"""The worker of this process and the terms it was made on; none, or one."""


@dataclass(frozen=True)
class Terms:
    """What a run rests on besides its cases, so that every machine gives the same bytes."""

    recipe: Recipe
    version: str
    sha256: str


@dataclass(frozen=True)
class Answer:
    """The lines of some cases, or why this process can do none."""

    lines: list[Line] = field(default_factory=list, repr=False)
    stopped: str = ""


def errand(terms: Terms, pieces: list[Piece]) -> Callable[[], Any]:
    """What a process with this program gives the :class:`Answer` to when it calls it."""
    return partial(pickle.loads, pickle.dumps(_Errand(terms, pieces)))


@dataclass(frozen=True)
class _Errand:
    """To read it from its pickle is to do it; what is read is the answer."""

    terms: Terms
    pieces: list[Piece]

    def __reduce__(self) -> tuple[Callable[..., Answer], tuple[Terms, list[Piece]]]:
        return assessed, (self.terms, self.pieces)


def assessed(terms: Terms, pieces: list[Piece]) -> Answer:
    """The lines of some cases, in their order."""
    try:
        with _one_at_a_time:
            worker = _worker(terms)
            return Answer([worker(piece) for piece in pieces])
    except NmtError as stop:
        return Answer(stopped=f"{_here()}: {stop}")
    except Exception as error:
        return Answer(stopped=f"{_here()}: {fault_of_the_program(error)}.")


def _worker(terms: Terms) -> Worker:
    if terms not in _ready:
        _check("version", __version__, terms.version, SAME_PROGRAM)
        _ready.clear()
        gc.unfreeze()  # what stayed for good with the one before
        worker = terms.recipe()
        _check("knowledge base", worker.kb.sha256, terms.sha256, SAME_FOLDERS)
        _ready[terms] = worker
    return _ready[terms]


def _check(what: str, found: str, wanted: str, remedy: str) -> None:
    if found != wanted:
        says = f"its {what} is {found:.12}, and here it is {wanted:.12}"
        raise NmtError(f"{says}. Its results could be others. {remedy}")


def _here() -> str:
    """Which worker of the cluster this process is."""
    from distributed import get_worker

    return f"worker {get_worker().address}"
