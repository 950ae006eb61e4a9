"""Where the line between answering and not is drawn."""

from __future__ import annotations

import pytest

from agents.composer.threshold import between


def test_line_lies_in_the_middle_of_the_widest_gap_that_parts_best() -> None:
    assert between(([-1.0, 2.0, 3.0], [-3.0, -2.5])) == pytest.approx(-1.75)
    assert between(([1.0, 2.0, 3.0, 4.0], [-3.0, 0.0, 3.5, -4.0])) == pytest.approx(0.5)


def test_worse_of_the_two_rates_counts_first() -> None:
    # One false alarm of five and no miss, rather than two misses of five and no false alarm.
    assert between(([-2.5, 1.5, 2.0, 3.0, 4.0], [-1.0, -2.0, -3.0, -4.0, 0.5])) == pytest.approx(1.0)


def test_few_questions_have_the_same_say_as_many() -> None:
    few, many = ([3.0, 4.0], [1.0, 2.0]), ([-1.0, 5.0, 6.0, 7.0] * 10, [-2.0, -3.0] * 10)
    assert between(many) == pytest.approx(-1.5)
    assert between(few, many) == pytest.approx(2.5)  # a quarter of many is less than half of few
