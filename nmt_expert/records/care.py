"""What is done to records beside interviews: find them, strike out words, delete, move, keep."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import clean
from nmt_expert.records import deletion, locks, redaction, register, search
from nmt_expert.records.redaction import Erasure, Typed
from nmt_expert.records.scrub import scrub
from nmt_expert.records.search import Progress
from nmt_expert.records.store import Store
from nmt_expert.records.views import Summary

_AT_ONCE = 100
"""Interviews read into the search in one transaction, so that other programs may write between."""


class Deletion(Record):
    """What would go, or went: interviews, and others of the client that still speak of them."""

    gone: tuple[Summary, ...]
    copies: tuple[Erasure, ...]


def find(
    store: Store, words: Sequence[str], told: Progress = lambda done, of: None
) -> tuple[Summary, ...]:
    """The interviews in which every one of the words occurs, newest first.

    Words are parts of what was told, noted or concluded, or ids of the knowledge base.
    """
    with store.database.read() as connection:
        stale = search.stale(connection)
    for first in range(0, len(stale), _AT_ONCE):
        told(first, len(stale))
        with store.database.write() as connection:
            for interview in stale[first : first + _AT_ONCE]:
                search.refresh(connection, interview)
    with store.database.read() as connection:
        return search.find(connection, words)


def typed(store: Store, interview: str) -> tuple[Typed, ...]:
    """What somebody typed in an interview, entry by entry."""
    with store.database.read() as connection:
        return redaction.typed_by_entry(connection, interview)


def would_redact(store: Store, interview: str, chosen: Collection[int] = ()) -> tuple[Erasure, ...]:
    """What ``redact`` would take, without taking it."""
    with store.database.read() as connection:
        return redaction.plan(connection, interview, chosen)[0]


def redact(
    store: Store,
    interview: str,
    chosen: Collection[int] = (),
    *,
    why: str,
    at: str,
    by: str | None = None,
) -> tuple[Erasure, ...]:
    """Strike out what was typed in some journal entries, or in all of the interview, for good.

    Raises:
        StoreProblem: nothing was typed there, no reason is given, or another program has it open.
    """
    why = _reason(why)
    with store.database.write() as connection:
        erasures, marks = redaction.plan(connection, interview, chosen)
        for erasure in erasures:
            locks.hold(connection, erasure.interview, store.holder, at, by_force=False)
            redaction.strike(connection, erasure, marks, at=at, by=by, why=why)
    scrub(store.database)
    return erasures


def would_delete(store: Store, *, code: str | None = None, interview: str = "") -> Deletion:
    """What ``delete`` would take, without taking it."""
    with store.database.read() as connection:
        return _to_delete(connection, code, interview)


def delete(
    store: Store,
    *,
    code: str | None = None,
    interview: str = "",
    why: str,
    at: str,
    by: str | None = None,
) -> Deletion:
    """Delete a client with all interviews, or one interview; what was typed in it goes everywhere.

    That it was done, by whom, when and why stays. Later visits keep the scores and treatments that
    they were compared with.
    """
    why = _reason(why)
    with store.database.write() as connection:
        found = _to_delete(connection, code, interview)
        for one in found.gone:
            locks.hold(connection, one.id, store.holder, at, by_force=False)
        if found.copies:
            erasures, marks = redaction.plan(connection, interview)
            for erasure in erasures:
                locks.hold(connection, erasure.interview, store.holder, at, by_force=False)
                redaction.strike(connection, erasure, marks, at=at, by=by, why=why)
        deletion.remove(connection, found.gone, at=at, by=clean(by) if by else None, why=why)
    scrub(store.database)
    return found


def _to_delete(connection: Connection, code: str | None, interview: str) -> Deletion:
    """Every interview of a client; or one, and where the client's others repeat its words.

    Raises:
        StoreProblem: there is no such client or interview.
    """
    if code is not None:
        gone = register.summaries(connection, code)
        if not gone:
            fault = Fault(f"client {code}", "there is no such client", "Nothing was deleted.")
            raise StoreProblem(str(fault))
        return Deletion(gone=gone, copies=())
    one = register.require(connection, interview)
    if not redaction.typed_in(connection, interview):
        return Deletion(gone=(one,), copies=())
    erasures, _ = redaction.plan(connection, interview)
    copies = tuple(erasure for erasure in erasures if erasure.interview != interview)
    return Deletion(gone=(one,), copies=copies)


def _reason(why: str) -> str:
    why = clean(why).strip()
    if not why:
        fault = Fault("why", "no reason is given", "Nothing was changed.", "Give one with --why.")
        raise StoreProblem(str(fault))
    return why
