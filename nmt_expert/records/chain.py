"""The hash chain that shows whether a journal row was altered, lost or slipped in later.

A row's digest covers what was said, with a random salt, so that it cannot be guessed from the
digest; its hash covers the digest, the row's place and the hash of the row before. Erasing what was
said together with its salt therefore leaves the chain whole. A later row of the same journal must
name what was erased: an erased row that none names is a break.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from nmt_expert.model.base import Record

Row = Mapping[str, Any]

ERASED: dict[str, Any] = {"by": None, "content": "null", "prior": None, "why": None, "salt": ""}
"""What an entry holds of what was said once a redaction has struck it out."""


class Break(Record):
    """One place where the record is not what was written. ``n`` is None for the whole interview."""

    interview: str
    n: int | None
    says: str


def canonical(value: Any) -> str:
    """JSON in one possible form, so that equal values give equal bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """The fingerprint of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(row: Row, previous: str, sealed_as: str) -> dict[str, Any]:
    """The row with its salt, digest and place in the chain; ``previous`` is empty for the first.

    ``sealed_as`` is the id that the interview had when it began, which an import may have changed.
    """
    salted = {**row, "salt": secrets.token_hex(16), "previous": previous}
    linked = {**salted, "digest": _digest(salted)}
    return {**linked, "hash": _hash(linked, sealed_as)}


def breaks(
    interview: str, rows: Sequence[Row], entries: int, last_hash: str, sealed_as: str | None = None
) -> list[Break]:
    """What is wrong with the rows of one interview, which should be so many and end so."""
    found: list[Break] = []
    previous = ""
    struck = struck_entries(rows)
    for place, row in enumerate(rows, start=1):
        told = row["digest"] == _digest(row) or (row["n"] in struck and is_erased(row))
        linked = row["hash"] == _hash(row, sealed_as or interview)
        for says in _faults(row, place, previous, told, linked):
            found.append(Break(interview=interview, n=row["n"], says=says))
        previous = row["hash"]
    if len(rows) != entries or previous != last_hash:
        says = f"the last of {entries} entries is not the last one here"
        found.append(Break(interview=interview, n=None, says=says))
    return found


def struck_entries(rows: Sequence[Row]) -> dict[int, dict[str, Any]]:
    """What redactions left of each entry that they name, by its number; the newest one counts."""
    left: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["what"] == "redacted":
            left |= {one["n"]: one for one in content_of(row).get("entries", ())}
    return left


def content_of(row: Row) -> dict[str, Any]:
    """What a row says; nothing when it cannot be read, which its digest tells."""
    try:
        found = json.loads(row["content"])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def is_erased(row: Row) -> bool:
    """Whether what was said was taken out of a row, and its salt with it."""
    return all(row[key] == value for key, value in ERASED.items())


def _faults(row: Row, place: int, previous: str, told: bool, linked: bool) -> list[str]:
    checks = (
        (row["n"] == place, f"entry {place} is missing"),
        (row["previous"] == previous, "the entry before it was altered or is missing"),
        (told, "what was said, by whom or why was altered"),
        (linked, "its time, kind, prompt or place was altered"),
    )
    return [says for holds, says in checks if not holds]


def _digest(row: Row) -> str:
    return sha256(canonical([row[key] for key in ("salt", "by", "why", "content", "prior")]))


def _hash(row: Row, sealed_as: str) -> str:
    keys = ("n", "at", "what", "prompt", "digest")
    return sha256(canonical([row["previous"], sealed_as, *(row[key] for key in keys)]))
