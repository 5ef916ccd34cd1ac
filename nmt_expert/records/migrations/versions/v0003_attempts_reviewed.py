"""Finished attempts are kept whole, and what supervisors say of them is a chain of its own."""

import sqlalchemy as sa
from alembic import op

from nmt_expert.records.migrations.guards import guard

revision = "0003"
down_revision: str | None = "0002"

_NEVER = ("attempt_results", "attempt_journal")


def upgrade() -> None:
    """Two tables and two columns; an attempt that ended before has no result and no journal."""
    op.add_column("attempts", sa.Column("entries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("attempts", sa.Column("last_hash", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "attempt_results",
        sa.Column("attempt_id", sa.Integer, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "attempt_journal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("attempt_id", sa.Integer, sa.ForeignKey("attempts.id"), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.UniqueConstraint("attempt_id", "n"),
    )
    for table in _NEVER:
        for change in ("UPDATE", "DELETE"):
            guard(table, change)
