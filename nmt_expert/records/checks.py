"""Whether the whole store is what was written: every chain, every frozen assessment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from nmt_expert.records import attempt_journal, chain
from nmt_expert.records.chain import Break, content_of, sha256
from nmt_expert.records.database import rows
from nmt_expert.records.frozen import unpack
from nmt_expert.records.journal import rows_of
from nmt_expert.records.reviews import seal_breaks
from nmt_expert.records.tables import assessments, interviews

Rows = Sequence[Mapping[str, Any]]


def breaks(connection: Connection) -> tuple[Break, ...]:
    """Every break in the store, by interview and entry; then those of attempts."""
    found: list[Break] = []
    for row in rows(connection, select(interviews).order_by(interviews.c.id)):
        journal = rows_of(connection, row["id"])
        found += chain.breaks(
            row["id"], journal, row["entries"], row["last_hash"], row["sealed_as"]
        )
        found += _assessment_breaks(connection, row["id"], journal)
        found += seal_breaks(row["id"], journal)
    return (*found, *attempt_journal.breaks(connection))


def _assessment_breaks(connection: Connection, interview: str, journal: Rows) -> Iterator[Break]:
    """The fingerprint that the journal names last must be that of the frozen text."""
    query = select(assessments.c.packed).where(assessments.c.interview_id == interview)
    kept = [sha256(unpack(packed)) for packed in connection.scalars(query)]
    named = named_assessment(journal, "finished", "redacted")
    if kept != ([named] if named else []):
        yield Break(
            interview=interview, n=None, says="the assessment is not the one that was frozen"
        )


def named_assessment(journal: Rows, *by: str) -> str | None:
    """The fingerprint that entries of these kinds named last; None when none did."""
    named = (content_of(row).get("assessment_sha256") for row in journal if row["what"] in by)
    return next((found for found in reversed([*named]) if found), None)
