"""One entry of a file: its name, its record, its place in the draft."""

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from nmt_expert.kb.draft import Draft, Entry
from nmt_expert.kb.kinds import FileKind
from nmt_expert.kb.record_faults import record_faults
from nmt_expert.model.base import Record
from nmt_expert.model.rule import Rule, RuleText


def canonical(data: Any) -> bytes:
    """The one way to write data: independent of layout, comments, key order and platform."""
    return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


def entry_name(data: Any, entry: Entry, kind: FileKind) -> str:
    """The name an entry is known by; a rule's holds its folder and file."""
    if not kind.key:
        return kind.name
    own = data.get(kind.key) if isinstance(data, dict) else None
    if not isinstance(own, str):
        return f"unnamed entry at {entry.place}"
    if kind.name != "rule":
        return own
    folder, file = entry.document.name.removesuffix(".yml").split("/")[-2:]
    return f"{folder}.{file}.{own}"


def add_entry(data: Any, name: str, entry: Entry, kind: FileKind, draft: Draft) -> None:
    """One entry into its table, or its faults; it takes the place of one that has its name."""
    draft.declared(kind.name)[name] = entry
    table = draft.tables.setdefault(kind.name, {})
    try:
        record = kind.record.model_validate(data)
    except ValidationError as error:
        table.pop(name, None)
        found = record_faults(error, data, entry.spot, kind.lost, _of(kind, name))
        draft.faults.extend(entry.document.besides(found))
        return
    table[name] = _finished(record, data, name, entry)


def _of(kind: FileKind, name: str) -> str:
    return f" ({kind.name} {name})" if kind.key else ""


def _finished(record: Record, data: Any, name: str, entry: Entry) -> Record:
    """A record as the rooms use it: a rule with its full id, version and place."""
    if not isinstance(record, RuleText):
        return record
    version = hashlib.sha256(canonical(data)).hexdigest()[:12]
    fields = {**dict(record), "id": name, "version": version, "place": entry.place}
    return Rule.model_construct(**fields)
