"""A case as a filled form: a FHIR R4B QuestionnaireResponse that says all that the case says."""

import json
from collections.abc import Iterator
from typing import Any

from nmt_expert.fhir.codes import option
from nmt_expert.fhir.extensions import said_of
from nmt_expert.fhir.form import Form
from nmt_expert.fhir.names import (
    BOTH_SIDES,
    CASE,
    CLIENT,
    COMPLAINT_PLACE,
    COMPLAINT_TEXT,
    FULL,
    OCCUPATION,
    REST,
    SEX,
    VISIT_DATE,
    VISIT_NUMBER,
    WITH_CLIENT,
    Resource,
    worded,
)
from nmt_expert.fhir.questionnaire import questionnaire
from nmt_expert.fhir.slots import Slot, is_whole, words_of
from nmt_expert.model.case import Answer, Case, sides_of


def response(case: Case, form: Form) -> Resource:
    """The form filled in; what has no line in it follows in one extension, as the case has it."""
    filled = _Filled(form)
    rest = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    filled.take_complaint(case, rest)
    filled.take_age(case, rest)
    filled.take_details(case, rest)
    left = [one for one in case.answers if not filled.take(one)]
    rest["answers"] = [one.model_dump(mode="json", exclude_defaults=True) for one in left]
    return {
        "resourceType": "QuestionnaireResponse",
        **_rest(rest),
        "identifier": {"system": CASE, "value": case.id},
        "questionnaire": f"{FULL}|{form.kb.version}",
        "status": "completed",
        **_subject(case),
        "item": [*_items(questionnaire(form)["item"], filled.answers)],
    }


def _subject(case: Case) -> Resource:
    """The client, by the code alone."""
    if case.client.code is None:
        return {}
    return {"subject": {"identifier": {"system": CLIENT, "value": case.client.code}}}


def _rest(rest: dict[str, Any]) -> Resource:
    """What is left of a case when all with a line of its own is gone."""
    for key in ("schema", "id"):
        rest.pop(key, None)
    rest.get("client", {}).pop("code", None)
    left = {key: value for key, value in rest.items() if value not in ({}, [])}
    if not left:
        return {}
    text = json.dumps(left, ensure_ascii=False, sort_keys=True)
    return {"extension": [{"url": REST, "valueString": text}]}


class _Filled:
    """Answers by linkId, each line once; what finds its line taken is refused."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.answers: dict[str, Resource] = {}

    def take(self, answer: Answer, extra: tuple[Resource, ...] = ()) -> bool:
        """Put an answer where it belongs, on each of its sides; False when it has no line."""
        finding = self._form.kb.findings[answer.finding]
        value = self._value(answer)
        slots = [Slot(finding.id, answer.site, side) for side in sides_of(answer.side)]
        by_word = finding.number is not None and isinstance(answer.value, str)
        links = [worded(slot.key) if by_word else slot.key for slot in slots]
        free = all(slot.key in self._form.slots for slot in slots)
        if value is None or not free or any(link in self.answers for link in links):
            return False
        if "" in (answer.note, answer.by, answer.at):  # FHIR has no empty text
            return False
        told = [*said_of(answer), *extra]
        if answer.side == "both":
            told.append({"url": BOTH_SIDES, "valueBoolean": True})
        for link in links:
            self.answers[link] = {**({"extension": told} if told else {}), **value}
        return True

    def _value(self, answer: Answer) -> Resource | None:
        """The value as the line's type has it; None where it cannot be said so."""
        finding = self._form.kb.findings[answer.finding]
        if isinstance(answer.value, str):
            offered = answer.value in words_of(finding)
            return {"valueCoding": option(finding, answer.value)} if offered else None
        if not is_whole(finding, self._form.kb):
            return {"valueDecimal": answer.value}
        return {"valueInteger": answer.value} if isinstance(answer.value, int) else None

    def take_complaint(self, case: Case, rest: dict[str, Any]) -> None:
        """The painful places of the complaint, in their order; all of them, or none."""
        for n, place in enumerate(case.complaint.sites, start=1):
            pain = Answer(
                finding=self._form.kb.plan.complaint_finding, site=place.site, side=place.side
            )
            if not self.take(pain, ({"url": COMPLAINT_PLACE, "valuePositiveInt": n},)):
                self.answers.clear()
                return
        rest.get("complaint", {}).pop("sites", None)

    def take_age(self, case: Case, rest: dict[str, Any]) -> None:
        """The age that is told with the client."""
        if case.client.age is not None:
            age = Answer(finding=self._form.kb.plan.age_finding, value=case.client.age)
            if self.take(age, ({"url": WITH_CLIENT, "valueBoolean": True},)):
                del rest["client"]["age"]

    def take_details(self, case: Case, rest: dict[str, Any]) -> None:
        """Sex, occupation, the visit and the complaint in words, where they are told."""
        for link, kind in _DETAIL_VALUES.items():
            part, key = link.split(".")
            value = rest.get(part, {}).get(key)
            if value not in (None, ""):
                self.answers[link] = {kind: value}
                del rest[part][key]


_DETAIL_VALUES = {
    SEX: "valueString",
    OCCUPATION: "valueString",
    VISIT_DATE: "valueDate",
    VISIT_NUMBER: "valueInteger",
    COMPLAINT_TEXT: "valueString",
}
"""A line beside the findings -> the kind of its value; its linkId is its place in the case."""


def _items(items: list[Resource], answers: dict[str, Resource]) -> Iterator[Resource]:
    """The answered items in the order and the groups of the questionnaire."""
    for item in items:
        link = item["linkId"]
        if link in answers:
            yield {"linkId": link, "text": item["text"], "answer": [answers[link]]}
        elif inner := [*_items(item.get("item", []), answers)]:
            yield {"linkId": link, "item": inner}
