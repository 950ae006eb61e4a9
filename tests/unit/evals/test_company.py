"""What a benchmark's crowd makes of the memory that it weighed."""

from __future__ import annotations

import pytest

from evals.load.company import Held


def test_what_is_filled_once_is_no_growth() -> None:
    held = Held(weights=[(turns, min(turns, 300.0)) for turns in range(100, 1001, 100)])
    assert held.growth == 0


def test_a_leak_shows_as_megabytes_per_thousand_turns_whatever_one_weight_says() -> None:
    held = Held(weights=[(turns, 500 + 0.004 * turns) for turns in range(100, 1001, 50)])
    held.weights[-2] = (950, 900.0)
    assert held.growth == pytest.approx(4, abs=0.5)


def test_a_single_weight_tells_nothing() -> None:
    assert Held(weights=[(100, 500.0)]).growth == 0
