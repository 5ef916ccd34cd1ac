"""Who came, on which visit, and which interviews there are."""

from difflib import get_close_matches
from typing import Any, NewType

from sqlalchemy import Connection, Insert, Select, insert, select

from nmt_expert.model.case import Client, Visit
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import clean
from nmt_expert.records.database import rows
from nmt_expert.records.entries import Started
from nmt_expert.records.tables import clients, deletions, interviews, visits
from nmt_expert.records.views import Summary

InterviewId = NewType("InterviewId", str)
"""The day it began and a running number: ``2026-11-20-1``."""


def visit_on(
    connection: Connection,
    client: Client,
    date: str,
    at: str,
    *,
    least: int = 1,
    wish: int | None = None,
) -> tuple[int, Visit]:
    """The row and the number of a client's visit on a day; a new client or visit is written.

    A new visit has the number of the ``wish``, if it is free; else it is at least ``least``.
    """
    client_id = _client(connection, client.code, at)
    mine = visits.c.client_id == client_id
    query = select(visits.c.id, visits.c.number).where(mine, visits.c.date == date)
    found = connection.execute(query).first()
    if found:
        return found.id, Visit(number=found.number, date=date)
    taken = set(connection.scalars(select(visits.c.number).where(mine)))
    after = max([*taken, least - 1]) + 1
    number = after if wish is None or wish in taken else wish
    row = {"client_id": client_id, "number": number, "date": date}
    return _new_row(connection, insert(visits).values(row)), Visit(number=number, date=date)


def enter(
    connection: Connection,
    visit_row: int,
    started: Started,
    at: str,
    *,
    origin: str | None = None,
    wish: str | None = None,
) -> InterviewId:
    """Write the row of a new interview.

    ``origin`` is the fingerprint of what it was imported from, ``wish`` the id it had there.
    """
    interview = _free_id(connection, started.visit.date or at[:10], wish)
    row = {
        "id": interview,
        "visit_id": visit_row,
        "state": "open",
        "quick": started.quick,
        "kb_version": started.kb_version,
        "kb_sha256": started.kb_sha256,
        "started": at,
        "entries": 0,
        "last_at": at,
        "last_hash": "",
        "origin": origin,
        "sealed_as": wish,
    }
    connection.execute(insert(interviews).values(row))
    return interview


def summaries(
    connection: Connection,
    code: str | None = None,
    state: str | None = None,
    among: Select[Any] | None = None,
) -> tuple[Summary, ...]:
    """Interviews, newest visit first: of a client, in one state (open, finished), ``among`` ids."""
    query = _summary_query()
    if code is not None:
        query = query.where(clients.c.code == code)
    if state is not None:
        query = query.where(interviews.c.state == state)
    if among is not None:
        query = query.where(interviews.c.id.in_(among))
    newest = query.order_by(
        visits.c.date.desc(), interviews.c.started.desc(), interviews.c.id.desc()
    )
    return tuple(Summary.model_validate(row) for row in rows(connection, newest))


def require(connection: Connection, interview: str) -> Summary:
    """The interview of that name.

    Raises:
        StoreProblem: there is none; the nearest names are said.
    """
    one = _summary_query().where(interviews.c.id == interview)
    for row in rows(connection, one):
        return Summary.model_validate(row)
    raise StoreProblem(str(_no_such(connection, interview)))


def _client(connection: Connection, code: str | None, at: str) -> int:
    """The client's row; someone without a code is new each time."""
    found = connection.scalar(select(clients.c.id).where(clients.c.code == code)) if code else None
    if found is not None:
        return int(found)
    return _new_row(connection, insert(clients).values(code=code, since=at))


def _new_row(connection: Connection, row: Insert) -> int:
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _free_id(connection: Connection, date: str, wish: str | None) -> InterviewId:
    """The id that is wished for, or the next one of the day; a deleted one is never given again."""
    first, after = f"{date}-", f"{date}."  # "." follows "-": the ids of one day lie between them
    taken: set[str] = set()
    for column in (interviews.c.id, deletions.c.interview_id):
        taken |= set(connection.scalars(select(column).where(column > first, column < after)))
    if wish is not None and wish.startswith(first) and wish not in taken:
        return InterviewId(wish)
    numbers = [int(name.rpartition("-")[2]) for name in taken]
    return InterviewId(f"{date}-{max(numbers, default=0) + 1}")


def _summary_query() -> Select[str]:
    own = (interviews.c[name] for name in ("id", "quick", "started", "last_at", "entries"))
    return (
        select(
            *own,
            interviews.c.finished,
            clients.c.code,
            visits.c.number.label("visit"),
            visits.c.date,
        )
        .join(visits, interviews.c.visit_id == visits.c.id)
        .join(clients, visits.c.client_id == clients.c.id)
    )


def _no_such(connection: Connection, interview: str) -> Fault:
    known = connection.scalars(select(interviews.c.id)).all()
    nearest = get_close_matches(interview, known, n=3) or list(known)[-3:]
    return Fault(
        place=f"interview {clean(interview)}",
        says="there is no such interview in the record store",
        remedy=f"There are: {', '.join(nearest)}." if nearest else "The store is empty.",
    )
