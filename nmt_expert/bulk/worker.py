"""One case in, one line out, whatever is wrong with the case."""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nmt_expert.assessment import assess
from nmt_expert.bulk.cases import Piece
from nmt_expert.bulk.engines import EngineName, engine_of
from nmt_expert.kb import load, read_case_text
from nmt_expert.kb.case_file import LOST
from nmt_expert.kb.document import Unreadable, decoded
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.batch import Assessed, BatchFault, BatchLine, Refused
from nmt_expert.model.case import Case
from nmt_expert.model.errors import Fault, InputInvalid, NmtError, fault_of_the_program
from nmt_expert.model.json_text import as_json_line
from nmt_expert.model.knowledge import KnowledgeBase

PLEASE = "Please report it."


class Line(NamedTuple):
    """What is written for a case, and whether it was refused."""

    content: bytes
    refused: bool


class Worker:
    """The knowledge base and its engine, made ready once for many cases."""

    def __init__(self, kb: KnowledgeBase, judge: Callable[[Case], Assessment]) -> None:
        self.kb = kb
        self._judge = judge

    def __call__(self, piece: Piece) -> Line:
        """The line of one case; a fault of the program is told and stops nobody else's.

        Raises:
            NmtError: what is wrong is not the case: its engine cannot go on.
        """
        told: BatchLine
        try:
            told = Assessed(
                n=piece.n, place=piece.place, mark=piece.mark, assessment=self._assessed(piece)
            )
        except (InputInvalid, Unreadable) as error:
            told = _refused(piece, error.faults)
        except NmtError:
            raise
        except Exception as error:
            fault = Fault(piece.place, fault_of_the_program(error), LOST, PLEASE)
            told = _refused(piece, [fault])
        return Line(as_json_line(told).encode(), isinstance(told, Refused))

    def _assessed(self, piece: Piece) -> Assessment:
        if piece.faults:
            raise Unreadable(*piece.faults)
        text = decoded(piece.content, piece.place)
        return self._judge(read_case_text(text, piece.place, self.kb))


@dataclass(frozen=True)
class Recipe:
    """What a process needs to be told to make its worker: it pickles, and a worker does not.

    ``base`` and ``overlay`` are folders of the knowledge base, None for what the program finds.
    """

    base: Path | None
    overlay: Path | None
    engine: EngineName = EngineName.experta

    def __call__(self) -> Worker:
        """The worker; see :func:`made_ready`."""
        return made_ready(self.base, self.overlay, self.engine)


def made_ready(base: Path | None, overlay: Path | None, name: EngineName) -> Worker:
    """The worker of a process, with an engine of its own.

    What stays for good is taken out of the garbage collector's rounds.

    Raises:
        NmtError: there is no sound knowledge base, or the engine is not installed.
    """
    kb = load(base, overlay)
    engine = engine_of(name, kb)
    gc.freeze()
    return Worker(kb, lambda case: assess(case, kb, engine))


def _refused(piece: Piece, faults: Iterable[Fault]) -> Refused:
    told = tuple(
        BatchFault(
            place=_place(fault.place, piece),
            fault=fault.says,
            consequence=fault.consequence,
            remedy=fault.remedy,
        )
        for fault in faults
    )
    return Refused(n=piece.n, place=piece.place, mark=piece.mark, faults=told)


def _place(place: str, piece: Piece) -> str:
    """As a reader of the file counts: a case that is one line has no line of its own."""
    within = place.removeprefix(piece.place)
    return piece.place + within.removeprefix(":1") if piece.line else place
