"""Turns keep what a language model was asked for them, and the tokens that this cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_model_calls"
down_revision = "0006_memories"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "turns", sa.Column("model_calls", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'::jsonb"))
    )
    op.alter_column("turns", "model_calls", server_default=None)


def downgrade() -> None:
    op.drop_column("turns", "model_calls")
