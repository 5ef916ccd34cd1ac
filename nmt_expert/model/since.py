"""What is different from an earlier visit, and which reason it was that changed."""

from nmt_expert.model.base import Band, Record
from nmt_expert.model.difference import Difference


class AnswerSince(Record):
    """One answer then and now; None where it was not asked, or asserted nothing."""

    finding: str
    site: str | None
    side: str | None
    before: str | None
    after: str | None


class ReasonSince(Record):
    """A rule that speaks for or against a conclusion in only one of the two results, and why."""

    rule: str
    came: bool
    answers: tuple[AnswerSince, ...]


class ConclusionSince(Record):
    """A conclusion whose reasons are others; its band is None where it is not drawn."""

    conclusion: str
    before: Band | None
    after: Band | None
    reasons: tuple[ReasonSince, ...]


class Since(Record):
    """From an earlier assessment, of the case ``case`` on ``date`` (ISO), to the present one."""

    case: str
    date: str | None
    difference: Difference
    conclusions: tuple[ConclusionSince, ...]
