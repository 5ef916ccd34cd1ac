"""A filled form as a case: every answer held to our lines and codes, and what is empty unknown."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nmt_expert.fhir.answers import Given, Reader
from nmt_expert.fhir.extensions import value_of
from nmt_expert.fhir.form import form_of
from nmt_expert.fhir.joining import complaint_places, joined_answers
from nmt_expert.fhir.library import in_shape
from nmt_expert.fhir.names import CASE, CLIENT, FULL, INTAKE, REST, Resource
from nmt_expert.kb import read_case_text
from nmt_expert.model.case import Case
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.text import cleaned, quoted

LOST = "Nothing was taken over."
_REST_PARTS: dict[str, type] = {
    **dict.fromkeys(("client", "visit", "complaint", "expect"), dict),
    **dict.fromkeys(("answers", "activities", "earlier"), list),
    **dict.fromkeys(("title", "otherwise"), str),
}
_AGAIN = "Fill in the form that nmt-expert fhir questionnaire prints."


def case_in(resource: Resource, name: str, kb: KnowledgeBase) -> Case:
    """The case that a QuestionnaireResponse tells; ``name`` is what faults call it.

    Raises:
        InputInvalid: with every fault: its shape, unknown lines or codes, answers that
            contradict each other.
    """
    if faults := [*_form_faults(resource, name)]:
        raise InputInvalid(faults)
    resource = in_shape(cleaned(resource), name)
    reader = Reader(form_of(kb), name, LOST)
    reader.read(resource.get("item", []))
    rest = _rest(resource, name, reader.faults)
    try:
        case = _read(resource, [*reader.given.values()], rest, name, kb)
    except InputInvalid as error:
        raise InputInvalid([*reader.faults, *error.faults]) from None
    if reader.faults:
        raise InputInvalid(reader.faults)
    return case


def _form_faults(resource: Resource, name: str) -> Iterator[Fault]:
    """Why this is no form of ours, or not one to use."""
    kind = resource.get("resourceType")
    if kind != "QuestionnaireResponse":
        says = f"a QuestionnaireResponse is needed, and this is {quoted(kind)}"
        yield Fault(name, says, LOST, _AGAIN)
        return
    form = str(resource.get("questionnaire", "")).partition("|")[0]
    if form not in (FULL, INTAKE):
        yield Fault(f"{name}: questionnaire", "it answers another form", LOST, _AGAIN)
    if resource.get("status") == "entered-in-error":
        remedy = "Ask for one that is right."
        yield Fault(f"{name}: status", "it says that it was entered in error", LOST, remedy)


def _rest(resource: Resource, name: str, faults: list[Fault]) -> dict[str, Any]:
    """What had no line in the form, as the case file had it."""
    try:
        rest = json.loads(value_of(resource, REST, "valueString") or "{}")
    except (ValueError, RecursionError):
        rest = None
    if isinstance(rest, dict) and all(_may_be(key, part) for key, part in rest.items()):
        return rest
    says = "the rest of the case cannot be read"
    faults.append(Fault(f"{name}: extension {REST}", says, LOST, "Make the response again."))
    return {}


def _may_be(key: str, part: Any) -> bool:
    return isinstance(part, _REST_PARTS.get(key, ()))


def _read(
    resource: Resource, given: list[Given], rest: dict[str, Any], name: str, kb: KnowledgeBase
) -> Case:
    """The case, read like any other; each answer on a line of its own, to be found again."""
    answers = [*joined_answers(given)]
    head = {"schema": "nmt.case/1", **_named(resource), **_parts(resource, given, rest), **rest}
    left = [("the rest of the case", one) for one in head.pop("answers", [])]
    lines = [*answers, *left]
    text = (
        json.dumps(head, ensure_ascii=False)[:-1]
        + ', "answers": [\n'
        + ",\n".join(json.dumps(answer, ensure_ascii=False) for _, answer in lines)
        + "\n]}"
    )
    try:
        return read_case_text(text, name, kb)
    except InputInvalid as error:
        links = [link for link, _ in lines]
        raise InputInvalid([_placed(fault, name, links) for fault in error.faults]) from None


def _placed(fault: Fault, name: str, links: list[str]) -> Fault:
    """The fault at the item that was answered, not at the line of a text that nobody wrote."""
    found = re.fullmatch(rf"{re.escape(name)}:(\d+):\d+", fault.place)
    line = int(found[1]) - 2 if found else -1
    place = f"{name}: item '{links[line]}'" if 0 <= line < len(links) else name
    return replace(fault, place=place, consequence=LOST)


def _named(resource: Resource) -> dict[str, Any]:
    """The id of the case: ours where it was sent along, else that of the resource."""
    named = resource.get("identifier", {})
    id = named.get("value") if named.get("system") == CASE else resource.get("id")
    return {"id": id} if id else {}


def _parts(resource: Resource, given: list[Given], rest: dict[str, Any]) -> dict[str, Any]:
    """Client, visit and complaint; what the rest of the case says of them is taken from there."""
    parts = {part: rest.pop(part, {}) for part in ("client", "visit", "complaint")}
    for one in given:
        if one.slot is None:
            part, _, key = one.link.partition(".")
            parts[part][key] = one.value
        elif one.with_client:
            parts["client"]["age"] = one.value
    code = resource.get("subject", {}).get("identifier", {})
    if code.get("system") == CLIENT:
        parts["client"]["code"] = code.get("value")
    if places := complaint_places(given):
        parts["complaint"]["sites"] = places
    return parts
