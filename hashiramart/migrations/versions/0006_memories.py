"""What the Coach remembers of a slayer across threads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hashiramart.migrations.access import belongs_to_slayer, give

revision = "0006_memories"
down_revision = "0005_turns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "memories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('injury', 'goal', 'preference', 'fact')", name="memories_kind"),
        sa.CheckConstraint("char_length(text) BETWEEN 1 AND 200", name="memories_text"),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slayer_id", "kind", "subject"),
    )
    op.create_index(op.f("ix_memories_turn_id"), "memories", ["turn_id"])
    give("memories", app="SELECT, INSERT, UPDATE, DELETE", service="SELECT, INSERT, UPDATE, DELETE")
    belongs_to_slayer("memories")


def downgrade() -> None:
    op.drop_table("memories")
