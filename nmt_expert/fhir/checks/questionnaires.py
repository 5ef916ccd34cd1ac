"""A questionnaire: each linkId once, and conditions only on earlier lines of a fitting type."""

from collections.abc import Iterator

from nmt_expert.fhir.checks.walking import items
from nmt_expert.fhir.names import Resource
from nmt_expert.model.errors import Fault

TYPES = ("group", "display", "choice", "integer", "decimal", "string", "text", "date")
"""The types of line that we write."""
_ANSWER_OF = {"choice": "answerCoding", "integer": "answerInteger", "decimal": "answerDecimal"}
_HIDES = "A form could hide a question that must be asked."


def questionnaire_faults(form: Resource, name: str) -> Iterator[Fault]:
    """Every fault of its items, each at its linkId."""
    earlier: dict[str, Resource] = {}
    for item in items(form):
        link = item["linkId"]
        place = f"{name}: item '{link}'"
        if link in earlier:
            yield Fault(place, "the linkId is used twice", "", "Give one of them another.")
        if item["type"] not in TYPES:
            yield Fault(place, f"no line has the type '{item['type']}'", "", _one_of(TYPES))
        conditions = item.get("enableWhen", [])
        if len(conditions) > 1 and item.get("enableBehavior") not in ("all", "any"):
            says = "several conditions, and not said whether all of them or any"
            yield Fault(place, says, _HIDES, "Add enableBehavior: all or any.")
        for one in conditions:
            yield from _condition_faults(one, earlier, place)
        earlier[link] = item


def _condition_faults(one: Resource, earlier: dict[str, Resource], place: str) -> Iterator[Fault]:
    asked = earlier.get(one["question"])
    if asked is None:
        says = f"its condition is on '{one['question']}', which is no earlier line"
        yield Fault(place, says, _HIDES, "Name an earlier line, or leave the condition out.")
        return
    key = _ANSWER_OF.get(asked["type"])
    if key is None or key not in one:
        says = f"its condition does not fit '{one['question']}', a line of type {asked['type']}"
        yield Fault(place, says, _HIDES, f"Compare with {key or 'a line that is answered'}.")
    elif key == "answerCoding" and not _is_offered(one[key], asked):
        says = f"its condition waits for an answer that '{one['question']}' does not offer"
        yield Fault(place, says, _HIDES, "Name one of its answers.")


def _is_offered(coding: Resource, asked: Resource) -> bool:
    offered = (one.get("valueCoding", {}) for one in asked.get("answerOption", []))
    wanted = coding.get("system"), coding.get("code")
    return any((one.get("system"), one.get("code")) == wanted for one in offered)


def _one_of(names: tuple[str, ...]) -> str:
    return f"It is one of: {', '.join(names)}."
