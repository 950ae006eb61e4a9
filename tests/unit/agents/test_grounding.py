"""What is let through of a language model's answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.grounding import only_known_markers


def filtered(deltas: list[str], first: int = 1, count: int = 3) -> tuple[str, set[int]]:
    used: set[int] = set()
    return "".join(only_known_markers(deltas, first, count, used)), used


def test_known_markers_stay_and_are_counted() -> None:
    assert filtered(["Oil it [1]. Wipe it [3]."]) == ("Oil it [1]. Wipe it [3].", {1, 3})


def test_unknown_markers_go_with_their_space() -> None:
    assert filtered(["Oil it [7]. Wipe it [0]."]) == ("Oil it. Wipe it.", set())


def test_markers_count_from_the_first_citation_of_the_step() -> None:
    assert filtered(["Oil it [4], not [1]."], first=4, count=2) == ("Oil it [4], not.", {1})


@pytest.mark.parametrize("cut", range(len("Oil it [12] now")))
def test_a_marker_cut_by_the_stream_is_still_seen(cut: int) -> None:
    text = "Oil it [12] now"
    assert filtered([text[:cut], text[cut:]], count=12) == (text, {12})
    assert filtered([text[:cut], text[cut:]], count=3) == ("Oil it now", set())


@given(st.lists(st.text(alphabet="ab []123", max_size=6), max_size=12))
def test_cutting_changes_nothing(deltas: list[str]) -> None:
    assert filtered(deltas) == filtered(["".join(deltas)])


def test_brackets_that_are_no_markers_stay() -> None:
    assert filtered(["[note] a [", "b] [1"]) == ("[note] a [b] [1", set())
