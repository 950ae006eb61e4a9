"""The auditor finds what does not add up, says whose and what, and mends totals and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlmodel import Session, select

from hashiramart import audit
from hashiramart.db import Database
from hashiramart.models import Gamification, LedgerEntry, Slayer, Weapon
from tests.integration.ledger.reports import NOW, Report, battle, login, recruit, training

TOTALS = [
    ("nichirin_points = 17", "nichirin_points"),
    ("rank = 'Hashira'", "rank"),
    ("battles_won = 9", "battles_won"),
    ("weapon_types = '{bow}'", "weapon_types"),
    ("minutes_trained = 61", "minutes_trained"),
    ("streak = 2", "streak"),
    ("best_streak = 2", "best_streak"),
    ("last_login_day = '2026-03-11'", "last_login_day"),
]
RECORDS = [
    ("DELETE FROM events WHERE event_id = 'drill'", "a ledger row without its event"),
    ("DELETE FROM points_ledger WHERE event_id = 'drill'", "an event whose points are not in the ledger"),
    ("UPDATE points_ledger SET points = 7 WHERE event_id = 'drill'", "an event whose points are not in the ledger"),
    (
        "UPDATE events SET answer = answer || '{\"points_awarded\": 7}' WHERE event_id = 'drill'",
        "an event whose points are not in the ledger",
    ),
    ("UPDATE points_ledger SET balance = balance + 1", "a balance that does not follow from the row before"),
    ("DELETE FROM interactions", "a battle without its outcome on record"),
    ("UPDATE events SET minutes = minutes + 1 WHERE event_id = 'more'", "trainings that overlap"),
]


@pytest.fixture
def books(report: Report, reporter: Slayer, lent: Weapon) -> Slayer:
    """A slayer with a battle, a login and two trainings that touch."""
    report(battle(lent))
    report(login())
    report(training(30, "drill", NOW - timedelta(hours=2)))
    report(training(30, "more", NOW - timedelta(hours=1, minutes=30)))
    return reporter


def forge(database: Database, statement: str) -> None:
    """Change what no role can, as a damaged disk or a hand in the database might."""
    with psycopg.connect(database.conninfo) as owner:
        owner.execute("SET LOCAL session_replication_role = replica")
        changed = owner.execute(statement)
        assert changed.rowcount > 0


def rows(session: Session) -> list[dict[str, Any]]:
    return [row.model_dump() for row in session.exec(select(LedgerEntry).order_by("id"))]


def test_a_sound_shop_has_no_faults(database: Database, books: Slayer) -> None:
    recruit(database, "sabito")
    told: list[float] = []
    assert audit.verify(database, told.append) == []
    assert told == [0.5, 1.0]


@pytest.mark.parametrize(("change", "name"), TOTALS, ids=[name for _, name in TOTALS])
def test_a_wrong_total_is_found_and_mended(change: str, name: str, database: Database, books: Slayer) -> None:
    recruit(database, "sabito")
    forge(database, f"UPDATE gamification SET {change} WHERE slayer_id = '{books.id}'")
    (fault,) = audit.verify(database)
    assert (fault.slayer_id, fault.what.split()[0]) == (books.id, name)
    (mended,) = audit.rebuild(database)
    assert (mended.slayer_id, mended.what.split()[0]) == (books.id, name)
    assert audit.verify(database) == []


@pytest.mark.parametrize(("statement", "what"), RECORDS, ids=[f"{n}-{what}" for n, (_, what) in enumerate(RECORDS)])
def test_a_forged_record_is_found(statement: str, what: str, database: Database, books: Slayer) -> None:
    forge(database, statement)
    faults = audit.verify(database)
    assert {fault.slayer_id for fault in faults} == {books.id}
    assert any(fault.what.startswith(what) for fault in faults)


def test_mending_never_touches_the_ledger(database: Database, books: Slayer) -> None:
    forge(database, "UPDATE gamification SET nichirin_points = 0, streak = 8")
    with database.service() as session:
        before = rows(session)
    audit.rebuild(database)
    with database.service() as session:
        assert rows(session) == before
        assert session.get_one(Gamification, books.id).nichirin_points == 10 + 5 + 3 + 3
