"""What an event is worth: the shop's rules, without a database.

A battle won +10 · training +1 per full 10 minutes, the remainder carried · a login +5 once per local day, with a streak ·
Apprentice 0-99, Slayer 100-499, Hashira 500 and up. Points come from here only: a reporter, a person or a language model,
can say what happened, never what it is worth.

``rule(book, event)`` judges one event against what is on record and enters it in the book, so that the events of a batch
are judged one after the other. ``hashiramart/ledger.py`` opens the book and writes down what came of it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hashiramart.days import ZoneHistory
from hashiramart.errors import InvalidInput, NotFound
from hashiramart.events import AnyEvent, BattleEvent, LoginEvent, Standing, TrainingEvent
from hashiramart.feats import Feat, newly_reached
from hashiramart.totals import Totals

BATTLE_WON = 10
MINUTES_PER_POINT = 10
LOGIN = 5
RANKS: tuple[tuple[str, int], ...] = (("Apprentice", 0), ("Slayer", 100), ("Hashira", 500))

LATEST = timedelta(hours=48)
CLOCK_SKEW = timedelta(minutes=5)

BATTLE_WINDOW = timedelta(minutes=60)
BATTLES_PER_WINDOW = 20
BATTLES_PER_DAY = 50

_REACH_BACK = timedelta(hours=24)  # how far back free time is looked for


@dataclass(frozen=True)
class Session:
    """A training on record, from ``start`` up to (not including) ``end``."""

    start: datetime
    end: datetime


@dataclass
class Book:
    """What the rules look at, of one slayer.

    Attributes:
        totals: points and counts; ``rule`` updates them.
        zones: where the slayer lived when.
        earned: keys of the feats done already.
        in_hand: types of the weapons that the slayer owns or has on loan, by id; only those that the events name.
        known: ids of the weapons that the shop knows; only those that the events name.
        login_days: local dates with a login.
        sessions: trainings within two days of the events.
        battles: (moment, local date) of the battles near the events.
    """

    totals: Totals
    zones: ZoneHistory
    earned: set[str] = field(default_factory=set)
    in_hand: dict[uuid.UUID, str] = field(default_factory=dict)
    known: set[uuid.UUID] = field(default_factory=set)
    login_days: set[date] = field(default_factory=set)
    sessions: list[Session] = field(default_factory=list)
    battles: list[tuple[datetime, date]] = field(default_factory=list)


@dataclass(frozen=True)
class Ruling:
    """What an event is worth, and what it changed."""

    occurred_at: datetime
    local_day: date
    points: int
    reason: str
    rank_before: str
    feats: tuple[Feat, ...]


def rank_of(points: int) -> str:
    """The rank for a number of points."""
    return [name for name, floor in RANKS if points >= floor][-1] if points >= 0 else RANKS[0][0]


def standing_of(totals: Totals, zones: ZoneHistory, now: datetime) -> Standing:
    """Points, rank and streak as of now. A streak whose last day is before yesterday has ended."""
    points = totals.nichirin_points
    ahead = next(((name, floor) for name, floor in RANKS if floor > points), None)
    last, today = totals.last_login_day, zones.day_of(now)
    return Standing(
        nichirin_points=points,
        rank=totals.rank,
        next_rank=ahead[0] if ahead else None,
        points_to_next=ahead[1] - points if ahead else None,
        streak=totals.streak if last is not None and (last >= today or zones.joins(last, today)) else 0,
    )


def rule(book: Book, event: AnyEvent, *, now: datetime) -> Ruling:
    """Judge an event and enter it in the book.

    Args:
        book: what is on record; changed only when the event is accepted.
        event: what was reported.
        now: the time of the report, with a zone.

    Raises:
        InvalidInput: it cannot have happened so; names the field.
        NotFound: the weapon is unknown.
    """
    occurred = event.occurred_at or now
    if occurred > now + CLOCK_SKEW:
        raise InvalidInput("occurred_at", "The event lies in the future.")
    if occurred < now - LATEST:
        raise InvalidInput("occurred_at", "Events can be reported up to 48 hours late.")
    match event:
        case BattleEvent():
            points, reason = _battle(book, event, occurred)
        case TrainingEvent():
            occurred, points, reason = _training(book, event, now)
        case LoginEvent():
            points, reason = _login(book, occurred)
    totals = book.totals
    rank_before = totals.rank
    totals.nichirin_points += points
    totals.rank = rank_of(totals.nichirin_points)
    feats = newly_reached(totals, book.earned)
    book.earned |= {feat.key for feat in feats}
    return Ruling(occurred, book.zones.day_of(occurred), points, reason, rank_before, tuple(feats))


def _battle(book: Book, event: BattleEvent, occurred: datetime) -> tuple[int, str]:
    if event.weapon_id not in book.known:
        raise NotFound("weapon_id", "The shop knows no weapon with this id.")
    if event.weapon_id not in book.in_hand:
        raise InvalidInput("weapon_id", "You neither own this weapon nor have it on loan, so no battle counts with it.")
    day = book.zones.day_of(occurred)
    if sum(fought_on == day for _, fought_on in book.battles) >= BATTLES_PER_DAY:
        raise InvalidInput("occurred_at", f"{BATTLES_PER_DAY} battles are logged for that day; no more count.")
    if _most_within(BATTLE_WINDOW, [moment for moment, _ in book.battles], occurred) > BATTLES_PER_WINDOW:
        raise InvalidInput("occurred_at", f"{BATTLES_PER_WINDOW} battles are logged within an hour; no more count.")
    book.battles.append((occurred, day))
    book.totals.weapon_types = sorted({*book.totals.weapon_types, book.in_hand[event.weapon_id]})
    if not event.success:
        return 0, "battle lost"
    book.totals.battles_won += 1
    return BATTLE_WON, "battle won"


def _most_within(window: timedelta, moments: list[datetime], added: datetime) -> int:
    """The most moments in any window that holds the added one, counting it."""
    near = sorted(m for m in moments if abs(m - added) < window)
    starts = [m for m in near if m <= added] + [added]
    return max(1 + sum(start <= m < start + window for m in near) for start in starts)


def _training(book: Book, event: TrainingEvent, now: datetime) -> tuple[datetime, int, str]:
    took = timedelta(minutes=event.minutes)
    if event.occurred_at is None:
        session = _latest_free(book.sessions, took, now)
    else:
        session = Session(event.occurred_at - took, event.occurred_at)
        clash = next((s for s in book.sessions if s.start < session.end and session.start < s.end), None)
        if clash is not None:
            zone = book.zones.zone_at(clash.end)
            start, end = (f"{moment.astimezone(zone):%H:%M}" for moment in (clash.start, clash.end))
            raise InvalidInput(
                "occurred_at",
                f"These {event.minutes} minutes overlap a training that is logged already, {start} to {end} of "
                f"{clash.end.astimezone(zone):%d %B}.",
            )
    book.sessions.append(session)
    before = book.totals.minutes_trained
    book.totals.minutes_trained = before + event.minutes
    points = book.totals.minutes_trained // MINUTES_PER_POINT - before // MINUTES_PER_POINT
    return session.end, points, "training"


def _latest_free(sessions: list[Session], took: timedelta, now: datetime) -> Session:
    """The latest time without training, of a given length, that ends by now."""
    end, earliest = now, now - _REACH_BACK
    for taken in sorted(sessions, key=lambda s: s.end, reverse=True):
        if taken.end <= end - took:
            break
        end = min(end, taken.start)
    if end - took < earliest:
        free = _free_minutes(sessions, earliest, now)
        raise InvalidInput(
            "minutes",
            f"The last 24 hours have {free} minutes without logged training, and no {int(took.total_seconds() // 60)} in a row.",
        )
    return Session(end - took, end)


def _free_minutes(sessions: list[Session], start: datetime, end: datetime) -> int:
    taken = sum((max(min(s.end, end) - max(s.start, start), timedelta()) for s in sessions), timedelta())
    return int((end - start - taken).total_seconds() // 60)


def _login(book: Book, occurred: datetime) -> tuple[int, str]:
    day = book.zones.day_of(occurred)
    if day in book.login_days:
        return 0, "login of this day is marked already"
    book.login_days.add(day)
    count_logins(book)
    return LOGIN, "daily login"


def count_logins(book: Book) -> None:
    """Set streak and last day from the days on record: late reports fill gaps, and a move may bridge one."""
    totals, days = book.totals, book.login_days
    totals.last_login_day = max(days, default=None)
    totals.streak = book.zones.streak(days)
    totals.best_streak = book.zones.longest_streak(days)
