"""What another answer would do, what would turn a result, and how two results differ."""

from typing import Literal

from nmt_expert.model.base import Record
from nmt_expert.model.difference import Difference, FlagChange


class Change(Record):
    """One answer given otherwise: ``answer`` is ``finding@site:side=value``.

    ``was`` is the value that was given there; None where nothing was said.
    """

    answer: str
    was: str | None


class WhatIf(Record):
    """The difference that other answers would make; nothing was recorded."""

    changes: tuple[Change, ...]
    difference: Difference


FlipKind = Literal["open", "uncertain", "given"]
"""What is changed: something not known yet, an answer that was in doubt, or one that was given."""


class Flip(Record):
    """One or two answers that would change the leading factor or a referral.

    ``leads`` is the factor that would lead, an empty text where none would; None where that does
    not change.
    """

    changes: tuple[Change, ...]
    kind: FlipKind
    leads: str | None
    flags: tuple[FlagChange, ...]


class Flips(Record):
    """The smallest changes that would turn a result, within a limit of runs of the engine.

    ``left`` counts the changes that were not tried; with any left the search stopped early.
    """

    leading: str
    flips: tuple[Flip, ...]
    runs: int
    limit: int
    left: int


class AnswerChange(Record):
    """One finding at one place, ``finding@site:side``, that was answered otherwise.

    ``counts`` says whether anything in one of the results rests on it.
    """

    about: str
    before: str | None
    after: str | None
    counts: bool


class ReasonChange(Record):
    """A conclusion with the rules, by title, that speak for or against it in only one result."""

    conclusion: str
    came: tuple[str, ...]
    went: tuple[str, ...]


class Compared(Record):
    """Two results: what differs, which answers and reasons differ, which rules were rewritten."""

    first: str
    second: str
    difference: Difference
    answers: tuple[AnswerChange, ...]
    reasons: tuple[ReasonChange, ...]
    rewritten: tuple[str, ...]
    same_knowledge: bool


class OwnViewLine(Record):
    """One thing as the person saw it, and as the engine did."""

    about: str
    own: str
    engine: str


class OwnView(Record):
    """The person's own view, told before the result was shown, beside the engine's."""

    lines: tuple[OwnViewLine, ...]
