"""Impressions: every list that was recommended, with all that its propensities depend on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hashiramart.migrations.access import append_only, belongs_to_slayer, give

revision = "0003_impressions"
down_revision = "0002_ledger"
branch_labels = None
depends_on = None

_TABLES = ("shown_lists", "impressions")


def upgrade() -> None:
    op.create_table(
        "shown_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("prefer", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("dexterity", sa.Float(), nullable=False),
        sa.Column("stamina", sa.Float(), nullable=False),
        sa.Column("breathing_style", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("candidates", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("weights", postgresql.ARRAY(sa.Float()), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slayer_id", "key"),
    )
    op.create_index(op.f("ix_shown_lists_shown_at"), "shown_lists", ["shown_at"])
    op.create_table(
        "impressions",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("weapon_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("propensity", sa.Float(), nullable=False),
        sa.Column("explored", sa.Boolean(), nullable=False),
        sa.Column("features", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["shown_lists.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["weapon_id"], ["weapons.id"]),
        sa.PrimaryKeyConstraint("list_id", "position"),
    )
    op.create_index("impressions_of_slayer", "impressions", ["slayer_id", "weapon_id"])
    for table in _TABLES:
        give(table, app="SELECT, INSERT", service="SELECT, INSERT")
        belongs_to_slayer(table)
        append_only(table)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
