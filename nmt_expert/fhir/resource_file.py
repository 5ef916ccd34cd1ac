"""A FHIR resource from a file: JSON, each key once, of a bounded size."""

import json
import sys
from pathlib import Path
from typing import Any

from nmt_expert.fhir.names import Resource
from nmt_expert.kb.case_text import depth_of
from nmt_expert.kb.document import opened
from nmt_expert.model.errors import Fault, InputInvalid

STANDARD_INPUT = "-"
MAX_BYTES = 50_000_000
MAX_DEPTH = 100
UNREAD = "Nothing of it was used."


def read_resource(path: Path) -> Resource:
    """The resource in a file; ``-`` is standard input.

    Raises:
        InputInvalid: it cannot be read, or is no JSON object with a ``resourceType``.
    """
    value = _json(_text(path), str(path))
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        remedy = "Name a file with one FHIR resource as JSON."
        raise _refused(str(path), "this is no FHIR resource: it has no resourceType", remedy)
    if depth_of(value) > MAX_DEPTH:
        says = f"nested deeper than {MAX_DEPTH} levels"
        raise _refused(str(path), says, "Write it flatter.")
    return value


def _text(path: Path) -> str:
    try:
        with sys.stdin.buffer if str(path) == STANDARD_INPUT else opened(path) as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):  # a ValueError is a NUL in the name
        raise _refused(str(path), "cannot be read", "Name a file that can be read.") from None
    if len(raw) > MAX_BYTES:
        says = f"larger than {MAX_BYTES // 1_000_000} MB"
        raise _refused(str(path), says, "Check that it is the right file.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(str(path), "not UTF-8 text", "Save the file as UTF-8.") from None


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        says = f"not readable as JSON ({error.msg.lower()})"
        raise _refused(place, says, "Check commas, quotes and brackets.") from None
    except (ValueError, RecursionError):
        says = "a key is written twice, or a number or the nesting is beyond measure"
        raise _refused(name, says, "Write each key once, plain numbers, and flatter.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError
    return data


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _refused(place: str, says: str, remedy: str) -> InputInvalid:
    return InputInvalid([Fault(place, says, UNREAD, remedy)])
