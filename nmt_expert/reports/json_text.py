"""Records as canonical JSON: the same value gives the same bytes on every machine."""

import json
from collections.abc import Sequence

from nmt_expert.model.base import Record
from nmt_expert.model.json_text import plain


def as_json(records: Record | Sequence[Record]) -> str:
    """One record as an object, several as an array; keys sorted, text unescaped, one newline last.

    The order of an object's keys carries no meaning; the order of every list does and is kept.
    """
    value = plain(records) if isinstance(records, Record) else [plain(r) for r in records]
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
