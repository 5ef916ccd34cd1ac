"""Answers to how and why-not, as values that the terminal, Markdown and JSON print alike."""

from typing import Literal

from nmt_expert.model.base import Record
from nmt_expert.model.written import WrittenCondition

ConditionState = Literal["met", "contradicted", "not_asked", "unknown", "below_threshold"]


class Reasoned(Record):
    """One line of a reason tree: a conclusion, a rule that fired, a condition, or an answer.

    Of a rule, ``text`` is its reason, ``title`` what it says in short, ``when`` all its conditions.
    ``labels`` are words such as "unreviewed", "contested" or "recalled" that belong on the line;
    ``details`` are lines of small print; ``sources`` are printed citations with their locators.
    """

    kind: Literal["result", "rule", "condition", "answer"]
    text: str
    title: str | None = None
    ref: str | None = None
    labels: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    when: WrittenCondition | None = None
    limits: str | None = None
    sources: tuple[str, ...] = ()
    children: tuple["Reasoned", ...] = ()


class How(Record):
    """Why something was concluded: in a sentence, and as a tree down to the answers."""

    of: str
    sentence: str
    tree: tuple[Reasoned, ...]


class Unmet(Record):
    """One condition of a rule that has not fired, and how it stands.

    ``by`` names the answers and conclusions that decide it, ``told`` says them; ``short`` is by
    how much it is missed where that is a number.
    """

    condition: str
    state: ConditionState
    by: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    short: str | None = None


class Step(Record):
    """One question to ask, what to answer there, and what it costs.

    ``open_now`` says whether it applies already; ``minutes`` is an estimate. A finding that is
    computed and never asked has no question.
    """

    question: str | None
    title: str
    answers: tuple[str, ...]
    who: Literal["client", "therapist"] | None
    open_now: bool
    items: int
    minutes: float


class NearRule(Record):
    """A rule that could draw it, with the conditions it lacks; the nearest comes first.

    ``would_need`` are answers as ``finding@site:side=value``: with all of them it ``fires``, unless
    ``obstacle`` says why not; ``then`` is what would stand in the way of the result after that.
    """

    rule: str
    title: str
    labels: tuple[str, ...] = ()
    conditions: tuple[Unmet, ...]
    would_need: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    fires: bool = True
    obstacle: str | None = None
    then: str | None = None


class WhyNot(Record):
    """Why something was not concluded, and what stands in the way after the rule would fire.

    ``cheapest`` is the rule, by its place among ``nearest``, whose questions cost least.
    """

    of: str
    concluded: bool
    sentence: str
    nearest: tuple[NearRule, ...]
    cheapest: int | None = None
    next_obstacle: str | None = None
