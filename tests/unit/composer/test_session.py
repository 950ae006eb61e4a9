"""Fitting drills into minutes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.composer.session import ROUNDS, Candidate, fit

CANDIDATES = st.lists(
    st.builds(Candidate, st.integers(1, 25), st.floats(0.05, 2.0), st.booleans()), min_size=1, max_size=12
)


def total(candidates: list[Candidate], minutes: int, *, warm_up: bool = False) -> int:
    return sum(slot.minutes for slot in fit(candidates, minutes, warm_up=warm_up))


def test_a_subset_that_adds_up_is_chosen_over_rounds_and_cuts() -> None:
    candidates = [Candidate(5, 1), Candidate(10, 1), Candidate(15, 1)]
    slots = fit(candidates, 30, warm_up=False)
    assert [(slot.index, slot.rounds) for slot in slots] == [(0, 1), (1, 1), (2, 1)]


def test_the_worthier_drill_wins_where_both_would_fit() -> None:
    slots = fit([Candidate(10, 0.3), Candidate(10, 1.0)], 10, warm_up=False)
    assert [slot.index for slot in slots] == [1]


def test_rounds_fill_what_single_drills_cannot() -> None:
    slots = fit([Candidate(5, 1)], 15, warm_up=False)
    assert [(slot.rounds, slot.minutes) for slot in slots] == [(3, 15)]


def test_one_drill_is_cut_where_no_rounds_add_up() -> None:
    slots = fit([Candidate(5, 1), Candidate(20, 1)], 8, warm_up=False)
    assert [(slot.index, slot.rounds, slot.minutes) for slot in slots] == [(0, 1, 5), (1, 0, 3)]


def test_a_session_shorter_than_every_drill_is_one_cut_drill() -> None:
    assert [(slot.rounds, slot.minutes) for slot in fit([Candidate(10, 1), Candidate(20, 2)], 3, warm_up=False)] == [
        (0, 3)
    ]


def test_a_warm_up_is_preferred_when_wanted_and_never_more_than_one() -> None:
    candidates = [Candidate(2, 0.4, warm_up=True), Candidate(3, 0.4, warm_up=True), Candidate(10, 1), Candidate(8, 1)]
    slots = fit(candidates, 10, warm_up=True)
    assert sorted(slot.index for slot in slots) == [0, 3]
    assert [slot.index for slot in fit(candidates, 10, warm_up=False)] == [2]


def test_a_main_drill_is_in_every_session_whole_or_cut() -> None:
    candidates = [Candidate(2, 2.0, warm_up=True), Candidate(8, 2.0), Candidate(15, 0.5, main=True)]
    for minutes in range(3, 40):
        slots = fit(candidates, minutes, warm_up=minutes >= 10)
        assert 2 in {slot.index for slot in slots}
        assert sum(slot.minutes for slot in slots) == minutes


def test_too_long_a_session_comes_as_close_as_the_drills_allow() -> None:
    assert total([Candidate(5, 1)], 60) == 5 * ROUNDS


def test_without_drills_or_minutes_there_is_no_session() -> None:
    assert fit([], 10, warm_up=True) == []
    assert fit([Candidate(5, 1)], 0, warm_up=True) == []


@given(CANDIDATES, st.integers(1, 120), st.booleans())
def test_it_never_runs_over_and_every_slot_is_what_it_says(
    candidates: list[Candidate], minutes: int, warm_up: bool
) -> None:
    slots = fit(candidates, minutes, warm_up=warm_up)
    assert sum(slot.minutes for slot in slots) <= minutes
    assert len({slot.index for slot in slots}) == len(slots)
    assert sum(candidates[slot.index].warm_up for slot in slots) <= 1
    for slot in slots:
        full = candidates[slot.index].minutes
        assert slot.minutes == slot.rounds * full if slot.rounds else 0 < slot.minutes < full
        assert slot.rounds <= ROUNDS


@given(st.lists(st.integers(1, 20), min_size=1, max_size=8, unique=True), st.data())
def test_any_sum_of_drills_is_met_exactly(minutes: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(minutes), min_size=1, unique=True))
    assert total([Candidate(each, 1) for each in minutes], sum(chosen)) == sum(chosen)
