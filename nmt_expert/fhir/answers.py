"""The answers of a filled form, one a line, held to the lines and codes of the form."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nmt_expert.fhir.codes import code_of
from nmt_expert.fhir.extensions import keys_of, value_of
from nmt_expert.fhir.form import Form
from nmt_expert.fhir.names import (
    ANSWERS,
    BOTH_SIDES,
    COMPLAINT_PLACE,
    DETAILS,
    WITH_CLIENT,
    Resource,
)
from nmt_expert.fhir.slots import Slot
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.text import quoted

_KINDS = {
    "string": "valueString",
    "text": "valueString",
    "date": "valueDate",
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "choice": "valueCoding",
}
"""The type of a line -> the kind of answer it takes."""
_SUGGESTED = 20
"""Faults that get a suggestion; a form with more of them is not ours."""


@dataclass(frozen=True)
class Given:
    """One answered line: a slot with its value, or a detail beside the findings."""

    link: str
    slot: Slot | None
    value: Any
    said: dict[str, str] = field(default_factory=dict)
    both_sides: bool = False
    complaint_place: int | None = None
    with_client: bool = False


class Reader:
    """Walks the items of a response and gathers what is given, and every fault."""

    def __init__(self, form: Form, name: str, lost: str) -> None:
        self._form = form
        self._name = name
        self._lost = lost
        self.given: dict[str, Given] = {}
        self.faults: list[Fault] = []

    def read(self, items: Iterable[Resource]) -> None:
        """Read items and all within them; a group only holds others, whatever it is called."""
        for item in items:
            answers = item.get("answer", [])
            if answers:
                self._line(item["linkId"], answers)
            self.read(item.get("item", []))
            for answer in answers:
                self.read(answer.get("item", []))

    def _line(self, written: str, answers: list[Resource]) -> None:
        link = self._form.known_as(written)
        if link is None:
            few = len(self.faults) < _SUGGESTED
            near = did_you_mean(written, self._form.slots) if few else ""
            remedy = "Leave it out, or fill in the form of this knowledge base."
            self._fault(written, "the form has no such line", f"{near} {remedy}".lstrip())
        elif len(answers) > 1 or link in self.given:
            self._fault(written, "it is answered twice", "Keep one answer.")
        else:
            value = self._value(link, answers[0])
            if value is not None:
                self.given[link] = self._given(link, value, answers[0])

    def _given(self, link: str, value: Any, answer: Resource) -> Given:
        return Given(
            link,
            self._form.slot_at(link),
            value,
            keys_of(answer),
            both_sides=value_of(answer, BOTH_SIDES, "valueBoolean") is True,
            complaint_place=value_of(answer, COMPLAINT_PLACE, "valuePositiveInt"),
            with_client=value_of(answer, WITH_CLIENT, "valueBoolean") is True,
        )

    def _value(self, link: str, answer: Resource) -> Any:
        """The value in the words of a case; None, and a fault, where the line cannot have it."""
        kind = DETAILS[link][2] if link in DETAILS else self._form.type_at(link)
        value = answer.get(_KINDS[kind])
        if value is None:
            remedy = f"Answer with {_KINDS[kind]}, or leave it empty."
            self._fault(link, f"the line takes a {kind}, and has something else", remedy)
        return self._word(link, value) if kind == "choice" and value is not None else value

    def _word(self, link: str, coding: Resource) -> str | None:
        slot = self._form.slot_at(link)
        code, system = str(coding.get("code")), coding.get("system")
        offered = {code_of(slot.finding, w): w for w in self._form.words_at(link)} if slot else {}
        if system == ANSWERS and code in offered:
            return offered[code]
        says = f"no answer has the code {quoted(code)}"
        if system != ANSWERS:
            says = "the code is of another code system"
        self._fault(link, says, f"Codes of {ANSWERS}: {', '.join(offered)}.")
        return None

    def _fault(self, link: str, says: str, remedy: str) -> None:
        place = f"{self._name}: item {quoted(link)}"
        self.faults.append(Fault(place, says, self._lost, remedy))
