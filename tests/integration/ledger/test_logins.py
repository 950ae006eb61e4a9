"""The daily login and its streak, on the slayer's own days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from hashiramart import ledger
from hashiramart.models import Event, Gamification, Slayer
from tests.integration.ledger.reports import NEW_YORK, NOW, TOKYO, Report, entries, live_in, login


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
