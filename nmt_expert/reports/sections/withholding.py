"""What stands above all treatment: while one of these holds, no focus and no advice is printed."""

from nmt_expert.model.assessment import Assessment, CautionLine, Referral
from nmt_expert.model.base import URGENT
from nmt_expert.model.words import flag
from nmt_expert.reports.document import Line
from nmt_expert.reports.view import View


def withholding_referrals(assessment: Assessment) -> tuple[Referral, ...]:
    """The referrals that withhold the whole treatment."""
    return tuple(
        referral
        for referral in assessment.referrals
        if "all" in referral.suppress or (referral.urgency in URGENT and referral.suppress)
    )


def withholding_cautions(assessment: Assessment) -> tuple[CautionLine, ...]:
    """The cautions that withhold the whole treatment."""
    return tuple(caution for caution in assessment.cautions if caution.scope == "absolute")


def causes(view: View) -> tuple[Line, ...]:
    """Why no treatment is printed, or nothing when it may be."""
    referrals = withholding_referrals(view.assessment)
    cautions = withholding_cautions(view.assessment)
    return tuple(
        Line(f"Referral first: {flag(view.kb, r.flag)} ({r.to}).", "alarm", view.labels(r.firings))
        for r in referrals
    ) + tuple(
        Line(f"Not today: {flag(view.kb, c.caution)}. {c.why}", "alarm", view.labels(c.firings))
        for c in cautions
    )
