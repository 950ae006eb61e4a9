"""The ledger's rules, one by one, on a real database."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, func, select

from hashiramart import ledger
from hashiramart.db import Database
from hashiramart.errors import InvalidInput, NotFound
from hashiramart.ledger import BattleEvent, EventAnswer, LoginEvent, TrainingEvent
from hashiramart.models import Event, Gamification, Interaction, LedgerEntry, Slayer, Weapon

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")  # clocks go forward on 2026-03-08 and back on 2026-11-01
TOKYO = ZoneInfo("Asia/Tokyo")

Report = Callable[..., EventAnswer]


@pytest.fixture
def report(session: Session, slayer: Slayer) -> Report:
    """Record an event of the slayer with an id of its own, at ``now``."""

    def record(event: BattleEvent | TrainingEvent | LoginEvent, *, now: datetime = NOW) -> EventAnswer:
        return ledger.record(session, slayer.id, event, now=now)

    return record


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


# Battles


def test_a_battle_won_brings_ten_points(report: Report, session: Session, stocked: list[Weapon]) -> None:
    answer = report(battle(stocked[0], won=True, event_id="fight-1"))
    assert answer == EventAnswer(
        event_id="fight-1",
        points_awarded=10,
        nichirin_points=10,
        rank="Apprentice",
        next_rank="Slayer",
        points_to_next=90,
        streak=0,
        replayed=False,
    )
    assert entries(session) == [(10, "battle won")]


def test_a_battle_lost_brings_none_and_is_still_remembered(
    report: Report, session: Session, stocked: list[Weapon]
) -> None:
    assert report(battle(stocked[0], won=False)).nichirin_points == 0
    assert entries(session) == []
    assert count(session, Event) == 1


def test_a_battle_is_training_data_with_the_slayer_as_they_were_then(
    report: Report, session: Session, slayer: Slayer, stocked: list[Weapon]
) -> None:
    fought = NOW - timedelta(hours=3)
    report(battle(stocked[1], won=False, event_id="fight-1", at=fought))
    grown = session.get_one(Slayer, slayer.id)
    grown.level = 99
    session.add(grown)
    row = session.exec(select(Interaction)).one()
    assert (row.weapon_id, row.event_id, row.success, row.occurred_at) == (stocked[1].id, "fight-1", False, fought)
    assert (row.level, row.strength, row.dexterity, row.stamina) == (20, 50, 50, 50)
    assert row.breathing_style == "Water"


def test_a_battle_with_a_weapon_nobody_knows_is_refused_and_leaves_nothing(report: Report, session: Session) -> None:
    with pytest.raises(NotFound) as caught:
        report(battle(uuid.uuid4(), event_id="fight-1"))
    assert caught.value.field == "weapon_id"
    assert (count(session, Event), count(session, LedgerEntry), count(session, Interaction)) == (0, 0, 0)


# Training


@pytest.mark.parametrize(("minutes", "points"), [(1, 0), (9, 0), (10, 1), (19, 1), (30, 3), (1440, 144)])
def test_training_brings_a_point_for_every_full_ten_minutes(minutes: int, points: int, report: Report) -> None:
    assert report(training(minutes)).points_awarded == points


def test_minutes_that_make_no_full_ten_are_carried_over_events_and_days(report: Report, session: Session) -> None:
    awarded = [report(training(7), now=NOW + timedelta(days=day)).points_awarded for day in range(10)]
    assert sum(awarded) == 7
    assert awarded == [(7 * n) // 10 - (7 * (n - 1)) // 10 for n in range(1, 11)]
    assert session.exec(select(Gamification.training_carry)).one() == 0


def test_a_day_has_1440_minutes(report: Report, session: Session) -> None:
    report(training(1000))
    with pytest.raises(InvalidInput) as caught:
        report(training(441))
    assert caught.value.field == "minutes"
    assert report(training(440)).nichirin_points == 144
    with pytest.raises(InvalidInput):
        report(training(1))
    assert count(session, Event) == 2


def test_a_refused_training_leaves_carry_and_points_as_they_were(report: Report, session: Session) -> None:
    report(training(1435))
    with pytest.raises(InvalidInput):
        report(training(6))
    assert report(training(5)).nichirin_points == 144


def test_the_limit_is_on_the_day_of_the_training_in_the_slayers_zone(
    report: Report, session: Session, slayer: Slayer
) -> None:
    live_in(session, slayer, TOKYO)
    late = datetime(2026, 3, 10, 23, 59, tzinfo=TOKYO)
    early = datetime(2026, 3, 11, 0, 0, tzinfo=TOKYO)  # the same day in UTC
    now = early + timedelta(hours=20)
    report(training(1440, at=late), now=now)
    assert report(training(1440, at=early), now=now).nichirin_points == 288
    for moment in (late, early):
        with pytest.raises(InvalidInput):
            report(training(1, at=moment), now=now)


# Logins and streaks


def test_the_first_login_of_a_day_brings_five_points_and_the_next_none(report: Report, session: Session) -> None:
    answers = [report(login(), now=NOW + timedelta(hours=hours)) for hours in (0, 1, 11)]
    assert [answer.points_awarded for answer in answers] == [5, 0, 0]
    assert [answer.streak for answer in answers] == [1, 1, 1]
    assert entries(session) == [(5, "daily login")]


def test_the_day_of_a_login_is_the_slayers_own(report: Report, session: Session, slayer: Slayer) -> None:
    live_in(session, slayer, TOKYO)
    before = datetime(2026, 3, 10, 23, 59, 59, tzinfo=TOKYO)
    after = datetime(2026, 3, 11, 0, 0, tzinfo=TOKYO)
    assert before.astimezone(UTC).date() == after.astimezone(UTC).date()
    assert [report(login(), now=moment).points_awarded for moment in (before, after)] == [5, 5]
    assert report(login(), now=after + timedelta(hours=23)).points_awarded == 0
    assert session.exec(select(Gamification)).one().last_login_day == date(2026, 3, 11)


def test_midnight_of_another_zone_starts_no_new_day(report: Report, session: Session, slayer: Slayer) -> None:
    live_in(session, slayer, NEW_YORK)
    evening = datetime(2026, 3, 10, 19, 30, tzinfo=NEW_YORK)
    later = datetime(2026, 3, 10, 20, 30, tzinfo=NEW_YORK)
    assert evening.astimezone(UTC).date() != later.astimezone(UTC).date()
    assert [report(login(), now=moment).points_awarded for moment in (evening, later)] == [5, 0]


@pytest.mark.parametrize(
    ("logins", "awarded"),
    [
        # The day has 23 hours: its end comes 23 hours after its start.
        (["03-07 23:30", "03-08 00:30", "03-08 23:30", "03-09 00:00"], [5, 5, 0, 5]),
        # The day has 25 hours.
        (["10-31 23:30", "11-01 00:10", "11-01 23:50", "11-02 00:00"], [5, 5, 0, 5]),
    ],
)
def test_a_day_on_which_clocks_change_is_one_day(
    logins: list[str], awarded: list[int], report: Report, session: Session, slayer: Slayer
) -> None:
    live_in(session, slayer, NEW_YORK)
    moments = [datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=NEW_YORK) for moment in logins]
    answers = [report(login(), now=moment.astimezone(UTC)) for moment in moments]
    assert [answer.points_awarded for answer in answers] == awarded
    assert answers[-1].streak == 3


def test_the_hour_that_comes_twice_is_of_one_day(report: Report, session: Session, slayer: Slayer) -> None:
    live_in(session, slayer, NEW_YORK)
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=0).astimezone(UTC)
    second = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1).astimezone(UTC)
    assert second - first == timedelta(hours=1)
    assert [report(login(), now=moment).points_awarded for moment in (first, second)] == [5, 0]


def test_days_in_a_row_make_a_streak_and_a_day_missed_ends_it(report: Report) -> None:
    streaks = [report(login(), now=NOW + timedelta(days=day)).streak for day in (0, 1, 2, 4, 5)]
    assert streaks == [1, 2, 3, 1, 2]


def test_a_streak_is_alive_through_the_day_after_and_then_shown_as_zero(
    report: Report, session: Session, slayer: Slayer
) -> None:
    for day in (0, 1):
        report(login(), now=NOW + timedelta(days=day))
    shown = [ledger.standing(session, slayer.id, now=NOW + timedelta(days=day)).streak for day in (1, 2, 3)]
    assert shown == [2, 2, 0]


def test_a_login_reported_late_fills_the_gap(report: Report) -> None:
    for day in (0, 2):
        report(login(), now=NOW + timedelta(days=day))
    answer = report(login(at=NOW + timedelta(days=1)), now=NOW + timedelta(days=2, hours=1))
    assert (answer.points_awarded, answer.streak) == (5, 3)


def test_a_late_report_does_not_move_the_last_day_back(report: Report, session: Session) -> None:
    report(login())
    answer = report(login(at=NOW - timedelta(hours=47)))
    assert (answer.points_awarded, answer.streak) == (5, 1)
    assert session.exec(select(Gamification)).one().last_login_day == NOW.date()


def test_a_streak_that_ended_before_today_is_none_even_when_reported_today(report: Report) -> None:
    assert report(login(at=NOW - timedelta(hours=47))).streak == 0


def test_a_streak_of_many_years_is_counted_in_full(report: Report, session: Session, slayer: Slayer) -> None:
    days = 4 * 366
    session.add_all(
        Event(
            slayer_id=slayer.id,
            event_id=f"day-{ago}",
            type="login",
            fingerprint="",
            local_day=(NOW - timedelta(days=ago)).date(),
            occurred_at=NOW - timedelta(days=ago),
            answer={},
        )
        for ago in range(1, days)
    )
    session.flush()
    assert report(login()).streak == days


# Ranks


def test_points_of_all_kinds_add_up_to_a_rank(report: Report, stocked: list[Weapon], session: Session) -> None:
    answers = [report(training(850)), report(login()), report(battle(stocked[0]))]
    assert [(answer.nichirin_points, answer.rank, answer.points_to_next) for answer in answers] == [
        (85, "Apprentice", 15),
        (90, "Apprentice", 10),
        (100, "Slayer", 400),
    ]
    for _ in range(40):
        last = report(battle(stocked[0]))
    assert (last.nichirin_points, last.rank, last.next_rank, last.points_to_next) == (500, "Hashira", None, None)
    assert session.exec(select(func.sum(LedgerEntry.points))).one() == 500


# The same event again


def test_a_replayed_event_awards_nothing_more_and_is_answered_as_the_first_time(
    report: Report, session: Session, stocked: list[Weapon]
) -> None:
    events = [battle(stocked[0], event_id="a"), training(15, "b"), login("c")]
    first = [report(event) for event in events]
    report(training(1000))
    again = [report(event, now=NOW + timedelta(days=9)) for event in events]
    assert again == [answer.model_copy(update={"replayed": True}) for answer in first]
    assert count(session, Interaction) == 1
    assert session.exec(select(Gamification.nichirin_points)).one() == 10 + 1 + 5 + 100


def test_the_same_moment_told_in_another_zone_is_the_same_event(report: Report) -> None:
    there = NOW.astimezone(TOKYO)
    report(training(30, "a", NOW))
    assert report(training(30, "a", there)).replayed


@pytest.mark.parametrize("other", ["minutes", "moment", "kind"])
def test_the_same_id_for_another_event_is_refused(other: str, report: Report, session: Session) -> None:
    report(training(30, "a"))
    clash = {"minutes": training(31, "a"), "moment": training(30, "a", NOW), "kind": login("a")}[other]
    with pytest.raises(InvalidInput) as caught:
        report(clash)
    assert caught.value.field == "event_id"
    assert entries(session) == [(3, "training")]


def test_two_slayers_may_use_the_same_id(report: Report, session: Session, stocked: list[Weapon]) -> None:
    from hashiramart.accounts import Registration, register

    profile = Registration(handle="sabito", password="12345678", name="Sabito", breathing_style="Water")
    other = register(session, profile)
    assert report(training(30, "a")).nichirin_points == 3
    answer = ledger.record(session, other.id, training(50, "a"), now=NOW)
    assert (answer.nichirin_points, answer.replayed) == (5, False)


# Times


@pytest.mark.parametrize("off", [timedelta(hours=-48), timedelta(), timedelta(minutes=5)])
def test_an_event_may_be_up_to_two_days_late_and_a_clock_a_little_fast(off: timedelta, report: Report) -> None:
    assert report(training(10, at=NOW + off)).points_awarded == 1


@pytest.mark.parametrize(
    "moment",
    [
        NOW - timedelta(hours=48, seconds=1),
        NOW + timedelta(minutes=5, seconds=1),
        datetime.min.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=TOKYO),
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=NEW_YORK),
    ],
    ids=str,
)
def test_an_event_out_of_time_is_refused(moment: datetime, report: Report, session: Session) -> None:
    with pytest.raises(InvalidInput) as caught:
        report(training(10, at=moment))
    assert caught.value.field == "occurred_at"
    assert count(session, Event) == 0


# Many at once


def at_once(database: Database, slayer: Slayer, events: list[TrainingEvent | LoginEvent]) -> list[EventAnswer]:
    """Report every event from a thread of its own, all at the same moment."""
    together = threading.Barrier(len(events))

    def one(event: TrainingEvent | LoginEvent) -> EventAnswer:
        with database.session() as session:
            together.wait(10)
            return ledger.record(session, slayer.id, event, now=NOW)

    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(one, events))


def test_one_event_reported_by_eight_at_once_awards_once(database: Database, slayer: Slayer) -> None:
    answers = at_once(database, slayer, [training(30, "same")] * 8)
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
    assert {answer.nichirin_points for answer in answers} == {3}
    with database.session() as session:
        assert entries(session) == [(3, "training")]


def test_different_events_reported_at_once_all_count(database: Database, slayer: Slayer) -> None:
    at_once(database, slayer, [training(15) for _ in range(8)])
    with database.session() as session:
        assert ledger.standing(session, slayer.id, now=NOW).nichirin_points == 12
        assert session.exec(select(func.sum(LedgerEntry.points))).one() == 12


def test_logins_reported_at_once_award_the_day_once(database: Database, slayer: Slayer) -> None:
    answers = at_once(database, slayer, [login() for _ in range(8)])
    assert sum(answer.points_awarded for answer in answers) == 5


def test_minutes_reported_at_once_stay_within_the_day(database: Database, slayer: Slayer) -> None:
    with pytest.raises(InvalidInput):
        at_once(database, slayer, [training(400) for _ in range(4)])
    with database.session() as session:
        assert ledger.standing(session, slayer.id, now=NOW).nichirin_points == 120
