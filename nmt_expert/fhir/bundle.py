"""One assessment as a FHIR R4B Bundle: impression, findings, referrals, flags, issues, origin."""

from nmt_expert import __version__
from nmt_expert.fhir.codes import coded
from nmt_expert.fhir.entries import RESTRICTED, Entries
from nmt_expert.fhir.names import (
    ABSENT_REASON,
    CASE,
    CONCLUSIONS,
    FLAGS,
    KNOWLEDGE,
    NOT_CLEARED,
    TAKES_PART,
    Resource,
)
from nmt_expert.fhir.observations import add_observations
from nmt_expert.fhir.raised import add_flags, add_issues, add_referrals
from nmt_expert.model.assessment import Conclusion, NotCleared
from nmt_expert.model.base import BANDS
from nmt_expert.model.words import BAND_WORDS, URGENCY_WORDS, conclusion, flag
from nmt_expert.reports.headline import headline
from nmt_expert.reports.view import View

_IMPRESSION = "ClinicalImpression"
NO_DIAGNOSIS = "It supports a trained person's judgement and diagnoses no disease."


def bundle(view: View, author: str | None = None) -> Resource:
    """Everything an assessment says, by codes and in our own words: nothing that a client typed.

    ``author`` is the therapist who answers for it. The same assessment gives the same bytes.
    """
    entries = Entries(view.assessment)
    add_referrals(entries, view)
    add_flags(entries, view)
    add_issues(entries, view)
    raised = [{"reference": one["fullUrl"]} for one in entries.all]
    add_observations(entries, view.kb)
    observed = [{"reference": one["fullUrl"]} for one in entries.all[len(raised) :]]
    private = any("meta" in one["resource"] for one in entries.all)
    impression = _impression(view, entries, observed, raised)
    entries.add(_IMPRESSION, "", impression, private=private)
    entries.all.insert(0, entries.all.pop())
    entries.add("Provenance", "", _provenance(view, entries, author))
    return {
        "resourceType": "Bundle",
        **({"meta": RESTRICTED} if private else {}),
        "identifier": {"system": CASE, "value": view.assessment.case.id},
        "type": "collection",
        "entry": entries.all,
    }


def _impression(
    view: View, entries: Entries, observed: list[Resource], raised: list[Resource]
) -> Resource:
    """The conclusions with their bands; in progress while a red-flag question is not asked."""
    told = view.assessment
    open_flags = [_not_cleared(one, view) for one in told.not_cleared]
    found = [_finding(one, view) for one in told.conclusions if one.band in BANDS]
    asked = {"code": {"text": "Asked and examined"}, "item": observed}
    return {
        **({"extension": open_flags} if open_flags else {}),
        "status": "completed" if told.closure.red_flags.all_asked else "in-progress",
        "subject": entries.subject,
        **entries.on_day("effectiveDateTime"),
        **({"investigation": [asked]} if observed else {}),
        "summary": _summary(view),
        **({"finding": found} if found else {}),
        **({"supportingInfo": raised} if raised else {}),
    }


def _not_cleared(one: NotCleared, view: View) -> Resource:
    said = f"Not cleared, {URGENCY_WORDS[one.urgency].lower()}: {flag(view.kb, one.flag)}"
    return {"url": NOT_CLEARED, "valueCodeableConcept": coded(FLAGS, one.flag, view.kb, said)}


def _finding(one: Conclusion, view: View) -> Resource:
    """A conclusion with its band, and the titles of the rules that speak for and against it."""
    sides = (("For", one.for_), ("Against", one.against))
    basis = [
        f"{word}: {'; '.join(dict.fromkeys(view.title(reason.rule) for reason in reasons))}."
        for word, reasons in sides
        if reasons
    ]
    item = coded(CONCLUSIONS, one.conclude, view.kb, conclusion(view.kb, one))
    return {"itemCodeableConcept": item, "basis": " ".join(basis)}


def _summary(view: View) -> str:
    """The first thing a person reads, the factors in their order, and how it all stands."""
    told = view.assessment
    factors = ", ".join(
        f"{view.kb.factors[one.factor].label} ({BAND_WORDS[one.band]})" for one in told.factors
    )
    known = told.knowledge_base
    standing = f"{known['unreviewed']} of {known['rules']} rules are not reviewed."
    first = headline(told, view.kb).text
    return f"{first.rstrip('.')}. Factors: {factors}. {standing} {NO_DIAGNOSIS}"


def _provenance(view: View, entries: Entries, author: str | None) -> Resource:
    """Which knowledge and which program; a result has no hour, so none is recorded."""
    known = view.assessment.knowledge_base
    absent = {"extension": [{"url": ABSENT_REASON, "valueCode": "unknown"}]}
    source = {"system": KNOWLEDGE, "value": known["sha256"]}
    return {
        "target": [{"reference": one["fullUrl"]} for one in entries.all],
        **entries.on_day("occurredDateTime"),
        "_recorded": absent,
        "agent": [
            _agent("assembler", f"nmt-expert {__version__}"),
            *([_agent("author", author)] if author else []),
        ],
        "entity": [
            {
                "role": "source",
                "what": {"identifier": source, "display": f"Knowledge base {known['version']}"},
            }
        ],
    }


def _agent(role: str, name: str) -> Resource:
    return {
        "type": {"coding": [{"system": TAKES_PART, "code": role}]},
        "who": {"display": name},
    }
