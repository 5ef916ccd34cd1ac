"""Read and add journal rows; adding is the only way in which an interview changes."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import clean
from nmt_expert.records.chain import canonical, sealed
from nmt_expert.records.database import rows
from nmt_expert.records.entries import Entry, What
from nmt_expert.records.moments import moment
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
    last = _last(connection, interview)
    row = {
        "interview_id": interview,
        "n": last["n"] + 1 if last else 1,
        "at": at,
        "by": _cleaned(by),
        "what": what,
        "prompt": prompt,
        "content": _json(content),
        "prior": _json(prior) if prior else None,
        "why": _cleaned(why),
    }
    linked = sealed(row, last["hash"] if last else "")
    connection.execute(insert(journal).values(linked))
    connection.execute(
        update(interviews)
        .where(interviews.c.id == interview)
        .values(entries=linked["n"], last_at=at, last_hash=linked["hash"])
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
    return tuple(_entry(row) for row in every if prompt in (None, row["prompt"]))


def _last(connection: Connection, interview: str) -> Mapping[str, Any] | None:
    query = select(journal.c.n, journal.c.hash).where(journal.c.interview_id == interview)
    newest = query.order_by(journal.c.n.desc()).limit(1)
    return next(iter(rows(connection, newest)), None)


def _entry(row: Mapping[str, Any]) -> Entry:
    try:
        return Entry(
            interview=row["interview_id"],
            content=json.loads(row["content"]),
            prior=json.loads(row["prior"]) if row["prior"] else None,
            **{name: row[name] for name in ("n", "at", "by", "what", "prompt", "why")},
        )
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
