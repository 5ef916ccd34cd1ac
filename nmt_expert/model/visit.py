"""What people add to a visit beside the answers: their own view, and what was done."""

from typing import Literal

from nmt_expert.model.base import Record, Urgency
from nmt_expert.model.case import AnswerSide, ComplaintSite, Note

OwnReferral = Literal["none", "unsure"] | Urgency
"""Whether the person would refer, and how urgently; ``none`` is said, never assumed."""

Response = Literal["eased", "same", "worse", "not_asked"]
"""How the client said that the place felt after it was treated."""

Retest = Literal["better", "same", "worse", "not_tested"]
"""How the movement or test that was used before the treatment came out after it."""


class Impression(Record):
    """What the person thinks, told before the engine's result is shown; any part may be missing.

    ``factor`` is the one thought to lead, ``sites`` where the person would work, first one first.
    """

    factor: str | None = None
    sites: tuple[ComplaintSite, ...] = ()
    refer: OwnReferral | None = None
    words: Note | None = None

    def __bool__(self) -> bool:
        """Whether anything was told."""
        return self != Impression()


class Treated(Record):
    """One place that was treated: with what, how the client responded, what a re-test showed."""

    site: str
    side: AnswerSide | None = None
    technique: str
    response: Response = "not_asked"
    retest: Retest = "not_tested"
    note: Note | None = None
