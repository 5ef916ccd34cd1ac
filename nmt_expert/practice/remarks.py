"""What is said of an attempt: remarks under the headings that supervisors know, and the whole."""

from collections.abc import Sequence
from typing import Literal

from nmt_expert.model.base import Record

Heading = Literal["content", "procedure", "reasoning"]
HEADINGS: tuple[Heading, ...] = ("content", "procedure", "reasoning")
Verdict = Literal["acceptable", "questionable", "unsafe"]
MOST_NAMED = 3
"""So many things of a kind are named in a remark; the others are counted."""
VERDICTS: tuple[Verdict, ...] = ("acceptable", "questionable", "unsafe")
"""Best first."""

Matter = Literal[
    "ranking",
    "hedging",
    "focus",
    "technique",
    "referral",
    "referral_reasons",
    "over_referral",
    "red_flag",
    "caution",
    "safety_screen",
    "not_cleared",
    "missed_finding",
    "value",
    "useless",
    "hints",
    "premature_closure",
    "anchoring",
    "reasons",
    "certainty",
    "change_of_mind",
]
"""What a remark is about; ids are stable."""


class Remark(Record):
    """One remark. ``rules`` are the ids of the rules it rests on; a person reads them as cards."""

    heading: Heading
    verdict: Verdict
    matter: Matter
    says: str
    rules: tuple[str, ...] = ()


def remark(
    heading: Heading, verdict: Verdict, matter: Matter, says: str, rules: tuple[str, ...] = ()
) -> Remark:
    """A remark, in the order in which one is made."""
    return Remark(heading=heading, verdict=verdict, matter=matter, says=says, rules=rules)


Outcome = Literal["used", "seen", "missed"]


class Lesson(Record):
    """What the attempt shows of one rule or topic, as ``rule:<id>`` or ``topic:<id>``.

    A rule is used when the student gave one of its findings as a reason, seen when it only fired,
    missed when the case held it and the student never got to it.
    """

    of: str
    outcome: Outcome


class Score(Record):
    """The whole: no number; the worst remark decides the verdict."""

    case: str
    minutes: float
    remarks: tuple[Remark, ...]
    lessons: tuple[Lesson, ...]

    @property
    def verdict(self) -> Verdict:
        """Acceptable unless something was questionable or unsafe."""
        return worst(self.remarks)

    def under(self, heading: Heading) -> tuple[Remark, ...]:
        """The remarks under one heading, the worst first."""
        found = [one for one in self.remarks if one.heading == heading]
        return tuple(sorted(found, key=lambda one: -VERDICTS.index(one.verdict)))

    def about(self, matter: Matter) -> tuple[Remark, ...]:
        """The remarks about one matter."""
        return tuple(one for one in self.remarks if one.matter == matter)


def few(words: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    named = "; ".join(words[:MOST_NAMED])
    return f"{named}; and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else named


def worst(remarks: tuple[Remark, ...]) -> Verdict:
    """The worst verdict among remarks."""
    return max((one.verdict for one in remarks), key=VERDICTS.index, default="acceptable")
