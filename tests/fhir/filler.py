"""A form filler as FHIR describes one: which lines are shown, given what was answered.

It reads the questionnaire only, and knows nothing of how it was made.
"""

import operator
from collections.abc import Iterator
from typing import Any

Resource = dict[str, Any]
_COMPARE = {"=": operator.eq, ">=": operator.ge, "<": operator.lt}


def answered(items: list[Resource]) -> dict[str, Resource]:
    """The answer of each line of a response."""
    found: dict[str, Resource] = {}
    for item in items:
        if item.get("answer"):
            found[item["linkId"]] = item["answer"][0]
        found |= answered(item.get("item", []))
    return found


def shown(items: list[Resource], answers: dict[str, Resource]) -> Iterator[str]:
    """The linkIds that a person sees; what stands in a hidden group is hidden."""
    for item in items:
        if _is_enabled(item, answers):
            yield item["linkId"]
            yield from shown(item.get("item", []), answers)


def _is_enabled(item: Resource, answers: dict[str, Resource]) -> bool:
    held = [_holds(one, answers) for one in item.get("enableWhen", [])]
    if not held:
        return True
    return all(held) if item.get("enableBehavior") == "all" else any(held)


def _holds(condition: Resource, answers: dict[str, Resource]) -> bool:
    given = _plain(answers.get(condition["question"], {}), "value")
    wanted = _plain(condition, "answer")
    return given is not None and bool(_COMPARE[condition["operator"]](given, wanted))


def _plain(told: Resource, prefix: str) -> Any:
    if coding := told.get(f"{prefix}Coding"):
        return coding["system"], coding["code"]
    return next(
        (told[f"{prefix}{k}"] for k in ("Integer", "Decimal") if f"{prefix}{k}" in told), None
    )


def lines(items: list[Resource]) -> Iterator[Resource]:
    """Every item, groups too."""
    for item in items:
        yield item
        yield from lines(item.get("item", []))
