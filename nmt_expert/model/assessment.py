"""What one run concludes: the ``nmt.assessment/1`` contract that every report reads."""

from typing import Any, Literal

from pydantic import Field

from nmt_expert.model.base import Band, Basis, Grade, Record, Urgency
from nmt_expert.model.case import Case
from nmt_expert.model.measure import Verdict
from nmt_expert.model.rule import Stratum
from nmt_expert.model.since import Since
from nmt_expert.model.written import WrittenRule

ConclusionSide = Literal["left", "right", "both"]


class Met(Record):
    """One condition that held, in words; ``by`` names answers (``a1``) or firings (``f3``)."""

    condition: str
    by: tuple[str, ...]


class Firing(Record):
    """One rule that fired under one binding of the variables its ``then`` uses."""

    n: int
    stratum: Stratum
    rule: str
    rule_version: str
    bindings: dict[str, str]
    met: tuple[Met, ...]
    produced: tuple[str, ...]
    sure: Literal["sure", "fairly", "unsure"] = "sure"


class Reason(Record):
    """One firing's weight for or against; ``counts`` is false when its group has a stronger one."""

    firing: int
    rule: str
    group: str
    strength: str
    counts: bool
    ceiling: str | None = None


class Missing(Record):
    """What an undecided rule still lacks, in words and as answers that would be needed."""

    rule: str
    lacks: tuple[str, ...]


class Conclusion(Record):
    """A weighed statement about one site: ``id`` is ``conclude:site:side``."""

    id: str
    conclude: str
    factor: str
    site: str
    side: ConclusionSide | None
    band: Band
    certainty: str
    for_: tuple[Reason, ...] = Field(alias="for")
    against: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    explains: tuple[str, ...]


class FactorStanding(Record):
    """One of the five factors in rank order. ``explains`` lists complaints as ``zone:side``."""

    factor: str
    rank: int
    band: Band
    certainty: str
    explains: tuple[str, ...]
    conclusions: tuple[str, ...]


class Focus(Record):
    """One line of the plan, in treatment order; ``firings`` say why."""

    order: int
    site: str | None
    region: tuple[str, ...]
    side: ConclusionSide | None
    treat: str
    technique: tuple[str, ...]
    dose: str | None
    because: tuple[str, ...]
    cautions: tuple[str, ...]
    distant: bool
    firings: tuple[int, ...]


class Withheld(Record):
    """A focus, or some of its techniques, that a filter took away."""

    focus: Focus
    techniques: tuple[str, ...] = ()
    reason: str
    by: str


class Referral(Record):
    """To whom, why, how urgently; ``firings`` are every rule behind it."""

    flag: str
    kind: Literal["red_flag", "perpetuating_factor", "finding", "unexplained"]
    urgency: Urgency
    to: str
    why: tuple[str, ...]
    say: str
    suppress: tuple[str, ...]
    hold: tuple[str, ...] = ()
    firings: tuple[int, ...]


class NotCleared(Record):
    """A red flag that could still be there, and which answers it lacks."""

    flag: str
    urgency: Urgency
    lacks: tuple[str, ...]


class CautionLine(Record):
    """What to do differently, where, and why."""

    caution: str
    scope: Literal["absolute", "local", "modify"]
    site: tuple[str, ...]
    why: str
    bans: tuple[str, ...]
    firings: tuple[int, ...]


class Advice(Record):
    """Something to tell or do."""

    advice: str
    say: str
    to: str | None
    firings: tuple[int, ...]


class Undecided(Record):
    """A rule that could still fire, with what it lacks."""

    rule: str
    draws: tuple[str, ...]
    lacks: tuple[str, ...]


class NextQuestion(Record):
    """A question worth asking next, and why."""

    question: str
    title: str
    bindings: dict[str, str]
    decides: tuple[str, ...]


class RedFlagClosure(Record):
    """Whether every red-flag question has been asked, or which not."""

    all_asked: bool
    open: tuple[str, ...]


class FocusClosure(Record):
    """Whether the leading focus areas are settled, or what could still change them."""

    settled: bool
    leading: tuple[str, ...]
    could_change: tuple[str, ...]


class PerpetuatingClosure(Record):
    """Whether the perpetuating factors are covered, or which not."""

    covered: bool
    open: tuple[str, ...]


class Closure(Record):
    """Whether the interview may stop (red flags asked and focus settled), and what is left."""

    may_stop: bool
    red_flags: RedFlagClosure
    focus: FocusClosure
    perpetuating: PerpetuatingClosure


class Input(Record):
    """One answer as it was used: ``id`` is what the trace refers to, ``says`` its words.

    One that was computed, and not given, says from what.
    """

    id: str
    finding: str
    site: str | None
    side: str | None
    value: str
    number: float | None = None
    sure: Literal["sure", "fairly", "unsure"]
    note: str | None
    question: str
    parked: bool
    computed_from: tuple[str, ...] = ()
    says: str = ""


class Scored(Record):
    """One score on one day; without a date it is today's."""

    date: str | None
    score: float


class SinceLast(Record):
    """A score compared with the last visit on which it could be, when that was not the first."""

    since: str
    difference: float
    verdict: Verdict


class ThresholdStanding(Record):
    """A published change, and whether the client's change reaches it; ``sources`` are keys."""

    amount: str
    reached: bool
    decides: bool
    means: str
    limits: str
    grade: Grade
    basis: Basis
    sources: tuple[str, ...]


class Outcome(Record):
    """One measure compared with the first visit on which it could be.

    ``difference`` is now less before, in points; ``per_cent`` of the first score, when that is not
    0. A verdict that cannot be told says ``why``. ``activities`` are those compared, ``course``
    every score there is. The verdict is that since the first visit; ``last`` is told beside it.
    """

    measure: str
    label: str
    verdict: Verdict
    why: str | None = None
    since: str | None = None
    before: float | None = None
    now: float | None = None
    difference: float | None = None
    per_cent: float | None = None
    activities: tuple[str, ...] = ()
    thresholds: tuple[ThresholdStanding, ...] = ()
    last: SinceLast | None = None
    course: tuple[Scored, ...] = ()


class Assessment(Record):
    """Everything one run says. The same case and knowledge base give the same bytes.

    ``since`` is there when an earlier assessment was given to compare it with.
    """

    schema_: Literal["nmt.assessment/1"] = Field(default="nmt.assessment/1", alias="schema")
    case: Case
    knowledge_base: dict[str, Any]
    factors: tuple[FactorStanding, ...]
    conclusions: tuple[Conclusion, ...]
    focus: tuple[Focus, ...]
    withheld: tuple[Withheld, ...]
    referrals: tuple[Referral, ...]
    not_cleared: tuple[NotCleared, ...]
    cautions: tuple[CautionLine, ...]
    advice: tuple[Advice, ...]
    outcomes: tuple[Outcome, ...] = ()
    since: Since | None = None
    unexplained: tuple[str, ...]
    undecided: tuple[Undecided, ...]
    next_questions: tuple[NextQuestion, ...]
    closure: Closure
    firings: tuple[Firing, ...]
    inputs: tuple[Input, ...]
    rules: dict[str, WrittenRule] = Field(default_factory=dict)
    words: dict[str, str] = Field(default_factory=dict)
    bands: dict[Band, str] = Field(default_factory=dict)
