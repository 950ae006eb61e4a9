"""The ledger's book of one slayer, as PostgreSQL keeps it: opened in one statement, written in another.

Nothing is locked in between. Each writing raises the ``version`` of the slayer's totals and succeeds only if that is still the
one the book was opened with; else nothing is written, and the book has to be opened anew (optimistic concurrency). Both
statements are functions of the database (``migrations/versions/0002_book.sql``): this is the busiest path of the shop.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import DictRow, TupleRow, dict_row

from hashiramart.days import ZoneHistory
from hashiramart.errors import Unauthenticated
from hashiramart.events import AnyEvent, BattleEvent, EventAnswer, LoginEvent, TrainingEvent
from hashiramart.rules import CLOCK_SKEW, LATEST, Book, Ruling
from hashiramart.rules import Session as Training
from hashiramart.totals import Sums, Totals

Connection = psycopg.Connection[TupleRow]

_AROUND = timedelta(hours=51)
"""How far from an event its neighbours can matter: a date of 50 hours, had by a move from the first zone to the last."""

_TOTALS = tuple(each.name for each in fields(Sums))
_OPEN = "SELECT * FROM open_book(%s, %s, %s, %s, %s, %s, %s, %s)"
_WRITE = "SELECT write_book(%s, %s, %s::jsonb, %s::jsonb)"

Known = tuple[str, dict[str, Any]]
"""The fingerprint and the answer of an event on record."""


@dataclass(frozen=True)
class Entry:
    """An event that is to be written, with what came of it."""

    event: AnyEvent
    fingerprint: str
    ruling: Ruling
    answer: EventAnswer


@dataclass(frozen=True)
class OpenBook:
    """A book with the version of its totals, and those of its events that are on record already, by id."""

    book: Book
    version: int
    earlier: dict[str, Known]


def open_book(connection: Connection, slayer_id: uuid.UUID, events: Sequence[AnyEvent], *, now: datetime) -> OpenBook:
    """Read what the rules need to judge some events of a slayer, as of one moment.

    Raises:
        Unauthenticated: there is no such slayer.
    """
    kinds = {type(event) for event in events}
    # One that is out of time is refused later on; until then it must not widen what is read.
    moments = [min(max(event.occurred_at or now, now - LATEST), now + CLOCK_SKEW) for event in events]
    wanted = list({event.weapon_id for event in events if isinstance(event, BattleEvent)})
    cursor = connection.cursor(row_factory=dict_row).execute(
        _OPEN,
        [
            *(slayer_id, [event.event_id for event in events]),
            *(LoginEvent in kinds, TrainingEvent in kinds, BattleEvent in kinds),
            *(min(moments) - _AROUND, max(moments) + _AROUND, wanted),
        ],
    )
    row = cursor.fetchone()
    if row is None:
        raise Unauthenticated("This slayer is no longer with us.")
    earlier = {event_id: (digest, answer) for event_id, (digest, answer) in (row["earlier"] or {}).items()}
    return OpenBook(_book(row), row["version"], earlier)


def _book(row: DictRow) -> Book:
    weapons: dict[str, tuple[str, bool]] = row["weapons"] or {}
    return Book(
        totals=Sums(**{name: row[name] for name in _TOTALS}),
        zones=ZoneHistory(list(zip(row["moved_at"], row["zones"], strict=True))),
        earned=set(row["feats"] or ()),
        known={uuid.UUID(weapon) for weapon in weapons},
        in_hand={uuid.UUID(weapon): kind for weapon, (kind, in_hand) in weapons.items() if in_hand},
        login_days=set(row["login_days"] or ()),
        sessions=[
            Training(end - timedelta(minutes=minutes), end)
            for end, minutes in zip(row["training_ends"] or (), row["training_minutes"] or (), strict=True)
        ],
        battles=list(zip(row["battle_moments"] or (), row["battle_days"] or (), strict=True)),
    )


def write_book(
    connection: Connection,
    slayer_id: uuid.UUID,
    version: int,
    totals: Totals,
    entries: Sequence[Entry],
    *,
    now: datetime,
) -> bool:
    """Write events, ledger rows, outcomes, feats and totals, all or nothing.

    Returns:
        False, with nothing written, when somebody else wrote since the book was opened.
    """
    sums = {name: getattr(totals, name) for name in _TOTALS}
    rows = [_row(entry, now) for entry in entries]
    answer = connection.execute(
        _WRITE, [slayer_id, version, json.dumps(sums, default=str), json.dumps(rows)]
    ).fetchone()
    return bool(answer and answer[0])


def _row(entry: Entry, now: datetime) -> dict[str, Any]:
    event, ruling = entry.event, entry.ruling
    row: dict[str, Any] = {
        "event_id": event.event_id,
        "type": event.type,
        "fingerprint": entry.fingerprint,
        "points": ruling.points,
        "balance": entry.answer.nichirin_points,
        "reason": ruling.reason,
        "local_day": ruling.local_day.isoformat(),
        "occurred_at": ruling.occurred_at.isoformat(),
        "recorded_at": now.isoformat(),
        "answer": entry.answer.model_dump(mode="json"),
        "feats": [feat.key for feat in ruling.feats],
    }
    if isinstance(event, TrainingEvent):
        row["minutes"] = event.minutes
    if isinstance(event, BattleEvent):
        row |= {"weapon_id": str(event.weapon_id), "success": event.success}
    return row
