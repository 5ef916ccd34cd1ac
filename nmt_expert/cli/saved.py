"""Assessments that were printed as JSON and kept in a file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nmt_expert.model.errors import Fault, InputInvalid

if TYPE_CHECKING:
    from nmt_expert.model.assessment import Assessment

MAX_BYTES = 32 * 1024 * 1024
_SCHEMA = "nmt.assessment/1"


def saved_assessments(path: Path) -> "tuple[Assessment, ...] | None":
    """What a file holds, one assessment or an array of them; None when it holds neither.

    Raises:
        InputInvalid: it says that it holds one, and it does not.
    """
    items = _items(path)
    if items is None:
        return None
    from pydantic import ValidationError

    from nmt_expert.model.assessment import Assessment
    from nmt_expert.model.text import cleaned

    try:
        return tuple(Assessment.model_validate(cleaned(item)) for item in items)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        fault = Fault(
            str(path),
            f"this is no whole {_SCHEMA}: {where} is wrong or missing",
            "No report was made.",
            "Make it again: nmt-expert assess CASE --json -o FILE.",
        )
        raise InputInvalid([fault]) from None


def _items(path: Path) -> list[Any] | None:
    """The objects of an assessment file; a case file, or what cannot be read, is none."""
    from nmt_expert.kb.document import opened

    try:
        with opened(path) as file:
            content = file.read(MAX_BYTES + 1)
        value = json.loads(content.decode("utf-8")) if len(content) <= MAX_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None
    items = value if isinstance(value, list) else [value]
    saved = [one for one in items if isinstance(one, dict) and one.get("schema") == _SCHEMA]
    return saved if saved and len(saved) == len(items) else None
