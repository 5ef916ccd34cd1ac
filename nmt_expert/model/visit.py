"""What people add to a visit beside the answers: their own view."""

from typing import Literal

from nmt_expert.model.base import Record, Urgency
from nmt_expert.model.case import ComplaintSite, Note

OwnReferral = Literal["none", "unsure"] | Urgency
"""Whether the person would refer, and how urgently; ``none`` is said, never assumed."""


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
