"""The circuit breaker in front of the language model."""

from __future__ import annotations

from agents.breaker import LONGEST_S, Breaker


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_new_breaker_lets_calls_through() -> None:
    breaker = Breaker(30, Clock())
    assert breaker.state == "closed"
    assert breaker.enter()
    assert breaker.enter()


def test_a_failure_opens_it_for_a_while() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    assert breaker.state == "open"
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
    assert breaker.state == "open"


def test_it_is_half_open_between_the_rest_and_the_trial() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    clock.now += 30
    states = [breaker.state]
    breaker.enter()
    states.append(breaker.state)
    assert states == ["half-open", "open"]  # open to everybody beside the trial


def test_a_trial_that_nobody_hears_of_again_does_not_block_it_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    clock.now += 30
    breaker.enter()
    clock.now += 30
    assert breaker.enter()


def test_a_trial_that_tells_nothing_leaves_the_next_call_to_be_one() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed()
    clock.now += 30
    breaker.enter()
    breaker.left()
    assert breaker.enter()
    assert not breaker.enter()


def test_leaving_a_closed_one_changes_nothing() -> None:
    breaker = Breaker(30, Clock())
    breaker.enter()
    breaker.left()
    assert breaker.state == "closed"


def test_who_asks_for_a_longer_rest_gets_it_within_reason() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed(60)
    clock.now += 59
    assert not breaker.enter()
    breaker.failed(10 * LONGEST_S)
    clock.now += LONGEST_S
    assert breaker.enter()


def test_nobody_gets_a_shorter_one() -> None:
    clock = Clock()
    breaker = Breaker(30, clock)
    breaker.failed(1)
    clock.now += 29
    assert not breaker.enter()
