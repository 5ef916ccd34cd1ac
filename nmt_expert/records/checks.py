"""Whether the whole store is what was written: every chain, every frozen assessment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from nmt_expert.records import chain
from nmt_expert.records.chain import Break, canonical, sha256
from nmt_expert.records.database import rows
from nmt_expert.records.entries import Finished
from nmt_expert.records.journal import rows_of
from nmt_expert.records.tables import assessments, interviews

Rows = Sequence[Mapping[str, Any]]


def breaks(connection: Connection) -> tuple[Break, ...]:
    """Every break in the store, by interview and entry."""
    found: list[Break] = []
    for row in rows(connection, select(interviews).order_by(interviews.c.id)):
        journal = rows_of(connection, row["id"])
        found += chain.breaks(row["id"], journal, row["entries"], row["last_hash"])
        found += _assessment_breaks(connection, row["id"], journal)
    return tuple(found)


def _assessment_breaks(connection: Connection, interview: str, journal: Rows) -> Iterator[Break]:
    """The fingerprints that the journal names must be those of the frozen texts."""
    named = [row["content"] for row in journal if row["what"] == "finished"]
    query = select(assessments.c.frozen).where(assessments.c.interview_id == interview)
    kept = [_as_named(text) for text in connection.scalars(query.order_by(assessments.c.id))]
    if named != kept:
        yield Break(
            interview=interview, n=None, says="the assessment is not the one that was frozen"
        )


def _as_named(text: str) -> str:
    return canonical(Finished(assessment_sha256=sha256(text)).model_dump())
