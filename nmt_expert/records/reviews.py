"""What reviewers said of finished interviews: further entries of the same journal, and seals.

A remark changes nothing that stands before it. A signature covers everything before it; from then
on the record takes no entry but an amendment, which opens it again and leaves the signature there,
and a redaction, which the seal outlives.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import clean, cleaned_record
from nmt_expert.records import frozen, journal, locks, register
from nmt_expert.records.chain import Break, content_of
from nmt_expert.records.database import Database
from nmt_expert.records.entries import Entry
from nmt_expert.records.locks import Holder
from nmt_expert.records.register import InterviewId
from nmt_expert.records.replay import replay
from nmt_expert.review.queue import Review, Said
from nmt_expert.review.remarks import Remark
from nmt_expert.review.seal import Amended, Signed, seal, signature

OUTLIVED = ("redacted", "imported")
"""What may follow a signature without an amendment."""


class Reviews:
    """The reviews of an open store; each method that writes is one transaction."""

    def __init__(self, database: Database, me: Holder) -> None:
        self._database = database
        self._me = me

    def every(self) -> tuple[Review, ...]:
        """Every finished interview with what was said of it, newest first."""
        with self._database.read() as connection:
            kept = register.summaries(connection, None, "finished")
            return tuple(_review(connection, one.id) for one in kept)

    def one(self, interview: InterviewId) -> Review:
        """One finished interview with what was said of it.

        Raises:
            StoreProblem: there is none of that name, or it is not finished.
        """
        with self._database.read() as connection:
            register.require(connection, interview)
            return _review(connection, interview)

    def remark(self, interview: InterviewId, remark: Remark, *, at: str, by: str) -> int:
        """Keep a remark; a later one on the same subject takes its place, and neither is lost."""
        with self._database.write() as connection:
            self._hold(connection, interview, at)
            require_unsigned(connection, interview)
            said = cleaned_record(remark)
            return journal.add(connection, interview, "remarked", said, at=at, by=by)

    def sign(
        self,
        interview: InterviewId,
        *,
        name: str,
        qualification: str,
        at: str,
        words: str | None = None,
    ) -> Signed:
        """Lock the record under a name, with a hash over every entry so far."""
        with self._database.write() as connection:
            self._hold(connection, interview, at)
            require_unsigned(connection, interview)
            hashes = [row["hash"] for row in journal.rows_of(connection, interview)]
            signed = signature(hashes, name=name, qualification=qualification, words=words)
            journal.add(connection, interview, "signed", signed, at=at, by=signed.name)
            return signed

    def amend(self, interview: InterviewId, *, name: str, why: str, at: str) -> int:
        """Open a signed record for further remarks, with a reason; the signature stays."""
        if not clean(why).strip():
            raise StoreProblem(str(no_reason(interview)))
        with self._database.write() as connection:
            self._hold(connection, interview, at)
            if not is_signed(_kinds(connection, interview)):
                raise StoreProblem(str(not_signed(interview)))
            return journal.add(connection, interview, "amended", None, at=at, by=name, why=why)

    def _hold(self, connection: Connection, interview: InterviewId, at: str) -> None:
        if register.require(connection, interview).finished is None:
            raise StoreProblem(str(_not_finished(interview)))
        locks.hold(connection, interview, self._me, at, by_force=False)


def require_unsigned(connection: Connection, interview: str) -> None:
    """Refuse to add to a record that is signed.

    Raises:
        StoreProblem: it is signed, and nobody amended it since.
    """
    if is_signed(_kinds(connection, interview)):
        raise StoreProblem(str(locked(interview)))


def locked(name: str) -> Fault:
    """Say that what is signed takes nothing more."""
    return Fault(
        place=name,
        says="it is signed, and so locked",
        consequence="Nothing was added.",
        remedy=f"To open it with a reason: nmt-expert review amend {name} --why TEXT",
    )


def seal_breaks(interview: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Break]:
    """Signatures that no longer fit what they cover, and what was added behind one."""
    hashes, locked = [row["hash"] for row in rows], False
    for at, row in enumerate(rows):
        if locked and row["what"] not in (*OUTLIVED, "amended"):
            says = "it was added after the record was signed"
            yield Break(interview=interview, n=row["n"], says=says)
        if row["what"] == "signed" and not _fits(row, hashes[:at]):
            says = "what this signature covers is not what was signed"
            yield Break(interview=interview, n=row["n"], says=says)
        locked = row["what"] == "signed" or (locked and row["what"] != "amended")


def _fits(row: Mapping[str, Any], before: list[str]) -> bool:
    """Whether a signature is the seal over the rows before it."""
    told = content_of(row)
    return (told.get("entries"), told.get("sha256")) == (len(before), seal(before))


def is_signed(kinds: Sequence[str]) -> bool:
    """Whether the last signature was not followed by an amendment."""
    last = next((kind for kind in reversed(kinds) if kind in ("signed", "amended")), None)
    return last == "signed"


def _kinds(connection: Connection, interview: str) -> list[str]:
    return [row["what"] for row in journal.rows_of(connection, interview)]


def _review(connection: Connection, interview: str) -> Review:
    entries = journal.entries_of(connection, interview)
    stored = replay(entries)
    return Review(
        id=interview,
        client=stored.client,
        date=stored.visit.date or stored.started[:10],
        finished=stored.finished or "",
        assessment=frozen.thaw(connection, interview),
        impression=stored.impression,
        said=tuple(_said(entry) for entry in entries if entry.what == "remarked"),
        signed=tuple(Signed.model_validate(e.content) for e in entries if e.what == "signed"),
        amended=tuple(
            Amended(name=entry.by or "", why=entry.why or "")
            for entry in entries
            if entry.what == "amended"
        ),
    )


def _said(entry: Entry) -> Said:
    remark = Remark.model_validate(entry.content)
    return Said(remark=remark, by=entry.by or "", at=entry.at, n=entry.n)


def _not_finished(interview: str) -> Fault:
    return Fault(
        place=f"interview {interview}",
        says="it is not finished, so there is nothing to review yet",
        remedy=f"Go on with it: nmt-expert interview --resume {interview}",
    )


def no_reason(name: str) -> Fault:
    """Say that what is signed is opened only with a reason."""
    return Fault(name, "amending needs a reason", "It stays locked.")


def not_signed(name: str) -> Fault:
    """Say that there is no signature to amend."""
    return Fault(
        place=name,
        says="it is not signed, so there is nothing to amend",
        remedy=f"Remark on it as it is: nmt-expert review open {name}",
    )
