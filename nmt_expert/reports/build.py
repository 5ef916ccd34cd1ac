"""From an assessment to the document that every printer prints."""

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.document import Report
from nmt_expert.reports.headline import headline
from nmt_expert.reports.sections.advice import advice
from nmt_expert.reports.sections.body_chart import body_chart
from nmt_expert.reports.sections.case import case
from nmt_expert.reports.sections.closure import closure
from nmt_expert.reports.sections.factors import factors
from nmt_expert.reports.sections.knowledge import knowledge
from nmt_expert.reports.sections.open_questions import (
    not_examined,
    undecided,
    unexplained,
)
from nmt_expert.reports.sections.outcomes import outcomes
from nmt_expert.reports.sections.plan import cautions, focus, withheld
from nmt_expert.reports.sections.referrals import perpetuating, referrals
from nmt_expert.reports.sections.safety import not_cleared
from nmt_expert.reports.sections.since import since
from nmt_expert.reports.sections.sources import sources
from nmt_expert.reports.sections.trace import trace
from nmt_expert.reports.view import Depth, View

_SECTIONS = (
    case,
    referrals,
    not_cleared,
    outcomes,
    since,
    factors,
    focus,
    body_chart,
    cautions,
    withheld,
    perpetuating,
    advice,
    unexplained,
    undecided,
    closure,
    not_examined,
    trace,
    knowledge,
    sources,
)
"""In the order of reading: what is urgent first, what the report rests on last."""


def build(
    assessment: Assessment,
    kb: KnowledgeBase,
    depth: Depth = "sentence",
    country: str | None = None,
) -> Report:
    """The report on one assessment, its reasons at the depth asked for.

    ``country`` is a key of the emergency numbers; without it the text says "your local emergency
    number". Wording only: it changes no conclusion.
    """
    return report_on(View(assessment, kb, depth, country))


def report_on(view: View) -> Report:
    """The report on what a view reads."""
    sections = tuple(section(view) for section in _SECTIONS)
    told = tuple(section for section in sections if section.blocks)
    return Report(headline(view.assessment, view.kb), told)
