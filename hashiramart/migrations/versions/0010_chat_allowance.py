"""How much each slayer may still say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hashiramart.migrations.access import belongs_to_slayer, give

revision = "0010_chat_allowance"
down_revision = "0009_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_allowances",
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("spare", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slayer_id"),
    )
    give("chat_allowances", app="SELECT, INSERT, UPDATE", service="SELECT, INSERT, UPDATE, DELETE")
    belongs_to_slayer("chat_allowances")


def downgrade() -> None:
    op.drop_table("chat_allowances")
