"""The daily login as it is kept: days, streaks and moves. ``tests/unit/hashiramart/test_days.py`` has the days themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from hashiramart import ledger
from hashiramart.db import Database
from hashiramart.models import Event, Gamification, Slayer
from tests.integration.ledger.reports import NEW_YORK, NOW, TOKYO, Report, at, born, entries, login, move, training

HONOLULU, AUCKLAND = ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Auckland")


def shown(database: Database, slayer: Slayer, now: datetime) -> int:
    """The streak that the slayer sees."""
    with database.session(slayer.id) as session:
        return ledger.standing(session, slayer.id, now=now).streak


def test_the_first_login_of_a_day_brings_five_points_and_the_next_none(report: Report, session: Session) -> None:
    answers = [report(login(), now=NOW + timedelta(hours=hours)) for hours in (0, 1, 11)]
    assert [answer.points_awarded for answer in answers] == [5, 0, 0]
    assert [answer.streak for answer in answers] == [1, 1, 1]
    assert entries(session) == [(5, "daily login")]


def test_the_day_of_a_login_is_the_slayers_own(
    report: Report, session: Session, database: Database, reporter: Slayer
) -> None:
    born(database, reporter, TOKYO)
    before, after = at("2026-03-10 23:59:59", TOKYO), at("2026-03-11 00:00", TOKYO)
    assert before.date() == after.date()
    assert [report(login(), now=moment).points_awarded for moment in (before, after)] == [5, 5]
    assert report(login(), now=after + timedelta(hours=23)).points_awarded == 0
    assert session.exec(select(Gamification)).one().last_login_day == date(2026, 3, 11)


def test_days_in_a_row_make_a_streak_and_a_day_missed_ends_it(report: Report, session: Session) -> None:
    streaks = [report(login(), now=NOW + timedelta(days=day)).streak for day in (0, 1, 2, 4, 5)]
    assert streaks == [1, 2, 3, 1, 2]
    assert session.exec(select(Gamification.best_streak)).one() == 3


def test_a_streak_is_alive_through_the_day_after_and_then_shown_as_zero(
    report: Report, database: Database, reporter: Slayer
) -> None:
    for day in (0, 1):
        report(login(), now=NOW + timedelta(days=day))
    assert [shown(database, reporter, NOW + timedelta(days=day)) for day in (1, 2, 3)] == [2, 2, 0]


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


def test_a_move_keeps_the_days_on_record_and_bridges_the_date_it_cut_short(
    report: Report, database: Database, session: Session, reporter: Slayer
) -> None:
    born(database, reporter, HONOLULU)
    report(login(), now=at("2026-06-09 20:00", HONOLULU))
    move(database, reporter, AUCKLAND, now=at("2026-06-10 01:00", HONOLULU))
    answer = report(login(), now=at("2026-06-11 08:00", AUCKLAND))
    assert (answer.points_awarded, answer.streak) == (5, 2)
    rows = session.exec(select(Event).order_by(col(Event.local_day)))
    assert [row.local_day for row in rows] == [date(2026, 6, 9), date(2026, 6, 11)]


def test_a_move_itself_can_join_two_streaks(
    report: Report, database: Database, session: Session, reporter: Slayer
) -> None:
    """The day after tomorrow's login is on record (a clock was set back) when the flight cuts tomorrow short."""
    born(database, reporter, HONOLULU)
    report(login(), now=at("2026-06-09 20:00", HONOLULU))
    report(login(), now=at("2026-06-11 08:00", HONOLULU))
    assert session.exec(select(Gamification.streak)).one() == 1
    move(database, reporter, AUCKLAND, now=at("2026-06-10 01:00", HONOLULU))
    session.rollback()
    assert session.exec(select(Gamification.streak)).one() == 2


def test_the_same_date_lived_again_after_flying_west_brings_nothing(
    report: Report, database: Database, reporter: Slayer
) -> None:
    born(database, reporter, AUCKLAND)
    first = report(login(), now=at("2026-06-10 09:00", AUCKLAND))
    move(database, reporter, HONOLULU, now=at("2026-06-10 10:00", AUCKLAND))
    again = report(login(), now=at("2026-06-10 09:00", HONOLULU))
    assert (first.points_awarded, again.points_awarded, again.streak) == (5, 0, 1)


def test_a_late_event_is_of_the_day_in_the_zone_lived_in_then(
    report: Report, database: Database, session: Session, reporter: Slayer
) -> None:
    born(database, reporter, TOKYO)
    move(database, reporter, NEW_YORK, now=at("2026-06-10 10:00", TOKYO))
    report(login(at=at("2026-06-10 00:30", TOKYO)), now=at("2026-06-10 09:00", NEW_YORK))
    report(training(30, at=at("2026-06-10 09:59", TOKYO)), now=at("2026-06-10 09:00", NEW_YORK))
    report(training(30, at=at("2026-06-09 22:00", NEW_YORK)), now=at("2026-06-10 09:00", NEW_YORK))
    rows = session.exec(select(Event).order_by(col(Event.occurred_at)))
    assert [row.local_day for row in rows] == [date(2026, 6, 10), date(2026, 6, 10), date(2026, 6, 9)]


def test_a_streak_of_many_years_is_counted_in_full(report: Report, database: Database, reporter: Slayer) -> None:
    days = 4 * 366
    with database.service() as service:
        service.add_all(
            Event(
                slayer_id=reporter.id,
                event_id=f"day-{ago}",
                type="login",
                fingerprint="",
                points=5,
                local_day=(NOW - timedelta(days=ago)).date(),
                occurred_at=NOW - timedelta(days=ago),
                answer={},
            )
            for ago in range(1, days)
        )
    assert report(login()).streak == days
