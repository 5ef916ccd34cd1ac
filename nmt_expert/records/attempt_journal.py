"""A finished attempt in the store: what it came to, and a chain of what was said of it since.

The first entry is the student's: it names the fingerprints of the attempt, of every event and of
the result, so that a changed byte of any of them is found. The chain is that of client records; no
row of it has a prompt.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.moments import moment
from nmt_expert.model.text import clean, cleaned_record
from nmt_expert.practice.attempt import Done
from nmt_expert.practice.events import EVENT
from nmt_expert.practice.handed_in import HandedIn
from nmt_expert.records import chain
from nmt_expert.records.chain import Break, canonical, content_of, sha256
from nmt_expert.records.database import rows
from nmt_expert.records.frozen import pack, unpack
from nmt_expert.records.reviews import seal_breaks
from nmt_expert.records.tables import attempt_events, attempt_journal, attempt_results, attempts

What = Literal["handed_in", "remarked", "signed", "amended"]
NAMED = "attempt-"
_NOT_CHAINED = ("prompt", "prior")
_KEPT = ("student", "practised", "kb_sha256", "started", "finished", "verdict")


class Fingerprints(Record):
    """The sha256 of the attempt with its events, and of what it came to."""

    attempt_sha256: str
    result_sha256: str


def id_of(attempt: int) -> str:
    """What an attempt is called among everything to review: ``attempt-3``."""
    return f"{NAMED}{attempt}"


def hand_in(connection: Connection, attempt: int, handed: HandedIn, *, at: str, by: str) -> None:
    """Freeze what an attempt came to, and begin its journal with the fingerprints."""
    content = cleaned_record(handed).model_dump(mode="json", by_alias=True)
    text = json.dumps(content, ensure_ascii=False)
    connection.execute(insert(attempt_results).values(attempt_id=attempt, packed=pack(text)))
    (row,) = rows(connection, select(attempts).where(attempts.c.id == attempt))
    prints = Fingerprints(attempt_sha256=_print(connection, row), result_sha256=sha256(text))
    add(connection, attempt, "handed_in", prints, at=at, by=by)


def add(
    connection: Connection,
    attempt: int,
    what: What,
    content: Record | None,
    *,
    at: str,
    by: str,
    why: str | None = None,
) -> int:
    """Write the next row and link it to the one before; its number."""
    moment(at)
    last = select(attempts.c.entries, attempts.c.last_hash).where(attempts.c.id == attempt)
    ((entries, previous),) = connection.execute(last).all()
    said = canonical(content.model_dump(mode="json", exclude_none=True) if content else None)
    row = {"n": entries + 1, "at": at, "by": clean(by), "what": what, "content": said}
    row |= {"why": clean(why) if why else None, **dict.fromkeys(_NOT_CHAINED)}
    linked = chain.sealed(row, previous, id_of(attempt))
    told = {name: value for name, value in linked.items() if name not in _NOT_CHAINED}
    connection.execute(insert(attempt_journal).values(attempt_id=attempt, **told))
    newest = {"entries": linked["n"], "last_hash": linked["hash"]}
    connection.execute(update(attempts).where(attempts.c.id == attempt).values(**newest))
    return int(linked["n"])


def rows_of(connection: Connection, attempt: int) -> list[dict[str, Any]]:
    """The journal of an attempt, oldest first, in the shape of a record's."""
    query = select(attempt_journal).where(attempt_journal.c.attempt_id == attempt)
    found = rows(connection, query.order_by(attempt_journal.c.n))
    return [{**row, **dict.fromkeys(_NOT_CHAINED)} for row in found]


def events_of(connection: Connection, attempt: int) -> tuple[Done, ...]:
    """What was done in an attempt, in order.

    Raises:
        StoreProblem: a step cannot be read.
    """
    try:
        return tuple(EVENT.validate_json(content) for _, content in _events(connection, attempt))
    except ValidationError:
        raise StoreProblem(str(_unreadable(attempt, "a step"))) from None


def handed(connection: Connection, attempt: int) -> HandedIn:
    """What a finished attempt came to.

    Raises:
        StoreProblem: it is not what was frozen.
    """
    query = select(attempt_results.c.packed).where(attempt_results.c.attempt_id == attempt)
    try:
        return HandedIn.model_validate_json(unpack(connection.execute(query).scalar_one()))
    except ValidationError:
        raise StoreProblem(str(_unreadable(attempt, "the result"))) from None


def breaks(connection: Connection) -> Iterator[Break]:
    """Every break in what was handed in, and in what was said of it."""
    for row in rows(connection, select(attempts).order_by(attempts.c.id)):
        name, journal = id_of(row["id"]), rows_of(connection, row["id"])
        if row["entries"] or journal:
            yield from chain.breaks(name, journal, row["entries"], row["last_hash"])
            yield from seal_breaks(name, journal)
            yield from _other_than_handed_in(connection, row, journal[:1])


def _other_than_handed_in(
    connection: Connection, row: Mapping[str, Any], first: list[dict[str, Any]]
) -> Iterator[Break]:
    named = content_of(first[0]) if first else {}
    query = select(attempt_results.c.packed).where(attempt_results.c.attempt_id == row["id"])
    result = sha256(unpack(connection.execute(query).scalar_one_or_none() or b""))
    held = (
        ("attempt_sha256", _print(connection, row), "a step, or how it ended, was altered"),
        ("result_sha256", result, "what it came to is not what was handed in"),
    )
    for key, found, says in held:
        if named.get(key) != found:
            yield Break(interview=id_of(row["id"]), n=None, says=says)


def _print(connection: Connection, row: Mapping[str, Any]) -> str:
    """The fingerprint of an attempt and of every event in it."""
    events = [[at, content] for at, content in _events(connection, row["id"])]
    return sha256(canonical([*(row[name] for name in _KEPT), events]))


def _events(connection: Connection, attempt: int) -> list[tuple[str, str]]:
    query = select(attempt_events.c.at, attempt_events.c.content)
    mine = query.where(attempt_events.c.attempt_id == attempt).order_by(attempt_events.c.n)
    return [(at, content) for at, content in connection.execute(mine).all()]


def _unreadable(attempt: int, part: str) -> Fault:
    return Fault(
        place=id_of(attempt),
        says=f"{part} of it cannot be read",
        consequence="It may have been altered or damaged.",
        remedy="Keep the file, and put a backup in its place.",
    )
