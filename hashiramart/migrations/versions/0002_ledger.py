"""The ledger: row-level security, append-only records, orders, feats, zones and named tokens."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hashiramart.migrations.access import append_only, belongs_to_slayer, give, role

revision = "0002_ledger"
down_revision = "0001_opening"
branch_labels = None
depends_on = None

_ALL = "SELECT, INSERT, UPDATE, DELETE"
_OWN_ROWS = {  # what the application may do with the rows of the slayer that it acts for
    "accounts": _ALL,
    "sessions": _ALL,
    "slayer_zones": "SELECT, INSERT",
    "holdings": _ALL,
    "orders": "SELECT, INSERT",
    "events": "SELECT, INSERT",
    "points_ledger": "SELECT, INSERT",
    "interactions": "SELECT, INSERT",
    "achievements": "SELECT, INSERT",
    "gamification": "SELECT, INSERT, UPDATE",
    "threads": _ALL,
    "turns": _ALL,
    "images": _ALL,
}
_RECORDS = ("events", "points_ledger", "interactions", "achievements", "orders")


# Functions with their owner's rights: name, arguments, answer, body.
_QUESTIONS: tuple[tuple[str, dict[str, str], str, str], ...] = (
    (
        "account_of",
        {"sought": "text"},
        "TABLE (slayer_id uuid, password_hash text) STABLE",
        "SELECT slayer_id, password_hash FROM accounts WHERE handle = sought",
    ),
    (
        "session_of",
        {"sought": "text"},
        "TABLE (id uuid, slayer_id uuid, kind text, csrf_token text, expires_at timestamptz) STABLE",
        "SELECT id, slayer_id, kind, csrf_token, expires_at FROM sessions WHERE token_hash = sought",
    ),
    (
        "take_from_stock",
        {"wanted": "uuid", "asking": "int"},
        "int VOLATILE",
        "UPDATE weapons SET stock = stock - 1 WHERE id = wanted AND price = asking AND stock > 0 RETURNING stock",
    ),
    (
        "leading_slayers",
        {"since": "timestamptz"},
        "TABLE (place bigint, name text, rank text, points bigint, you boolean) STABLE",
        """
        SELECT rank() OVER (ORDER BY p.points DESC), CASE WHEN s.show_name THEN s.name END, g.rank, p.points,
          s.id = acting_slayer()
        FROM (
          SELECT slayer_id, nichirin_points::bigint AS points FROM gamification WHERE since IS NULL
          UNION ALL
          SELECT slayer_id, sum(points) FROM points_ledger WHERE since IS NOT NULL AND recorded_at >= since
          GROUP BY slayer_id
        ) p
        JOIN slayers s ON s.id = p.slayer_id
        JOIN gamification g ON g.slayer_id = p.slayer_id
        WHERE p.points > 0 ORDER BY 1, s.created_at, s.id
        """,
    ),
)


def upgrade() -> None:
    _columns()
    _tables()
    _carry_over()
    _functions()
    _access()


def _columns() -> None:
    op.add_column("slayers", sa.Column("show_name", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("slayers", "show_name", server_default=None)
    op.add_column("sessions", sa.Column("id", sa.Uuid(), nullable=False, server_default=sa.text("gen_random_uuid()")))
    op.alter_column("sessions", "id", server_default=None)
    op.create_unique_constraint("sessions_id_key", "sessions", ["id"])
    op.add_column("sessions", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("events", sa.Column("points", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("events", "points", server_default=None)
    op.add_column("threads", sa.Column("approval_id", sa.Text(), nullable=True))
    op.create_index("events_of_slayer", "events", ["slayer_id", "type", "occurred_at"])
    op.add_column("points_ledger", sa.Column("balance", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("points_ledger", "balance", server_default=None)
    op.create_unique_constraint("points_ledger_slayer_id_event_id_key", "points_ledger", ["slayer_id", "event_id"])
    op.drop_index("ix_points_ledger_slayer_id", table_name="points_ledger")
    op.create_index("points_ledger_of_slayer", "points_ledger", ["slayer_id", "id"])
    op.create_index(
        "points_ledger_by_time", "points_ledger", ["recorded_at", "slayer_id"], postgresql_include=["points"]
    )
    for name in ("version", "battles_won", "minutes_trained", "best_streak"):
        op.add_column("gamification", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        op.alter_column("gamification", name, server_default=None)
    op.add_column(
        "gamification",
        sa.Column("weapon_types", postgresql.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")),
    )
    op.alter_column("gamification", "weapon_types", server_default=None)
    op.drop_column("gamification", "training_carry")  # minutes_trained says it


def _tables() -> None:
    op.create_table(
        "slayer_zones",
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slayer_id", "since"),
    )
    op.create_table(
        "achievements",
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("feat", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slayer_id", "feat"),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slayer_id", sa.Uuid(), nullable=False),
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.Column("weapon_id", sa.Uuid(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["slayer_id"], ["slayers.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["weapon_id"], ["weapons.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slayer_id", "order_key"),
    )
    op.create_index(op.f("ix_orders_slayer_id"), "orders", ["slayer_id"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("handle_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("handle_hash"),
    )
    op.create_index(op.f("ix_sign_in_attempts_last_at"), "sign_in_attempts", ["last_at"])


def _carry_over() -> None:
    """What an older shop holds, told in the new columns. Feats come with each slayer's next event."""
    op.execute("INSERT INTO slayer_zones SELECT id, created_at, timezone FROM slayers")
    op.execute(
        "UPDATE points_ledger l SET balance = b.balance FROM "
        "(SELECT id, sum(points) OVER (PARTITION BY slayer_id ORDER BY id) AS balance FROM points_ledger) b "
        "WHERE b.id = l.id"
    )
    op.execute(
        "UPDATE events e SET points = l.points FROM points_ledger l "
        "WHERE l.slayer_id = e.slayer_id AND l.event_id = e.event_id"
    )
    op.execute(
        "UPDATE events SET answer = answer || jsonb_build_object("
        "'reason', type, 'rank_up', NULL, 'achievements', '[]'::jsonb)"
    )
    op.execute(
        "UPDATE gamification g SET "
        "minutes_trained = coalesce((SELECT sum(minutes) FROM events e WHERE e.slayer_id = g.slayer_id), 0), "
        "battles_won = (SELECT count(*) FROM interactions i WHERE i.slayer_id = g.slayer_id AND i.success), "
        "weapon_types = coalesce((SELECT array_agg(DISTINCT w.weapon_type ORDER BY w.weapon_type) "
        "FROM interactions i JOIN weapons w ON w.id = i.weapon_id WHERE i.slayer_id = g.slayer_id), '{}'), "
        "best_streak = greatest(streak, best_streak)"
    )


def _functions() -> None:
    op.execute(
        "CREATE FUNCTION acting_slayer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE "
        "AS $$ SELECT nullif(current_setting('hashira.slayer', true), '')::uuid $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        # Deeper than one level: the row goes along with the slayer that it belongs to.
        "IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'Rows of % are never changed.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    for statement in Path(__file__).with_name("0002_book.sql").read_text().split("$$;"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement + "$$")
    # What the application must know before it knows for whom it acts, or of slayers that it does not act for. Each answers
    # one narrow question with its owner's rights.
    for name, takes, answers, body in _QUESTIONS:
        arguments = ", ".join(f"{each} {kind}" for each, kind in takes.items())
        op.execute(
            f"CREATE FUNCTION {name}({arguments}) RETURNS {answers} LANGUAGE sql "
            f"SECURITY DEFINER SET search_path = public, pg_temp AS $$ {body} $$"
        )
        signature = f"{name}({', '.join(takes.values())})"
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role('app')}, {role('service')}")


def _access() -> None:
    op.execute(f"GRANT USAGE ON SCHEMA public TO {role('app')}, {role('service')}")
    give("slayers", app=_ALL, service=_ALL)
    belongs_to_slayer("slayers", "id")
    for table, verbs in _OWN_ROWS.items():
        give(table, app=verbs, service="SELECT, INSERT" if table in _RECORDS else _ALL)
        belongs_to_slayer(table)
    give("weapons", app="SELECT", service=_ALL)
    give("sign_in_attempts", app=_ALL, service=_ALL)
    for table in _RECORDS:
        append_only(table)
    # The libraries keep their own tables; the application has no business there.
    for schema in ("langgraph", "procrastinate"):
        op.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        op.execute(f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {role('service')}")
        for kind in ("TABLES", "SEQUENCES"):
            op.execute(f"GRANT ALL ON ALL {kind} IN SCHEMA {schema} TO {role('service')}")
            op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT ALL ON {kind} TO {role('service')}")
    # LangGraph changes its tables itself when it is upgraded, signed in as the service.
    tables = op.get_bind().exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'langgraph'").scalars()
    for table in tables.all():
        op.execute(f"ALTER TABLE langgraph.{table} OWNER TO {role('service')}")


def downgrade() -> None:
    for table in ("slayers", *_OWN_ROWS):
        op.execute(f"DROP POLICY of_slayer ON {table}")
        op.execute(f"DROP POLICY of_service ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for function in (
        "open_book(uuid, text[], boolean, boolean, boolean, timestamptz, timestamptz, uuid[])",
        "write_book(uuid, int, jsonb, jsonb)",
        "leading_slayers(timestamptz)",
        "take_from_stock(uuid, int)",
        "session_of(text)",
        "account_of(text)",
        "acting_slayer()",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION refuse_change() CASCADE")
    for table in ("sign_in_attempts", "orders", "achievements", "slayer_zones"):
        op.drop_table(table)
    op.add_column("gamification", sa.Column("training_carry", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("gamification", "training_carry", server_default=None)
    op.execute("UPDATE gamification SET training_carry = minutes_trained % 10")
    for name in ("weapon_types", "best_streak", "minutes_trained", "battles_won", "version"):
        op.drop_column("gamification", name)
    op.drop_index("points_ledger_by_time", table_name="points_ledger")
    op.drop_index("points_ledger_of_slayer", table_name="points_ledger")
    op.create_index("ix_points_ledger_slayer_id", "points_ledger", ["slayer_id"])
    op.drop_constraint("points_ledger_slayer_id_event_id_key", "points_ledger")
    op.drop_column("points_ledger", "balance")
    op.drop_index("events_of_slayer", table_name="events")
    op.drop_column("events", "points")
    op.drop_column("threads", "approval_id")
    op.drop_column("sessions", "name")
    op.drop_column("sessions", "id")
    op.drop_column("slayers", "show_name")
