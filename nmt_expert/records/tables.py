"""The tables, as the newest migration leaves them; docs/store.md says what each keeps."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0001"
"""The newest migration. A store that names one this program does not have is a newer store."""

APPLICATION_ID = 0x4E4D5445
"""Marks an SQLite file as a store of this program ("NMTE")."""

metadata = MetaData()

clients = Table(
    "clients",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, unique=True),
    Column("since", Text, nullable=False),
)
visits = Table(
    "visits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("date", Text, nullable=False),
    UniqueConstraint("client_id", "number"),
)
interviews = Table(
    "interviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("visit_id", ForeignKey("visits.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("quick", Boolean, nullable=False),
    Column("kb_version", Text, nullable=False),
    Column("kb_sha256", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("entries", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("last_hash", Text, nullable=False),
    Index("ix_interviews_state_started", "state", "started"),
)
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text),
    Column("what", Text, nullable=False),
    Column("prompt", Text),
    Column("content", Text, nullable=False),
    Column("prior", Text),
    Column("why", Text),
    Column("salt", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("interview_id", "n"),
)
assessments = Table(
    "assessments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("frozen", Text, nullable=False),
)
remarks = Table(
    "remarks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", ForeignKey("assessments.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("by", Text),
    Column("about", Text),
    Column("text", Text, nullable=False),
)
locks = Table(
    "locks",
    metadata,
    Column("interview_id", ForeignKey("interviews.id"), primary_key=True),
    Column("token", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("born", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("seen", Text, nullable=False),
)

APPEND_ONLY: tuple[str, ...] = ("journal", "assessments", "remarks")
"""Tables whose rows the database itself refuses to change or delete."""
