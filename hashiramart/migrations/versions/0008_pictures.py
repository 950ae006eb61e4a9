"""Pictures: where each comes from, how it goes, its bytes, and how many a slayer asks for in a day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from hashiramart.migrations.access import belongs_to_slayer, give, role

revision = "0008_pictures"
down_revision = "0007_model_calls"
branch_labels = None
depends_on = None

_UNFINISHED = "status IN ('queued', 'painting')"
_COUNTS = ("steps", "width", "height", "step", "steps_total")
_TEXTS = ("negative_prompt", "checkpoint", "checkpoint_hash")
_COLUMNS = (
    *("number", "scene", "pose", *_TEXTS, *_COUNTS, "guidance", "cache_key", "preview_step"),
    *("attempts", "local_day", "started_at"),
)
_MOVED = "An older version painted this picture, in a file of its own. Ask for it again."

# What the application must know of the pictures of slayers that it does not act for: how long the queue is, how many seconds
# a picture takes at the moment, and which place a picture has.
_QUESTIONS = (
    (
        "picture_queue()",
        "TABLE (waiting bigint, pace double precision)",
        """
        SELECT (SELECT count(*) FROM images WHERE status = 'queued'),
          (SELECT avg(extract(epoch FROM finished_at - started_at))::double precision FROM
            (SELECT started_at, finished_at FROM images WHERE status = 'done' ORDER BY finished_at DESC LIMIT 8) latest)
        """,
    ),
    (
        "picture_place(sought bigint)",
        "bigint",
        "SELECT count(*) FROM images WHERE status = 'queued' AND number <= sought",
    ),
)


def upgrade() -> None:
    _columns()
    op.create_table(
        "image_files",
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('picture', 'thumbnail', 'preview')", name="image_files_kind"),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("image_id", "kind"),
    )
    op.create_index(op.f("ix_image_files_slayer_id"), "image_files", ["slayer_id"])
    op.execute("ALTER TABLE image_files ALTER COLUMN data SET STORAGE EXTERNAL")  # pictures are compressed already
    op.create_table(
        "image_days",
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.CheckConstraint("pictures >= 0", name="image_days_pictures"),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slayer_id", "local_day"),
    )
    # Only the worker paints; a slayer may look, and throw away.
    give("image_files", app="SELECT, DELETE", service="SELECT, INSERT, UPDATE, DELETE")
    give("image_days", app="SELECT, INSERT, UPDATE", service="SELECT, INSERT, UPDATE, DELETE")
    for table in ("image_files", "image_days"):
        belongs_to_slayer(table)
    for signature, answers, body in _QUESTIONS:
        op.execute(
            f"CREATE FUNCTION {signature} RETURNS {answers} LANGUAGE sql STABLE "
            f"SECURITY DEFINER SET search_path = public, pg_temp AS $$ {body} $$"
        )
        op.execute(f"REVOKE ALL ON FUNCTION {_called(signature)} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {_called(signature)} TO {role('app')}, {role('service')}")


def _columns() -> None:
    op.add_column("images", sa.Column("number", sa.BigInteger(), sa.Identity(always=False), nullable=False))
    op.create_unique_constraint("images_number_key", "images", ["number"])
    for name in ("scene", "pose"):
        op.add_column("images", sa.Column(name, sa.Text(), nullable=True))
    for name in _TEXTS:
        _filled(name, sa.Text(), "''")
    for name in _COUNTS:
        _filled(name, sa.Integer(), "0")
    _filled("guidance", sa.Float(), "0")
    _filled("attempts", sa.SmallInteger(), "0")
    _filled("cache_key", sa.Text(), "gen_random_uuid()::text")
    _filled("local_day", sa.Date(), "current_date")
    op.execute("UPDATE images SET local_day = (created_at AT TIME ZONE 'UTC')::date")
    op.add_column("images", sa.Column("preview_step", sa.Integer(), nullable=True))
    op.add_column("images", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.get_bind().execute(
        sa.text("UPDATE images SET status = 'failed', error = :why WHERE status <> 'failed'"),
        {"why": _MOVED},
    )
    op.create_check_constraint(
        "images_status", "images", "status IN ('queued', 'painting', 'done', 'failed', 'cancelled')"
    )
    op.drop_index(op.f("ix_images_slayer_id"), table_name="images")
    op.create_index("images_of_slayer", "images", ["slayer_id", "number"])
    op.create_index("images_unfinished", "images", ["status", "number"], postgresql_where=sa.text(_UNFINISHED))
    op.create_index("images_painted", "images", ["finished_at"], postgresql_where=sa.text("status = 'done'"))
    op.create_index(
        "images_known",
        "images",
        ["slayer_id", "cache_key"],
        unique=True,
        postgresql_where=sa.text("status IN ('queued', 'painting', 'done')"),
    )


def _filled(name: str, kind: sa.types.TypeEngine[Any], value: str) -> None:
    """Add a column that no row may be without; those that are there get ``value``."""
    op.add_column("images", sa.Column(name, kind, nullable=False, server_default=sa.text(value)))
    op.alter_column("images", name, server_default=None)


def _called(signature: str) -> str:
    return signature.replace("sought ", "")


def downgrade() -> None:
    for signature, _, _ in _QUESTIONS:
        op.execute(f"DROP FUNCTION {_called(signature)}")
    op.drop_table("image_days")
    op.drop_table("image_files")
    for index in ("images_known", "images_painted", "images_unfinished", "images_of_slayer"):
        op.drop_index(index, table_name="images")
    op.drop_constraint("images_status", "images")
    op.execute("UPDATE images SET status = 'failed', error = 'cancelled' WHERE status = 'cancelled'")
    op.drop_constraint("images_number_key", "images")
    for name in _COLUMNS:
        op.drop_column("images", name)
    op.create_index(op.f("ix_images_slayer_id"), "images", ["slayer_id"])
