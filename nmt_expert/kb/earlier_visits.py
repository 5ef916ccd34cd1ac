"""What a case tells of earlier visits and of the client's own activities: faults of its form."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from nmt_expert.kb.marks import Path_
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.case import Activity, Case, Treated
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.text import quoted

MAX_VISITS = 200

Objected = Iterator[tuple[Path_, str, str]]
"""Where, what is wrong, and the remedy."""


def raw_visits(data: Any) -> list[Any]:
    """The earlier visits as they are written; none where the form is wrong."""
    part = data.get("earlier") if isinstance(data, dict) else None
    return part[:MAX_VISITS] if isinstance(part, list) else []


def number_of_visits(data: Any) -> int:
    """How many earlier visits are written."""
    part = data.get("earlier") if isinstance(data, dict) else None
    return len(part) if isinstance(part, list) else 0


def is_date(written: object) -> bool:
    """Whether it is a date in the one form that sorts as text: 2026-11-20."""
    try:
        return isinstance(written, str) and date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def date_objections(data: Any) -> Objected:
    """Dates that are none, or whose form hides their order."""
    for n, visit in enumerate(raw_visits(data)):
        written = visit.get("date") if isinstance(visit, dict) else None
        if isinstance(written, str) and not is_date(written):
            says = f"{quoted(written, 3)} is not a date"
            yield ("earlier", n, "date"), says, "Write it as 2026-11-20."


def objections(case: Case, kb: KnowledgeBase) -> Objected:
    """What is wrong with earlier visits and activities that are sound each for itself."""
    yield from _repeated(case.activities, ("activities",))
    seen: set[str] = set()
    for n, visit in enumerate(case.earlier):
        path: Path_ = ("earlier", n)
        if visit.date in seen:
            yield (*path, "date"), f"two earlier visits are of {visit.date}", "Join them into one."
        if case.visit.date is not None and visit.date >= case.visit.date:
            says = f"{visit.date} is not before this visit of {case.visit.date}"
            yield (*path, "date"), says, "Put today's scores under answers and activities."
        seen.add(visit.date)
        yield from _repeated(visit.activities, (*path, "activities"))
        for m, one in enumerate(visit.treated):
            yield from _unknown(one, (*path, "treated", m), kb)


def _unknown(treated: Treated, path: Path_, kb: KnowledgeBase) -> Objected:
    """A place or a technique of an earlier treatment that nobody declared."""
    for key, name, known in (
        ("site", treated.site, kb.sites),
        ("technique", treated.technique, kb.techniques),
    ):
        if name not in known:
            remedy = did_you_mean(name, known, 3) or f"Name a declared {key}."
            yield (*path, key), f"unknown {key} {quoted(name)}", remedy


def _repeated(activities: Iterable[Activity], path: Path_) -> Objected:
    seen: set[str] = set()
    for n, one in enumerate(activities):
        if one.known_as in seen:
            says = "this activity is scored twice"
            yield (*path, n, "activity"), says, "Keep one of them."
        seen.add(one.known_as)
