"""What battles and training are worth, the ranks they lead to, and when an event may have happened."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, func, select

from hashiramart.errors import InvalidInput, NotFound
from hashiramart.ledger import EventAnswer
from hashiramart.models import Event, Gamification, Interaction, LedgerEntry, Slayer, Weapon
from tests.integration.ledger.reports import (
    NEW_YORK,
    NOW,
    TOKYO,
    Report,
    battle,
    count,
    entries,
    live_in,
    login,
    training,
)


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
