"""Row-level security: SQL that forgot its ``WHERE`` sees, changes and deletes the acting slayer's rows and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from evals.scenes.victim import OWNED_TABLES
from hashiramart import roles
from hashiramart.db import Database
from hashiramart.models import Weapon
from tests.integration.belongings import Belongings, everything_of, settle

Connection = psycopg.Connection[TupleRow]


@pytest.fixture
def two(database: Database, stocked: list[Weapon]) -> tuple[Belongings, Belongings]:
    return settle(database, "giyu"), settle(database, "sabito")


@contextmanager
def acting(database: Database, caller: UUID | None) -> Iterator[Connection]:
    """The application role, acting for somebody or nobody; nothing is committed."""
    with closing(psycopg.connect(roles.sign_in_as(database.conninfo, "app"))) as connection:
        if caller is not None:
            connection.execute(roles.ACT_FOR, [str(caller)])
        yield connection


def owned(database: Database) -> list[tuple[str, str]]:
    """Every table that a slayer owns, with the column that says whose a row is; from the database itself."""
    with psycopg.connect(database.conninfo) as owner:
        return [("slayers", "id")] + [(str(row[0]), "slayer_id") for row in owner.execute(OWNED_TABLES)]


def allowed(connection: Connection, table: str, verb: str) -> bool:
    row = connection.execute("SELECT has_table_privilege(%s, %s)", [table, verb]).fetchone()
    return bool(row and row[0])


def query(template: str, **names: str) -> sql.Composed:
    return sql.SQL(template).format(**{key: sql.Identifier(value) for key, value in names.items()})


def shown(connection: Connection, database: Database) -> dict[str, set[UUID]]:
    """Whose rows a connection sees, by table."""
    return {table: whose(connection, table, key) for table, key in owned(database)}


def whose(connection: Connection, table: str, key: str) -> set[UUID]:
    return {row[0] for row in connection.execute(query("SELECT {key} FROM {table}", key=key, table=table))}


def test_every_table_of_slayers_is_guarded_and_not_the_applications(database: Database) -> None:
    with psycopg.connect(database.conninfo) as owner:
        guards = owner.execute(
            "SELECT relname, relrowsecurity, pg_get_userbyid(relowner) FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    guarded = {name for name, on, _ in guards if on}
    assert {table for table, _ in owned(database)} <= guarded
    assert not [name for name, _, holder in guards if holder.endswith(("_app", "_service"))]


def test_a_read_without_where_shows_only_the_slayers_own_rows(
    database: Database, two: tuple[Belongings, Belongings]
) -> None:
    everything_of(database, two[1].slayer_id)  # or there would be nothing to leak
    with acting(database, two[0].slayer_id) as connection:
        seen = shown(connection, database)
    assert all(slayers == {two[0].slayer_id} for slayers in seen.values()), seen


def test_nobody_sees_nothing(database: Database, two: tuple[Belongings, Belongings]) -> None:
    with acting(database, None) as connection:
        seen = shown(connection, database)
    assert not any(seen.values()), seen


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
@pytest.mark.parametrize("somebody", [True, False], ids=["acting", "nobody"])
def test_a_change_without_where_reaches_only_the_slayers_own_rows(
    verb: str, somebody: bool, database: Database, two: tuple[Belongings, Belongings]
) -> None:
    before = everything_of(database, two[1].slayer_id)
    statement = {"UPDATE": "UPDATE {table} SET {key} = {key}", "DELETE": "DELETE FROM {table}"}[verb]
    reached: dict[str, int] = {}
    for number, (table, key) in enumerate(owned(database)):
        newcomer = settle(
            database, f"newcomer-{number}"
        )  # a deletion may have taken the last one's rows elsewhere along
        with acting(database, newcomer.slayer_id if somebody else None) as connection:
            if not allowed(connection, table, verb):
                with pytest.raises(InsufficientPrivilege):
                    connection.execute(query(statement, table=table, key=key))
                continue
            reached[table] = connection.execute(query(statement, table=table, key=key)).rowcount
            connection.commit()
    assert len(reached) >= 7
    assert all(rows > 0 for rows in reached.values()) if somebody else not any(reached.values())
    assert everything_of(database, two[1].slayer_id) == before


def test_a_row_in_anothers_name_is_refused(database: Database, two: tuple[Belongings, Belongings]) -> None:
    """The copy of an own row with another's id: refused by the policy before any unique key is looked at."""
    copy = (
        "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(mine) || "
        "jsonb_build_object({name}, %s::text))).* FROM {table} mine LIMIT 1"
    )
    for table, key in owned(database):
        with acting(database, two[0].slayer_id) as connection:
            statement = sql.SQL(copy).format(table=sql.Identifier(table), name=sql.Literal(key))
            why = "permission denied" if table == "image_files" else "row-level security"  # only the worker paints
            assert allowed(connection, table, "INSERT") == (table != "image_files")
            with pytest.raises(InsufficientPrivilege, match=why):
                connection.execute(statement, [str(two[1].slayer_id)])


def test_a_row_cannot_be_given_to_another(database: Database, two: tuple[Belongings, Belongings]) -> None:
    for table, key in owned(database):
        with acting(database, two[0].slayer_id) as connection:
            if not allowed(connection, table, "UPDATE"):
                continue
            with pytest.raises(InsufficientPrivilege, match="row-level security"):
                connection.execute(query("UPDATE {table} SET {key} = %s", table=table, key=key), [two[1].slayer_id])


def test_acting_ends_with_the_transaction(database: Database, two: tuple[Belongings, Belongings]) -> None:
    with acting(database, two[0].slayer_id) as connection:
        assert whose(connection, "slayers", "id") == {two[0].slayer_id}
        connection.commit()
        assert whose(connection, "slayers", "id") == set()


def test_a_pooled_connection_is_handed_on_acting_for_nobody(
    database: Database, two: tuple[Belongings, Belongings]
) -> None:
    with database.connection(two[0].slayer_id) as connection:
        first = connection.execute("SELECT count(*) FROM slayers").fetchone()
    with database.connection(None) as connection:
        second = connection.execute("SELECT count(*) FROM slayers").fetchone()
    with database.session(None) as session:
        third = session.connection().exec_driver_sql("SELECT count(*) FROM slayers").one()
    assert (first, second, tuple(third)) == ((1,), (0,), (0,))


@pytest.mark.parametrize("schema", ["langgraph", "procrastinate"])
def test_the_libraries_schemas_are_closed_to_the_application(
    schema: str, database: Database, two: tuple[Belongings, Belongings]
) -> None:
    with psycopg.connect(database.conninfo) as owner:
        tables = owner.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = %s::regnamespace", [schema]
        )
        names = [row[0] for row in tables]
    assert names or schema == "langgraph"  # LangGraph makes its own when the agents open
    with acting(database, two[0].slayer_id) as connection:
        usable = connection.execute("SELECT has_schema_privilege(%s, 'USAGE, CREATE')", [schema]).fetchone()
        assert usable == (False,)
    for name in names:
        with acting(database, two[0].slayer_id) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(query("SELECT * FROM {schema}.{table}", schema=schema, table=name))


def test_the_application_cannot_become_another_role(database: Database, two: tuple[Belongings, Belongings]) -> None:
    known: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(database.conninfo)
    service = roles.role_name(str(known["dbname"]), "service")
    for become in ("SET ROLE {role}", "SET SESSION AUTHORIZATION {role}", "GRANT {role} TO CURRENT_USER"):
        for role in (str(known["user"]), service):
            with acting(database, two[0].slayer_id) as connection, pytest.raises(InsufficientPrivilege):
                connection.execute(query(become, role=role))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE weapons SET price = 0",
        "DELETE FROM weapons",
        "INSERT INTO weapons SELECT * FROM weapons LIMIT 1",
        "TRUNCATE weapons CASCADE",
        "TRUNCATE slayers CASCADE",
        "UPDATE alembic_version SET version_num = 'x'",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE slayers DISABLE ROW LEVEL SECURITY",
        "DROP POLICY of_slayer ON slayers",
        "CREATE POLICY all_of_it ON slayers USING (true)",
        "CREATE OR REPLACE FUNCTION acting_slayer() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    ],
)
def test_the_application_changes_neither_the_shelves_nor_the_rules(
    statement: str, database: Database, two: tuple[Belongings, Belongings]
) -> None:
    with acting(database, two[0].slayer_id) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


def test_switching_the_policies_off_shows_an_error_and_no_rows(
    database: Database, two: tuple[Belongings, Belongings]
) -> None:
    with acting(database, two[0].slayer_id) as connection:
        connection.execute("SET row_security = off")
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SELECT * FROM points_ledger")


def test_the_service_sees_everybody(database: Database, two: tuple[Belongings, Belongings]) -> None:
    with closing(psycopg.connect(roles.sign_in_as(database.conninfo, "service"))) as connection:
        seen = shown(connection, database)
    assert all(slayers == {two[0].slayer_id, two[1].slayer_id} for slayers in seen.values()), seen
