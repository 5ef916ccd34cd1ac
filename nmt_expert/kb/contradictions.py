"""Answers that cannot all be true of one client on one day."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nmt_expert.kb.marks import Path_
from nmt_expert.model.case import Answer, Case, sides_of
from nmt_expert.model.knowledge import KnowledgeBase

Place = tuple[str, str | None, str | None]
"""Finding, site, side."""


class Said(NamedTuple):
    """One thing a case says, and where it says it."""

    path: Path_
    finding: str
    site: str | None
    side: str | None
    value: str | int | float


def said_in(case: Case, kb: KnowledgeBase) -> Iterator[Said]:
    """Everything a case says: the sites of the complaint, the age, the answers."""
    for n, place in enumerate(case.complaint.sites):
        path: Path_ = ("complaint", "sites", n, "site")
        yield Said(path, kb.plan.complaint_finding, place.site, place.side, "present")
    if case.client.age is not None:
        yield Said(("client", "age"), kb.plan.age_finding, None, None, case.client.age)
    yield from answers_said(case.answers)


def answers_said(answers: Iterable[Answer], path: Path_ = ()) -> Iterator[Said]:
    """What the answers of one day say; ``path`` is where that day stands in the case."""
    for n, answer in enumerate(answers):
        place = (*path, "answers", n)
        yield Said(place, answer.finding, answer.site, answer.side, answer.value)


def contradictions(said: Iterable[Said], kb: KnowledgeBase) -> Iterator[tuple[Path_, str]]:
    """Each answer that contradicts an earlier one, with the reason."""
    first: dict[Place, Said] = {}
    for one in said:
        for side in sides_of(one.side):
            before = first.setdefault((one.finding, one.site, side), one)
            if before is not one and _differ(before, one, kb):
                yield one.path, f"{_where(one, side)} is both {before.value} and {one.value}"
                break
    yield from _excluded(first, kb)


def _differ(a: Said, b: Said, kb: KnowledgeBase) -> bool:
    """Whether two values of one finding exclude each other; a number and its band do not."""
    if isinstance(a.value, str) == isinstance(b.value, str):
        return a.value != b.value
    return _band(a, kb) != _band(b, kb)


def _band(said: Said, kb: KnowledgeBase) -> str | None:
    number = kb.findings[said.finding].number
    if isinstance(said.value, str) or number is None:
        return str(said.value)
    return number.band_of(said.value)


def _excluded(first: dict[Place, Said], kb: KnowledgeBase) -> Iterator[tuple[Path_, str]]:
    """Pairs of findings that cannot both be present at one place."""
    for (finding, site, side), said in first.items():
        if said.value != "present":
            continue
        for other in kb.findings[finding].contradicts:
            rival = first.get((other, site, side))
            if rival is not None and rival.value == "present":
                yield said.path, f"{_where(said, side)} and {other} cannot both be present"


def _where(said: Said, side: str | None) -> str:
    """The finding with its place, in ids."""
    place = " ".join(part for part in (said.site, side) if part)
    return f"{said.finding} ({place})" if place else said.finding
