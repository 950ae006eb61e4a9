"""The ledger again, from the wording of its rules alone, slow and plain: what the machine compares the real one with.

Nothing is kept but what was accepted: battles, trained half minutes, dates of logins, moves. Every figure is counted anew
whenever it is asked for. It shares no rule with the shop: neither ``rules`` nor ``days`` is imported here. All moments are
on whole half minutes.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hashiramart.events import AnyEvent, BattleEvent, EventAnswer, LoginEvent, TrainingEvent

HALF_MINUTE = 30  # seconds; the grain of all moments here
_DAY = timedelta(days=1)


def slot(moment: datetime) -> int:
    """The number of the half minute that begins at a moment."""
    seconds = moment.timestamp()
    assert seconds % HALF_MINUTE < 1, "the model knows whole half minutes only"
    return int(seconds // HALF_MINUTE)


@cache
def slots_of(zone: str, day: date) -> tuple[int, ...]:
    """Every half minute at which a clock of a zone shows a date."""
    noon = slot(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    around = range(noon - 40 * 120, noon + 40 * 120)
    place = ZoneInfo(zone)
    return tuple(n for n in around if datetime.fromtimestamp(n * HALF_MINUTE, place).date() == day)


@cache
def hardly_lived(moves: tuple[tuple[datetime, str], ...], day: date) -> bool:
    """Whether zone changes cut a date short: the slayer's clock showed it for less than half a day."""
    starts = [-math.inf] + [since.timestamp() for since, _ in moves[1:]]
    ends = [*starts[1:], math.inf]
    lived = sum(
        start <= n * HALF_MINUTE < end
        for start, end, (_, zone) in zip(starts, ends, moves, strict=True)
        for n in slots_of(zone, day)
    )
    return lived < 12 * 120


@dataclass(frozen=True)
class Said:
    """What an answer should say, besides its words."""

    points: int
    rank: str
    next_rank: str | None
    missing: int | None
    streak: int
    awarded: int
    rank_up: str | None
    feats: frozenset[str]

    @classmethod
    def by(cls, answer: EventAnswer) -> Said:
        """What the shop's answer says."""
        return cls(
            answer.nichirin_points,
            answer.rank,
            answer.next_rank,
            answer.points_to_next,
            answer.streak,
            answer.points_awarded,
            answer.rank_up,
            frozenset(feat.feat for feat in answer.achievements),
        )


@dataclass(frozen=True)
class No:
    """A refusal. ``fields``: which fields may be named as the reason."""

    fields: frozenset[str]


@dataclass
class Battle:
    """A battle on record."""

    moment: datetime
    day: date
    won: bool


@dataclass
class Model:
    """One slayer's books."""

    moves: list[tuple[datetime, str]]
    known: set[uuid.UUID] = field(default_factory=set)
    held: set[uuid.UUID] = field(default_factory=set)
    battles: list[Battle] = field(default_factory=list)
    trained: set[int] = field(default_factory=set)
    logins: set[date] = field(default_factory=set)
    feats: set[str] = field(default_factory=set)
    bodies: dict[str, AnyEvent] = field(default_factory=dict)

    # --- figures ---

    @property
    def minutes(self) -> int:
        return len(self.trained) // 2

    @property
    def victories(self) -> int:
        return sum(battle.won for battle in self.battles)

    @property
    def points(self) -> int:
        return 10 * self.victories + self.minutes // 10 + 5 * len(self.logins)

    @property
    def rank(self) -> str:
        return "Hashira" if self.points >= 500 else "Slayer" if self.points >= 100 else "Apprentice"

    def day(self, moment: datetime) -> date:
        name = self.moves[0][1]
        for since, zone in self.moves:
            if since <= moment:
                name = zone
        return moment.astimezone(ZoneInfo(name)).date()

    def hardly_lived(self, day: date) -> bool:
        return hardly_lived(tuple(self.moves), day)

    def streak(self, now: datetime) -> int:
        last, today = max(self.logins, default=None), self.day(now)
        if last is None:
            return 0
        missed = (last + _DAY * n for n in range(1, (today - last).days))
        return 0 if any(not self.hardly_lived(day) for day in missed) else self._run_up_to(last)

    @property
    def best_streak(self) -> int:
        return max((self._run_up_to(day) for day in self.logins), default=0)

    def _run_up_to(self, day: date) -> int:
        run = 0
        while day in self.logins or self.hardly_lived(day):
            run += day in self.logins
            day -= _DAY
        return run

    # --- what happens ---

    def move(self, zone: str, now: datetime) -> bool:
        """Change the zone; False when that was done six times within a day."""
        if zone == self.moves[-1][1]:
            return True
        if sum(since > now - _DAY for since, _ in self.moves[1:]) >= 6:
            return False
        self.moves.append((max(now, self.moves[-1][0] + timedelta(microseconds=1)), zone))
        return True

    def report(self, event: AnyEvent, now: datetime) -> Said | No | None:
        """Judge and record an event: what is said, why not, or None for one that was answered before."""
        if event.event_id in self.bodies:
            return None if self.bodies[event.event_id] == event else No(frozenset({"event_id"}))
        why = self._against(event, now)
        if why:
            return No(frozenset(why))
        rank, points = self.rank, self.points
        self.bodies[event.event_id] = event
        moment = event.occurred_at or now
        match event:
            case BattleEvent():
                self.battles.append(Battle(moment, self.day(moment), event.success))
            case TrainingEvent():
                self.trained |= self._time_for(event, now) or set()
            case LoginEvent():
                self.logins.add(self.day(moment))
        new = self._reached() - self.feats
        self.feats |= new
        missing = {"Apprentice": 100 - self.points, "Slayer": 500 - self.points, "Hashira": None}[self.rank]
        return Said(
            points=self.points,
            rank=self.rank,
            next_rank={"Apprentice": "Slayer", "Slayer": "Hashira", "Hashira": None}[self.rank],
            missing=missing,
            streak=self.streak(now),
            awarded=self.points - points,
            rank_up=self.rank if self.rank != rank else None,
            feats=frozenset(new),
        )

    def _against(self, event: AnyEvent, now: datetime) -> set[str]:
        """The fields that speak against an event."""
        fields = set()
        moment = event.occurred_at or now
        if moment > now + timedelta(minutes=5) or moment < now - timedelta(hours=48):
            fields.add("occurred_at")
        if isinstance(event, BattleEvent):
            if event.weapon_id not in self.held:
                fields.add("weapon_id")
            if sum(battle.day == self.day(moment) for battle in self.battles) >= 50 or self._too_many_with(moment):
                fields.add("occurred_at")
        if isinstance(event, TrainingEvent) and self._time_for(event, now) is None:
            fields.add("minutes" if event.occurred_at is None else "occurred_at")
        return fields

    def _too_many_with(self, moment: datetime) -> bool:
        moments = [*(battle.moment for battle in self.battles), moment]
        hour = timedelta(minutes=60)
        return any(sum(start <= each < start + hour for each in moments) > 20 for start in moments)

    def _time_for(self, event: TrainingEvent, now: datetime) -> set[int] | None:
        """The half minutes that a training takes; None when they are taken already."""
        length = event.minutes * 2
        if event.occurred_at is not None:
            end = slot(event.occurred_at)
            wanted = set(range(end - length, end))
            return None if wanted & self.trained else wanted
        free = 0
        for n in range(slot(now) - 1, slot(now) - 24 * 120 - 1, -1):
            free = 0 if n in self.trained else free + 1
            if free == length:
                return set(range(n, n + length))
        return None

    def _reached(self) -> set[str]:
        return {
            feat
            for feat, done in {
                "first_blood": self.victories >= 1,
                "ten_victories": self.victories >= 10,
                "hundred_victories": self.victories >= 100,
                "first_hour": self.minutes >= 60,
                "thousand_minutes": self.minutes >= 1000,
                "ten_day_streak": self.best_streak >= 10,
                "hundred_day_streak": self.best_streak >= 100,
                "rank_slayer": self.points >= 100,
                "rank_hashira": self.points >= 500,
            }.items()
            if done
        }
