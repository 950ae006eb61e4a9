"""What stands in the books stays: nobody changes a record, and records go only with their slayer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from psycopg.rows import TupleRow

from hashiramart import ledger, orders, roles
from hashiramart.db import Database
from hashiramart.models import Slayer, Weapon
from tests.integration.belongings import show
from tests.integration.ledger.reports import NOW, Report, battle, training

RECORDS = ("points_ledger", "events", "interactions", "achievements", "orders", "shown_lists", "impressions")
CHANGES = ("UPDATE {} SET slayer_id = slayer_id", "DELETE FROM {}", "TRUNCATE {} CASCADE")
WHO = ("app", "service", "owner")


@pytest.fixture
def recorded(database: Database, report: Report, reporter: Slayer, lent: Weapon, stocked: list[Weapon]) -> Slayer:
    """A slayer with a row in every record."""
    report(battle(lent))
    report(training(60))
    with database.session(reporter.id) as session:
        orders.place(session, reporter.id, "order-1", lent.id, None, now=NOW)
        show(session, reporter.id, [lent.id], "thread:turn:0", now=NOW)
    return reporter


@contextmanager
def signed_in(database: Database, who: str, slayer: Slayer) -> Iterator[psycopg.Connection[TupleRow]]:
    """A connection in a role, acting for a slayer; nothing of it is committed."""
    address = (
        database.conninfo
        if who == "owner"
        else roles.sign_in_as(database.conninfo, "app" if who == "app" else "service")
    )
    with closing(psycopg.connect(address)) as connection:
        connection.execute(roles.ACT_FOR, [str(slayer.id)])
        yield connection


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.split()[0].lower())
@pytest.mark.parametrize("table", RECORDS)
def test_no_role_changes_a_record(table: str, change: str, who: str, database: Database, recorded: Slayer) -> None:
    with signed_in(database, who, recorded) as connection:
        found = connection.execute(f"SELECT 1 FROM {table}").fetchone()
        assert found, "the table is empty: the test would prove nothing"
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityConstraintViolation)):
            connection.execute(change.format(table))


@pytest.mark.parametrize("table", RECORDS)
def test_a_record_is_not_changed_by_inserting_it_again(table: str, database: Database, recorded: Slayer) -> None:
    keys = {
        "achievements": "slayer_id, feat",
        "events": "slayer_id, event_id",
        "impressions": "list_id, position",
    }
    key = keys.get(table, "id")
    again = (
        f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1 "
        f"ON CONFLICT ({key}) DO UPDATE SET slayer_id = excluded.slayer_id"
    )
    with (
        signed_in(database, "owner", recorded) as connection,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation),
    ):
        connection.execute(again)


@pytest.mark.parametrize("who", ["app", "service"])
@pytest.mark.parametrize(
    "trick",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE points_ledger DISABLE TRIGGER ALL",
        "ALTER TABLE points_ledger DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER append_only ON points_ledger",
        "DROP TABLE points_ledger CASCADE",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    ],
    ids=lambda trick: "-".join(trick.split()[:3]).lower(),
)
def test_no_working_role_takes_the_guard_away(trick: str, who: str, database: Database, recorded: Slayer) -> None:
    with signed_in(database, who, recorded) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(trick)


@pytest.mark.parametrize("who", WHO)
def test_records_go_with_their_slayer(who: str, database: Database, recorded: Slayer) -> None:
    with signed_in(database, who, recorded) as connection:
        connection.execute("DELETE FROM slayers WHERE id = %s", [recorded.id])
        left = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in (*RECORDS, "gamification", "slayer_zones", "holdings", "accounts")
        ]
    assert left == [(0,)] * 11


def test_the_books_are_sound_after_all_this(database: Database, recorded: Slayer) -> None:
    from hashiramart import audit

    assert audit.verify(database) == []
    with database.session(recorded.id) as session:
        assert ledger.standing(session, recorded.id, now=NOW).nichirin_points == 16
