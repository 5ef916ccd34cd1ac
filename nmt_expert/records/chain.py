"""The hash chain that shows whether a journal row was altered, lost or slipped in later.

A row's digest covers what was said, with a random salt, so that it cannot be guessed from the
digest; its hash covers the digest, the row's place and the hash of the row before. Erasing what was
said together with its salt therefore leaves the chain whole.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from nmt_expert.model.base import Record

Row = Mapping[str, Any]


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


def sealed(row: Row, previous: str) -> dict[str, Any]:
    """The row with its salt, digest and place in the chain; ``previous`` is empty for the first."""
    salted = {**row, "salt": secrets.token_hex(16), "previous": previous}
    linked = {**salted, "digest": _digest(salted)}
    return {**linked, "hash": _hash(linked)}


def breaks(interview: str, rows: Sequence[Row], entries: int, last_hash: str) -> list[Break]:
    """What is wrong with the rows of one interview, which should be so many and end so."""
    found: list[Break] = []
    previous = ""
    for place, row in enumerate(rows, start=1):
        for says in _faults(row, place, previous):
            found.append(Break(interview=interview, n=row["n"], says=says))
        previous = row["hash"]
    if len(rows) != entries or previous != last_hash:
        says = f"the last of {entries} entries is not the last one here"
        found.append(Break(interview=interview, n=None, says=says))
    return found


def _faults(row: Row, place: int, previous: str) -> list[str]:
    checks = (
        (row["n"] == place, f"entry {place} is missing"),
        (row["previous"] == previous, "the entry before it was altered or is missing"),
        (row["digest"] == _digest(row), "what was said, by whom or why was altered"),
        (row["hash"] == _hash(row), "its time, kind, prompt or place was altered"),
    )
    return [says for holds, says in checks if not holds]


def _digest(row: Row) -> str:
    return sha256(canonical([row[key] for key in ("salt", "by", "why", "content", "prior")]))


def _hash(row: Row) -> str:
    keys = ("previous", "interview_id", "n", "at", "what", "prompt", "digest")
    return sha256(canonical([row[key] for key in keys]))
