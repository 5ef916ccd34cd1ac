"""Answers to how and why-not, as values that the terminal, Markdown and JSON print alike."""

from typing import Literal

from nmt_expert.model.base import Record

ConditionState = Literal["met", "contradicted", "not_asked", "unknown", "below_threshold"]


class Reasoned(Record):
    """One line of a reason tree: a conclusion, a rule that fired, a condition, or an answer.

    ``labels`` are words such as "unreviewed", "contested" or "recalled" that belong on the line;
    ``sources`` are printed citations with their locators.
    """

    kind: Literal["result", "rule", "condition", "answer"]
    text: str
    ref: str | None = None
    labels: tuple[str, ...] = ()
    limits: str | None = None
    sources: tuple[str, ...] = ()
    place: str | None = None
    children: tuple["Reasoned", ...] = ()


class How(Record):
    """Why something was concluded: in a sentence, and as a tree down to the answers."""

    of: str
    sentence: str
    tree: tuple[Reasoned, ...]


class Unmet(Record):
    """One condition of a rule that has not fired, and how it stands."""

    condition: str
    state: ConditionState
    by: tuple[str, ...] = ()


class NearRule(Record):
    """A rule that could draw it, with the conditions it lacks; the nearest comes first."""

    rule: str
    title: str
    conditions: tuple[Unmet, ...]
    would_need: tuple[str, ...]


class WhyNot(Record):
    """Why something was not concluded, and what stands in the way after the rule would fire."""

    of: str
    concluded: bool
    sentence: str
    nearest: tuple[NearRule, ...]
    next_obstacle: str | None = None
