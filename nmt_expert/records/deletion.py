"""Take whole interviews out of the store; what stays is that it was done, by whom, when and why."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, insert, select

from nmt_expert.records.tables import (
    assessments,
    clients,
    deletions,
    erasures,
    findable,
    interviews,
    journal,
    locks,
    remarks,
    visits,
)
from nmt_expert.records.views import Summary

_ROWS_OF: tuple[Table, ...] = (assessments, journal, erasures, findable, locks)


def remove(
    connection: Connection, gone: Sequence[Summary], *, at: str, by: str | None, why: str
) -> None:
    """Delete the interviews, then the visits and clients that have none left.

    The deletion is written down first: without it the database refuses to let the rows go.
    """
    for one in gone:
        _tell(connection, one, at, by, why)
        mine = select(assessments.c.id).where(assessments.c.interview_id == one.id)
        connection.execute(delete(remarks).where(remarks.c.assessment_id.in_(mine)))
        for table in _ROWS_OF:
            connection.execute(delete(table).where(table.c.interview_id == one.id))
        connection.execute(delete(interviews).where(interviews.c.id == one.id))
    connection.execute(delete(visits).where(visits.c.id.not_in(select(interviews.c.visit_id))))
    connection.execute(delete(clients).where(clients.c.id.not_in(select(visits.c.client_id))))


def _tell(connection: Connection, one: Summary, at: str, by: str | None, why: str) -> None:
    last = select(interviews.c.last_hash).where(interviews.c.id == one.id).scalar_subquery()
    row = {"interview_id": one.id, "at": at, "by": by, "why": why, "entries": one.entries}
    connection.execute(insert(deletions).values(row | {"last_hash": last}))
