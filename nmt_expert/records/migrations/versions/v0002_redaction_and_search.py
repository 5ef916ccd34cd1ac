"""Words can be struck out, interviews deleted and found; assessments take a tenth of the room."""

import zlib

import sqlalchemy as sa
from alembic import op

from nmt_expert.records.migrations.guards import NEVER, bytes_not_null, guard, same, unguard

revision = "0002"
down_revision: str | None = "0001"

_ENTRY = ("id", "interview_id", "n", "at", "what", "prompt", "digest", "previous", "hash")
_EMPTY = (
    "NEW.salt = '' AND NEW.content = 'null' "
    'AND NEW."by" IS NULL '  # quoted: a word of the server's own language
    "AND NEW.prior IS NULL AND NEW.why IS NULL"
)
_NAMED_ENTRY = (
    "EXISTS (SELECT 1 FROM erasures AS e WHERE e.interview_id = OLD.interview_id AND e.n = OLD.n)"
)
_ASSESSMENT = ("id", "interview_id", "at")
_NAMED_ASSESSMENT = (
    "EXISTS (SELECT 1 FROM erasures AS e "
    "WHERE e.interview_id = OLD.interview_id AND e.sha256 = NEW.sha256)"
)
_DELETED = "EXISTS (SELECT 1 FROM deletions AS d WHERE d.interview_id = {})"
_REMARK_OF = "(SELECT a.interview_id FROM assessments AS a WHERE a.id = OLD.assessment_id)"


def upgrade() -> None:
    """Add three tables and three columns; guards that know an honest redaction or deletion."""
    for table in ("journal", "assessments", "remarks"):
        for change in ("update", "delete"):
            unguard(table, change)
    op.add_column("interviews", sa.Column("origin", sa.Text))
    op.add_column("interviews", sa.Column("sealed_as", sa.Text))
    op.create_index("ix_interviews_origin", "interviews", ["origin"])
    _pack_assessments()
    _new_tables()
    _practice()
    for table, change, allowed in _guards():
        guard(table, change, allowed)


def _guards() -> tuple[tuple[str, str, str], ...]:
    """Table, change, and the condition under which it is honest."""
    redacted = f"{same(*_ENTRY)} AND {_EMPTY} AND {_NAMED_ENTRY}"
    return (
        ("journal", "UPDATE", redacted),
        ("journal", "DELETE", _DELETED.format("OLD.interview_id")),
        ("assessments", "UPDATE", f"{same(*_ASSESSMENT)} AND {_NAMED_ASSESSMENT}"),
        ("assessments", "DELETE", _DELETED.format("OLD.interview_id")),
        ("remarks", "UPDATE", NEVER),
        ("remarks", "DELETE", _DELETED.format(_REMARK_OF)),
        ("erasures", "UPDATE", NEVER),
        ("erasures", "DELETE", _DELETED.format("OLD.interview_id")),
        ("deletions", "UPDATE", NEVER),
        ("deletions", "DELETE", NEVER),
        ("attempt_events", "UPDATE", NEVER),
        ("attempt_events", "DELETE", NEVER),
        ("lessons", "UPDATE", NEVER),
        ("lessons", "DELETE", NEVER),
    )


def _pack_assessments() -> None:
    """Compress each frozen text; what was frozen stays the same, character by character."""
    bytes_not_null("assessments", "packed")
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
