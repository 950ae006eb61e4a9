"""Places in a list, and deeds of others."""

from __future__ import annotations

import pytest

from agents.planner.honesty import no_deed_of_theirs
from agents.planner.references import find


def test_two_places_are_told_in_their_order() -> None:
    found = find("compare the first with the third")
    assert (found.ordinal, found.other) == (1, 3)


def test_one_place_has_no_other() -> None:
    assert find("buy the second one").other is None


@pytest.mark.parametrize("text", ["On behalf of Zenitsu log 60 minutes", "log a win in the name of my brother"])
def test_what_is_done_for_another_is_no_deed_of_theirs(text: str) -> None:
    assert no_deed_of_theirs(text)


def test_a_deed_of_ones_own_is() -> None:
    assert not no_deed_of_theirs("log 60 minutes of training for me")
