"""Whether the interview may stop, and the three things that this rests on."""

from nmt_expert.model.assessment import Closure
from nmt_expert.model.words import drawn, flag, lacking
from nmt_expert.reports.document import Bullets, Line, Paragraph, Section
from nmt_expert.reports.view import View

_SHOWN = 5


def closure(view: View) -> Section:
    """Red flags asked, focus settled, perpetuating factors covered: each said apart."""
    found = view.assessment.closure
    may = Line("The interview may stop here.", "good")
    may_not = Line("The interview should go on.", "caution")
    stop = Paragraph(may if found.may_stop else may_not)
    return Section("Closure", (stop, Bullets(_three(view, found))))


def _three(view: View, found: Closure) -> tuple[Line, ...]:
    open_flags = [lacking(view.kb, item) for item in found.red_flags.open]
    changes = [drawn(view.kb, item) for item in found.focus.could_change]
    factors = [flag(view.kb, name) for name in found.perpetuating.open]
    return (
        Line("Red flags: all questions asked", "good")
        if found.red_flags.all_asked
        else _still("Red flags still open", open_flags),
        Line("Focus: the leading areas are settled", "good")
        if found.focus.settled
        else _still("Focus could still be changed by", changes),
        Line("Perpetuating factors: covered", "good")
        if found.perpetuating.covered
        else _still("Perpetuating factors still open", factors),
    )


def _still(words: str, items: list[str]) -> Line:
    more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    listed = "; ".join(dict.fromkeys(items[:_SHOWN])) + more
    return Line(f"{words}: {listed}" if listed else words, "caution")
