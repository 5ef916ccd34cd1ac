"""Two versions of the knowledge side by side: which entries came, went, or say something else."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from nmt_expert.model.base import Record
from nmt_expert.model.knowledge import KnowledgeBase

Change = Literal["added", "removed", "edited"]
_MADE = {"version", "place"}
"""Of a rule: what follows from its text and its file."""
_WORDING = frozenset(
    {"title", "label", "labels", "because", "limits", "grade", "basis", "sources", "examples"}
    | {"question", "help", "terse", "synonyms", "why", "note", "story", "causes", "mimics"}
    | {"means", "reads", "reads_back", "chart"}
)
"""What people read, and no result depends on."""
MOST = 160
"""Letters of a value that a difference shows."""


class EntryChange(Record):
    """One entry that is not the same: ``entry`` is ``KIND:ID``, ``place`` where it stands.

    ``parts`` are what was edited, each as ``when.all.1.value: absent -> present``.
    """

    entry: str
    change: Change
    place: str = ""
    parts: tuple[str, ...] = ()


def fingerprints(kb: KnowledgeBase) -> dict[str, str]:
    """A short hash of what every entry says to the reasoning; its wording does not count."""
    return {entry: _mark(record) for entry, record in _reasoned_with(kb)}


def _mark(record: Any) -> str:
    said = {key: value for key, value in _plain(record).items() if key not in _WORDING}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, Change]:
    """Every entry that is not the same in both, in one order for the same two versions."""
    kinds: dict[str, Change] = {}
    for entry in sorted({*before, *after}):
        if before.get(entry) != after.get(entry):
            kinds[entry] = _kind(entry in before, entry in after)
    return kinds


def entry_changes(before: KnowledgeBase, after: KnowledgeBase) -> tuple[EntryChange, ...]:
    """What is not the same in two versions, entry by entry, with the parts that were edited."""
    was = {entry: _plain(record) for entry, record in _reasoned_with(before)}
    now = {entry: _plain(record) for entry, record in _reasoned_with(after)}
    found = changed(was, now)
    return tuple(
        EntryChange(
            entry=entry,
            change=kind,
            place=place_of(entry, before if kind == "removed" else after),
            parts=tuple(_parts(was[entry], now[entry])) if kind == "edited" else (),
        )
        for entry, kind in found.items()
    )


def place_of(entry: str, kb: KnowledgeBase) -> str:
    """``file:line`` of an entry."""
    kind, _, name = entry.partition(":")
    return kb.places.get(entry) or kb.places.get(f"{kind}:{name or kind}", "")


def _reasoned_with(kb: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    """The entries that a result can depend on."""
    tables: dict[str, Mapping[str, Any]] = {
        "rule": kb.rules,
        "finding": kb.findings,
        "conclusion": kb.conclusions,
        "site": kb.sites,
        "relation": kb.relation_tables,
        "technique": kb.techniques,
        "question": kb.questions,
        "measure": kb.measures,
    }
    for kind, table in tables.items():
        for name, record in table.items():
            yield f"{kind}:{name}", record
    yield "certainty", kb.certainty
    yield "plan", kb.plan


def _plain(record: Any) -> Any:
    told = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    told |= {"status": "retired"} if told.pop("status", "") == "retired" else {}
    return {key: value for key, value in told.items() if key not in _MADE}


def _kind(was: bool, now: bool) -> Change:
    return "edited" if was and now else "added" if now else "removed"


def _parts(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Every part that is not the same, by its path."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from _parts(before.get(key), after.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for n, (was, now) in enumerate(zip(before, after, strict=True)):
            yield from _parts(was, now, f"{path}.{n}")
    elif before != after:
        yield f"{path}: {_shown(before)} -> {_shown(after)}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST else f"{text[:MOST]}..."
