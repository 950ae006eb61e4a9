"""The Quartermaster's ledger: events in, Nichirin points, rank and streak out.

Rules: a battle won +10 · training +1 per full 10 minutes, the remainder carried · a login +5 once per local day, with a
streak · Apprentice 0-99, Slayer 100-499, Hashira 500 and up. An event is keyed by its reporter's own id: the event, its
ledger row, the totals and the stored answer are one transaction, and reporting it again gives the first answer.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import func
from sqlmodel import Session, col, select

from hashiramart import catalog
from hashiramart.errors import InvalidInput
from hashiramart.models import Event, Gamification, Interaction, LedgerEntry, Slayer
from hashiramart.text import Key

BATTLE_WON = 10
MINUTES_PER_POINT = 10
LOGIN = 5
RANKS: tuple[tuple[str, int], ...] = (("Apprentice", 0), ("Slayer", 100), ("Hashira", 500))

_LATEST = timedelta(hours=48)
_CLOCK_SKEW = timedelta(minutes=5)
_DAY_MINUTES = 24 * 60


class _Reported(BaseModel):
    model_config = ConfigDict(extra="forbid")

    event_id: Key = Field(description="The reporter's own id; the same id is never counted twice.", examples=["evt-1"])
    occurred_at: AwareDatetime | None = Field(None, description="When it happened; now when left out.")


class BattleEvent(_Reported):
    """A battle fought with a weapon of the catalogue."""

    type: Literal["battle"]
    weapon_id: uuid.UUID
    success: bool = Field(description="Whether the slayer won.", strict=True)


class TrainingEvent(_Reported):
    """Time spent training."""

    type: Literal["training"]
    minutes: int = Field(ge=1, le=_DAY_MINUTES, strict=True, description="Minutes trained, 1-1440.")


class LoginEvent(_Reported):
    """The daily login."""

    type: Literal["login"]


ReportedEvent = Annotated[BattleEvent | TrainingEvent | LoginEvent, Field(discriminator="type")]


class Standing(BaseModel):
    """Where a slayer stands. ``points_to_next`` is None at the highest rank."""

    nichirin_points: int
    rank: str
    next_rank: str | None
    points_to_next: int | None
    streak: int


class EventAnswer(Standing):
    """What the reporter of an event is told."""

    event_id: str
    points_awarded: int
    replayed: bool = Field(description="True when this event had been recorded before; the answer is the first one.")


def rank_of(points: int) -> str:
    """The rank for a number of points."""
    return [name for name, floor in RANKS if points >= floor][-1] if points >= 0 else RANKS[0][0]


def standing(session: Session, slayer_id: uuid.UUID, *, now: datetime) -> Standing:
    """A slayer's points, rank and streak as of now. A streak whose last day is before yesterday has ended."""
    slayer = session.get_one(Slayer, slayer_id)
    totals = session.get_one(Gamification, slayer_id)
    return _standing(totals, _local_day(slayer, now))


def _standing(totals: Gamification, today: date) -> Standing:
    points = totals.nichirin_points
    ahead = next(((name, floor) for name, floor in RANKS if floor > points), None)
    alive = totals.last_login_day is not None and totals.last_login_day >= today - timedelta(days=1)
    return Standing(
        nichirin_points=points,
        rank=totals.rank,
        next_rank=ahead[0] if ahead else None,
        points_to_next=ahead[1] - points if ahead else None,
        streak=totals.streak if alive else 0,
    )


def record(
    session: Session, slayer_id: uuid.UUID, event: BattleEvent | TrainingEvent | LoginEvent, *, now: datetime
) -> EventAnswer:
    """Record one event inside the caller's transaction.

    Args:
        session: an open transaction; it holds the slayer's row locked until it ends, so reports of one slayer queue up.
        slayer_id: whose event it is.
        event: what was reported.
        now: the time of the report, with a zone.

    Returns:
        the answer; for a repeated event the first one with ``replayed``.

    Raises:
        InvalidInput: same id with another body, a time out of bounds, or more minutes than a day has.
        NotFound: the weapon is unknown.
    """
    slayer = session.get_one(Slayer, slayer_id)
    totals = session.exec(
        select(Gamification)
        .where(Gamification.slayer_id == slayer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    fingerprint = _fingerprint(event)
    earlier = session.get(Event, (slayer_id, event.event_id))
    if earlier is not None:
        if earlier.fingerprint != fingerprint:
            raise InvalidInput("event_id", "This event id was used before for a different event.")
        return EventAnswer(**{**earlier.answer, "replayed": True})

    occurred = event.occurred_at or now
    _check_time(occurred, now)
    day = _local_day(slayer, occurred)
    awarded, reason = _apply(session, slayer, totals, event, occurred, day)
    totals.nichirin_points += awarded
    totals.rank = rank_of(totals.nichirin_points)
    session.add(totals)
    answer = EventAnswer(
        **_standing(totals, _local_day(slayer, now)).model_dump(),
        event_id=event.event_id,
        points_awarded=awarded,
        replayed=False,
    )
    session.add(
        Event(
            slayer_id=slayer_id,
            event_id=event.event_id,
            type=event.type,
            fingerprint=fingerprint,
            minutes=event.minutes if isinstance(event, TrainingEvent) else None,
            local_day=day,
            occurred_at=occurred,
            recorded_at=now,
            answer=answer.model_dump(mode="json"),
        )
    )
    if awarded:
        session.add(
            LedgerEntry(slayer_id=slayer_id, event_id=event.event_id, points=awarded, reason=reason, recorded_at=now)
        )
    session.flush()
    return answer


def _apply(
    session: Session,
    slayer: Slayer,
    totals: Gamification,
    event: BattleEvent | TrainingEvent | LoginEvent,
    occurred: datetime,
    day: date,
) -> tuple[int, str]:
    """What an event is worth and why; updates carry and streak in ``totals``."""
    if isinstance(event, BattleEvent):
        weapon = catalog.get(session, event.weapon_id)
        session.add(
            Interaction(
                slayer_id=slayer.id,
                weapon_id=weapon.id,
                event_id=event.event_id,
                success=event.success,
                level=slayer.level,
                strength=slayer.strength,
                dexterity=slayer.dexterity,
                stamina=slayer.stamina,
                breathing_style=slayer.breathing_style,
                occurred_at=occurred,
            )
        )
        return (BATTLE_WON if event.success else 0), "battle won"
    if isinstance(event, TrainingEvent):
        logged = session.exec(
            select(func.sum(col(Event.minutes))).where(
                Event.slayer_id == slayer.id, Event.type == "training", Event.local_day == day
            )
        ).one()
        trained = int(logged or 0)
        if trained + event.minutes > _DAY_MINUTES:
            raise InvalidInput(
                "minutes", f"{trained} minutes are logged for that day already; a day has {_DAY_MINUTES}."
            )
        points, totals.training_carry = divmod(totals.training_carry + event.minutes, MINUTES_PER_POINT)
        return points, "training"
    return _login(session, slayer.id, totals, day), "daily login"


def _login(session: Session, slayer_id: uuid.UUID, totals: Gamification, day: date) -> int:
    """Award the login of a local day once; the streak is counted from the days on record, as late reports fill gaps."""
    days = set(
        session.exec(
            select(col(Event.local_day)).where(Event.slayer_id == slayer_id, Event.type == "login").distinct()
        ).all()
    )
    if day in days:
        return 0
    days.add(day)
    latest = max(days)
    totals.last_login_day = latest
    totals.streak = next(n for n in range(1, len(days) + 2) if latest - timedelta(days=n) not in days)
    return LOGIN


def _check_time(occurred: datetime, now: datetime) -> None:
    if occurred > now + _CLOCK_SKEW:
        raise InvalidInput("occurred_at", "The event lies in the future.")
    if occurred < now - _LATEST:
        raise InvalidInput("occurred_at", "Events can be reported up to 48 hours late.")


def _local_day(slayer: Slayer, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(slayer.timezone)).date()


def _fingerprint(event: _Reported) -> str:
    """A digest of what was reported; the same moment told in another zone is the same report."""
    body: dict[str, Any] = event.model_dump(mode="json", exclude_none=True)
    if event.occurred_at is not None:
        body["occurred_at"] = event.occurred_at.timestamp()
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
