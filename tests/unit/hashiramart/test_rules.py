"""The rules without a database: when an event may have happened, training that never overlaps, battles that are not farmed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashiramart.days import ZoneHistory, bounds
from hashiramart.errors import InvalidInput, NotFound
from hashiramart.events import AnyEvent, BattleEvent, LoginEvent, TrainingEvent
from hashiramart.rules import Book, Ruling, Session, rank_of, rule, standing_of
from hashiramart.totals import Sums

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
KATANA, BOW, SHELF, NOWHERE = (uuid.UUID(int=n) for n in range(4))


def book(zone: str = "UTC", **totals: Any) -> Book:
    """A slayer's book with a katana and a bow in hand."""
    return Book(
        Sums(**totals),
        ZoneHistory([(datetime(2000, 1, 1, tzinfo=UTC), zone)]),
        in_hand={KATANA: "katana", BOW: "bow"},
        known={KATANA, BOW, SHELF},
    )


def train(minutes: int, at: datetime | None = None) -> TrainingEvent:
    return TrainingEvent(type="training", event_id="t", minutes=minutes, occurred_at=at)


def fight(at: datetime | None = None, *, weapon: uuid.UUID = KATANA, won: bool = True) -> BattleEvent:
    return BattleEvent(type="battle", event_id="b", weapon_id=weapon, success=won, occurred_at=at)


def log_in(at: datetime | None = None) -> LoginEvent:
    return LoginEvent(type="login", event_id="l", occurred_at=at)


def refusal(into: Book, event: AnyEvent, now: datetime = NOW) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        rule(into, event, now=now)
    return caught.value


def at_local(local: str, zone: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


# --- when ---

KINDS = pytest.mark.parametrize("make", [fight, lambda at: train(1, at), log_in], ids=["battle", "training", "login"])


@KINDS
@pytest.mark.parametrize("off", [-48 * HOUR, timedelta(), 5 * MINUTE], ids=["48 h late", "now", "5 min ahead"])
def test_an_event_within_its_time_is_accepted(make: Callable[[datetime], AnyEvent], off: timedelta) -> None:
    assert rule(book(), make(NOW + off), now=NOW).occurred_at == NOW + off


@KINDS
@pytest.mark.parametrize(
    ("off", "says"),
    [(-48 * HOUR - SECOND, "up to 48 hours late"), (5 * MINUTE + SECOND, "in the future")],
    ids=["a second too late", "a second too early"],
)
def test_an_event_out_of_its_time_is_refused(make: Callable[[datetime], AnyEvent], off: timedelta, says: str) -> None:
    error = refusal(book(), make(NOW + off))
    assert error.field == "occurred_at"
    assert says in error.message


def test_an_event_without_a_moment_happened_now() -> None:
    assert rule(book(), fight(), now=NOW).occurred_at == NOW
    assert rule(book(), log_in(), now=NOW).occurred_at == NOW


# --- training ---


def test_the_moment_of_a_training_is_its_end() -> None:
    mine = book()
    rule(mine, train(90, NOW), now=NOW)
    assert mine.sessions == [Session(NOW - 90 * MINUTE, NOW)]


@pytest.mark.parametrize(
    ("before", "minutes", "points"), [(0, 9, 0), (0, 10, 1), (9, 1, 1), (9, 11, 2), (5, 1439, 144), (10, 9, 0)]
)
def test_full_tens_of_minutes_in_all_are_what_counts(before: int, minutes: int, points: int) -> None:
    assert rule(book(minutes_trained=before), train(minutes), now=NOW).points == points


@pytest.mark.parametrize(
    ("end", "minutes"),
    [
        (NOW, 60),
        (NOW - 30 * MINUTE, 60),
        (NOW - 59 * MINUTE, 1),
        (NOW + 5 * MINUTE, 66),
        (NOW - HOUR + SECOND, 10),
        (NOW, 1440),
        (NOW - 10 * MINUTE, 5),
    ],
    ids=[
        "the same",
        "its first half",
        "its first minute",
        "all around it",
        "one second",
        "a day around it",
        "within it",
    ],
)
def test_a_training_that_overlaps_another_is_refused(end: datetime, minutes: int) -> None:
    mine = book()
    rule(mine, train(60, NOW), now=NOW)
    assert refusal(mine, train(minutes, end)).field == "occurred_at"
    assert (mine.totals.minutes_trained, mine.totals.nichirin_points, len(mine.sessions)) == (60, 6, 1)


@pytest.mark.parametrize(("end", "minutes"), [(NOW - HOUR, 60), (NOW + 5 * MINUTE, 5), (NOW - 2 * HOUR, 1)])
def test_trainings_that_only_touch_are_both_accepted(end: datetime, minutes: int) -> None:
    mine = book()
    rule(mine, train(60, NOW), now=NOW)
    rule(mine, train(minutes, end), now=NOW)
    assert mine.totals.minutes_trained == 60 + minutes


def test_the_refusal_names_the_other_session_by_the_slayers_clock_of_then() -> None:
    mine = book("Asia/Tokyo")
    rule(mine, train(90, NOW), now=NOW)
    mine.zones = ZoneHistory([*mine.zones.moves, (NOW + HOUR, "America/New_York")])
    message = refusal(mine, train(10, NOW - HOUR), NOW + 2 * HOUR).message
    assert "19:30 to 21:00 of 10 June" in message
    assert "10 minutes" in message


def free(mine: Book, minutes: int, now: datetime = NOW) -> datetime:
    """Where a training without a moment is put: its end."""
    return rule(mine, train(minutes), now=now).occurred_at


def test_a_training_without_a_moment_has_just_ended() -> None:
    assert free(book(), 30) == NOW


def test_trainings_without_a_moment_are_put_one_before_the_other() -> None:
    mine = book()
    assert [free(mine, 30) for _ in range(3)] == [NOW, NOW - 30 * MINUTE, NOW - 60 * MINUTE]


def test_a_gap_that_fits_exactly_is_used() -> None:
    mine = book()
    rule(mine, train(60, NOW), now=NOW)
    rule(mine, train(60, NOW - 90 * MINUTE), now=NOW)
    assert free(mine, 30) == NOW - 60 * MINUTE


def test_a_gap_that_is_a_minute_too_small_is_left_out() -> None:
    mine = book()
    rule(mine, train(60, NOW), now=NOW)
    rule(mine, train(60, NOW - 90 * MINUTE), now=NOW)
    assert free(mine, 31) == NOW - 150 * MINUTE


def test_a_session_that_ends_a_little_ahead_is_in_the_way_too() -> None:
    mine = book()
    rule(mine, train(10, NOW + 5 * MINUTE), now=NOW)
    assert free(mine, 30) == NOW - 5 * MINUTE


def test_a_whole_day_is_free_at_first_and_full_then() -> None:
    mine = book()
    assert free(mine, 1440) == NOW
    error = refusal(mine, train(1))
    assert (error.field, error.message.split(",")[0]) == (
        "minutes",
        "The last 24 hours have 0 minutes without logged training",
    )


def test_free_time_is_looked_for_no_further_back_than_a_day() -> None:
    mine = book()
    rule(mine, train(1380, NOW), now=NOW)
    assert "have 60 minutes" in refusal(mine, train(61)).message
    assert free(mine, 60) == NOW - 23 * HOUR


def test_free_time_in_pieces_is_not_free_time_in_a_row() -> None:
    mine = book()
    for hours in (0, 8, 16):
        rule(mine, train(7 * 60, NOW - hours * HOUR), now=NOW)
    message = refusal(mine, train(61)).message
    assert "have 180 minutes" in message
    assert "no 61 in a row" in message


def test_a_training_over_midnight_is_one_training_of_the_day_it_ended() -> None:
    midnight = at_local("2026-06-10 00:00", "Asia/Tokyo")
    ruling = rule(book("Asia/Tokyo"), train(120, midnight + HOUR), now=NOW)
    assert (ruling.points, ruling.local_day.isoformat()) == (12, "2026-06-10")


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("UTC", "2026-06-10", 1440),
        ("America/New_York", "2026-03-08", 23 * 60),
        ("America/New_York", "2026-11-01", 25 * 60),
        ("Australia/Lord_Howe", "2026-10-04", 1410),
        ("Australia/Lord_Howe", "2026-04-05", 1470),
        ("Antarctica/Troll", "2026-03-29", 22 * 60),
        ("Antarctica/Troll", "2026-10-25", 26 * 60),
        ("America/Santiago", "2026-09-06", 23 * 60),
    ],
)
def test_a_day_holds_as_many_minutes_of_training_as_it_has(zone: str, day: str, minutes: int) -> None:
    mine = book(zone)
    start, end = bounds(datetime.fromisoformat(day).date(), ZoneInfo(zone))
    now, at = end + HOUR, start
    while at < end:
        length = min(60 * MINUTE, end - at)
        at += length
        rule(mine, train(int(length / MINUTE), at), now=now)
    assert mine.totals.minutes_trained == minutes
    assert all(refusal(mine, train(1, moment), now) for moment in (start + MINUTE, start + 13 * HOUR, end))


SESSIONS = st.lists(st.tuples(st.integers(-600, 30 * 60), st.integers(1, 1440), st.booleans()), max_size=40)


@given(
    where=st.sampled_from(
        [
            ("America/New_York", "2026-03-08"),
            ("America/New_York", "2026-11-01"),
            ("Australia/Lord_Howe", "2026-10-04"),
            ("Antarctica/Troll", "2026-10-25"),
            ("Asia/Kathmandu", "2026-06-10"),
        ]
    ),
    sessions=SESSIONS,
)
def test_no_day_ever_holds_more_training_than_it_has_minutes(
    where: tuple[str, str], sessions: list[tuple[int, int, bool]]
) -> None:
    mine = book(where[0])
    start, end = bounds(datetime.fromisoformat(where[1]).date(), ZoneInfo(where[0]))
    for after, minutes, named in sessions:
        now = start + after * MINUTE + 17 * SECOND
        try:
            rule(mine, train(minutes, now if named else None), now=now)
        except InvalidInput:
            continue
    within = [min(s.end, end) - max(s.start, start) for s in mine.sessions if s.start < end and s.end > start]
    assert sum(within, timedelta()) <= end - start
    ordered = sorted(mine.sessions, key=lambda s: s.start)
    assert all(one.end <= two.start for one, two in pairwise(ordered))
    assert sum((s.end - s.start for s in ordered), timedelta()) == mine.totals.minutes_trained * MINUTE


# --- battles ---


def test_a_battle_with_a_weapon_in_hand_is_worth_ten_when_won_and_none_when_lost() -> None:
    mine = book()
    assert [rule(mine, fight(won=won), now=NOW).points for won in (True, False)] == [10, 0]
    assert (mine.totals.battles_won, mine.totals.nichirin_points) == (1, 10)


def test_a_battle_with_a_weapon_of_the_shelf_is_refused() -> None:
    error = refusal(book(), fight(weapon=SHELF))
    assert (error.field, "neither own this weapon nor have it on loan" in error.message) == ("weapon_id", True)


def test_a_battle_with_a_weapon_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound) as caught:
        rule(book(), fight(weapon=NOWHERE), now=NOW)
    assert caught.value.field == "weapon_id"


def fought(mine: Book, moments: list[datetime], now: datetime = NOW) -> list[Ruling | None]:
    """What becomes of battles reported in order; None for a refused one."""
    rulings: list[Ruling | None] = []
    for moment in moments:
        try:
            rulings.append(rule(mine, fight(moment), now=now))
        except InvalidInput:
            rulings.append(None)
    return rulings


def test_twenty_battles_within_an_hour_count_and_no_more() -> None:
    rulings = fought(book(), [NOW - HOUR + n * MINUTE for n in range(25)])
    assert [ruling is None for ruling in rulings] == [False] * 20 + [True] * 5


def test_lost_battles_count_towards_the_twenty() -> None:
    mine = book()
    for _ in range(20):
        rule(mine, fight(won=False), now=NOW)
    assert "within an hour" in refusal(mine, fight()).message


@pytest.mark.parametrize(("after", "counts"), [(HOUR - SECOND, False), (HOUR, True)])
def test_the_hour_slides_to_the_second(after: timedelta, counts: bool) -> None:
    mine, start = book(), NOW - 3 * HOUR
    fought(mine, [start] * 20)
    assert (fought(mine, [start + after])[0] is not None) is counts


def test_the_hour_slides_over_the_full_hour() -> None:
    mine = book()
    assert None not in fought(mine, [NOW.replace(hour=9, minute=50)] * 10 + [NOW.replace(hour=10, minute=10)] * 10)
    assert fought(mine, [NOW.replace(hour=10, minute=20)]) == [None]


@pytest.mark.parametrize(
    ("minute", "counts"), [(-31, True), (-30, True), (-29, False), (0, False), (29, False), (59, False), (60, True)]
)
def test_a_late_battle_counts_only_where_no_hour_around_it_is_full(minute: int, counts: bool) -> None:
    """Ten battles at the start and ten half an hour later fill every hour that holds both."""
    mine, start = book(), NOW - 10 * HOUR
    fought(mine, [start] * 10 + [start + 30 * MINUTE] * 10)
    assert (fought(mine, [start + minute * MINUTE])[0] is not None) is counts


def test_battles_an_hour_apart_share_no_hour_with_a_late_one_between() -> None:
    mine, start = book(), NOW - 10 * HOUR
    fought(mine, [start] * 10 + [start + HOUR] * 10)
    assert fought(mine, [start + 30 * MINUTE])[0] is not None


def test_fifty_battles_of_a_day_count_and_no_more() -> None:
    moments = [NOW.replace(hour=0) + n * 12 * MINUTE for n in range(52)]
    rulings = fought(book(), moments)
    assert [ruling is None for ruling in rulings] == [False] * 50 + [True] * 2


def test_the_fifty_are_of_the_slayers_own_day() -> None:
    """Tokyo's day begins at 15:00 UTC."""
    mine, midnight = book("Asia/Tokyo"), at_local("2026-06-10 00:00", "Asia/Tokyo")
    fought(mine, [midnight - n * 12 * MINUTE for n in range(1, 51)])
    assert "50 battles are logged for that day" in refusal(mine, fight(midnight - SECOND)).message
    assert fought(mine, [midnight])[0] is not None


@given(minutes=st.lists(st.integers(0, 47 * 60), max_size=150), zone=st.sampled_from(["UTC", "Asia/Kathmandu"]))
def test_no_hour_has_more_than_twenty_battles_and_no_day_more_than_fifty(minutes: list[int], zone: str) -> None:
    mine = book(zone)
    # Packed together, or few would ever be refused.
    rulings = fought(mine, [NOW - (minute % 300) * MINUTE - (minute // 600) * HOUR for minute in minutes])
    done = [ruling for ruling in rulings if ruling]
    for ruling in done:
        start = ruling.occurred_at
        assert sum(start <= other.occurred_at < start + HOUR for other in done) <= 20
        assert sum(other.local_day == ruling.local_day for other in done) <= 50
    assert len(done) == len(mine.battles)


# --- totals ---


@pytest.mark.parametrize(
    ("points", "rank"),
    [(-1, "Apprentice"), (0, "Apprentice"), (99, "Apprentice"), (100, "Slayer"), (499, "Slayer"), (500, "Hashira")],
)
def test_rank_changes_at_100_and_at_500_points(points: int, rank: str) -> None:
    assert rank_of(points) == rank


@pytest.mark.parametrize(
    ("points", "ahead"),
    [(0, ("Slayer", 100)), (99, ("Slayer", 1)), (100, ("Hashira", 400)), (499, ("Hashira", 1)), (500, (None, None))],
)
def test_a_standing_says_what_is_missing(points: int, ahead: tuple[str | None, int | None]) -> None:
    mine = book(nichirin_points=points)
    shown = standing_of(mine.totals, mine.zones, NOW)
    assert (shown.next_rank, shown.points_to_next) == ahead


def test_a_ruling_tells_the_rank_before() -> None:
    mine = book(nichirin_points=95)
    ruling = rule(mine, fight(), now=NOW)
    assert (ruling.rank_before, mine.totals.rank) == ("Apprentice", "Slayer")


def test_a_refused_event_changes_nothing_in_the_book() -> None:
    mine = book()
    before = deepcopy(mine)
    for event in (fight(weapon=SHELF), train(5, NOW + HOUR), log_in(NOW - 49 * HOUR)):
        refusal(mine, event)
    assert mine == before


def test_the_types_of_weapons_fought_with_are_kept_sorted_and_once() -> None:
    mine = book()
    for weapon in (KATANA, BOW, KATANA):
        rule(mine, fight(weapon=weapon, won=False), now=NOW)
    assert mine.totals.weapon_types == ["bow", "katana"]
