"""The names by which a FHIR system knows our things: canonical addresses, code systems, extensions.

The host ends in ``.example``, which belongs to nobody (RFC 2606): these are names, and nothing
answers there. They never change; the version beside them is that of the knowledge base.
"""

from typing import Any

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, as the JSON that it is."""

BASE = "https://nmt-expert.example/fhir"
FULL = f"{BASE}/Questionnaire/interview"
INTAKE = f"{BASE}/Questionnaire/intake"

CASE = f"{BASE}/case"
CLIENT = f"{BASE}/client"
KNOWLEDGE = f"{BASE}/knowledge-base"
"""What an identifier names: a case by its id, a client by a code, knowledge by its sha256."""

FINDINGS = f"{BASE}/CodeSystem/finding"
ANSWERS = f"{BASE}/CodeSystem/answer"
PLACES = f"{BASE}/CodeSystem/place"
FLAGS = f"{BASE}/CodeSystem/flag"
CONCLUSIONS = f"{BASE}/CodeSystem/conclusion"

SURE = f"{BASE}/StructureDefinition/sure"
NOTE = f"{BASE}/StructureDefinition/note"
BY = f"{BASE}/StructureDefinition/by"
AT = f"{BASE}/StructureDefinition/at"
BOTH_SIDES = f"{BASE}/StructureDefinition/both-sides"
COMPLAINT_PLACE = f"{BASE}/StructureDefinition/complaint-place"
WITH_CLIENT = f"{BASE}/StructureDefinition/with-client"
REST = f"{BASE}/StructureDefinition/rest-of-case"
NOT_CLEARED = f"{BASE}/StructureDefinition/not-cleared"

DESIGN_NOTE = "http://hl7.org/fhir/StructureDefinition/designNote"
ITEM_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ABSENT_REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
FLAG_CATEGORIES = "http://terminology.hl7.org/CodeSystem/flag-category"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
TAKES_PART = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"

SEX, OCCUPATION = "client.sex", "client.occupation"
VISIT_DATE, VISIT_NUMBER = "visit.date", "visit.number"
COMPLAINT_TEXT = "complaint.text"
DETAILS = {
    SEX: ("client", "Sex", "string"),
    OCCUPATION: ("client", "Occupation", "string"),
    VISIT_DATE: ("client", "Date of the visit", "date"),
    VISIT_NUMBER: ("client", "Number of the visit", "integer"),
    COMPLAINT_TEXT: ("complaint", "What brings you here, in your own words", "text"),
}
"""What a case tells beside its answers: linkId -> section, words, type."""

WORDED = "words"
"""What a number's linkId ends in where a word stands for it: ``pain_intensity/words``."""
HELP = "help"


def worded(link: str) -> str:
    """The linkId of the item that takes a word instead of a number."""
    return f"{link}/{WORDED}"
