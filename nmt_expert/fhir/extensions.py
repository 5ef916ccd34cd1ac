"""Extensions in and out: what a case says of an answer that the standard has no place for."""

from typing import Any

from nmt_expert.fhir.names import AT, BY, NOTE, SURE, Resource
from nmt_expert.model.case import Answer

_KEPT = {"sure": (SURE, "valueCode"), "note": (NOTE, "valueString"),
         "by": (BY, "valueString"), "at": (AT, "valueString")}  # fmt: skip
"""Key of an answer -> its extension, and the kind of its value."""


def said_of(answer: Answer) -> list[Resource]:
    """How sure, the note, who said it and when: extensions for what is told."""
    told = answer.model_dump(exclude_defaults=True)
    return [{"url": url, kind: told[key]} for key, (url, kind) in _KEPT.items() if told.get(key)]


def keys_of(given: Resource) -> dict[str, str]:
    """The same keys of an answer, read from its extensions."""
    found = {key: value_of(given, url, kind) for key, (url, kind) in _KEPT.items()}
    return {key: value for key, value in found.items() if value is not None}


def value_of(given: Resource, url: str, kind: str) -> Any:
    """The value of an extension; None where it is not there, or of another kind."""
    return next(
        (one.get(kind) for one in given.get("extension", ()) if one.get("url") == url), None
    )
