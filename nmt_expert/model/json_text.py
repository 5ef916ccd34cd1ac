"""Records as canonical JSON: the same value gives the same bytes on every machine."""

import json

from nmt_expert.model.base import Record


def as_json_line(record: Record) -> str:
    """One record on one line, for a program that reads one after another."""
    return json.dumps(plain(record), ensure_ascii=False, sort_keys=True) + "\n"


def plain(record: Record) -> object:
    """The record as the lists and mappings that JSON is made of."""
    return record.model_dump(mode="json", by_alias=True)
