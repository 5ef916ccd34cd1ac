"""What a student did, one record each: an attempt is these in their order, and nothing else."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from nmt_expert.model.base import Band, Record, Urgency
from nmt_expert.model.case import Answer, AnswerSide, Sure

WORTH = (
    "could raise or clear a referral or a caution",
    "could change what is treated first",
    "could change the ranking",
    "could change nothing",
)
"""What a question could still change, by :data:`Worth`."""
Worth = Annotated[int, Field(ge=0, le=3)]
"""An index into :data:`WORTH`: smaller is worth more."""
NOTHING = 3


class Asked(Record):
    """A question put or an examination done, and what it showed.

    ``step`` names it for the interview; ``best`` is what the best question of that moment was
    worth, and ``better`` its title where it was worth more than this one.
    """

    what: Literal["asked"] = "asked"
    step: str
    title: str
    answers: tuple[Answer, ...]
    minutes: float
    worth: Worth
    best: Worth
    better: str = ""


class Hinted(Record):
    """A hint that was asked for: its level (1 where to look, 2 what to ask, 3 why), its cost."""

    what: Literal["hinted"] = "hinted"
    level: Literal[1, 2, 3]
    about: str
    minutes: float


class Stand(Record):
    """How the engine saw one factor when the student committed, in rank order."""

    factor: str
    band: Band


class Committed(Record):
    """A ranking that the student stood by before the engine's was shown.

    ``ranking`` holds the factors that play a part, the leading one first, and none where none of
    them explains it; ``pro`` and ``contra``
    name answers as ``finding@site:side``; ``mind`` are titles of questions that would change it.
    ``idle`` are those of them on which nothing depended. ``engine`` is the other column.
    """

    what: Literal["committed"] = "committed"
    ranking: tuple[str, ...]
    sure: Sure
    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    mind: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    engine: tuple[Stand, ...] = ()

    @property
    def leader(self) -> str | None:
        """The factor put first; None where none was named."""
        return self.ranking[0] if self.ranking else None


class PlannedFocus(Record):
    """One place that the student would treat, and with what."""

    site: str
    side: AnswerSide | None = None
    technique: str


class PlannedReferral(Record):
    """To refer, how urgently, and because of which answers (``finding@site:side``)."""

    urgency: Urgency
    because: tuple[str, ...] = ()


class Planned(Record):
    """The end: where the student would work, and whom the client is sent to."""

    what: Literal["planned"] = "planned"
    focus: tuple[PlannedFocus, ...] = ()
    referrals: tuple[PlannedReferral, ...] = ()


Event = Annotated[Asked | Hinted | Committed | Planned, Field(discriminator="what")]
EVENT: TypeAdapter[Asked | Hinted | Committed | Planned] = TypeAdapter(Event)
"""Reads an event back from what was kept."""
