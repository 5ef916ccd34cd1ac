"""Words can be struck out, interviews deleted and found; assessments take a tenth of the room."""

import zlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

_SAME_ENTRY = " AND ".join(
    f"NEW.{name} IS OLD.{name}"
    for name in ("id", "interview_id", "n", "at", "what", "prompt", "digest", "previous", "hash")
)
_EMPTY = (
    "NEW.salt = '' AND NEW.content = 'null' "
    "AND NEW.by IS NULL AND NEW.prior IS NULL AND NEW.why IS NULL"
)
_NAMED_ENTRY = (
    "EXISTS (SELECT 1 FROM erasures AS e WHERE e.interview_id = OLD.interview_id AND e.n = OLD.n)"
)
_SAME_ASSESSMENT = " AND ".join(
    f"NEW.{name} IS OLD.{name}" for name in ("id", "interview_id", "at")
)
_NAMED_ASSESSMENT = (
    "EXISTS (SELECT 1 FROM erasures AS e "
    "WHERE e.interview_id = OLD.interview_id AND e.sha256 = NEW.sha256)"
)
_DELETED = "EXISTS (SELECT 1 FROM deletions AS d WHERE d.interview_id = {})"
_REMARK_OF = "(SELECT a.interview_id FROM assessments AS a WHERE a.id = OLD.assessment_id)"

_GUARDS = (
    ("journal", "UPDATE", f"{_SAME_ENTRY} AND {_EMPTY} AND {_NAMED_ENTRY}"),
    ("journal", "DELETE", _DELETED.format("OLD.interview_id")),
    ("assessments", "UPDATE", f"{_SAME_ASSESSMENT} AND {_NAMED_ASSESSMENT}"),
    ("assessments", "DELETE", _DELETED.format("OLD.interview_id")),
    ("remarks", "UPDATE", "0"),
    ("remarks", "DELETE", _DELETED.format(_REMARK_OF)),
    ("erasures", "UPDATE", "0"),
    ("erasures", "DELETE", _DELETED.format("OLD.interview_id")),
    ("deletions", "UPDATE", "0"),
    ("deletions", "DELETE", "0"),
    ("attempt_events", "UPDATE", "0"),
    ("attempt_events", "DELETE", "0"),
    ("lessons", "UPDATE", "0"),
    ("lessons", "DELETE", "0"),
)


def upgrade() -> None:
    """Add three tables and three columns; guards that know an honest redaction or deletion."""
    for table in ("journal", "assessments", "remarks"):
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{change}")
    op.add_column("interviews", sa.Column("origin", sa.Text))
    op.add_column("interviews", sa.Column("sealed_as", sa.Text))
    op.create_index("ix_interviews_origin", "interviews", ["origin"])
    _pack_assessments()
    _new_tables()
    _practice()
    for table, change, allowed in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"WHEN NOT ({allowed}) "
            f"BEGIN SELECT RAISE(ABORT, 'the {table} table is append-only'); END"
        )


def _pack_assessments() -> None:
    """Compress each frozen text; what was frozen stays the same, character by character."""
    op.execute("ALTER TABLE assessments ADD COLUMN packed BLOB NOT NULL DEFAULT x''")
    store = op.get_bind()
    for number in store.execute(sa.text("SELECT id FROM assessments")).scalars().all():
        one = {"id": number}
        query = sa.text("SELECT frozen FROM assessments WHERE id = :id")
        packed = zlib.compress(store.execute(query, one).scalar_one().encode())
        change = sa.text("UPDATE assessments SET packed = :packed WHERE id = :id")
        store.execute(change, one | {"packed": packed})
    op.execute("ALTER TABLE assessments DROP COLUMN frozen")


def _new_tables() -> None:
    op.create_table(
        "findable",
        sa.Column("interview_id", sa.Text, sa.ForeignKey("interviews.id"), primary_key=True),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "interview_id", sa.Text, sa.ForeignKey("interviews.id"), nullable=False, index=True
        ),
        sa.Column("n", sa.Integer),
        sa.Column("sha256", sa.Text),
    )
    op.create_table(
        "deletions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("interview_id", sa.Text, nullable=False, unique=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("last_hash", sa.Text, nullable=False),
    )


def _practice() -> None:
    """What students practised: no client, no interview, and no key into either."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.Text, nullable=False, index=True),
        sa.Column("practised", sa.Text, nullable=False),
        sa.Column("kb_sha256", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("finished", sa.Text),
        sa.Column("verdict", sa.Text),
    )
    op.create_table(
        "attempt_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("attempt_id", sa.Integer, sa.ForeignKey("attempts.id"), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.UniqueConstraint("attempt_id", "n"),
    )
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.Text, nullable=False, index=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("of", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("practised", sa.Text, nullable=False),
    )
