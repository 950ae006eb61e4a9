"""Turns are on record before they run, so that one that broke off can go on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_turns"
down_revision = "0004_coach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was recorded so far had come to its end.
    op.add_column("turns", sa.Column("status", sa.Text(), nullable=False, server_default="done"))
    op.add_column("turns", sa.Column("attempts", sa.SmallInteger(), nullable=False, server_default="1"))
    op.alter_column("turns", "status", server_default=None)
    op.alter_column("turns", "attempts", server_default=None)
    op.add_column("turns", sa.Column("error", sa.Text(), nullable=True))
    op.add_column("turns", sa.Column("approved", sa.Boolean(), nullable=True))
    op.add_column("turns", sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE turns SET finished_at = created_at")
    op.create_check_constraint("turns_status", "turns", "status IN ('running', 'done', 'failed', 'cancelled')")
    op.create_index(
        "turns_under_way", "turns", ["thread_id"], unique=True, postgresql_where=sa.text("status = 'running'")
    )


def downgrade() -> None:
    op.execute("DELETE FROM turns WHERE status <> 'done'")  # the version before knows answers only
    op.drop_index("turns_under_way", table_name="turns")
    op.drop_constraint("turns_status", "turns")
    for column in ("finished_at", "approved", "error", "attempts", "status"):
        op.drop_column("turns", column)
