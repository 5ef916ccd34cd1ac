"""What is told of one client on one day: the ``nmt.case/1`` contract."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nmt_expert.model.base import SIDES, Record, Side, Urgency
from nmt_expert.model.measure import Together

CODE = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}"
Code = Annotated[str, StringConstraints(pattern=f"^{CODE}$")]
"""A client's code: no name is needed."""

Note = Annotated[str, StringConstraints(max_length=1000)]
AnswerSide = Literal["left", "right", "both"]
Sure = Literal["sure", "fairly", "unsure"]


_ALONE: dict[str, tuple[Side, ...]] = {"left": ("left",), "right": ("right",), "both": SIDES}


def sides_of(side: str | None) -> tuple[Side | None, ...]:
    """The sides that an answer speaks of, each alone; None where it has no side."""
    return _ALONE.get(side or "", (None,))


class Answer(Record):
    """One answer: a value of the finding, a number it bands, or one of the four non-answers."""

    finding: str
    site: str | None = None
    side: AnswerSide | None = None
    value: str | int | float = "present"
    sure: Sure = "sure"
    note: Note | None = None
    by: str | None = None
    at: str | None = None


class Client(Record):
    """Who it is about, as far as the reasoning needs it; ``age`` in years counts as an answer."""

    code: Code | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    sex: str | None = None
    occupation: Note | None = None


class Visit(Record):
    """Which visit it is and its date (ISO)."""

    number: Annotated[int, Field(ge=1, le=999)] = 1
    date: str | None = None


class ComplaintSite(Record):
    """A place that hurts."""

    site: str
    side: AnswerSide | None = None


class Complaint(Record):
    """Why the client came; naming a site asserts pain there, and the first is the chief one."""

    text: Note | None = None
    sites: tuple[ComplaintSite, ...] = ()


class Activity(Record):
    """Something the client finds hard, in their own words, and how well it goes.

    0 is cannot do, 10 as well as before.
    """

    activity: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    score: Annotated[float, Field(ge=0, le=10, strict=True, allow_inf_nan=False)]

    @property
    def known_as(self) -> str:
        """The text by which it is found again at another visit, whatever its case and spacing."""
        return " ".join(self.activity.casefold().split())


Activities = Annotated[tuple[Activity, ...], Field(max_length=5)]
"""Up to five, the one that matters most to the client first."""


Response = Literal["eased", "same", "worse", "not_asked"]
"""How the client said that the place felt after it was treated."""

Retest = Literal["better", "same", "worse", "not_tested"]
"""How the movement or test that was used before the treatment came out after it."""


class Treated(Record):
    """One place that was treated: with what, how the client responded, what a re-test showed."""

    site: str
    side: AnswerSide | None = None
    technique: str
    response: Response = "not_asked"
    retest: Retest = "not_tested"
    note: Note | None = None


class Earlier(Record):
    """What was scored and treated at an earlier visit, on that date (ISO).

    To compare with, never to reason from.
    """

    date: str
    answers: tuple[Answer, ...] = ()
    activities: Activities = ()
    treated: tuple[Treated, ...] = ()


class ExpectedConclusion(Record):
    """The conclusion that should lead."""

    conclude: str
    site: str
    side: AnswerSide | None = None


class ExpectedReferral(Record):
    """A flag that should be raised, at just this urgency."""

    flag: str
    urgency: Urgency


class Expectation(Record):
    """What a worked case should end in; what is left out is not looked at.

    ``focus``, ``distant`` and ``uncleared`` name members that must be there, as ``site`` or
    ``site:side``; an empty ``focus`` means that nothing may be treated. ``factors`` are the first
    in rank order; ``not_cleared`` counts emergency and same-day flags. ``not_concluded`` names, as
    ``conclude:site`` or ``conclude:site:side``, what must stay below the band *weak*;
    ``not_treated`` names places, as ``site`` or ``site:side``, that no line of the plan may be
    about; ``not_raised`` names the flags that must not come up, however alike the client looks.
    """

    leads: ExpectedConclusion | None = None
    factors: tuple[str, ...] | None = None
    focus: tuple[str, ...] | None = None
    distant: tuple[str, ...] = ()
    referrals: tuple[ExpectedReferral, ...] = ()
    nothing_above: Urgency | None = None
    not_cleared: int | None = None
    uncleared: tuple[str, ...] = ()
    no_conclusions: bool = False
    not_concluded: tuple[str, ...] = ()
    not_treated: tuple[str, ...] = ()
    not_raised: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    not_advised: tuple[str, ...] = ()
    change: Together | Literal["cannot_tell"] | None = None


class Case(Record):
    """All that is known: who, the complaint, the answers, and what unlisted findings count as."""

    schema_: Literal["nmt.case/1"] = Field(default="nmt.case/1", alias="schema")
    id: Annotated[str, StringConstraints(max_length=80)] = "case"
    title: Note | None = None
    client: Client = Client()
    visit: Visit = Visit()
    complaint: Complaint = Complaint()
    answers: tuple[Answer, ...] = ()
    activities: Activities = ()
    earlier: tuple[Earlier, ...] = ()
    otherwise: Literal["unknown", "normal"] = "unknown"
    expect: Expectation | None = None
