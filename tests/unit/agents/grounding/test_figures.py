"""How figures and intervals are read."""

from __future__ import annotations

import pytest

from agents.grounding.figures import amounts

SAME = (
    ("twenty minutes", "20 minutes"),
    ("half an hour", "30 min"),
    ("an hour and a half", "90 minutes"),
    ("1.70 kg", "1.7 kilograms"),
    ("25 cm", "250 mm"),
    ("two to three drops", "2-3 drops"),
    ("between five and ten minutes", "5 and 10 minutes"),
    ("twenty-five cuts", "25 cuts"),
    ("a dozen cuts", "12 cuts"),
    ("1,200 coins", "1200 coins"),
    ("fortnightly", "every two weeks"),
    ("every fortnight", "every 14 days"),
    ("twice a year", "every six months"),
    ("once a week", "weekly"),
    ("every other day", "every two days"),
    ("yearly", "every 12 months"),
    ("after each use", "after every use"),
    ("**Minutes:** 5 · **Focus:** balance", "5 minutes"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_amount_in_other_words_is_the_same(one: str, other: str) -> None:
    first, second = amounts(one), amounts(other)
    assert [(f.dimension, f.size) for f in first.figures] == [(f.dimension, f.size) for f in second.figures]
    assert first.intervals == second.intervals
    assert first.figures or first.intervals


DIFFERENT = (
    ("20 minutes", "20 hours"),
    ("every month", "every week"),
    ("grade 0000", "grade 000"),
    ("level 10", "10 minutes"),
    ("every third step", "every step"),
    ("after every use", "after every bout"),
)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_amount_is_another(one: str, other: str) -> None:
    first, second = amounts(one), amounts(other)
    assert not any(a.meets(b) for a in first.figures for b in second.figures)
    assert not any(a.meets(b) for a in first.intervals for b in second.intervals)


@pytest.mark.parametrize(
    "text", ["facing each other", "one of the drills", "a one-handed grip", "the third cut", "once it is dry"]
)
def test_words_that_count_nothing_are_no_amounts(text: str) -> None:
    read = amounts(text)
    assert not read.figures
    assert not read.intervals
