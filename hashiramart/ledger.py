"""The Quartermaster's ledger: events in, Nichirin points, rank, streak and feats out.

What an event is worth is said in ``hashiramart/rules.py``; here it is kept. An event is keyed by its reporter's own id: the
event, its ledger row, the totals, the feats and the stored answer are one transaction, and reporting it again gives the first
answer. Reports of one slayer wait for each other on the row of their totals. The ledger is append-only; the totals are
derived from it (``hashiramart/audit.py`` proves it, and can rebuild them).

This is the busiest path of the shop, so it is written in plain SQL that goes out in two round trips.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import TupleRow, class_row
from psycopg.types.json import Jsonb
from sqlmodel import Session, col, select

from hashiramart.days import ZoneHistory
from hashiramart.db import Database
from hashiramart.errors import Conflict, InvalidInput, NotFound, Unauthenticated
from hashiramart.events import (
    AnyEvent,
    BattleEvent,
    EarnedFeat,
    EventAnswer,
    FeatView,
    LoginEvent,
    Standing,
    TrainingEvent,
    fingerprint,
)
from hashiramart.feats import FEATS
from hashiramart.models import Achievement, Gamification, LedgerEntry, Slayer, SlayerZone
from hashiramart.rules import CLOCK_SKEW, LATEST, Book, Ruling, count_logins, rule, standing_of
from hashiramart.rules import Session as Training

Connection = psycopg.Connection[TupleRow]

_AROUND = timedelta(hours=51)
"""How far from an event its neighbours can matter: a date of 50 hours, had by a move from the first zone to the last."""

_ZONE_CHANGES = 6
"""Changes of zone that a slayer may make within a day."""


@dataclass(frozen=True)
class Refusal:
    """An event that was not accepted, and why."""

    event_id: str
    error: InvalidInput | NotFound


Outcome = EventAnswer | Refusal


def report(database: Database, slayer_id: uuid.UUID, event: AnyEvent, *, now: datetime) -> EventAnswer:
    """Record one event.

    Args:
        database: the shop's database.
        slayer_id: whose event it is.
        event: what was reported.
        now: the time of the report, with a zone.

    Returns:
        the answer; for a repeated event the first one with ``replayed``.

    Raises:
        InvalidInput: same id with another body, or it cannot have happened so.
        NotFound: the weapon is unknown.
        Unavailable: the database is away; reporting it again later is safe.
    """
    (outcome,) = report_all(database, slayer_id, [event], now=now)
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def report_all(
    database: Database, slayer_id: uuid.UUID, events: Sequence[AnyEvent], *, now: datetime, all_or_none: bool = False
) -> list[Outcome]:
    """Record events in order, in one transaction; a refused one leaves no trace.

    Args:
        database: the shop's database.
        slayer_id: whose events they are.
        events: what was reported.
        now: the time of the report, with a zone.
        all_or_none: record nothing when one is refused; else the others count.

    Returns:
        an answer or a refusal for each event, in order.

    Raises:
        Unavailable: the database is away; reporting them again later is safe.
    """

    def attempt() -> list[Outcome]:
        with database.connection(slayer_id) as connection:
            return record(connection, slayer_id, events, now=now, all_or_none=all_or_none)

    return database.twice(
        attempt
    )  # events have keys: whether or not the first try was committed, a second adds nothing


def record(
    connection: Connection,
    slayer_id: uuid.UUID,
    events: Sequence[AnyEvent],
    *,
    now: datetime,
    all_or_none: bool = False,
) -> list[Outcome]:
    """Record events inside a transaction that acts for their slayer; see ``report_all``.

    The row of the slayer's totals stays locked until the transaction ends.
    """
    book, profile, earlier = _open_book(connection, slayer_id, events, now)
    outcomes: list[Outcome] = []
    entries: list[_Entry] = []
    for event in events:
        known = earlier.get(event.event_id)
        digest = fingerprint(event)
        if known is not None:
            outcomes.append(_replay(event, digest, *known))
            continue
        try:
            ruling = rule(book, event, now=now)
        except (InvalidInput, NotFound) as error:
            outcomes.append(Refusal(event.event_id, error))
            continue
        answer = _answer(event, ruling, book, now)
        earlier[event.event_id] = (digest, answer.model_dump(mode="json"))
        entries.append(_Entry(event, digest, ruling, answer))
        outcomes.append(answer)
    refused = any(isinstance(outcome, Refusal) for outcome in outcomes)
    if entries and not (refused and all_or_none):
        _write(connection, slayer_id, book.totals, profile, entries, now)
    return outcomes


def standing(session: Session, slayer_id: uuid.UUID, *, now: datetime) -> Standing:
    """A slayer's points, rank and streak as of now."""
    return standing_of(session.get_one(Gamification, slayer_id), zones_of(session, slayer_id), now)


def zones_of(session: Session, slayer_id: uuid.UUID) -> ZoneHistory:
    """Where a slayer lived when."""
    rows = session.exec(
        select(SlayerZone.since, SlayerZone.timezone)
        .where(SlayerZone.slayer_id == slayer_id)
        .order_by(col(SlayerZone.since))
    )
    return ZoneHistory([(since, zone) for since, zone in rows])


def move(session: Session, slayer: Slayer, timezone: str, *, now: datetime) -> None:
    """Take a slayer to another zone from now on. Days that are on record stay as they are; a streak may bridge the move.

    Raises:
        Conflict: they moved too often today.
    """
    if timezone == slayer.timezone:
        return
    totals = session.exec(
        select(Gamification)
        .where(Gamification.slayer_id == slayer.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    zones = zones_of(session, slayer.id)
    lately = [since for since, _ in zones.moves[1:] if since > now - timedelta(days=1)]
    if len(lately) >= _ZONE_CHANGES:
        raise Conflict("timezone", f"The time zone can be changed {_ZONE_CHANGES} times a day.")
    since = max(
        now, zones.moves[-1][0] + timedelta(microseconds=1)
    )  # a clock that was set back does not rewrite the past
    session.add(SlayerZone(slayer_id=slayer.id, since=since, timezone=timezone))
    slayer.timezone = timezone
    session.add(slayer)
    days = session.connection().exec_driver_sql(_LOGIN_DAYS, (slayer.id,)).scalar_one()
    count_logins(Book(totals, ZoneHistory([*zones.moves, (since, timezone)]), login_days=set(days or ())))
    session.add(totals)
    session.flush()


def entries_of(session: Session, slayer_id: uuid.UUID, *, before: int | None, limit: int) -> list[LedgerEntry]:
    """A page of a slayer's ledger, the latest first; ``before`` is the id of the row that the page follows."""
    query = select(LedgerEntry).where(LedgerEntry.slayer_id == slayer_id)
    if before is not None:
        query = query.where(col(LedgerEntry.id) < before)
    return list(session.exec(query.order_by(col(LedgerEntry.id).desc()).limit(limit)).all())


@dataclass(frozen=True)
class Feats:
    """A slayer's feats: the earned ones, the latest first, and those that are left."""

    earned: list[EarnedFeat]
    open: list[FeatView]


def feats_of(session: Session, slayer_id: uuid.UUID) -> Feats:
    """What a slayer has done and what is left to do."""
    rows = session.exec(
        select(Achievement).where(Achievement.slayer_id == slayer_id).order_by(col(Achievement.earned_at).desc())
    )
    moments = {row.feat: row.earned_at for row in rows}
    earned = [
        EarnedFeat(**feat.view.model_dump(), earned_at=moments[feat.key]) for feat in FEATS if feat.key in moments
    ]
    earned.sort(key=lambda feat: feat.earned_at, reverse=True)
    return Feats(earned, [feat.view for feat in FEATS if feat.key not in moments])


# --- reading ---

_TOTALS = """
SELECT slayer_id, nichirin_points, rank, battles_won, weapon_types, minutes_trained, streak, best_streak, last_login_day
FROM gamification WHERE slayer_id = %s FOR UPDATE
"""
_PROFILE = """
SELECT s.level, s.strength, s.dexterity, s.stamina, s.breathing_style,
  (SELECT array_agg(since ORDER BY since) FROM slayer_zones WHERE slayer_id = s.id),
  (SELECT array_agg(timezone ORDER BY since) FROM slayer_zones WHERE slayer_id = s.id),
  (SELECT array_agg(feat) FROM achievements WHERE slayer_id = s.id)
FROM slayers s WHERE s.id = %s
"""
_EARLIER = "SELECT event_id, fingerprint, answer FROM events WHERE slayer_id = %s AND event_id = ANY(%s)"
_LOGIN_DAYS = "SELECT array_agg(DISTINCT local_day) FROM events WHERE slayer_id = %s AND type = 'login'"
_NEAR = """
SELECT occurred_at, local_day, minutes FROM events
WHERE slayer_id = %s AND type = %s AND occurred_at BETWEEN %s AND %s
"""
_WEAPONS = """
SELECT w.id, w.weapon_type, h.terms IS NOT NULL FROM weapons w
LEFT JOIN holdings h ON h.weapon_id = w.id AND h.slayer_id = %s WHERE w.id = ANY(%s)
"""

Profile = tuple[int, float, float, float, str]
Known = tuple[str, dict[str, Any]]


def _open_book(
    connection: Connection, slayer_id: uuid.UUID, events: Sequence[AnyEvent], now: datetime
) -> tuple[Book, Profile, dict[str, Known]]:
    """Lock the slayer's totals and read what the rules need; in pipeline mode all of it is one round trip."""
    totals_row = connection.cursor(row_factory=class_row(Gamification)).execute(_TOTALS, [slayer_id])
    # What follows must see what an earlier report, for whose end we may just have waited, has written: each statement does.
    profile_row = connection.execute(_PROFILE, [slayer_id])
    earlier_rows = connection.execute(_EARLIER, [slayer_id, [event.event_id for event in events]])
    kinds = {type(event) for event in events}
    # One that is out of time is refused later on; until then it must not widen what is read.
    moments = [min(max(event.occurred_at or now, now - LATEST), now + CLOCK_SKEW) for event in events]
    span = (min(moments) - _AROUND, max(moments) + _AROUND)
    logins = connection.execute(_LOGIN_DAYS, [slayer_id]) if LoginEvent in kinds else None
    trainings = connection.execute(_NEAR, [slayer_id, "training", *span]) if TrainingEvent in kinds else None
    battles = connection.execute(_NEAR, [slayer_id, "battle", *span]) if BattleEvent in kinds else None
    wanted = list({event.weapon_id for event in events if isinstance(event, BattleEvent)})
    weapons = connection.execute(_WEAPONS, [slayer_id, wanted]) if wanted else None

    totals = totals_row.fetchone()
    row = profile_row.fetchone()
    if totals is None or row is None:
        raise Unauthenticated("This slayer is no longer with us.")
    *profile, since, names, feats = row
    book = Book(totals, ZoneHistory(list(zip(since, names, strict=True))), earned=set(feats or ()))
    if logins is not None:
        book.login_days = set(logins.fetchone()[0] or ())  # type: ignore[index]
    if trainings is not None:
        book.sessions = [Training(end - timedelta(minutes=minutes), end) for end, _, minutes in trainings]
    if battles is not None:
        book.battles = [(moment, day) for moment, day, _ in battles]
    if weapons is not None:
        for weapon_id, weapon_type, in_hand in weapons:
            book.known.add(weapon_id)
            if in_hand:
                book.in_hand[weapon_id] = weapon_type
    return book, tuple(profile), {event_id: (digest, answer) for event_id, digest, answer in earlier_rows}


def _replay(event: AnyEvent, digest: str, known_digest: str, answer: dict[str, Any]) -> Outcome:
    if digest != known_digest:
        return Refusal(event.event_id, InvalidInput("event_id", "This event id was used before for a different event."))
    return EventAnswer(**{**answer, "replayed": True})


def _answer(event: AnyEvent, ruling: Ruling, book: Book, now: datetime) -> EventAnswer:
    after = standing_of(book.totals, book.zones, now)
    return EventAnswer(
        **after.model_dump(),
        event_id=event.event_id,
        points_awarded=ruling.points,
        reason=ruling.reason,
        rank_up=after.rank if after.rank != ruling.rank_before else None,
        achievements=[feat.view for feat in ruling.feats],
        replayed=False,
    )


# --- writing ---


@dataclass(frozen=True)
class _Entry:
    event: AnyEvent
    digest: str
    ruling: Ruling
    answer: EventAnswer


_ADD_EVENT = """
INSERT INTO events
  (slayer_id, event_id, type, fingerprint, minutes, points, local_day, occurred_at, recorded_at, answer)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_ADD_ENTRY = """
INSERT INTO points_ledger (slayer_id, event_id, points, balance, reason, recorded_at) VALUES (%s, %s, %s, %s, %s, %s)
"""
_ADD_INTERACTION = """
INSERT INTO interactions
  (slayer_id, weapon_id, event_id, success, level, strength, dexterity, stamina, breathing_style, occurred_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_ADD_FEAT = "INSERT INTO achievements (slayer_id, feat, event_id, earned_at) VALUES (%s, %s, %s, %s)"
_SET_TOTALS = """
UPDATE gamification SET nichirin_points = %s, rank = %s, battles_won = %s, weapon_types = %s, minutes_trained = %s,
  streak = %s, best_streak = %s, last_login_day = %s
WHERE slayer_id = %s
"""


def _write(
    connection: Connection,
    slayer_id: uuid.UUID,
    totals: Gamification,
    profile: Profile,
    entries: Sequence[_Entry],
    now: datetime,
) -> None:
    for entry in entries:
        event, ruling, answer = entry.event, entry.ruling, entry.answer
        minutes = event.minutes if isinstance(event, TrainingEvent) else None
        stored = Jsonb(answer.model_dump(mode="json"))
        connection.execute(
            _ADD_EVENT,
            [
                *(slayer_id, event.event_id, event.type, entry.digest, minutes, ruling.points),
                *(ruling.local_day, ruling.occurred_at, now, stored),
            ],
        )
        if ruling.points:
            connection.execute(
                _ADD_ENTRY,
                [slayer_id, event.event_id, ruling.points, answer.nichirin_points, ruling.reason, now],
            )
        if isinstance(event, BattleEvent):
            connection.execute(
                _ADD_INTERACTION,
                [slayer_id, event.weapon_id, event.event_id, event.success, *profile, ruling.occurred_at],
            )
        for feat in ruling.feats:
            connection.execute(_ADD_FEAT, [slayer_id, feat.key, event.event_id, now])
    connection.execute(
        _SET_TOTALS,
        [
            *(totals.nichirin_points, totals.rank, totals.battles_won, totals.weapon_types, totals.minutes_trained),
            *(totals.streak, totals.best_streak, totals.last_login_day, slayer_id),
        ],
    )
