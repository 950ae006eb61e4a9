"""The ledger's books, checked and set right: totals are what ledger, events and zones add up to.

``verify`` looks, ``rebuild`` derives the totals anew. The ledger itself is never touched: it is the truth.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from hashiramart.days import ZoneHistory
from hashiramart.db import Database
from hashiramart.ledger import zones_of
from hashiramart.models import Event, Gamification, Interaction, LedgerEntry, Weapon
from hashiramart.rules import Book, count_logins, rank_of
from hashiramart.totals import Sums

# Each finds rows that cannot be: (slayer, event id).
_IMPOSSIBLE = {
    "a ledger row without its event": """
        SELECT l.slayer_id, l.event_id FROM points_ledger l
        LEFT JOIN events e ON e.slayer_id = l.slayer_id AND e.event_id = l.event_id WHERE e.event_id IS NULL
    """,
    "an event whose points are not in the ledger": """
        SELECT e.slayer_id, e.event_id FROM events e
        LEFT JOIN points_ledger l ON l.slayer_id = e.slayer_id AND l.event_id = e.event_id
        WHERE e.points <> coalesce(l.points, 0) OR e.points <> (e.answer->>'points_awarded')::int
    """,
    "a balance that does not follow from the row before": """
        SELECT slayer_id, event_id FROM (
          SELECT slayer_id, event_id, balance, sum(points) OVER (PARTITION BY slayer_id ORDER BY id) AS sum
          FROM points_ledger
        ) chain WHERE balance <> sum
    """,
    "a battle without its outcome on record": """
        SELECT e.slayer_id, e.event_id FROM events e
        LEFT JOIN interactions i ON i.slayer_id = e.slayer_id AND i.event_id = e.event_id
        WHERE e.type = 'battle' AND i.id IS NULL
    """,
    "trainings that overlap": """
        SELECT slayer_id, event_id FROM (
          SELECT slayer_id, event_id, occurred_at - make_interval(mins => minutes) AS start,
            lag(occurred_at) OVER (PARTITION BY slayer_id ORDER BY occurred_at) AS before
          FROM events WHERE type = 'training'
        ) trainings WHERE before > start
    """,
}


@dataclass(frozen=True)
class Fault:
    """Something that does not add up."""

    slayer_id: uuid.UUID
    what: str


def verify(database: Database, tell: Callable[[float], None] = lambda _done: None) -> list[Fault]:
    """Everything in the books that does not add up; an empty list is what a sound shop gives.

    Args:
        database: the shop's database.
        tell: called with the share of the work that is done, 0 to 1.
    """
    faults: list[Fault] = []
    with database.service() as session:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})  # one moment for all of it
        for what, query in _IMPOSSIBLE.items():
            faults += [
                Fault(slayer_id, f"{what}: {event_id}")
                for slayer_id, event_id in session.connection().execute(text(query))
            ]
        for slayer_id, done in _slayers(session):
            totals = session.get_one(Gamification, slayer_id)
            derived = derive(session, slayer_id)
            faults += [
                Fault(slayer_id, f"{name} is {getattr(totals, name)!r} and should be {should!r}")
                for name, should in derived.items()
                if getattr(totals, name) != should
            ]
            session.expunge(totals)
            tell(done)
    return faults


def rebuild(database: Database, tell: Callable[[float], None] = lambda _done: None) -> list[Fault]:
    """Derive every slayer's totals anew and write those that differ, slayer by slayer; what was wrong before."""
    mended: list[Fault] = []
    with database.service() as session:
        slayers = list(_slayers(session))
    for slayer_id, done in slayers:
        with database.service() as session:
            totals = session.exec(
                select(Gamification).where(Gamification.slayer_id == slayer_id).with_for_update()
            ).one_or_none()
            if totals is None:  # the slayer left since
                continue
            version = totals.version
            for name, should in derive(session, slayer_id).items():
                if getattr(totals, name) != should:
                    mended.append(Fault(slayer_id, f"{name} was {getattr(totals, name)!r} and is {should!r}"))
                    setattr(totals, name, should)
                    totals.version = version + 1
            session.add(totals)
        tell(done)
    return mended


def derive(session: Session, slayer_id: uuid.UUID) -> dict[str, Any]:
    """A slayer's totals, from the ledger, the events and the zones alone."""
    points = session.exec(
        select(func.coalesce(func.sum(LedgerEntry.points), 0)).where(LedgerEntry.slayer_id == slayer_id)
    ).one()
    won = session.exec(select(func.count()).where(Interaction.slayer_id == slayer_id, col(Interaction.success))).one()
    types = session.exec(
        select(Weapon.weapon_type)
        .join(Interaction, col(Interaction.weapon_id) == Weapon.id)
        .where(Interaction.slayer_id == slayer_id)
        .distinct()
    ).all()
    minutes = session.exec(
        select(func.coalesce(func.sum(col(Event.minutes)), 0)).where(
            Event.slayer_id == slayer_id, Event.type == "training"
        )
    ).one()
    days = session.exec(
        select(col(Event.local_day)).where(Event.slayer_id == slayer_id, Event.type == "login").distinct()
    ).all()
    totals = Sums(
        nichirin_points=points,
        rank=rank_of(points),
        battles_won=won,
        weapon_types=sorted(types),
        minutes_trained=minutes or 0,
    )
    zones: ZoneHistory = zones_of(session, slayer_id)
    count_logins(Book(totals, zones, login_days=set(days)))
    return vars(totals)


def _slayers(session: Session) -> Iterator[tuple[uuid.UUID, float]]:
    """Every slayer with totals, and the share that is done after them."""
    ids = session.exec(select(Gamification.slayer_id).order_by(col(Gamification.slayer_id))).all()
    for number, slayer_id in enumerate(ids, 1):
        yield slayer_id, number / len(ids)
