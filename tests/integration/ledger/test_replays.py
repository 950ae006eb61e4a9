"""The same event again, one after the other and all at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, func, select

from hashiramart import ledger
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.errors import InvalidInput
from hashiramart.ledger import EventAnswer, LoginEvent, TrainingEvent
from hashiramart.models import Gamification, Interaction, LedgerEntry, Slayer, Weapon
from tests.integration.ledger.reports import NOW, TOKYO, Report, battle, count, entries, login, training


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
    profile = Registration(handle="sabito", password="12345678", name="Sabito", breathing_style="Water")
    other = register(session, profile)
    assert report(training(30, "a")).nichirin_points == 3
    answer = ledger.record(session, other.id, training(50, "a"), now=NOW)
    assert (answer.nichirin_points, answer.replayed) == (5, False)


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
