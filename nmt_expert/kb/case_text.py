"""The text of a case file, YAML or JSON, as plain data with places."""

import json
from typing import Any

from nmt_expert.kb.document import UNUSED, Document, Unreadable
from nmt_expert.kb.yaml_reader import MAX_DEPTH, read_yaml
from nmt_expert.model.errors import Fault
from nmt_expert.model.text import quoted


def read_document(text: str, name: str) -> Document:
    """The document in ``text``.

    Nearly all JSON reads as YAML, with places; what does not (joined escapes) is read as JSON.

    Raises:
        Unreadable: it is neither.
    """
    try:
        return read_yaml(text, name)
    except Unreadable as as_yaml:
        if not text.lstrip().startswith(("{", "[")):
            raise
        try:
            return _read_json(text, name)
        except Unreadable as as_json:
            raise (as_json if name.lower().endswith(".json") else as_yaml) from None


def _read_json(text: str, name: str) -> Document:
    faults: list[Fault] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = ", ".join(quoted(key) for key in data if keys.count(key) > 1)
            faults.append(Fault(name, f"{twice} is written twice", "", "Keep one of them."))
        return data

    try:
        data = json.loads(text, object_pairs_hook=once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise _stopped(place, error.msg.lower(), "Check commas, quotes and brackets.") from None
    except (ValueError, RecursionError):
        problem = "a number or the nesting is beyond measure"
        raise _stopped(name, problem, "Write plain numbers, and write it flatter.") from None
    if depth_of(data) > MAX_DEPTH:
        raise _stopped(name, f"nested deeper than {MAX_DEPTH} levels", "Write it flatter.")
    return Document(name, text, data, [1], faults)


def _stopped(place: str, problem: str, remedy: str) -> Unreadable:
    return Unreadable(Fault(place, f"not readable as JSON ({problem})", UNUSED, remedy))


def _no_constant(word: str) -> float:
    raise ValueError(word)


def depth_of(data: Any) -> int:
    """How many levels of lists and mappings there are."""
    level, depth = [data], 0
    while level := [
        part
        for one in level
        if isinstance(one, dict | list)
        for part in (one.values() if isinstance(one, dict) else one)
    ]:
        depth += 1
    return depth
