"""The circuit breaker in front of the language model."""

from __future__ import annotations

from agents.models import Breaker


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_new_breaker_lets_calls_through() -> None:
    breaker = Breaker(30, Clock())
    assert breaker.closed
    assert breaker.enter()
    assert breaker.enter()


def test_a_failure_opens_it_for_a_while() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    assert not breaker.closed
    assert not breaker.enter()
    clock.now += 29.9
    assert not breaker.enter()


def test_after_the_while_one_call_is_on_trial() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    clock.now += 30
    assert breaker.enter()
    assert not breaker.enter()


def test_a_trial_that_works_closes_it() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    clock.now += 30
    breaker.enter()
    breaker.worked()
    assert breaker.enter()
    assert breaker.enter()


def test_a_trial_that_fails_opens_it_again() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    clock.now += 31
    breaker.enter()
    breaker.failed()
    assert not breaker.closed
