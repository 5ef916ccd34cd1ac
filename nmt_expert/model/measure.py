"""How an outcome is measured, and which change of its score counts for how much."""

from typing import Annotated, Literal

from pydantic import Field

from nmt_expert.model.base import Basis, Grade, Id, Record, SourceKey, Text
from nmt_expert.model.rule import Citation

Way = Literal["better", "worse", "both"]
Verdict = Literal["better", "not_yet", "worse", "cannot_tell"]
"""What the change of one score says; ``cannot_tell`` when a score is missing."""

Together = Literal["meaningful", "partial", "none", "worse"]
"""What the changes say together; the values of the finding that holds it."""


class Threshold(Record):
    """A change that some source calls real or important, in points or per cent of the first score.

    Only thresholds that say ``decides`` give the verdict, and any one of them is enough; the others
    are told beside it, because sources differ.
    """

    points: Annotated[float, Field(gt=0)] | None = None
    per_cent: Annotated[float, Field(gt=0, le=100)] | None = None
    way: Way = "both"
    decides: bool = False
    means: Text
    limits: Text
    grade: Grade
    basis: Basis
    sources: tuple[Citation, ...] = ()

    @property
    def amount(self) -> str:
        """``2 points`` or ``30 per cent``."""
        if self.points is None:
            return f"{self.per_cent:g} per cent"
        return f"{self.points:g} {'point' if self.points == 1 else 'points'}"


class Licence(Record):
    """What of a questionnaire may stand here: our own words, or its total only."""

    ships: Literal["own_wording", "total_only"]
    note: Text
    attribution: Text | None = None
    sources: tuple[SourceKey, ...] = ()


class Measure(Record):
    """One outcome measure; its range and its bands are those of the finding that holds its score.

    ``counts`` says what a change is good for: the ``core`` measures decide together, one that
    counts ``alone`` shows a meaningful change by itself, ``no`` is a screen and never compared.
    ``activities`` are scored one by one in the client's own words, and their mean is the score.
    ``form`` joins entries of one paper form in different units, which are never compared.
    """

    id: Id
    label: Text
    what: Text
    score: Id
    better: Literal["lower", "higher"] | None = None
    counts: Literal["core", "alone", "no"]
    activities: bool = False
    form: Id | None = None
    status: Literal["draft", "retired"] = "draft"
    regions: tuple[Id, ...] = ()
    wording: tuple[Text, ...] = ()
    replies: tuple[Text, ...] = ()
    minutes: Text | None = None
    thresholds: tuple[Threshold, ...] = ()
    licence: Licence
    limits: Text
    grade: Grade
    basis: Basis
    sources: tuple[SourceKey, ...] = ()

    @property
    def deciding(self) -> tuple[Threshold, ...]:
        """The thresholds that give the verdict."""
        return tuple(one for one in self.thresholds if one.decides)
