"""Row-level security in words that a migration can use. What the roles are: ``hashiramart/roles.py``."""

from __future__ import annotations

from alembic import op

from hashiramart.roles import Role, role_name


def role(which: Role) -> str:
    """The quoted name of a role of this database."""
    name = role_name(str(op.get_bind().exec_driver_sql("SELECT current_database()").scalar_one()), which)
    return '"' + name.replace('"', '""') + '"'


def give(table: str, *, app: str = "", service: str = "") -> None:
    """Allow the roles some verbs on a table, such as ``"SELECT, INSERT"``."""
    for which, verbs in (("app", app), ("service", service)):
        if verbs:
            op.execute(f"GRANT {verbs} ON {table} TO {role(which)}")  # type: ignore[arg-type]


def belongs_to_slayer(table: str, key: str = "slayer_id") -> None:
    """Show and give the application only the rows of the slayer it acts for; the service sees all."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY of_slayer ON {table} TO {role('app')} "
        f"USING ({key} = (SELECT acting_slayer())) WITH CHECK ({key} = (SELECT acting_slayer()))"
    )
    op.execute(f"CREATE POLICY of_service ON {table} TO {role('service')} USING (true) WITH CHECK (true)")


def append_only(table: str) -> None:
    """Refuse every change of a row, whoever asks; rows go only with their slayer."""
    op.execute(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
