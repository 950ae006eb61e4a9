"""What the ledger's tests say again and again: events, and looks into its tables."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from hashiramart.ledger import BattleEvent, EventAnswer, LoginEvent, TrainingEvent
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


def live_in(session: Session, slayer: Slayer, zone: ZoneInfo) -> None:
    row = session.get_one(Slayer, slayer.id)
    row.timezone = zone.key
    session.add(row)
    session.flush()


def entries(session: Session) -> list[tuple[int, str]]:
    rows = session.exec(select(LedgerEntry).order_by(col(LedgerEntry.id))).all()
    return [(row.points, row.reason) for row in rows]


def count(session: Session, table: type[Any]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
