"""Records as canonical JSON: the same value gives the same bytes on every machine."""

import json
from collections.abc import Sequence

from nmt_expert.model.base import Record


def as_json(records: Record | Sequence[Record]) -> str:
    """One record as an object, several as an array; keys sorted, text unescaped, one newline last.

    The order of an object's keys carries no meaning; the order of every list does and is kept.
    """
    value = _plain(records) if isinstance(records, Record) else [_plain(r) for r in records]
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_json_line(record: Record) -> str:
    """The same on one line, for a program that reads one answer after another."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True) + "\n"


def _plain(record: Record) -> object:
    return record.model_dump(mode="json", by_alias=True)
