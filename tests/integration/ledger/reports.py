"""What the ledger's tests say again and again: events, moves, and looks into its tables."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import text
from sqlmodel import Session, col, func, select

from hashiramart import ledger
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.events import BattleEvent, EventAnswer, LoginEvent, TrainingEvent
from hashiramart.models import LedgerEntry, Slayer, Weapon

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")  # clocks go forward on 2026-03-08 and back on 2026-11-01
TOKYO = ZoneInfo("Asia/Tokyo")

Report = Callable[..., EventAnswer]


def training(minutes: int, event_id: str | None = None, at: datetime | None = None) -> TrainingEvent:
    return TrainingEvent(type="training", event_id=event_id or uuid.uuid4().hex, minutes=minutes, occurred_at=at)


def login(event_id: str | None = None, at: datetime | None = None) -> LoginEvent:
    return LoginEvent(type="login", event_id=event_id or uuid.uuid4().hex, occurred_at=at)


def battle(
    weapon: Weapon | uuid.UUID, *, won: bool = True, event_id: str | None = None, at: datetime | None = None
) -> BattleEvent:
    key = weapon if isinstance(weapon, uuid.UUID) else weapon.id
    return BattleEvent(type="battle", event_id=event_id or uuid.uuid4().hex, weapon_id=key, success=won, occurred_at=at)


def recruit(database: Database, handle: str) -> Slayer:
    profile = Registration(handle=handle, password="still-as-water", name=handle.title(), breathing_style="Water")
    with database.session(None) as session:
        return register(session, profile)


def born(database: Database, slayer: Slayer, zone: ZoneInfo) -> None:
    """Have a slayer live in a zone since long before any test's story."""
    with database.service() as session:
        session.execute(
            text("UPDATE slayer_zones SET since = :then, timezone = :zone WHERE slayer_id = :slayer"),
            {"then": datetime(2000, 1, 1, tzinfo=UTC), "zone": zone.key, "slayer": slayer.id},
        )
        session.execute(
            text("UPDATE slayers SET timezone = :zone WHERE id = :slayer"), {"zone": zone.key, "slayer": slayer.id}
        )


def move(database: Database, slayer: Slayer, zone: ZoneInfo, *, now: datetime) -> None:
    with database.session(slayer.id) as session:
        ledger.move(session, session.get_one(Slayer, slayer.id), zone.key, now=now)


def hand_over(database: Database, slayer: Slayer, weapon: Weapon, terms: str) -> None:
    """Put a weapon into a slayer's hands."""
    with database.service() as session:
        session.execute(
            text("INSERT INTO holdings VALUES (:slayer, :weapon, :terms, now())"),
            {"slayer": slayer.id, "weapon": weapon.id, "terms": terms},
        )


def drop_all_lines(database: Database) -> None:
    """End every connection of the application, as a server that restarts does."""
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE '%_app'"
        while owner.execute(end).fetchone():
            pass  # a pool may be opening one more; it takes a millisecond


def cut(connection: psycopg.Connection[Any]) -> None:
    """Cut a connection's line, as a network does: whoever speaks next finds out."""
    with socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.shutdown(socket.SHUT_RDWR)


def entries(session: Session) -> list[tuple[int, str]]:
    rows = session.exec(select(LedgerEntry).order_by(col(LedgerEntry.id))).all()
    return [(row.points, row.reason) for row in rows]


def count(session: Session, table: type[Any]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def at(moment: str, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """A moment by the clock of a zone, ``2026-03-08 23:59``, in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def spaced(weapon: Weapon, number: int, *, until: datetime, apart: timedelta) -> list[BattleEvent]:
    """Battles at equal distances up to a moment, the earliest first."""
    return [battle(weapon, at=until - apart * n) for n in reversed(range(number))]
