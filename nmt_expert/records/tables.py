"""The tables, as the newest migration leaves them; docs/store.md says what each keeps."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0003"
"""The newest migration. A store that names one this program does not have is a newer store."""

APPLICATION_ID = 0x4E4D5445
"""Marks an SQLite file as a store of this program ("NMTE")."""
MARK = "record store of nmt-expert"
"""Marks a schema of a PostgreSQL database as one: the comment on its version table."""

metadata = MetaData()


def _text(name: str) -> Column[str]:
    """A column that always holds text."""
    return Column(name, Text, nullable=False)


def _number() -> Column[int]:
    """A row's own number, which the database gives."""
    return Column("id", Integer, primary_key=True)


clients = Table(
    "clients",
    metadata,
    _number(),
    Column("code", Text, unique=True),
    _text("since"),
)
visits = Table(
    "visits",
    metadata,
    _number(),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("number", Integer, nullable=False),
    _text("date"),
    UniqueConstraint("client_id", "number"),
)
interviews = Table(
    "interviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False, index=True),
    _text("state"),
    Column("quick", Boolean, nullable=False),
    _text("kb_version"),
    _text("kb_sha256"),
    _text("started"),
    Column("finished", Text),
    Column("entries", Integer, nullable=False),
    _text("last_at"),
    _text("last_hash"),
    Column("origin", Text, index=True),
    Column("sealed_as", Text),
    Index("ix_interviews_state_started", "state", "started"),
)
journal = Table(
    "journal",
    metadata,
    _number(),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False),
    Column("n", Integer, nullable=False),
    _text("at"),
    Column("by", Text),
    _text("what"),
    Column("prompt", Text),
    _text("content"),
    Column("prior", Text),
    Column("why", Text),
    _text("salt"),
    _text("digest"),
    _text("previous"),
    _text("hash"),
    UniqueConstraint("interview_id", "n"),
)
assessments = Table(
    "assessments",
    metadata,
    _number(),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False, index=True),
    _text("at"),
    _text("sha256"),
    Column("packed", LargeBinary, nullable=False),
)
remarks = Table(
    "remarks",
    metadata,
    _number(),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False, index=True),
    _text("at"),
    Column("by", Text),
    Column("about", Text),
    _text("text"),
)
locks = Table(
    "locks",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    _text("token"),
    _text("host"),
    Column("pid", Integer, nullable=False),
    _text("born"),
    _text("since"),
    _text("seen"),
)

findable = Table(
    "findable",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    Column("entries", Integer, nullable=False),
    _text("text"),
)
erasures = Table(
    "erasures",
    metadata,
    _number(),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False, index=True),
    Column("n", Integer),
    Column("sha256", Text),
)
deletions = Table(
    "deletions",
    metadata,
    _number(),
    Column("interview_id", Text, nullable=False, unique=True),
    _text("at"),
    Column("by", Text),
    _text("why"),
    Column("entries", Integer, nullable=False),
    _text("last_hash"),
)

attempts = Table(
    "attempts",
    metadata,
    _number(),
    Column("student", Text, nullable=False, index=True),
    _text("practised"),
    _text("kb_sha256"),
    _text("started"),
    Column("finished", Text),
    Column("verdict", Text),
    Column("entries", Integer, nullable=False, server_default="0"),
    Column("last_hash", Text, nullable=False, server_default=""),
)
attempt_events = Table(
    "attempt_events",
    metadata,
    _number(),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False),
    Column("n", Integer, nullable=False),
    _text("at"),
    _text("content"),
    UniqueConstraint("attempt_id", "n"),
)
attempt_results = Table(
    "attempt_results",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id"), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)
attempt_journal = Table(
    "attempt_journal",
    metadata,
    _number(),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False),
    Column("n", Integer, nullable=False),
    _text("at"),
    Column("by", Text),
    _text("what"),
    _text("content"),
    Column("why", Text),
    _text("salt"),
    _text("digest"),
    _text("previous"),
    _text("hash"),
    UniqueConstraint("attempt_id", "n"),
)
lessons = Table(
    "lessons",
    metadata,
    _number(),
    Column("student", Text, nullable=False, index=True),
    _text("at"),
    _text("of"),
    _text("outcome"),
    _text("practised"),
)

APPEND_ONLY: tuple[str, ...] = (
    *("journal", "assessments", "remarks", "erasures", "deletions"),
    *("attempt_events", "attempt_results", "attempt_journal", "lessons"),
)
"""Tables whose rows the database itself refuses to change or delete.

Two ways past it are part of the guards themselves: an entry that ``erasures`` names may be emptied,
and an interview that ``deletions`` names may go.
"""
