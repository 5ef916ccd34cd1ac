"""Marks on the body chart: the sign of each, what the signs mean, and the strength in a note."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.case import AnswerSide

Meaning = Literal["felt", "treat", "referred", "here"]
"""Something is felt, is to be treated, or may be felt from elsewhere; or the cursor is on it."""

STRONGEST = 10
SIGNS: dict[Meaning, str] = {"felt": "x", "treat": "+", "referred": "~", "here": "o"}
LEGEND = {"#": "10", "x": "marked", "+": "to be treated", "~": "may refer here", "o": "cursor"}
_SCORE = re.compile(rf"(\d{{1,2}}) of {STRONGEST}\b")


@dataclass(frozen=True)
class Mark:
    """A zone that is marked, on which side, and how strongly it is felt, of 10.

    ``name`` is what is there, such as a muscle, where that is not the zone itself.
    """

    zone: str
    side: AnswerSide | None = None
    intensity: int | None = None
    meaning: Meaning = "felt"
    name: str = ""

    @property
    def sign(self) -> str:
        """One character: the intensity, ``#`` for 10, else what the mark means."""
        if self.meaning != "felt" or self.intensity is None:
            return SIGNS[self.meaning]
        return "#" if self.intensity >= STRONGEST else str(self.intensity)

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """Left, right, both, or none."""
        return SIDES if self.side == "both" else (self.side,)


def score(intensity: int) -> str:
    """How strong, as it is written in a note: ``6 of 10``."""
    return f"{intensity} of {STRONGEST}"


def score_in(note: str) -> int | None:
    """The intensity that a note begins with; None when it says none."""
    found = _SCORE.match(note)
    return int(found[1]) if found and int(found[1]) <= STRONGEST else None


def legend(marks: Iterable[Mark]) -> str:
    """What the signs of these marks mean, each once."""
    used = {mark.sign for mark in marks}
    scored = ["1-9 of 10"] if any(sign.isdigit() for sign in used) else []
    return "  ".join(
        [*scored, *(f"{sign} {says}" for sign, says in LEGEND.items() if sign in used)]
    )
