"""What a form keeps apart by side, told again as a case tells it."""

from collections.abc import Iterable, Iterator
from typing import Any

from nmt_expert.fhir.answers import Given
from nmt_expert.model.base import opposite


def joined_answers(given: Iterable[Given]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The linkId of each answer, and the answer; what was said of both sides at once is one."""
    answers = [
        (one.slot, one) for one in given if one.slot and not (_is_complaint(one) or one.with_client)
    ]
    of_both = {(slot, *_said(one)) for slot, one in answers if one.both_sides}
    for slot, one in answers:
        other = slot._replace(side=opposite(slot.side)) if slot.side else None
        is_both = one.both_sides and (other, *_said(one)) in of_both
        if not (is_both and slot.side == "right"):
            where = {"site": slot.site, "side": "both" if is_both else slot.side}
            told = {key: word for key, word in where.items() if word}
            yield one.link, {"finding": slot.finding, **told, "value": one.value, **one.said}


def _said(one: Given) -> tuple[object, ...]:
    """What must be alike for two sides to be one answer."""
    return one.value, tuple(sorted(one.said.items()))


def complaint_places(given: Iterable[Given]) -> list[dict[str, str]]:
    """Where it hurts, in the order in which the complaint named it."""
    sides: dict[tuple[int, str], list[str]] = {}
    for one in given:
        if one.slot and one.slot.site and one.complaint_place and _is_complaint(one):
            sides.setdefault((one.complaint_place, one.slot.site), []).append(one.slot.side or "")
    return [
        {"site": site} | ({"side": "both" if len(on) > 1 else on[0]} if on[0] else {})
        for (_, site), on in sorted(sides.items())
    ]


def _is_complaint(one: Given) -> bool:
    return one.complaint_place is not None and one.value == "present"
