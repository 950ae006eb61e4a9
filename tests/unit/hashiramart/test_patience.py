"""Waiting is bounded: in time, and in how many wait."""

from __future__ import annotations

import threading
import time

import pytest

from hashiramart.errors import NotFound, Unavailable
from hashiramart.patience import Patience


def test_an_answer_in_time_is_passed_on_and_so_is_what_was_raised() -> None:
    patience = Patience(5, 1, "It")
    assert patience.ask(lambda: 42) == 42

    def fail() -> None:
        raise NotFound("version", "There is none.")

    with pytest.raises(NotFound, match="There is none"):
        patience.ask(fail)
    assert patience.ask(lambda: 43) == 43


def test_what_takes_too_long_is_given_up_on_and_the_next_are_not_kept_waiting() -> None:
    patience, over = Patience(0.2, 2, "The registry"), threading.Event()
    for _ in range(2):
        with pytest.raises(Unavailable, match=r"The registry did not answer within 0\.2 seconds"):
            patience.ask(over.wait)
    started = time.monotonic()
    with pytest.raises(Unavailable):
        patience.ask(lambda: 1)
    assert time.monotonic() - started < 0.1
    over.set()
    deadline = time.monotonic() + 5
    while True:
        try:
            assert patience.ask(lambda: 1) == 1
            break
        except Unavailable:
            assert time.monotonic() < deadline
            time.sleep(0.02)
