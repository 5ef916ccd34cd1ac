"""Questions are knowledge too: what is asked together, of whom, and when it can matter."""

from typing import Literal

from nmt_expert.model.base import Id, Record, Text
from nmt_expert.model.rule import Condition, SiteTerm

# In asking order: the safety screen comes before anything else.
Section = Literal[
    "safety",
    "client",
    "complaint",
    "region_safety",
    "history",
    "lifestyle",
    "posture",
    "movement",
    "palpation",
    "nerve",
    "joint",
    "seen",
    "visit",
]


class Ask(Record):
    """One item of a question, or with ``each`` one item per site of a kind, region or group."""

    finding: Id
    site: SiteTerm | None = None
    side: Literal["$side", "left", "right"] | None = None
    each: Id | None = None


class Question(Record):
    """One screen of the interview.

    ``together`` names variables whose bindings share one prompt; ``follow_up`` questions come
    directly after the answer that opened them; ``on_demand`` ones are never counted as open.
    """

    id: Id
    section: Section
    title: Text
    who: Literal["client", "therapist"]
    ask_when: Condition | None = None
    together: tuple[Literal["$zone", "$side", "$muscle", "$nerve"], ...] = ()
    ask: tuple[Ask, ...]
    style: Literal["chart"] | None = None
    private: bool = False
    on_demand: bool = False
    follow_up: bool = False
    quick: bool = False
    why: Text
