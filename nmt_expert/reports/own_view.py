"""The person's own view beside the engine's, in a few lines; neither corrects the other."""

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import ComplaintSite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.model.what_if import OwnViewLine
from nmt_expert.model.words import URGENCY_WORDS, place

NOT_SAID = "not said"
FIRST_PLACES = 3
"""How many places of the plan stand beside the person's own."""


def own_view_lines(
    own: Impression, assessment: Assessment, kb: KnowledgeBase
) -> tuple[OwnViewLine, ...]:
    """A line on the factor, the places and referring each; none where no view was told."""
    if not own:
        return ()
    lines = (
        ("Leading factor", _factor(own.factor, kb), _leading(assessment, kb)),
        ("Where to work", _places(own.sites, kb), _plan(assessment, kb)),
        ("Refer", _refer(own), _referred(assessment)),
    )
    return tuple(OwnViewLine(about=about, own=mine, engine=its) for about, mine, its in lines)


def _factor(factor: str | None, kb: KnowledgeBase) -> str:
    return kb.factors[factor].label if factor else "no single one"


def _leading(assessment: Assessment, kb: KnowledgeBase) -> str:
    first = assessment.factors[0]
    return "none" if first.band == "not_supported" else _factor(first.factor, kb)


def _places(sites: tuple[ComplaintSite, ...], kb: KnowledgeBase) -> str:
    return "; ".join(place(kb, one.site, one.side) for one in sites) or NOT_SAID


def _plan(assessment: Assessment, kb: KnowledgeBase) -> str:
    told = dict.fromkeys(place(kb, f.site, f.side) for f in assessment.focus if f.site)
    return "; ".join(list(told)[:FIRST_PLACES]) or "nowhere"


def _refer(own: Impression) -> str:
    if own.refer is None:
        return NOT_SAID
    words = {"none": "no", "unsure": "not sure"} | URGENCY_WORDS
    return words[own.refer].lower()


def _referred(assessment: Assessment) -> str:
    raised = {referral.urgency for referral in assessment.referrals}
    most = next((urgency for urgency in URGENCIES if urgency in raised), None)
    return URGENCY_WORDS[most].lower() if most else "no"
