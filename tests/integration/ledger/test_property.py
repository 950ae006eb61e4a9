"""Whatever is reported, in whatever order and however often: points are the ledger's sum, and what the rules say."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from hashiramart import accounts, ledger
from hashiramart.accounts import Registration
from hashiramart.db import Database
from hashiramart.errors import InvalidInput
from hashiramart.ledger import BattleEvent, LoginEvent, TrainingEvent
from hashiramart.models import Gamification, LedgerEntry, Weapon

START = datetime(2026, 3, 7, 12, tzinfo=UTC)  # the day before New York's clocks go forward
ZONES = ("UTC", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "Asia/Kathmandu", "Etc/GMT+12")

Reported = BattleEvent | TrainingEvent | LoginEvent


@dataclass(frozen=True)
class Act:
    """One report: what it is, how long after the one before it comes, and how long ago it happened."""

    kind: str
    minutes: int
    won: bool
    pause: timedelta
    late: timedelta | None
    replay_of: int | None


ACTS = st.lists(
    st.builds(
        Act,
        kind=st.sampled_from(["battle", "training", "login", "login"]),
        minutes=st.one_of(st.integers(1, 60), st.integers(1, 1440)),
        won=st.booleans(),
        pause=st.timedeltas(timedelta(), timedelta(hours=40)),
        late=st.none() | st.timedeltas(timedelta(), timedelta(hours=48)),
        replay_of=st.none() | st.integers(0, 20),
    ),
    max_size=14,
)


class Model:
    """The rules again, from their wording: nothing is kept but what was accepted."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.won = 0
        self.minutes: dict[date, int] = {}
        self.logins: set[date] = set()

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def accept(self, event: Reported, moment: datetime) -> bool:
        day = self.day(moment)
        if isinstance(event, TrainingEvent):
            if self.minutes.get(day, 0) + event.minutes > 1440:
                return False
            self.minutes[day] = self.minutes.get(day, 0) + event.minutes
        elif isinstance(event, LoginEvent):
            self.logins.add(day)
        else:
            self.won += event.success
        return True

    @property
    def points(self) -> int:
        return 10 * self.won + sum(self.minutes.values()) // 10 + 5 * len(self.logins)

    @property
    def rank(self) -> str:
        return "Hashira" if self.points >= 500 else "Slayer" if self.points >= 100 else "Apprentice"

    def streak(self, today: date) -> int:
        last = max(self.logins, default=None)
        if last is None or last < today - timedelta(days=1):
            return 0
        run = 0
        while last - timedelta(days=run) in self.logins:
            run += 1
        return run


def event_of(act: Act, key: str, weapon: Weapon, now: datetime) -> Reported:
    at = None if act.late is None else now - act.late
    if act.kind == "battle":
        return BattleEvent(type="battle", event_id=key, weapon_id=weapon.id, success=act.won, occurred_at=at)
    if act.kind == "training":
        return TrainingEvent(type="training", event_id=key, minutes=act.minutes, occurred_at=at)
    return LoginEvent(type="login", event_id=key, occurred_at=at)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS, zone=st.sampled_from(ZONES))
def test_points_are_the_sum_of_the_ledger_and_what_the_rules_say(
    acts: list[Act], zone: str, database: Database, stocked: list[Weapon]
) -> None:
    handle = uuid.uuid4().hex
    profile = Registration(handle=handle, password=handle, name="Any", breathing_style="Water", timezone=zone)
    with database.session() as session:
        slayer = accounts.register(session, profile)

    model, now = Model(ZoneInfo(zone)), START
    accepted: list[tuple[Reported, ledger.EventAnswer]] = []
    for number, act in enumerate(acts):
        now += act.pause
        if act.replay_of is not None and accepted:
            event, first = accepted[act.replay_of % len(accepted)]
            with database.session() as session:
                again = ledger.record(session, slayer.id, event, now=now)
            assert again == first.model_copy(update={"replayed": True})
            continue
        event = event_of(act, f"event-{number}", stocked[0], now)
        before = model.points
        try:
            with database.session() as session:
                answer = ledger.record(session, slayer.id, event, now=now)
        except InvalidInput:
            assert not model.accept(event, event.occurred_at or now)
            continue
        assert model.accept(event, event.occurred_at or now)
        assert answer.points_awarded == model.points - before
        assert (answer.nichirin_points, answer.rank) == (model.points, model.rank)
        assert answer.streak == model.streak(model.day(now))
        accepted.append((event, answer))

    with database.session() as session:
        shown = ledger.standing(session, slayer.id, now=now)
        totals = session.get_one(Gamification, slayer.id)
        awarded = session.exec(
            select(func.coalesce(func.sum(col(LedgerEntry.points)), 0)).where(LedgerEntry.slayer_id == slayer.id)
        ).one()
    assert shown.nichirin_points == awarded == model.points
    assert (shown.rank, shown.streak) == (model.rank, model.streak(model.day(now)))
    assert totals.training_carry == sum(model.minutes.values()) % 10
