"""The files of a knowledge base read into a draft, with every fault of form."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nmt_expert.kb.document import Document, Unreadable, file_text
from nmt_expert.kb.draft import Draft, Entry
from nmt_expert.kb.kinds import KINDS, FileKind
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.record_faults import record_faults
from nmt_expert.kb.yaml_reader import read_yaml
from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import Rule, RuleText


def read_draft(folder: Path) -> Draft:
    """Everything under ``knowledge/`` and ``rules/``, in an order that no file system changes."""
    draft = Draft()
    unread = _all_files(folder)
    for kind in KINDS:
        paths = sorted(folder.glob(kind.pattern))
        for path in paths:
            unread.discard(path)
            _read_file(path, path.relative_to(folder).as_posix(), kind, draft)
        if not paths and "*" not in kind.pattern:
            draft.faults.append(
                Fault(kind.pattern, "the file is missing", "Nothing works without it.")
            )
    for path in sorted(unread):
        draft.faults.append(_stray(path.relative_to(folder).as_posix()))
    return draft


def canonical(data: Any) -> bytes:
    """The one way to write data: independent of layout, comments, key order and platform."""
    return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def content_hash(draft: Draft) -> str:
    """The sha256 of all content, file by file."""
    return hashlib.sha256(
        canonical({name: document.data for name, document in draft.documents.items()})
    ).hexdigest()


def _all_files(folder: Path) -> set[Path]:
    halves = (folder / "knowledge", folder / "rules")
    files = (
        path for half in halves for path in half.rglob("*") if path.suffix in (".yml", ".yaml")
    )
    return {path for path in files if not path.name.startswith(".")}


def _stray(name: str) -> Fault:
    remedy = "Name it .yml." if name.endswith(".yaml") else "Move it to a folder that is read."
    return Fault(
        name, "no part of the program reads this file", "Its content would be ignored.", remedy
    )


def _read_file(path: Path, name: str, kind: FileKind, draft: Draft) -> None:
    try:
        document = read_yaml(file_text(path, name), name)
    except Unreadable as stop:
        draft.faults.extend(stop.faults)
        return
    draft.faults.extend(document.faults)
    draft.documents[name] = document
    for data, path_, line in _entries(document, kind, draft):
        _read_entry(data, Entry(document, path_, line), kind, draft)


def _entries(document: Document, kind: FileKind, draft: Draft) -> list[tuple[Any, Path_, int]]:
    """The entries of a file with their paths and lines."""
    data, lines = document.data, document.lines
    if not kind.many:
        return [(data, (), lines[0] if lines else 1)]
    if isinstance(data, list):
        return [(entry, (n,), lines[n]) for n, entry in enumerate(data)]
    says = "the file must be a list of entries" if data is not None else "the file is empty"
    draft.faults.append(
        Fault(f"{document.name}:1:1", says, kind.lost, "Begin each entry with '- '.")
    )
    return []


def _read_entry(data: Any, entry: Entry, kind: FileKind, draft: Draft) -> None:
    """One entry into its table, or its faults."""
    name = _entry_name(data, entry, kind)
    declared = draft.declared(kind.name)
    if name in declared:
        first = declared[name].place
        says = f"{kind.name} {name!r} is declared twice; the first is at {first}"
        draft.faults.append(Fault(entry.spot((kind.key,)), says, kind.lost, "Give one another id."))
        return
    declared[name] = entry
    try:
        record = kind.record.model_validate(data)
    except ValidationError as error:
        found = record_faults(error, data, entry.spot, kind.lost, _of(kind, name))
        draft.faults.extend(entry.document.besides(found))
        return
    draft.tables.setdefault(kind.name, {})[name] = _finished(record, data, name, entry)


def _entry_name(data: Any, entry: Entry, kind: FileKind) -> str:
    """The name an entry is known by; a rule's holds its folder and file."""
    if not kind.key:
        return kind.name
    own = data.get(kind.key) if isinstance(data, dict) else None
    if not isinstance(own, str):
        return f"unnamed entry at {entry.place}"
    if kind.name != "rule":
        return own
    _, folder, file = entry.document.name.removesuffix(".yml").split("/")
    return f"{folder}.{file}.{own}"


def _of(kind: FileKind, name: str) -> str:
    return f" ({kind.name} {name})" if kind.key else ""


def _finished(record: Record, data: Any, name: str, entry: Entry) -> Record:
    """A record as the rooms use it: a rule with its full id, version and place."""
    if not isinstance(record, RuleText):
        return record
    version = hashlib.sha256(canonical(data)).hexdigest()[:12]
    fields = {**dict(record), "id": name, "version": version, "place": entry.place}
    return Rule.model_construct(**fields)
