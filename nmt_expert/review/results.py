"""Results of cases kept in a folder: what a replay holds the rules to, and what was accepted.

One JSON file a folder of cases, one for the fingerprints of the knowledge, one for the reasons.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.review import Day
from nmt_expert.review.digest import Digest

KNOWLEDGE, ACCEPTED = "knowledge.json", "accepted.json"
_DIGESTS = TypeAdapter(dict[str, Digest])
_MARKS = TypeAdapter(dict[str, str])


class Accepted(Record):
    """A change that was accepted: when, why, in which cases, and the entries that did it."""

    date: Day
    why: str
    cases: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


_ACCEPTED = TypeAdapter(tuple[Accepted, ...])


class Results(Record):
    """What the cases came to, by ``folder/name``, and the fingerprints of the knowledge then."""

    marks: dict[str, str]
    digests: dict[str, Digest]


def read_results(folder: Path) -> Results:
    """What a folder holds; nothing when it holds nothing yet.

    Raises:
        InputInvalid: a file in it is none of ours.
    """
    digests: dict[str, Digest] = {}
    for path in sorted(folder.glob("*.json")):
        if path.name not in (KNOWLEDGE, ACCEPTED):
            digests |= _read(path, _DIGESTS)
    marks = folder / KNOWLEDGE
    return Results(marks=_read(marks, _MARKS) if marks.exists() else {}, digests=digests)


def write_results(folder: Path, results: Results) -> None:
    """Put these results in the place of those before, one file a folder of cases."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.json"):
        if path.name != ACCEPTED:
            path.unlink()
    _write(folder / KNOWLEDGE, results.marks)
    of_folder: dict[str, dict[str, Any]] = {}
    for name, one in results.digests.items():
        group = of_folder.setdefault(PurePath(name).parent.name or "cases", {})
        group[name] = one.model_dump(mode="json")
    for group_name, group in of_folder.items():
        _write(folder / f"{group_name}.json", group)


def accept(folder: Path, accepted: Accepted) -> None:
    """Add to what was accepted, with its reason."""
    path = folder / ACCEPTED
    before = _read(path, _ACCEPTED) if path.exists() else ()
    told = [one.model_dump(mode="json") for one in (*before, accepted)]
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def names_of(paths: Iterable[Path]) -> dict[Path, str]:
    """``folder/name`` of each case file: what its result is kept under."""
    return {path: f"{path.resolve().parent.name}/{path.stem}" for path in paths}


def _write(path: Path, table: Mapping[str, Any]) -> None:
    """One line an entry, so that a changed result is a changed line."""
    lines = (f"{json.dumps(key)}: {json.dumps(table[key])}" for key in sorted(table))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _read(path: Path, adapter: TypeAdapter[Any]) -> Any:
    try:
        return adapter.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        fault = Fault(
            str(path),
            "it holds no stored results",
            "Nothing was compared.",
            "Write them anew: nmt-expert review replay --stored FOLDER --accept REASON",
        )
        raise InputInvalid([fault]) from None
