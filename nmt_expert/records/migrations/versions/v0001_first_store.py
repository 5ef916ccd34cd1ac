"""The first store: clients, visits, interviews, their journal, assessments, remarks, locks."""

import sqlalchemy as sa
from alembic import op

from nmt_expert.records.migrations.guards import guard, mark_as_ours

revision = "0001"
down_revision: str | None = None

_APPEND_ONLY = ("journal", "assessments", "remarks")


def upgrade() -> None:
    """Make every table, and the triggers that keep three of them append-only."""
    _clients_and_visits()
    _interviews_and_journal()
    _results()
    for table in _APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            guard(table, change)
    mark_as_ours()


def _clients_and_visits() -> None:
    op.create_table(
        "clients",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.Text, unique=True),
        sa.Column("since", sa.Text, nullable=False),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("client_id", sa.Integer, sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("date", sa.Text, nullable=False),
        sa.UniqueConstraint("client_id", "number"),
    )


def _interviews_and_journal() -> None:
    op.create_table(
        "interviews",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("visit_id", sa.Integer, sa.ForeignKey("visits.id"), nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("quick", sa.Boolean, nullable=False),
        sa.Column("kb_version", sa.Text, nullable=False),
        sa.Column("kb_sha256", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("finished", sa.Text),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.Column("last_hash", sa.Text, nullable=False),
    )
    op.create_index("ix_interviews_state_started", "interviews", ["state", "started"])
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("interview_id", sa.Text, sa.ForeignKey("interviews.id"), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("prior", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.UniqueConstraint("interview_id", "n"),
    )
    op.create_table(
        "locks",
        sa.Column("interview_id", sa.Text, sa.ForeignKey("interviews.id"), primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("born", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
    )


def _results() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "interview_id", sa.Text, sa.ForeignKey("interviews.id"), nullable=False, index=True
        ),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("frozen", sa.Text, nullable=False),
    )
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "assessment_id", sa.Integer, sa.ForeignKey("assessments.id"), nullable=False, index=True
        ),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("about", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
    )
