"""The Quartermaster's ledger: events in, Nichirin points, rank, streak and feats out.

What an event is worth is said in ``hashiramart/rules.py``; here it is kept. An event is keyed by its reporter's own id: the
event, its ledger row, the totals, the feats and the stored answer are one transaction, and reporting it again gives the first
answer. Of reports of one slayer that come at once, one is written first and the others are judged anew. The ledger is
append-only; the totals are derived from it (``hashiramart/audit.py`` proves it, and can rebuild them).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from hashiramart.book import Connection, Entry, OpenBook, open_book, write_book
from hashiramart.days import ZoneHistory
from hashiramart.db import Database
from hashiramart.errors import Conflict, InvalidInput, NotFound, Unavailable
from hashiramart.events import (
    AnyEvent,
    EarnedFeat,
    EventAnswer,
    FeatView,
    Standing,
    fingerprint,
)
from hashiramart.feats import FEATS
from hashiramart.models import Achievement, Event, Gamification, LedgerEntry, Slayer, SlayerZone
from hashiramart.rules import Book, Ruling, count_logins, rule, standing_of

_TRIES = 100
"""How often events are judged anew because another report of the same slayer came first."""

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
        with database.plain() as connection:
            return record(connection, slayer_id, events, now=now, all_or_none=all_or_none)

    # Events have keys: whether or not a try was committed, the next adds nothing.
    return database.steadily(attempt)


def record(
    connection: Connection,
    slayer_id: uuid.UUID,
    events: Sequence[AnyEvent],
    *,
    now: datetime,
    all_or_none: bool = False,
) -> list[Outcome]:
    """Record events on a connection of the application role, in a transaction or not; see ``report_all``.

    Raises:
        Unavailable: other reports of the same slayer came first again and again.
    """
    for _ in range(_TRIES):
        opened = open_book(connection, slayer_id, events, now=now)
        outcomes, entries = _judge(opened, events, now)
        refused = any(isinstance(outcome, Refusal) for outcome in outcomes)
        if not entries or (refused and all_or_none):
            return outcomes
        if write_book(connection, slayer_id, opened.version, opened.book.totals, entries, now=now):
            return outcomes
    raise Unavailable("Too many reports at once. Report it again in a moment; it counts once.")


def _judge(opened: OpenBook, events: Sequence[AnyEvent], now: datetime) -> tuple[list[Outcome], list[Entry]]:
    """What becomes of each event, and what is to be written."""
    outcomes: list[Outcome] = []
    entries: list[Entry] = []
    for event in events:
        digest = fingerprint(event)
        known = opened.earlier.get(event.event_id)
        if known is not None:
            outcomes.append(_replay(event, digest, *known))
            continue
        try:
            ruling = rule(opened.book, event, now=now)
        except (InvalidInput, NotFound) as error:
            outcomes.append(Refusal(event.event_id, error))
            continue
        answer = _answer(event, ruling, opened.book, now)
        opened.earlier[event.event_id] = (digest, answer.model_dump(mode="json"))
        entries.append(Entry(event, digest, ruling, answer))
        outcomes.append(answer)
    return outcomes, entries


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
    days = session.exec(select(col(Event.local_day)).where(Event.slayer_id == slayer.id, Event.type == "login")).all()
    count_logins(Book(totals, ZoneHistory([*zones.moves, (since, timezone)]), login_days=set(days)))
    totals.version += 1
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
