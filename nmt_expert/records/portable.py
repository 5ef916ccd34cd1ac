"""Whole records outside the store: ``nmt.records/1``, which another store takes in again.

An exported record is what lies in the store, entry by entry, with salts and hashes, so that whoever
has it can check the chain.
"""

import json
from typing import Any, Literal

from pydantic import Field, ValidationError
from sqlalchemy import Connection, select

from nmt_expert.model.base import Record
from nmt_expert.model.case import Code
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.text import cleaned
from nmt_expert.records import chain, journal, register
from nmt_expert.records.checks import named_assessment
from nmt_expert.records.database import rows
from nmt_expert.records.entries import What
from nmt_expert.records.frozen import unpack
from nmt_expert.records.store import Store
from nmt_expert.records.tables import assessments

NOT_TAKEN = "Nothing of this file was taken in."
AGAIN = "Export it again."


class PortableEntry(Record):
    """A journal row as it lies in the store; ``content`` and ``prior`` are JSON as was hashed."""

    n: int
    at: str
    by: str | None
    what: What
    prompt: str | None
    content: str
    prior: str | None
    why: str | None
    salt: str
    digest: str
    previous: str
    hash: str


class PortableInterview(Record):
    """One interview, whole; ``assessment`` is the frozen text, ``assessed`` when it was made."""

    id: str
    code: Code | None
    visit: int
    date: str
    journal: tuple[PortableEntry, ...] = Field(min_length=1)
    assessment: str | None = None
    assessed: str | None = None


class PortableRecords(Record):
    """A file of whole records."""

    schema_: Literal["nmt.records/1"] = Field(default="nmt.records/1", alias="schema")
    interviews: tuple[PortableInterview, ...]


def of_store(store: Store, name: str) -> PortableRecords:
    """Whole records: of the client with this code, or of one interview, oldest first.

    Raises:
        StoreProblem: there is neither.
    """
    with store.database.read() as connection:
        chosen = register.summaries(connection, name) or (register.require(connection, name),)
        found = tuple(exported(connection, one.id) for one in reversed(chosen))
    return PortableRecords(interviews=found)


def exported(connection: Connection, interview: str) -> PortableInterview:
    """One interview as it lies in the store."""
    summary = register.require(connection, interview)
    told = [
        PortableEntry(**{name: row[name] for name in PortableEntry.model_fields})
        for row in journal.rows_of(connection, interview)
    ]
    query = select(assessments).where(assessments.c.interview_id == interview)
    frozen: dict[str, Any] = next(iter(rows(connection, query)), {})
    return PortableInterview(
        id=interview,
        code=summary.code,
        visit=summary.visit,
        date=summary.date,
        journal=tuple(told),
        assessment=unpack(frozen["packed"]) if frozen else None,
        assessed=frozen["at"] if frozen else None,
    )


def read(text: str, name: str) -> PortableRecords:
    """The records in a file, each held to its own chain; ``name`` is what faults call the file.

    Raises:
        InputInvalid: with every fault of the file.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise InputInvalid([Fault(name, "it is not whole JSON", NOT_TAKEN, AGAIN)]) from None
    if data != cleaned(data):  # salts and hashes leave no room for a change on the way
        says = "it holds characters that steer a terminal or hide"
        raise InputInvalid([Fault(name, says, NOT_TAKEN, AGAIN)])
    try:
        records = PortableRecords.model_validate(data)
    except ValidationError as error:
        raise InputInvalid([_form_fault(name, one) for one in error.errors()]) from None
    faults = [fault for one in records.interviews for fault in _faults(name, one)]
    if faults:
        raise InputInvalid(faults)
    return records


def is_records(text: str) -> bool:
    """Whether a text says that it is a file of whole records, of this version or another."""
    return '"nmt.records/' in text[:200]


def _form_fault(name: str, error: Any) -> Fault:
    where = ".".join(str(part) for part in error["loc"])
    return Fault(name, f"{where}: {error['msg'].lower()}", NOT_TAKEN, AGAIN)


def _faults(name: str, interview: PortableInterview) -> list[Fault]:
    kept = [entry.model_dump() | {"interview_id": interview.id} for entry in interview.journal]
    broken = chain.breaks(interview.id, kept, len(kept), kept[-1]["hash"])
    says = [f"interview {one.interview}, entry {one.n}: {one.says}" for one in broken]
    named = named_assessment(kept, "finished", "redacted")
    frozen = chain.sha256(interview.assessment) if interview.assessment is not None else None
    if named != frozen:
        says.append(f"interview {interview.id}: the assessment is not the one that was frozen")
    return [Fault(name, one, NOT_TAKEN, AGAIN) for one in says]
