"""What supervisors said of finished attempts, and how every student stands.

The students' own part of the store asks for one code; this part is the supervisor's and sees all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import clean, cleaned_record
from nmt_expert.practice.memory import Remembered
from nmt_expert.records import attempt_journal
from nmt_expert.records.attempt_journal import NAMED, What, events_of, handed, id_of, rows_of
from nmt_expert.records.chain import content_of
from nmt_expert.records.database import Database, rows
from nmt_expert.records.practised import remembered_of
from nmt_expert.records.reviews import is_signed, locked, no_reason, not_signed
from nmt_expert.records.tables import attempts, lessons
from nmt_expert.review.attempts import AttemptReview, impression_of
from nmt_expert.review.queue import Said
from nmt_expert.review.remarks import Remark
from nmt_expert.review.seal import Amended, Signed, signature


class AttemptReviews:
    """The attempts of an open store, by their names; each method that writes is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> tuple[AttemptReview, ...]:
        """Every attempt that was handed in, with what was said of it, newest first."""
        query = select(attempts).where(attempts.c.entries > 0).order_by(attempts.c.id.desc())
        with self._database.read() as connection:
            return tuple(_review(connection, row) for row in rows(connection, query))

    def names(self) -> tuple[str, ...]:
        """What the attempts that were handed in are called."""
        query = select(attempts.c.id).where(attempts.c.entries > 0).order_by(attempts.c.id)
        with self._database.read() as connection:
            return tuple(id_of(number) for number in connection.scalars(query))

    def one(self, attempt: str) -> AttemptReview:
        """One attempt with what was said of it.

        Raises:
            StoreProblem: there is none of that name, or it was not handed in.
        """
        with self._database.read() as connection:
            return _review(connection, _required(connection, attempt))

    def remark(self, attempt: str, remark: Remark, *, at: str, by: str) -> int:
        """Keep a remark; a later one on the same subject takes its place, and neither is lost."""
        with self._database.write() as connection:
            number = self._unsigned(connection, attempt)
            said = cleaned_record(remark)
            return attempt_journal.add(connection, number, "remarked", said, at=at, by=by)

    def sign(
        self, attempt: str, *, name: str, qualification: str, at: str, words: str | None = None
    ) -> Signed:
        """Lock the review under a name, with a hash over every entry so far."""
        with self._database.write() as connection:
            number = self._unsigned(connection, attempt)
            hashes = [row["hash"] for row in rows_of(connection, number)]
            signed = signature(hashes, name=name, qualification=qualification, words=words)
            attempt_journal.add(connection, number, "signed", signed, at=at, by=signed.name)
            return signed

    def amend(self, attempt: str, *, name: str, why: str, at: str) -> int:
        """Open a signed review for further remarks, with a reason; the signature stays."""
        if not clean(why).strip():
            raise StoreProblem(str(no_reason(attempt)))
        with self._database.write() as connection:
            number = _required(connection, attempt)["id"]
            if not is_signed(_kinds(connection, number)):
                raise StoreProblem(str(not_signed(attempt)))
            return attempt_journal.add(connection, number, "amended", None, at=at, by=name, why=why)

    def students(self) -> tuple[str, ...]:
        """The code of everybody who practised anything."""
        codes = select(attempts.c.student).union(select(lessons.c.student))
        with self._database.read() as connection:
            return tuple(sorted(connection.scalars(codes)))

    def remembered(self, student: str) -> tuple[Remembered, ...]:
        """Everything that practice showed of one student, oldest first."""
        with self._database.read() as connection:
            return remembered_of(connection, student)

    def _unsigned(self, connection: Connection, name: str) -> int:
        """The number of an attempt that takes remarks."""
        number = int(_required(connection, name)["id"])
        if is_signed(_kinds(connection, number)):
            raise StoreProblem(str(locked(name)))
        return number


def is_attempt(name: str) -> bool:
    """Whether something to review is named as a student's attempt."""
    return name.startswith(NAMED)


def _required(connection: Connection, name: str) -> Mapping[str, Any]:
    """The row of an attempt that was handed in."""
    number = name.removeprefix(NAMED)
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else -1
    query = select(attempts).where(attempts.c.id == known, attempts.c.entries > 0)
    found = rows(connection, query)
    if not found:
        says = "there is no attempt of that name that was handed in"
        remedy = "See which there are: nmt-expert review queue"
        raise StoreProblem(str(Fault(clean(name)[:80], says, remedy=remedy)))
    return found[0]


def _kinds(connection: Connection, number: int) -> list[str]:
    return [row["what"] for row in rows_of(connection, number)]


def _review(connection: Connection, row: Mapping[str, Any]) -> AttemptReview:
    entries, done = rows_of(connection, row["id"]), events_of(connection, row["id"])
    result = handed(connection, row["id"])
    return AttemptReview(
        id=id_of(row["id"]),
        date=row["started"][:10],
        finished=row["finished"],
        assessment=result.seen,
        impression=impression_of(done),
        said=tuple(_said(entry) for entry in _of(entries, "remarked")),
        signed=tuple(Signed.model_validate(content_of(e)) for e in _of(entries, "signed")),
        amended=tuple(
            Amended(name=entry["by"] or "", why=entry["why"] or "")
            for entry in _of(entries, "amended")
        ),
        student=row["student"],
        case=result.case,
        events=done,
        score=result.score,
        rules=result.rules,
    )


def _of(entries: Sequence[dict[str, Any]], what: What) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["what"] == what]


def _said(entry: Mapping[str, Any]) -> Said:
    remark = Remark.model_validate(content_of(entry))
    return Said(remark=remark, by=entry["by"] or "", at=entry["at"], n=entry["n"])
