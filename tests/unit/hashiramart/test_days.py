"""A slayer's own days: daylight saving, travel, the date line, and the streaks that outlive them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashiramart.days import ZoneHistory, bounds
from hashiramart.events import LoginEvent
from hashiramart.rules import LOGIN, Book, count_logins, rule, standing_of
from hashiramart.totals import Sums

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


def moment(local: str, zone: str, fold: int = 0) -> datetime:
    """A moment by a zone's clock; ``fold`` 1 is the second of two that look alike."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@dataclass(frozen=True)
class Login:
    """A login at a local time, and whether it brings the day's points.

    Attributes:
        at: by the clock of the zone that the slayer lives in, or of ``zone``.
        counts: whether it is the first of its day.
        fold: 1 for the second of two times that look alike.
        told: when it is reported, if later.
        zone: whose clock ``at`` is by, if another's.
    """

    at: str
    counts: bool = True
    fold: int = 0
    told: str | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Move:
    """A change of zone at a local time of the zone before."""

    at: str
    to: str


@dataclass(frozen=True)
class Story:
    """What a slayer does, and the streak that is shown at the end, or at ``asked``."""

    name: str
    home: str
    acts: Sequence[Login | Move]
    streak: int
    asked: str | None = None


NY, BERLIN, SYDNEY, TOKYO = "America/New_York", "Europe/Berlin", "Australia/Sydney", "Asia/Tokyo"
HOWE, SANTIAGO, BEIRUT, HAVANA = "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut", "America/Havana"
TROLL, AZORES, CAIRO, ST_JOHNS = "Antarctica/Troll", "Atlantic/Azores", "Africa/Cairo", "America/St_Johns"
AUCKLAND, HONOLULU, KIRITIMATI, NIUE = "Pacific/Auckland", "Pacific/Honolulu", "Pacific/Kiritimati", "Pacific/Niue"
APIA, KATHMANDU, CHATHAM = "Pacific/Apia", "Asia/Kathmandu", "Pacific/Chatham"

MIDNIGHTS = [
    Story("the last second of a day and the first of the next are two days", "UTC",
          [Login("2026-06-09 23:59:59"), Login("2026-06-10 00:00:00")], 2),
    Story("the first second of a day and its last are one day", "UTC",
          [Login("2026-06-10 00:00:00"), Login("2026-06-10 23:59:59", counts=False)], 1),
    Story("midnight in London starts no day in Tokyo", TOKYO,
          [Login("2026-06-10 08:59"), Login("2026-06-10 09:01", counts=False)], 1),
    Story("midnight in London starts no day in New York", NY,
          [Login("2026-03-10 19:30"), Login("2026-03-10 20:30", counts=False)], 1),
    Story("midnight in Kathmandu, 5:45 ahead", KATHMANDU,
          [Login("2026-06-09 23:59:59"), Login("2026-06-10 00:00:00")], 2),
    Story("midnight on Chatham, 12:45 ahead", CHATHAM,
          [Login("2026-06-09 23:59:59"), Login("2026-06-10 00:00:00")], 2),
    Story("midnight on Chatham in summer, 13:45 ahead", CHATHAM,
          [Login("2026-01-09 23:59:59"), Login("2026-01-10 00:00:00")], 2),
    Story("midnight on Kiritimati, 14:00 ahead", KIRITIMATI,
          [Login("2026-06-09 23:59:59"), Login("2026-06-10 00:00:00")], 2),
    Story("midnight 12:00 behind, where no one lives", "Etc/GMT+12",
          [Login("2026-06-09 23:59:59"), Login("2026-06-10 00:00:00")], 2),
    Story("new year", NY, [Login("2026-12-31 23:59:59"), Login("2027-01-01 00:00:00")], 2),
    Story("a leap day is a day", "UTC", [Login("2028-02-28 12:00"), Login("2028-02-29 12:00"), Login("2028-03-01 12:00")], 3),
    Story("a leap day missed ends a streak", "UTC", [Login("2028-02-28 12:00"), Login("2028-03-01 12:00")], 1),
    Story("the first of March follows the 28th of February in other years", "UTC",
          [Login("2027-02-28 12:00"), Login("2027-03-01 12:00")], 2),
    Story("the year 2100 has no leap day", "UTC", [Login("2100-02-28 12:00"), Login("2100-03-01 12:00")], 2),
]  # fmt: skip

CLOCKS = [
    Story("New York forward: a day of 23 hours", NY,
          [Login("2026-03-07 23:30"), Login("2026-03-08 00:30"), Login("2026-03-08 23:59:59", counts=False),
           Login("2026-03-09 00:00")], 3),
    Story("New York back: a day of 25 hours", NY,
          [Login("2026-10-31 23:30"), Login("2026-11-01 00:10"), Login("2026-11-01 23:50", counts=False),
           Login("2026-11-02 00:00")], 3),
    Story("New York back: the hour that comes twice is of one day", NY,
          [Login("2026-11-01 01:30"), Login("2026-11-01 01:30", counts=False, fold=1)], 1),
    Story("Berlin forward", BERLIN,
          [Login("2026-03-28 12:00"), Login("2026-03-29 03:00"), Login("2026-03-29 23:59", counts=False),
           Login("2026-03-30 00:00")], 3),
    Story("Berlin back", BERLIN,
          [Login("2026-10-25 02:30"), Login("2026-10-25 02:30", counts=False, fold=1), Login("2026-10-26 00:00")], 2),
    Story("Sydney forward, in October", SYDNEY,
          [Login("2026-10-03 23:59"), Login("2026-10-04 03:00"), Login("2026-10-04 23:59", counts=False),
           Login("2026-10-05 00:00")], 3),
    Story("Sydney back, in April", SYDNEY,
          [Login("2026-04-05 02:30"), Login("2026-04-05 02:30", counts=False, fold=1), Login("2026-04-06 00:00")], 2),
    Story("Lord Howe forward by half an hour", HOWE,
          [Login("2026-10-04 01:59"), Login("2026-10-04 02:30", counts=False), Login("2026-10-05 00:00")], 2),
    Story("Lord Howe back by half an hour", HOWE,
          [Login("2026-04-05 01:45"), Login("2026-04-05 01:45", counts=False, fold=1), Login("2026-04-06 00:00")], 2),
    Story("Santiago forward: midnight itself is skipped", SANTIAGO,
          [Login("2026-09-05 23:59:59"), Login("2026-09-06 01:00:00"), Login("2026-09-07 00:00")], 3),
    Story("Santiago back: the hour before midnight comes twice", SANTIAGO,
          [Login("2026-04-04 23:30"), Login("2026-04-04 23:30", counts=False, fold=1), Login("2026-04-05 00:00")], 2),
    Story("Beirut forward: midnight itself is skipped", BEIRUT,
          [Login("2026-03-28 23:59:59"), Login("2026-03-29 01:00:00"), Login("2026-03-30 00:00")], 3),
    Story("Beirut back: the hour before midnight comes twice", BEIRUT,
          [Login("2026-10-24 23:30"), Login("2026-10-24 23:30", counts=False, fold=1), Login("2026-10-25 00:00")], 2),
    Story("Havana forward: midnight itself is skipped", HAVANA,
          [Login("2026-03-07 23:59:59"), Login("2026-03-08 01:00:00"), Login("2026-03-09 00:00")], 3),
    Story("Havana back: midnight itself comes twice, and is of one day", HAVANA,
          [Login("2026-10-31 23:59:59"), Login("2026-11-01 00:00:00"), Login("2026-11-01 00:00", counts=False, fold=1)], 2),
    Story("the Azores forward: midnight itself is skipped", AZORES,
          [Login("2026-03-28 23:59:59"), Login("2026-03-29 01:00:00")], 2),
    Story("Cairo back: the hour before midnight comes twice", CAIRO,
          [Login("2026-10-29 23:30"), Login("2026-10-29 23:30", counts=False, fold=1), Login("2026-10-30 00:00")], 2),
    Story("St John's in 2010: back over midnight into a day that had ended", ST_JOHNS,
          [Login("2010-11-06 12:00"), Login("2010-11-07 00:00:30"), Login("2010-11-06 23:30", counts=False, fold=1),
           Login("2010-11-07 00:00:30", counts=False, fold=1)], 2),
    Story("Troll forward by two hours", TROLL,
          [Login("2026-03-29 00:59"), Login("2026-03-29 03:00", counts=False), Login("2026-03-30 00:00")], 2),
    Story("Troll back by two hours", TROLL,
          [Login("2026-10-25 01:30"), Login("2026-10-25 01:30", counts=False, fold=1), Login("2026-10-26 00:00")], 2),
    Story("Samoa skipped the 30th of December 2011, and no streak", APIA,
          [Login("2011-12-29 12:00"), Login("2011-12-31 12:00")], 2),
    Story("Samoa: who missed the 29th as well has a new streak", APIA,
          [Login("2011-12-28 12:00"), Login("2011-12-31 12:00")], 1),
    Story("Tokelau skipped the 30th of December 2011, and no streak", "Pacific/Fakaofo",
          [Login("2011-12-29 12:00"), Login("2011-12-31 12:00")], 2),
    Story("Kwajalein skipped the 21st of August 1993, and no streak", "Pacific/Kwajalein",
          [Login("1993-08-20 12:00"), Login("1993-08-22 12:00")], 2),
]  # fmt: skip

JOURNEYS = [
    Story("eastwards within a day, the streak goes on", BERLIN,
          [Login("2026-06-09 20:00"), Move("2026-06-10 08:00", TOKYO), Login("2026-06-10 20:00")], 2),
    Story("westwards, the evening lived again counts once and the streak goes on", TOKYO,
          [Login("2026-06-09 20:00"), Move("2026-06-10 10:00", NY), Login("2026-06-09 22:00", counts=False),
           Login("2026-06-10 08:00")], 2),
    Story("westwards, who then misses a day has a new streak", TOKYO,
          [Login("2026-06-09 20:00"), Move("2026-06-10 10:00", NY), Login("2026-06-11 08:00")], 1),
    Story("eastwards, who then misses a whole day has a new streak", BERLIN,
          [Login("2026-06-09 20:00"), Move("2026-06-09 22:00", TOKYO), Login("2026-06-11 08:00")], 1),
    Story("over the date line westwards, dates lived twice count once", AUCKLAND,
          [Login("2026-06-09 09:00"), Login("2026-06-10 09:00"), Move("2026-06-10 10:00", HONOLULU),
           Login("2026-06-09 13:00", counts=False), Login("2026-06-10 08:00", counts=False), Login("2026-06-11 08:00")], 3),
    Story("over the date line eastwards by night: two hours of a date are no date missed", HONOLULU,
          [Login("2026-06-09 20:00"), Move("2026-06-10 01:00", AUCKLAND), Login("2026-06-11 08:00")], 2),
    Story("over the date line eastwards in the afternoon: fourteen hours of a date are a date missed", HONOLULU,
          [Login("2026-06-09 20:00"), Move("2026-06-10 14:00", AUCKLAND), Login("2026-06-11 13:00")], 1),
    Story("who stays at home misses the same date", HONOLULU, [Login("2026-06-09 20:00"), Login("2026-06-11 08:00")], 1),
    Story("Niue to Kiritimati: a date that was never lived", NIUE,
          [Login("2026-06-09 23:30"), Move("2026-06-09 23:31", KIRITIMATI), Login("2026-06-11 01:00")], 2),
    Story("Kiritimati to Niue: a date lived again that had been missed may be made good", KIRITIMATI,
          [Login("2026-06-10 12:00"), Login("2026-06-11 00:30"), Move("2026-06-11 00:31", NIUE),
           Login("2026-06-09 23:40"), Login("2026-06-10 12:00", counts=False), Login("2026-06-11 12:00", counts=False),
           Login("2026-06-12 12:00")], 4),
    Story("there and back: a date given back is a date missed after all", "UTC",
          [Login("2026-06-09 12:00"), Move("2026-06-10 10:00", KIRITIMATI), Login("2026-06-11 00:30"),
           Move("2026-06-11 01:00", "UTC")], 1, asked="2026-06-10 12:00"),
    Story("there and back: a date given back can be made good", "UTC",
          [Login("2026-06-09 12:00"), Move("2026-06-10 10:00", KIRITIMATI), Login("2026-06-11 00:30"),
           Move("2026-06-11 01:00", "UTC"), Login("2026-06-10 23:00")], 3),
    Story("a move on the night of a clock change", NY,
          [Login("2026-03-07 20:00"), Move("2026-03-08 01:59", BERLIN), Login("2026-03-08 20:00"), Login("2026-03-09 00:00")], 3),
    Story("a move into the zone's namesake changes nothing", "UTC",
          [Login("2026-06-09 12:00"), Move("2026-06-09 13:00", "Etc/UTC"), Login("2026-06-09 14:00", counts=False),
           Login("2026-06-10 12:00")], 2),
]  # fmt: skip

LATE = [
    Story("a late login fills a gap", "UTC",
          [Login("2026-06-08 12:00"), Login("2026-06-10 12:00"), Login("2026-06-09 14:00", told="2026-06-10 13:00")], 3),
    Story("a late login of a day that counts already", "UTC",
          [Login("2026-06-09 12:00"), Login("2026-06-10 12:00"),
           Login("2026-06-09 14:00", counts=False, told="2026-06-10 13:00")], 2),
    Story("a late login before the streak makes it longer", "UTC",
          [Login("2026-06-10 12:00"), Login("2026-06-11 12:00"), Login("2026-06-09 12:30", told="2026-06-11 12:20")], 3),
    Story("a late login alone belongs to a streak that has ended", "UTC",
          [Login("2026-06-08 12:00", told="2026-06-10 11:00")], 0),
    Story("a late login is of the day in the zone lived in then", TOKYO,
          [Move("2026-06-10 10:00", NY),
           Login("2026-06-10 00:30", zone=TOKYO, told="2026-06-10 09:00"), Login("2026-06-10 09:05", counts=False)], 1),
    Story("a late login after a move is of the day in the new zone", TOKYO,
          [Login("2026-06-09 12:00"), Move("2026-06-10 10:00", NY),
           Login("2026-06-09 22:00", counts=False, told="2026-06-10 09:00"), Login("2026-06-10 09:05")], 2),
    Story("a late login in the last second before a move", TOKYO,
          [Login("2026-06-09 12:00"), Move("2026-06-10 10:00", NY),
           Login("2026-06-10 09:59:59", zone=TOKYO, told="2026-06-09 23:00"), Login("2026-06-10 09:05", counts=False)], 2),
    Story("a late login at the moment of a move is of the new zone", TOKYO,
          [Login("2026-06-09 12:00"), Move("2026-06-10 10:00", NY),
           Login("2026-06-10 10:00", counts=False, zone=TOKYO, told="2026-06-09 23:00")], 1),
    Story("a clock five minutes fast, over midnight", "UTC", [Login("2026-06-10 00:02", told="2026-06-09 23:58")], 1),
]  # fmt: skip

ENDINGS = [
    Story("a streak lives through the day after", "UTC", [Login("2026-06-09 00:00")], 1, asked="2026-06-10 23:59:59"),
    Story("a streak has ended two midnights later", "UTC", [Login("2026-06-09 23:59")], 0, asked="2026-06-11 00:00"),
    Story("a streak lives through a day of 25 hours", NY, [Login("2026-10-31 00:00")], 1, asked="2026-11-01 23:59:59"),
    Story("a streak has ended after a day of 23 hours", NY, [Login("2026-03-07 23:59")], 0, asked="2026-03-09 00:00"),
    Story("a streak lives through a date the zone skipped", APIA, [Login("2011-12-29 12:00")], 1, asked="2011-12-31 23:59:59"),
    Story("a streak has ended after the date the zone skipped and one more", APIA,
          [Login("2011-12-29 12:00")], 0, asked="2012-01-01 00:00"),
    Story("a streak lives through a date cut short by a flight", HONOLULU,
          [Login("2026-06-09 20:00"), Move("2026-06-10 01:00", AUCKLAND)], 1, asked="2026-06-11 23:59:59"),
    Story("a streak of a date that lies ahead after flying west", AUCKLAND,
          [Login("2026-06-10 09:00"), Move("2026-06-10 10:00", HONOLULU)], 1, asked="2026-06-09 20:00"),
]  # fmt: skip

STORIES = [*MIDNIGHTS, *CLOCKS, *JOURNEYS, *LATE, *ENDINGS]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name.replace(" ", "_"))
def test_days_and_streaks(story: Story) -> None:
    book = Book(Sums(), ZoneHistory([(LONG_AGO, story.home)]))
    zone, now = story.home, LONG_AGO
    for act in story.acts:
        if isinstance(act, Move):
            now, zone = moment(act.at, zone), act.to
            book.zones = ZoneHistory([*book.zones.moves, (now, zone)])
            count_logins(book)
            continue
        at = moment(act.at, act.zone or zone, act.fold)
        now = moment(act.told, zone) if act.told else at
        ruling = rule(book, LoginEvent(type="login", event_id="login", occurred_at=at), now=now)
        assert ruling.points == (LOGIN if act.counts else 0), act
    shown = standing_of(book.totals, book.zones, moment(story.asked, zone) if story.asked else now)
    assert shown.streak == story.streak


def test_the_best_streak_may_be_an_earlier_one_that_a_late_login_made_longer() -> None:
    book = Book(Sums(), ZoneHistory([(LONG_AGO, "UTC")]))
    for at, told in (("07", "07"), ("08", "08"), ("11", "11"), ("09", "11")):
        event = LoginEvent(type="login", event_id="login", occurred_at=moment(f"2026-06-{at} 12:00", "UTC"))
        rule(book, event, now=moment(f"2026-06-{told} 12:00", "UTC"))
    assert (book.totals.streak, book.totals.best_streak) == (1, 3)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("UTC", date(2026, 6, 10), 24),
        (NY, date(2026, 3, 8), 23),
        (NY, date(2026, 11, 1), 25),
        (HOWE, date(2026, 10, 4), 23.5),
        (HOWE, date(2026, 4, 5), 24.5),
        (TROLL, date(2026, 3, 29), 22),
        (TROLL, date(2026, 10, 25), 26),
        (SANTIAGO, date(2026, 9, 6), 23),
        (SANTIAGO, date(2026, 4, 4), 25),
        (BEIRUT, date(2026, 3, 29), 23),
        (BEIRUT, date(2026, 10, 24), 25),
        (HAVANA, date(2026, 3, 8), 23),
        (HAVANA, date(2026, 11, 1), 25),
        (APIA, date(2011, 12, 30), 0),
        (APIA, date(2011, 12, 29), 24),
    ],
    ids=str,
)
def test_a_date_lasts_as_long_as_the_zones_clock_shows_it(zone: str, day: date, hours: float) -> None:
    first, last = bounds(day, ZoneInfo(zone))
    assert last - first == timedelta(hours=hours)
    assert {(first + n * (last - first) / 8).astimezone(ZoneInfo(zone)).date() for n in range(8)} <= {day} or not hours


@pytest.mark.parametrize(("lived", "short"), [("11:59:59", True), ("12:00:00", False)])
def test_a_date_is_cut_short_when_less_than_half_of_it_was_lived(lived: str, short: bool) -> None:
    """From Niue to Kiritimati 25 hours are skipped: after noon, no second of the date is left."""
    zones = ZoneHistory([(LONG_AGO, NIUE), (moment(f"2026-06-10 {lived}", NIUE), KIRITIMATI)])
    assert zones.cut_short(date(2026, 6, 10)) is short


def test_the_first_zone_holds_for_the_time_before_it() -> None:
    zones = ZoneHistory([(datetime(2026, 6, 10, tzinfo=UTC), TOKYO)])
    assert zones.day_of(datetime(2026, 6, 1, 15, tzinfo=UTC)) == date(2026, 6, 2)


ANYWHERE = st.sampled_from(["UTC", NY, TOKYO, KATHMANDU, CHATHAM, KIRITIMATI, NIUE, APIA, "Etc/GMT+12", HOWE, TROLL])
HOP = st.tuples(ANYWHERE, st.integers(0, 30 * 60) | st.integers(0, 90))


@given(home=ANYWHERE, hops=st.lists(HOP, max_size=60), start=st.integers(0, 366 * 24 * 60))
def test_changing_zones_brings_at_most_two_logins_more_than_staying(
    home: str, hops: list[tuple[str, int]], start: int
) -> None:
    """Who stays at home sees at most one date more than whole days pass; the earth has two more at any moment."""
    now = begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    book = Book(Sums(), ZoneHistory([(LONG_AGO, home)]))
    awarded = 0
    for zone, minutes in [(home, 0), *hops]:
        book.zones = ZoneHistory([*book.zones.moves, (now, zone)])
        awarded += rule(book, LoginEvent(type="login", event_id="login"), now=now).points // LOGIN
        end = now
        now += timedelta(minutes=minutes)
    days = -(-(end - begin) // timedelta(days=1))  # begun days
    assert awarded <= days + 1 + 2
    assert book.totals.streak <= awarded
    assert book.totals.best_streak >= book.totals.streak
