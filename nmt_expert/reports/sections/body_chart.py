"""Where it hurts and where the plan works, on the body chart."""

from collections.abc import Iterator

from nmt_expert.model.assessment import Focus
from nmt_expert.model.base import opposite
from nmt_expert.model.case import AnswerSide
from nmt_expert.model.site import Relation
from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.reports.document import Drawing, Section
from nmt_expert.reports.marks import Mark, score_in
from nmt_expert.reports.view import View

LIES_IN = "lies_in"
REFERS_TO = "refers_to"
NEARLY_ALWAYS = "essential"
"""The kind of referral that is drawn; what only some people feel would cover the chart."""


def body_chart(view: View) -> Section:
    """The complaint's places and the focus areas; empty when there is neither, or no chart."""
    chart = BodyChart.of(view.kb)
    marks = (*_painful(view), *_treated(view))
    if chart is None or not marks:
        return Section("Body chart", ())
    return Section("Body chart", (Drawing(chart, marks, tuple(_referred(view))),))


def _painful(view: View) -> Iterator[Mark]:
    """Each place that hurts, with how strong it was said to be."""
    case, finding = view.assessment.case, view.kb.plan.complaint_finding
    told = [a for a in case.answers if a.finding == finding and a.value == "present"]
    notes = {(a.site, a.side): a.note or "" for a in told if a.site}
    asserted = [(place.site, place.side) for place in case.complaint.sites]
    for site, side in dict.fromkeys([*asserted, *notes]):
        if site in view.kb.sites and view.kb.sites[site].kind == "zone":
            yield Mark(site, side, score_in(notes.get((site, side), "")))


def _treated(view: View) -> Iterator[Mark]:
    """The first zone over each muscle of the plan."""
    over = _over(view)
    marks = (_mark(view, focus, over) for focus in view.assessment.focus)
    yield from dict.fromkeys(mark for mark in marks if mark)


def _mark(view: View, focus: Focus, over: dict[str, str]) -> Mark | None:
    zone = over.get(focus.site or "")
    if zone is None:
        return None
    return Mark(zone, focus.side, meaning="treat", name=view.kb.label(focus.site))


def _over(view: View) -> dict[str, str]:
    """The first zone over each muscle."""
    return {pair.from_: pair.to for pair in reversed(view.kb.relations) if pair.relation == LIES_IN}


def _referred(view: View) -> Iterator[Mark]:
    """The zones that each marked muscle of the plan sends pain to in nearly everybody."""
    over = _over(view)
    muscles = {(f.site, f.side): None for f in view.assessment.focus if f.site in over}
    for muscle, side in muscles:
        for pair in view.kb.relations:
            if (pair.relation, pair.from_, pair.kind) == (REFERS_TO, muscle, NEARLY_ALWAYS):
                felt = _side_of(view, pair, side)
                yield Mark(pair.to, felt, meaning="referred", name=view.kb.label(muscle))


def _side_of(view: View, pair: Relation, side: AnswerSide | None) -> AnswerSide | None:
    """The side on which a muscle of ``side`` is felt."""
    if not view.kb.is_sided(pair.to):
        return None
    if pair.side == "same" or side is None or side == "both":
        return side
    return opposite(side)
