"""The staff: a role of accounts that only the service gives, and a record of what was done with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hashiramart.migrations.access import give, role

revision = "0009_staff"
down_revision = "0008_pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("role", sa.Text(), nullable=False, server_default="slayer"))
    op.alter_column("accounts", "role", server_default=None)
    op.create_check_constraint("accounts_role", "accounts", "role IN ('slayer', 'staff')")
    # The application makes accounts and changes passwords; a role is not among what it may write.
    op.execute(f"REVOKE UPDATE ON accounts FROM {role('app')}")
    op.execute(f"GRANT UPDATE (password_hash) ON accounts TO {role('app')}")
    op.execute(
        f"CREATE POLICY no_role ON accounts AS RESTRICTIVE FOR INSERT TO {role('app')} WITH CHECK (role = 'slayer')"
    )
    op.create_table(
        "staff_actions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("action IN ('promote', 'rollback', 'retry', 'cancel')", name="staff_actions_action"),
        sa.ForeignKeyConstraint(["staff_id"], ["slayers.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_actions_staff_id"), "staff_actions", ["staff_id"])
    _append_only()
    _access()


def _append_only() -> None:
    """As every record, but for the name of who leaves: the shop still has to know what was done to it."""
    op.execute(
        "CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND NEW.staff_id IS NULL "
        "AND to_jsonb(NEW) - 'staff_id' = to_jsonb(OLD) - 'staff_id' THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'Rows of % are never changed.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON staff_actions "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
    )
    op.execute(
        "CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON staff_actions "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
    )


def _access() -> None:
    """The application may show who acted what they did; it neither sees what others did nor writes."""
    give("staff_actions", app="SELECT", service="SELECT, INSERT")
    op.execute("ALTER TABLE staff_actions ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY of_slayer ON staff_actions FOR SELECT TO {role('app')} "
        "USING (staff_id = (SELECT acting_slayer()))"
    )
    op.execute(f"CREATE POLICY of_service ON staff_actions TO {role('service')} USING (true) WITH CHECK (true)")


def downgrade() -> None:
    op.drop_table("staff_actions")
    op.execute("DROP FUNCTION refuse_rewriting()")
    op.execute("DROP POLICY no_role ON accounts")
    op.execute(f"REVOKE UPDATE (password_hash) ON accounts FROM {role('app')}")
    op.execute(f"GRANT UPDATE ON accounts TO {role('app')}")
    op.drop_constraint("accounts_role", "accounts")
    op.drop_column("accounts", "role")
