"""Codes: what names one of our code systems must be in it, and what FHIR fixes must be of its set.

The library lets any word pass as a status.
"""

from collections.abc import Iterator

from nmt_expert.fhir.checks.walking import parts
from nmt_expert.fhir.codes import systems
from nmt_expert.fhir.names import BASE, Resource
from nmt_expert.fhir.raised import PRIORITIES
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.text import quoted

_OBSERVED = ("registered", "preliminary", "final", "amended", "corrected", "cancelled",
             "entered-in-error", "unknown")  # fmt: skip
_PUBLISHED = ("draft", "active", "retired", "unknown")
STATUSES: dict[str, tuple[str, ...]] = {
    "ClinicalImpression": ("in-progress", "completed", "entered-in-error"),
    "CodeSystem": _PUBLISHED,
    "DetectedIssue": _OBSERVED,
    "Flag": ("active", "inactive", "entered-in-error"),
    "Observation": _OBSERVED,
    "Questionnaire": _PUBLISHED,
    "QuestionnaireResponse": ("in-progress", "completed", "amended", "entered-in-error", "stopped"),
    "ServiceRequest": ("draft", "active", "on-hold", "revoked", "completed", "entered-in-error",
                       "unknown"),
}  # fmt: skip
"""What may stand as ``status``, by kind of resource, in R4B."""
_FIXED: dict[str, dict[str, tuple[str, ...]]] = {
    "ServiceRequest": {
        "intent": ("proposal",),
        "priority": tuple(PRIORITIES.values()),
    },
    "Bundle": {"type": ("collection",)},
}
"""What else we hold to a closed set, which may be narrower than that of FHIR."""


def code_faults(resource: Resource, name: str, kb: KnowledgeBase) -> Iterator[Fault]:
    """Codes that are not in their system, and words that are not of their set."""
    for where, part in parts(resource):
        yield from _coding_faults(part, f"{name}: {where}", kb)
        kind = str(part.get("resourceType"))
        closed = dict(_FIXED.get(kind, {}))
        if kind in STATUSES:
            closed["status"] = STATUSES[kind]
        for key, words in closed.items():
            if part.get(key) not in words:
                place = f"{name}: {f'{where}.{key}' if where else key}"
                says = f"{kind} cannot have {key} {quoted(part.get(key))}"
                yield Fault(place, says, "", f"It is one of: {', '.join(words)}.")


def _coding_faults(coding: Resource, place: str, kb: KnowledgeBase) -> Iterator[Fault]:
    system, code = coding.get("system"), coding.get("code")
    if not isinstance(system, str) or not system.startswith(f"{BASE}/CodeSystem/"):
        return
    known = systems(kb)
    if system not in known:
        says = f"there is no code system {quoted(system)}"
        yield Fault(place, says, "", f"There are: {', '.join(known)}.")
    elif code not in known[system].codes:
        near = did_you_mean(str(code), known[system].codes)
        says = f"{quoted(code)} is no code of {system}"
        yield Fault(place, says, "", near or "Print the codes: nmt-expert fhir codes")
