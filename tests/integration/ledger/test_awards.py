"""What battles and training are worth, the ranks and feats they lead to, and when an event may have happened."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, func, select

from hashiramart import ledger
from hashiramart.db import Database
from hashiramart.errors import InvalidInput, NotFound
from hashiramart.events import AnyEvent, EventAnswer
from hashiramart.models import Achievement, Event, Gamification, Interaction, LedgerEntry, Slayer, Weapon
from tests.integration.ledger.reports import (
    NEW_YORK,
    NOW,
    TOKYO,
    Report,
    battle,
    count,
    entries,
    hand_over,
    login,
    recruit,
    training,
)


def test_a_battle_won_brings_ten_points(report: Report, session: Session, lent: Weapon) -> None:
    answer = report(battle(lent, won=True, event_id="fight-1"))
    assert answer.model_dump(exclude={"achievements"}) == {
        "event_id": "fight-1",
        "points_awarded": 10,
        "reason": "battle won",
        "nichirin_points": 10,
        "rank": "Apprentice",
        "next_rank": "Slayer",
        "points_to_next": 90,
        "rank_up": None,
        "streak": 0,
        "replayed": False,
    }
    assert entries(session) == [(10, "battle won")]


def test_a_battle_lost_brings_none_and_is_still_remembered(report: Report, session: Session, lent: Weapon) -> None:
    assert report(battle(lent, won=False)).nichirin_points == 0
    assert entries(session) == []
    assert count(session, Event) == 1


def test_a_battle_is_training_data_with_the_slayer_as_they_were_then(
    report: Report, database: Database, session: Session, lent: Weapon
) -> None:
    fought = NOW - timedelta(hours=3)
    report(battle(lent, won=False, event_id="fight-1", at=fought))
    with database.service() as service:
        grown = service.exec(select(Slayer)).one()
        grown.level = 99
        service.add(grown)
    row = session.exec(select(Interaction)).one()
    assert (row.weapon_id, row.event_id, row.success, row.occurred_at) == (lent.id, "fight-1", False, fought)
    assert (row.level, row.strength, row.dexterity, row.stamina) == (20, 50, 50, 50)
    assert row.breathing_style == "Water"


@pytest.mark.parametrize("terms", ["own", "loan"])
def test_a_battle_with_a_weapon_in_hand_counts(
    terms: str, report: Report, database: Database, reporter: Slayer, lent: Weapon, stocked: list[Weapon]
) -> None:
    other = next(weapon for weapon in stocked if weapon.id != lent.id)
    hand_over(database, reporter, other, terms)
    assert report(battle(other)).points_awarded == 10


def test_a_battle_with_a_weapon_of_the_shelf_is_refused(
    report: Report, session: Session, lent: Weapon, stocked: list[Weapon]
) -> None:
    other = next(weapon for weapon in stocked if weapon.id != lent.id)
    with pytest.raises(InvalidInput, match="neither own this weapon nor have it on loan") as caught:
        report(battle(other))
    assert caught.value.field == "weapon_id"
    assert count(session, Event) == 0


def test_a_battle_with_a_weapon_that_another_slayer_holds_is_refused(
    report: Report, database: Database, lent: Weapon, stocked: list[Weapon]
) -> None:
    other = next(weapon for weapon in stocked if weapon.id != lent.id)
    hand_over(database, recruit(database, "sabito"), other, "own")
    with pytest.raises(InvalidInput):
        report(battle(other))


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
    assert awarded == [(7 * n) // 10 - (7 * (n - 1)) // 10 for n in range(1, 11)]
    assert session.exec(select(Gamification.minutes_trained)).one() == 70


def test_a_refused_training_leaves_minutes_and_points_as_they_were(report: Report, session: Session) -> None:
    report(training(1435))
    with pytest.raises(InvalidInput):
        report(training(6))
    assert report(training(5)).nichirin_points == 144


def test_points_of_all_kinds_add_up_to_a_rank(report: Report, lent: Weapon, session: Session) -> None:
    answers = [report(training(850)), report(login()), report(battle(lent))]
    assert [(answer.nichirin_points, answer.rank, answer.points_to_next) for answer in answers] == [
        (85, "Apprentice", 15),
        (90, "Apprentice", 10),
        (100, "Slayer", 400),
    ]
    for hour in (2, 4):
        for _ in range(20):
            last = report(battle(lent), now=NOW + timedelta(hours=hour))
    assert (last.nichirin_points, last.rank, last.next_rank, last.points_to_next) == (500, "Hashira", None, None)
    assert session.exec(select(func.sum(LedgerEntry.points))).one() == 500


def test_a_rank_is_announced_by_the_event_that_brings_it_and_by_no_other(report: Report, lent: Weapon) -> None:
    answers = [report(training(900)), report(battle(lent)), report(battle(lent))]
    assert [answer.rank_up for answer in answers] == [None, "Slayer", None]


def test_a_feat_is_earned_once_with_the_event_that_reaches_it(report: Report, session: Session, lent: Weapon) -> None:
    answers = [report(battle(lent, event_id=f"fight-{n}")) for n in range(3)]
    assert [[feat.feat for feat in answer.achievements] for answer in answers] == [["first_blood"], [], []]
    row = session.exec(select(Achievement)).one()
    assert (row.feat, row.event_id, row.earned_at) == ("first_blood", "fight-0", NOW)


def test_feats_are_listed_as_done_the_latest_first_and_as_open(
    report: Report, database: Database, reporter: Slayer, lent: Weapon
) -> None:
    report(battle(lent))
    report(training(60), now=NOW + timedelta(hours=1))
    with database.session(reporter.id) as own:
        feats = ledger.feats_of(own, reporter.id)
    assert [feat.feat for feat in feats.earned] == ["first_hour", "first_blood"]
    assert len(feats.open) == 8


def test_a_page_of_the_ledger_goes_on_where_the_one_before_ended(
    report: Report, database: Database, reporter: Slayer
) -> None:
    for n in range(5):
        report(training(10 * (n + 1)))
    with database.session(reporter.id) as own:
        first = ledger.entries_of(own, reporter.id, before=None, limit=2)
        second = ledger.entries_of(own, reporter.id, before=first[-1].id, limit=9)
    assert [row.points for row in (*first, *second)] == [5, 4, 3, 2, 1]
    assert [row.balance for row in (*first, *second)] == [15, 10, 6, 3, 1]


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


def test_an_event_out_of_time_does_not_spoil_its_batch(database: Database, reporter: Slayer) -> None:
    events: list[AnyEvent] = [training(10, at=datetime.min.replace(tzinfo=UTC)), login()]
    refused, answer = ledger.report_all(database, reporter.id, events, now=NOW)
    assert isinstance(refused, ledger.Refusal)
    assert isinstance(answer, EventAnswer)
