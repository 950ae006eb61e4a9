"""What is left of a turn's limits, by a clock of the test's own."""

from __future__ import annotations

import pytest

from agents.limits import Allowance, Limits
from hashiramart.errors import ToolError

LIMITS = Limits(steps=2, tool_calls=2, tokens=100, seconds=10)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_turn_within_its_limits_goes_on() -> None:
    clock = Clock()
    allowance = Allowance(LIMITS, clock)
    allowance.spend_tokens(99)
    clock.now += 10
    assert allowance.spent(1) is None


def test_each_limit_ends_it_with_words_of_its_own() -> None:
    clock = Clock()
    late, dear, long = Allowance(LIMITS, clock), Allowance(LIMITS, lambda: 0.0), Allowance(LIMITS, lambda: 0.0)
    clock.now += 10.1
    dear.spend_tokens(100)
    words = [late.spent(0), dear.spent(0), long.spent(2)]
    assert all(words)
    assert len(set(words)) == 3


def test_one_call_too_many_is_refused_with_a_sentence_for_the_slayer() -> None:
    allowance = Allowance(LIMITS)
    allowance.call_tool()
    allowance.call_tool()
    with pytest.raises(ToolError, match="message of its own"):
        allowance.call_tool()
