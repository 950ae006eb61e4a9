"""Numbers, lengths of time and sums as slayers say them."""

from __future__ import annotations

import pytest

from agents.planner.quantities import Budget, battles, budget, digits, minutes, top_k, weeks


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("half an hour of drills", 30),
        ("from 6:00 to 6:40", 40),
        ("between 7 and 7:25", 25),
        ("from half past five to six", 30),
        ("from quarter past six to seven", 45),
        ("from twenty past five until quarter to six", 25),
        ("11:45pm to 12:15am", 30),
        ("18:10 until 19:00", 50),
        ("22:30 to 00:15", 105),
        ("from noon to half past one", 90),
        ("6.30-7.10 today", 40),
        ("6:05 – 6:35", 30),
        ("since 8 o'clock, it's 8:50 now", 50),
        ("from 6 to 7", 60),
        ("an hour and a half", 90),
        ("one hour thirty", 90),
        ("three quarters of an hour", 45),
    ],
)
def test_a_length_of_time_is_read_from_the_clock_or_from_words(text: str, length: int) -> None:
    assert minutes(text) == length


@pytest.mark.parametrize(
    "text",
    ["a spear from 100 to 250 coins", "10 to 6", "won 2 and lost 3", "5 to 7 battles", "2 to 3 times", "level 20"],
)
def test_other_numbers_are_no_length_of_time(text: str) -> None:
    assert minutes(text) is None


def test_of_a_range_of_minutes_the_first_is_taken_and_no_clock_is_seen() -> None:
    assert minutes("from 20 to 30 minutes") == 20


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a dozen wins", "12 wins"),
        ("half a dozen axes", "6 axes"),
        ("two dozen", "24"),
        ("one hundred and fifty", "150"),
        ("two thousand five hundred", "2500"),
        ("twenty and five", "20 and 5"),
        ("half a thousand coins", "500 coins"),
    ],
)
def test_number_words_become_digits(text: str, number: str) -> None:
    assert digits(text) == number


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("between two and three hundred coins", Budget(200, 300)),
        ("between 200 and 300", Budget(200, 300)),
        ("at most 340", Budget(None, 340)),
        ("at least 500 coins", Budget(500, None)),
    ],
)
def test_price_bounds_are_read(text: str, bounds: Budget) -> None:
    assert budget(text) == bounds


def test_counts_of_battles_and_of_wishes_are_told_apart() -> None:
    assert battles("knocked out five demons") == 5
    assert battles("beat a pair of demons") == 2
    assert top_k("half a dozen weapons up to 400") == 6
    assert weeks("a month with the spear") == 4
