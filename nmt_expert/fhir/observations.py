"""Every answer that was used as an Observation: what, where, on which side, and its value."""

from nmt_expert.fhir.codes import coded, option, place_code
from nmt_expert.fhir.entries import Entries
from nmt_expert.fhir.names import (
    ABSENT_REASONS,
    CATEGORIES,
    FINDINGS,
    PLACES,
    SURE,
    Resource,
)
from nmt_expert.model.assessment import Input
from nmt_expert.model.finding import NON_ANSWERS, FindingKind
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import answer, place

_EXAMINED: tuple[FindingKind, ...] = ("posture", "movement", "palpation", "test")
_REASONS = {
    "unknown": "unknown",
    "not_examined": "not-performed",
    "not_applicable": "not-applicable",
    "later": "temp-unknown",
}
"""Why a value is missing, for each answer that asserts nothing."""


def add_observations(entries: Entries, kb: KnowledgeBase) -> None:
    """One for each answer in use; answers that no longer apply stay out."""
    private = {question.id for question in kb.questions.values() if question.private}
    for given in entries.assessment.inputs:
        if not given.parked:
            content = _observation(given, entries, kb)
            entries.add("Observation", given.id, content, private=given.question in private)


def _observation(given: Input, entries: Entries, kb: KnowledgeBase) -> Resource:
    sure = {"extension": [{"url": SURE, "valueCode": given.sure}]} if given.sure != "sure" else {}
    where = place_code(given.site, given.side)
    told = coded(PLACES, where, kb, place(kb, given.site, given.side)) if where else None
    notes = [{"text": f"Computed from {line}"} for line in given.computed_from]
    return {
        **sure,
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": _category(given, kb)}]}],
        "code": coded(FINDINGS, given.finding, kb),
        "subject": entries.subject,
        **entries.on_day("effectiveDateTime"),
        **_value(given, kb),
        **({"note": notes} if notes else {}),
        **({"bodySite": told} if told else {}),
    }


def _category(given: Input, kb: KnowledgeBase) -> str:
    finding = kb.findings.get(given.finding)
    if finding is None:
        return "survey"
    return "exam" if finding.kind in _EXAMINED else "survey"


def _value(given: Input, kb: KnowledgeBase) -> Resource:
    """A code; a number with its band; or why there is none."""
    if given.value in NON_ANSWERS:
        reason = {"system": ABSENT_REASONS, "code": _REASONS[given.value]}
        return {"dataAbsentReason": {"coding": [reason], "text": answer(kb, given)}}
    finding = kb.findings.get(given.finding)
    known = finding is not None and given.value in finding.values
    code = {"coding": [option(finding, given.value)]} if finding and known else {}
    told = {**code, "text": answer(kb, given)}
    if given.number is None:
        return {"valueCodeableConcept": told}
    unit = {"unit": finding.number.unit} if finding and finding.number else {}
    return {"valueQuantity": {"value": given.number, **unit}, "interpretation": [told]}
