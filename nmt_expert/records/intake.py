"""Take case files and whole records into the store: all of a file, or nothing of it.

A record keeps its chain, entry by entry, under the id it has here; an ``imported`` entry says where
it came from, with the fingerprint of the file.
"""

from pydantic import ValidationError
from sqlalchemy import Connection, insert, or_, select, update

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import Record
from nmt_expert.model.case import Case, Client, Visit
from nmt_expert.model.errors import Fault, InputInvalid, StoreProblem
from nmt_expert.model.text import clean, cleaned_record
from nmt_expert.records import frozen, journal, register, search
from nmt_expert.records.chain import struck_entries
from nmt_expert.records.entries import Imported, Standing, Started
from nmt_expert.records.portable import NOT_TAKEN, PortableInterview, PortableRecords
from nmt_expert.records.register import InterviewId
from nmt_expert.records.replay import replay
from nmt_expert.records.store import Store
from nmt_expert.records.tables import interviews
from nmt_expert.records.tables import journal as journal_table

PROMPT = "imported"
"""The prompt under which the answers of a case file stand."""


class TakenIn(Record):
    """What a file brought: interviews under their ids here, and those that were here already."""

    new: tuple[InterviewId, ...] = ()
    known: tuple[str, ...] = ()


def take_case(
    store: Store,
    case: Case,
    assessment: Assessment,
    *,
    file_sha256: str,
    at: str,
    dry_run: bool = False,
) -> TakenIn:
    """Keep a case file as a finished interview of its date, with the assessment made of it now.

    The same file is taken only once.
    """
    with store.database.read() as connection:
        known = _known(connection, file_sha256)
    if known or dry_run:
        return TakenIn(known=known, new=() if known else (InterviewId(case.id),))
    with store.database.write() as connection:
        return TakenIn(new=(_enter_case(connection, case, assessment, file_sha256, at),))


def take_records(
    store: Store,
    records: PortableRecords,
    *,
    name: str,
    file_sha256: str,
    at: str,
    dry_run: bool = False,
) -> TakenIn:
    """Keep every interview of a file that is not here yet; ``name`` is what faults call the file.

    Raises:
        InputInvalid: an entry says what this program does not understand.
    """
    new: list[InterviewId] = []
    known: list[str] = []
    with store.database.write() as connection:
        for one in records.interviews:
            here = _known(connection, one.journal[-1].hash)
            known += here
            if here:
                continue
            started = _started(one, name)
            new.append(
                InterviewId(one.id)
                if dry_run
                else _enter(connection, one, started, file_sha256, at)
            )
    return TakenIn(new=tuple(new), known=tuple(known))


def _known(connection: Connection, origin: str) -> tuple[str, ...]:
    """The interview that was made from this, or is this."""
    same = or_(interviews.c.origin == origin, interviews.c.last_hash == origin)
    return tuple(connection.scalars(select(interviews.c.id).where(same)))


def _enter_case(
    connection: Connection, case: Case, assessment: Assessment, file_sha256: str, at: str
) -> InterviewId:
    client, date = cleaned_record(case.client), case.visit.date or at[:10]
    row, visit = register.visit_on(connection, client, date, at, wish=case.visit.number)
    started = Started(
        client=client,
        visit=visit,
        quick=False,
        kb_version=str(assessment.knowledge_base.get("version", "")),
        kb_sha256=str(assessment.knowledge_base.get("sha256", "")),
        earlier=case.earlier,
    )
    interview = register.enter(connection, row, started, at, origin=file_sha256)
    journal.add(connection, interview, "started", started, at=at)
    source = Imported(case=clean(case.id), file_sha256=file_sha256)
    journal.add(connection, interview, "imported", source, at=at)
    told = Standing(
        answers=case.answers, complaint=case.complaint, activities=case.activities or None
    )
    journal.add(connection, interview, "answered", cleaned_record(told), at=at, prompt=PROMPT)
    named = case.model_copy(update={"id": interview})
    finished = frozen.freeze(
        connection, interview, assessment.model_copy(update={"case": named}), at
    )
    journal.add(connection, interview, "finished", finished, at=at)
    _close(connection, interview, at)
    return interview


def _started(interview: PortableInterview, name: str) -> Started:
    """How the interview began; every entry of it must be one that this program can read."""
    raw = [entry.model_dump() | {"interview_id": interview.id} for entry in interview.journal]
    struck = struck_entries(raw)
    try:
        entries = tuple(journal.as_entry(row, struck) for row in raw)
        replay(entries)
        started = Started.model_validate(entries[0].content)
        if interview.assessment is not None:
            Assessment.model_validate_json(interview.assessment)
    except (ValidationError, StoreProblem):
        says = f"interview {interview.id} says what this program does not understand"
        remedy = "A newer nmt-expert may have written it; install that."
        raise InputInvalid([Fault(name, says, NOT_TAKEN, remedy)]) from None
    return started


def _enter(
    connection: Connection, one: PortableInterview, started: Started, file_sha256: str, at: str
) -> InterviewId:
    """Every row as it was exported, in its own chain, then the entry that says so."""
    first, last = one.journal[0], one.journal[-1]
    row, _visit = register.visit_on(
        connection, Client(code=one.code), one.date, first.at, wish=one.visit
    )
    started = started.model_copy(update={"visit": Visit(number=one.visit, date=one.date)})
    interview = register.enter(connection, row, started, first.at, origin=last.hash, wish=one.id)
    for entry in one.journal:
        told = entry.model_dump() | {"interview_id": interview}
        connection.execute(insert(journal_table).values(told))
    if one.assessment is not None:
        frozen.keep(connection, interview, one.assessment, one.assessed or last.at)
    source = Imported(interview=one.id, last_hash=last.hash, file_sha256=file_sha256)
    journal.add(connection, interview, "imported", source, at=at)
    ended = next((entry.at for entry in one.journal if entry.what == "finished"), None)
    _close(connection, interview, ended)
    return interview


def _close(connection: Connection, interview: InterviewId, finished: str | None) -> None:
    """Mark it finished if it is; make it findable."""
    if finished is not None:
        row = update(interviews).where(interviews.c.id == interview)
        connection.execute(row.values(state="finished", finished=finished))
    search.refresh(connection, interview)
