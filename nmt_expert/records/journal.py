"""Read and add journal rows; adding is the only way in which an interview changes."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.moments import moment
from nmt_expert.model.text import clean
from nmt_expert.records.chain import canonical, is_erased, sealed, struck_entries
from nmt_expert.records.database import rows
from nmt_expert.records.entries import Entry, What
from nmt_expert.records.tables import interviews, journal


def add(
    connection: Connection,
    interview: str,
    what: What,
    content: Record | None,
    *,
    at: str,
    prompt: str | None = None,
    prior: Record | None = None,
    by: str | None = None,
    why: str | None = None,
) -> int:
    """Write the next row and link it to the one before; its number within the interview."""
    moment(at)
    told = {"at": at, "by": _cleaned(by), "what": what, "prompt": prompt, "why": _cleaned(why)}
    said = {"content": _json(content), "prior": _json(prior) if prior else None}
    return _link(connection, interview, told | said)


def _link(connection: Connection, interview: str, told: Mapping[str, Any]) -> int:
    """Put a row at the end of the chain."""
    last = _last(connection, interview)
    row = {**told, "interview_id": interview, "n": last["n"] + 1 if last else 1}
    named = select(interviews.c.sealed_as).where(interviews.c.id == interview)
    linked = sealed(row, last["hash"] if last else "", connection.scalar(named) or interview)
    connection.execute(insert(journal).values(linked))
    connection.execute(
        update(interviews)
        .where(interviews.c.id == interview)
        .values(entries=linked["n"], last_at=linked["at"], last_hash=linked["hash"])
    )
    return int(linked["n"])


def rows_of(connection: Connection, interview: str) -> list[dict[str, Any]]:
    """Every row of an interview as it lies in the store, oldest first."""
    query = select(journal).where(journal.c.interview_id == interview).order_by(journal.c.n)
    return rows(connection, query)


def entries_of(
    connection: Connection, interview: str, prompt: str | None = None
) -> tuple[Entry, ...]:
    """The entries of an interview, or of one prompt in it, oldest first.

    Raises:
        StoreProblem: a row cannot be read as an entry.
    """
    every = rows_of(connection, interview)
    struck = struck_entries(every)
    return tuple(as_entry(row, struck) for row in every if prompt in (None, row["prompt"]))


def _last(connection: Connection, interview: str) -> Mapping[str, Any] | None:
    query = select(journal.c.n, journal.c.hash).where(journal.c.interview_id == interview)
    newest = query.order_by(journal.c.n.desc()).limit(1)
    return next(iter(rows(connection, newest)), None)


def as_entry(row: Mapping[str, Any], struck: Mapping[int, Mapping[str, Any]]) -> Entry:
    """A row as it is read: an emptied one says what its redaction left of it.

    Raises:
        StoreProblem: it cannot be read as an entry.
    """
    try:
        told = {
            "content": json.loads(row["content"]),
            "prior": json.loads(row["prior"]) if row["prior"] else None,
            **{name: row[name] for name in ("n", "at", "by", "what", "prompt", "why")},
        }
        if is_erased(row):
            told |= struck.get(row["n"], {})
        return Entry(interview=row["interview_id"], **told)
    except (ValueError, ValidationError):
        raise StoreProblem(str(unreadable(row["interview_id"], f"entry {row['n']}"))) from None


def unreadable(interview: str, part: str) -> Fault:
    """Say that something in the store is not what this program writes."""
    return Fault(
        place=f"interview {interview}",
        says=f"{part} of its record cannot be read",
        consequence="The record may have been altered or damaged.",
        remedy="Keep the file, and put a backup in its place.",
    )


def _json(content: Record | None) -> str:
    if content is None:
        return canonical(None)
    return canonical(content.model_dump(mode="json", by_alias=True, exclude_none=True))


def _cleaned(text: str | None) -> str | None:
    return clean(text) if text else None
