"""What an assessment raises: referrals, flags, and what it withholds or does differently."""

from nmt_expert.fhir.codes import coded, systems
from nmt_expert.fhir.entries import Entries
from nmt_expert.fhir.names import FLAG_CATEGORIES, FLAGS, Resource
from nmt_expert.model.assessment import CautionLine, Referral, Withheld
from nmt_expert.model.base import Urgency
from nmt_expert.model.words import URGENCY_WORDS, flag, place, techniques
from nmt_expert.reports.private import is_private
from nmt_expert.reports.view import View

PRIORITIES: dict[Urgency, str] = {
    "emergency": "stat",
    "same_day": "asap",
    "soon": "urgent",
    "routine": "routine",
}
"""How soon a referral should be acted on, in the four words that FHIR has for it."""


def add_referrals(entries: Entries, view: View) -> None:
    """A ServiceRequest for each referral: a proposal, to be signed or dropped by a person."""
    for n, one in enumerate(entries.assessment.referrals):
        content = _request(one, entries, view)
        entries.add("ServiceRequest", n, content, private=is_private(view, one.firings))


def _request(one: Referral, entries: Entries, view: View) -> Resource:
    to = view.told(one.to)
    observed = entries.observed(one.firings)
    return {
        "status": "draft",
        "intent": "proposal",
        "priority": PRIORITIES[one.urgency],
        "code": {"text": f"Referral: {to}"},
        "subject": entries.subject,
        **entries.on_day("authoredOn"),
        "performerType": {"text": to},
        "reasonCode": [coded(FLAGS, one.flag, view.kb), *({"text": why} for why in one.why)],
        **({"reasonReference": observed} if observed else {}),
        "patientInstruction": view.told(one.say),
    }


def add_flags(entries: Entries, view: View) -> None:
    """A Flag for each red flag that was raised, and for each caution."""
    for one in entries.assessment.referrals:
        if one.kind == "red_flag":
            said = f"{URGENCY_WORDS[one.urgency]}: {flag(view.kb, one.flag)}"
            content = _flag("clinical", coded(FLAGS, one.flag, view.kb, said), entries)
            private = is_private(view, one.firings)
            entries.add("Flag", f"{one.flag}/{one.urgency}", content, private=private)
    for n, caution in enumerate(entries.assessment.cautions):
        said = f"{flag(view.kb, caution.caution)}. {caution.why}"
        content = _flag("safety", coded(FLAGS, caution.caution, view.kb, said), entries)
        private = is_private(view, caution.firings)
        entries.add("Flag", _key(n, caution), content, private=private)


def _flag(category: str, code: Resource, entries: Entries) -> Resource:
    period = entries.on_day("start")
    return {
        "status": "active",
        "category": [{"coding": [{"system": FLAG_CATEGORIES, "code": category}]}],
        "code": code,
        "subject": entries.subject,
        **({"period": period} if period else {}),
    }


def _key(n: int, caution: CautionLine) -> str:
    return f"{caution.caution}/{n}"


def add_issues(entries: Entries, view: View) -> None:
    """A DetectedIssue for each line of the plan that was withheld, and for each caution.

    It has no severity: nobody has graded it.
    """
    for n, one in enumerate(entries.assessment.withheld):
        private = is_private(view, (*one.focus.firings, *_firings_of(one.by, view)))
        entries.add("DetectedIssue", n, _withheld(one, entries, view), private=private)
    for n, caution in enumerate(entries.assessment.cautions):
        content = _cautioned(n, caution, entries, view)
        private = is_private(view, caution.firings)
        entries.add("DetectedIssue", _key(n, caution), content, private=private)


def _withheld(one: Withheld, entries: Entries, view: View) -> Resource:
    names = one.techniques or one.focus.technique
    where = place(view.kb, one.focus.site, one.focus.side) or one.focus.treat
    known = one.by in systems(view.kb)[FLAGS].codes
    said = "Treatment withheld"
    behind = entries.observed(_firings_of(one.by, view))
    return {
        "status": "final",
        "code": coded(FLAGS, one.by, view.kb, said) if known else {"text": said},
        "patient": entries.subject,
        **entries.on_day("identifiedDateTime"),
        **({"evidence": [{"detail": behind}]} if behind else {}),
        "detail": f"{where}: {techniques(view.kb, names)}. {one.reason}",
    }


def _firings_of(by: str, view: View) -> tuple[int, ...]:
    """The firings of the referral or caution that withheld something."""
    told = view.assessment
    raised = [*((r.flag, r.firings) for r in told.referrals),
              *((c.caution, c.firings) for c in told.cautions)]  # fmt: skip
    return tuple(n for name, firings in raised if name == by for n in firings)


def _cautioned(n: int, one: CautionLine, entries: Entries, view: View) -> Resource:
    behind = entries.observed(one.firings)
    bans = [{"action": {"text": f"Leave out: {techniques(view.kb, one.bans)}"}}] if one.bans else []
    return {
        "status": "final",
        "code": coded(FLAGS, one.caution, view.kb),
        "patient": entries.subject,
        **entries.on_day("identifiedDateTime"),
        "implicated": [entries.reference("Flag", _key(n, one))],
        **({"evidence": [{"detail": behind}]} if behind else {}),
        "detail": one.why,
        **({"mitigation": bans} if bans else {}),
    }
