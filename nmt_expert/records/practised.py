"""What students practised: attempts, event by event, and what each showed of rules and topics.

It stands beside the client records and never touches them. Every question is asked for one
student, by their code, so that two students of one computer do not see each other's work.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.moments import moment
from nmt_expert.practice.attempt import Done
from nmt_expert.practice.events import EVENT
from nmt_expert.practice.handed_in import HandedIn
from nmt_expert.practice.memory import Remembered
from nmt_expert.practice.remarks import Lesson, Verdict
from nmt_expert.records import attempt_journal
from nmt_expert.records.database import Database, rows
from nmt_expert.records.tables import attempt_events, attempts, lessons


class Practised(Record):
    """One attempt: what was practised (a case, by its id), when, and how it ended, if it did."""

    id: int
    practised: str
    kb_sha256: str
    started: str
    finished: str | None
    verdict: Verdict | None


class PracticeBook:
    """One student's part of the store. Times are ISO 8601 in UTC.

    Every method raises ``StoreProblem`` when the store cannot do it; nothing is then half done.
    """

    def __init__(self, database: Database, student: str) -> None:
        self._database = database
        self._student = student

    def begin(self, practised: str, kb_sha256: str, at: str) -> int:
        """Begin an attempt; its number."""
        row = {"student": self._student, "practised": practised, "kb_sha256": kb_sha256}
        with self._database.write() as connection:
            query = insert(attempts).values(**row, started=_utc(at)).returning(attempts.c.id)
            return int(connection.execute(query).scalar_one())

    def keep(self, attempt: int, n: int, event: Done, at: str) -> None:
        """Keep event ``n`` of an attempt, counted from 1; when this returns it is safe.

        Raises:
            StoreProblem: the attempt is another student's, or went on in another window.
        """
        with self._database.write() as connection:
            self._own(connection, attempt)
            count = select(func.count()).where(attempt_events.c.attempt_id == attempt)
            if connection.execute(count).scalar_one() != n - 1:
                raise StoreProblem(str(_elsewhere(attempt)))
            content = EVENT.dump_json(event).decode()
            values = {"attempt_id": attempt, "n": n, "at": _utc(at), "content": content}
            connection.execute(insert(attempt_events).values(**values))

    def finish(self, attempt: int, handed: HandedIn, at: str) -> None:
        """Close an attempt: freeze what it came to, and keep what it showed."""
        with self._database.write() as connection:
            own = self._own(connection, attempt)
            if own["finished"]:
                raise StoreProblem(str(_elsewhere(attempt)))
            ended = {"finished": _utc(at), "verdict": handed.score.verdict}
            connection.execute(update(attempts).where(attempts.c.id == attempt).values(**ended))
            attempt_journal.hand_in(connection, attempt, handed, at=at, by=self._student)
            self._learn(connection, handed.score.lessons, own["practised"], at)

    def learn(self, shown: Iterable[Lesson], practised: str, at: str) -> None:
        """Keep what something shorter than a case showed, such as a drill."""
        with self._database.write() as connection:
            self._learn(connection, shown, practised, at)

    def attempts(self, *, unfinished: bool = False) -> tuple[Practised, ...]:
        """The student's attempts, the newest first."""
        query = select(attempts).where(attempts.c.student == self._student)
        if unfinished:
            query = query.where(attempts.c.finished.is_(None))
        with self._database.read() as connection:
            found = rows(connection, query.order_by(attempts.c.id.desc()))
        return tuple(Practised.model_validate(_told(row)) for row in found)

    def events(self, attempt: int) -> tuple[Done, ...]:
        """What was done in an attempt, in order."""
        with self._database.read() as connection:
            self._own(connection, attempt)
            return attempt_journal.events_of(connection, attempt)

    def remembered(self) -> tuple[Remembered, ...]:
        """Everything that practice showed of the student, oldest first."""
        with self._database.read() as connection:
            return remembered_of(connection, self._student)

    def _learn(
        self, connection: Connection, shown: Iterable[Lesson], practised: str, at: str
    ) -> None:
        common = {"student": self._student, "at": _utc(at), "practised": practised}
        made = [common | one.model_dump() for one in shown]
        if made:
            connection.execute(insert(lessons), made)

    def _own(self, connection: Connection, attempt: int) -> dict[str, Any]:
        mine = (attempts.c.id == attempt) & (attempts.c.student == self._student)
        found = rows(connection, select(attempts).where(mine))
        if not found:
            raise StoreProblem(f"There is no attempt {attempt} of {self._student}.")
        return found[0]


def remembered_of(connection: Connection, student: str) -> tuple[Remembered, ...]:
    """Everything that practice showed of one student, oldest first."""
    query = select(lessons).where(lessons.c.student == student).order_by(lessons.c.id)
    return tuple(
        Remembered(
            at=datetime.fromisoformat(row["at"]),
            of=row["of"],
            outcome=row["outcome"],
            practised=row["practised"],
        )
        for row in rows(connection, query)
    )


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in Practised.model_fields}


def _utc(at: str) -> str:
    """A time as it is kept; refused when it is not in UTC."""
    moment(at)
    return at


def _elsewhere(attempt: int) -> Fault:
    return Fault(
        place=f"attempt {attempt}",
        says="it went on in another window",
        consequence="This step was not saved.",
        remedy="Close one of the two, then: nmt-expert practice resume.",
    )
