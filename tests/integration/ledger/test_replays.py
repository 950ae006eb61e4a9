"""The same event again, one after the other and all at once; and lines that break."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlmodel import Session, func, select

from hashiramart import audit, ledger
from hashiramart.db import Database
from hashiramart.errors import HashiraError, InvalidInput
from hashiramart.events import AnyEvent, EventAnswer
from hashiramart.ledger import Outcome, Refusal
from hashiramart.models import Event, Gamification, Interaction, LedgerEntry, Slayer, Weapon
from tests.integration.ledger.reports import (
    NOW,
    TOKYO,
    Report,
    battle,
    count,
    drop_all_lines,
    entries,
    login,
    move,
    recruit,
    training,
)


def test_a_replayed_event_awards_nothing_more_and_is_answered_as_the_first_time(
    report: Report, session: Session, lent: Weapon
) -> None:
    events = [battle(lent, event_id="a"), training(15, "b"), login("c")]
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


def test_two_slayers_may_use_the_same_id(report: Report, database: Database) -> None:
    other = recruit(database, "sabito")
    assert report(training(30, "a")).nichirin_points == 3
    answer = ledger.report(database, other.id, training(50, "a"), now=NOW)
    assert (answer.nichirin_points, answer.replayed) == (5, False)


def test_an_event_twice_in_one_batch_counts_once(database: Database, reporter: Slayer) -> None:
    event = training(30, "a")
    first, second = ledger.report_all(database, reporter.id, [event, event], now=NOW)
    assert isinstance(first, EventAnswer)
    assert second == first.model_copy(update={"replayed": True})


def test_a_batch_that_holds_all_or_none_leaves_nothing_when_one_is_refused(
    database: Database, reporter: Slayer, session: Session
) -> None:
    events: list[AnyEvent] = [training(30), battle(uuid.uuid4()), login()]
    outcomes = ledger.report_all(database, reporter.id, events, now=NOW, all_or_none=True)
    assert [isinstance(outcome, Refusal) for outcome in outcomes] == [False, True, False]
    assert (count(session, Event), session.exec(select(Gamification.nichirin_points)).one()) == (0, 0)


def test_a_slayer_who_has_left_can_report_nothing(database: Database) -> None:
    with pytest.raises(HashiraError, match="no longer with us"):
        ledger.report(database, uuid.uuid4(), login(), now=NOW)


# --- all at once ---


def at_once(database: Database, slayer: Slayer, events: Sequence[AnyEvent]) -> list[Outcome]:
    """Report every event from a thread of its own, all at the same moment."""
    together = threading.Barrier(len(events))

    def one(event: AnyEvent) -> Outcome:
        together.wait(10)
        return ledger.report_all(database, slayer.id, [event], now=NOW)[0]

    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(one, events))


def awarded(outcomes: Sequence[Outcome]) -> list[int]:
    return [outcome.points_awarded for outcome in outcomes if not isinstance(outcome, Refusal)]


def test_one_event_reported_by_eight_at_once_awards_once(
    database: Database, reporter: Slayer, session: Session
) -> None:
    outcomes = at_once(database, reporter, [training(30, "same")] * 8)
    answers = [outcome for outcome in outcomes if not isinstance(outcome, Refusal)]
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
    assert {answer.nichirin_points for answer in answers} == {3}
    assert entries(session) == [(3, "training")]


def test_different_events_reported_at_once_all_count(database: Database, reporter: Slayer, session: Session) -> None:
    at_once(database, reporter, [training(15) for _ in range(8)])
    assert session.exec(select(Gamification.nichirin_points)).one() == 12
    assert session.exec(select(func.sum(LedgerEntry.points))).one() == 12


def test_logins_reported_at_once_award_the_day_once(database: Database, reporter: Slayer) -> None:
    assert sum(awarded(at_once(database, reporter, [login() for _ in range(8)]))) == 5


def test_minutes_reported_at_once_stay_within_the_day(database: Database, reporter: Slayer, session: Session) -> None:
    outcomes = at_once(database, reporter, [training(400) for _ in range(4)])
    assert len(awarded(outcomes)) == 3
    assert session.exec(select(Gamification.nichirin_points)).one() == 120


def test_battles_reported_at_once_stay_within_the_hours_twenty(
    database: Database, reporter: Slayer, lent: Weapon
) -> None:
    assert len(awarded(at_once(database, reporter, [battle(lent) for _ in range(24)]))) == 20


def test_reports_moves_and_mending_at_once_leave_sound_books(database: Database, reporter: Slayer) -> None:
    zones = ("Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Niue", "UTC")
    together = threading.Barrier(12)

    def one(number: int) -> None:
        together.wait(10)
        if number % 3 == 0:
            move(database, reporter, ZoneInfo(zones[number // 3]), now=NOW + timedelta(seconds=number))
        elif number % 3 == 1:
            ledger.report_all(database, reporter.id, [login(), training(7)], now=NOW + timedelta(seconds=number))
        else:
            audit.rebuild(database)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(12)))
    assert audit.verify(database) == []


# --- lines that break ---


def test_a_report_outlives_a_server_that_dropped_its_lines(database: Database, report: Report) -> None:
    report(login())
    drop_all_lines(database)
    assert report(training(30)).points_awarded == 3


def test_a_report_whose_line_broke_after_the_commit_is_answered_as_recorded_before(
    database: Database, report: Report, reporter: Slayer, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = ledger.record, 0

    def broken_once(*args: object, **kwargs: object) -> list[Outcome]:
        nonlocal calls
        calls += 1
        outcomes = real(*args, **kwargs)  # type: ignore[arg-type]
        if calls == 1:
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return outcomes

    monkeypatch.setattr(ledger, "record", broken_once)
    answer = report(training(30))
    assert (calls, answer.replayed, answer.points_awarded) == (2, True, 3)
    assert entries(session) == [(3, "training")]
