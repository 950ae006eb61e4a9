"""The Coach's records: feedback on answers, training plans, and the trace of each answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hashiramart.migrations.access import belongs_to_slayer, give

revision = "0004_coach"
down_revision = "0003_impressions"
branch_labels = None
depends_on = None

_TABLES = ("feedback", "training_plans")


def upgrade() -> None:
    op.add_column(
        "turns", sa.Column("trace", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'::jsonb"))
    )
    op.alter_column("turns", "trace", server_default=None)
    op.create_table(
        "feedback",
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("turn_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id"),
    )
    op.create_index(op.f("ix_feedback_slayer_id"), "feedback", ["slayer_id"])
    op.create_index(op.f("ix_feedback_given_at"), "feedback", ["given_at"])
    op.create_table(
        "training_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("wish", postgresql.JSONB(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("plan", postgresql.JSONB(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_training_plans_slayer_id"), "training_plans", ["slayer_id"])
    for table in _TABLES:
        give(table, app="SELECT, INSERT, UPDATE, DELETE", service="SELECT, INSERT, UPDATE, DELETE")
        belongs_to_slayer(table)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("turns", "trace")
