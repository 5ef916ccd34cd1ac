"""The first thing a person reads: the most urgent referral, or that there is none."""

from nmt_expert.model.assessment import Assessment, Referral
from nmt_expert.model.base import URGENCIES, URGENT
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import URGENCY_WORDS, counted, flag
from nmt_expert.reports.document import Line, Tone

TONES: dict[str, Tone] = {
    "emergency": "alarm",
    "same_day": "alarm",
    "soon": "caution",
    "routine": "normal",
}


def is_flag(referral: Referral) -> bool:
    """A red flag, or anything to be seen sooner than as a routine."""
    return referral.kind == "red_flag" or referral.urgency != "routine"


def urgent_not_cleared(assessment: Assessment) -> int:
    """How many emergency and same-day red flags are not cleared."""
    return sum(1 for item in assessment.not_cleared if item.urgency in URGENT)


def headline(assessment: Assessment, kb: KnowledgeBase) -> Line:
    """The most urgent referral, or "No referral flag raised"; always how many are not cleared.

    Routine suggestions (a perpetuating factor, a finding to confirm) are no flag.
    """
    flags = sorted(filter(is_flag, assessment.referrals), key=lambda r: URGENCIES.index(r.urgency))
    open_flags = f"{urgent_not_cleared(assessment)} not cleared"
    if not flags:
        tone: Tone = "caution" if urgent_not_cleared(assessment) else "good"
        return Line(f"No referral flag raised; {open_flags}", tone)
    first, others = flags[0], len(flags) - 1
    more = f"; {counted(others, 'more referral')}" if others else ""
    text = f"{URGENCY_WORDS[first.urgency]}: {flag(kb, first.flag)}. Refer to {_to(first)}"
    return Line(f"{text}{more}; {open_flags}", TONES[first.urgency])


def _to(referral: Referral) -> str:
    return referral.to.rstrip(".")
