"""Price, variety and exploration on the short list."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.ranking import Ranking
from ml.shortlist import TASTES, cost_of, doublings, draw, propensities, vary

WEIGHTS = st.lists(st.sampled_from([1.0, 3.0, 0.5]), max_size=8)
SHARES = st.floats(0, 1, allow_subnormal=False)


def _ranking(values: list[float]) -> Ranking:
    value = -np.sort(-np.array(values))
    return Ranking(np.arange(len(value)), value, value)


@given(st.integers(0, 6), WEIGHTS, SHARES)
def test_propensities_are_probabilities_of_one_weapon_a_place(count: int, weights: list[float], share: float) -> None:
    chance = propensities(count, weights, share)
    assert chance.shape == (count + len(weights), count)
    assert ((chance >= 0) & (chance <= 1)).all()
    np.testing.assert_allclose(chance.sum(axis=0), 1)  # every place shows one weapon
    assert (chance.sum(axis=1) <= 1 + 1e-12).all()  # and no weapon takes two
    if weights and share and count:
        np.testing.assert_allclose(chance[count:].sum(), share)


@given(st.integers(0, 6), WEIGHTS, SHARES, st.text(max_size=20))
def test_what_is_drawn_carries_its_own_propensity(count: int, weights: list[float], share: float, key: str) -> None:
    listed, beside = list(range(10, 10 + count)), list(range(50, 50 + len(weights)))
    chance = propensities(count, weights, share)
    candidates = {row: place for place, row in enumerate([*listed, *beside])}
    shown = draw(listed, beside, weights, share, key)
    assert [each.position for each in shown] == list(range(1, count + 1))
    assert len({each.row for each in shown}) == count
    assert sum(each.explored for each in shown) <= 1
    for each in shown:
        assert each.propensity == chance[candidates[each.row], each.position - 1] > 0
        assert each.explored == (each.row in beside)
    assert shown == draw(listed, beside, weights, share, key)


def test_draws_come_as_often_as_their_propensities_say() -> None:
    count, weights, share, rounds = 3, [1.0, 3.0, 1.0, 1.0], 0.4, 6000
    listed, beside = [0, 1, 2], [3, 4, 5, 6]
    seen: Counter[tuple[int, int]] = Counter()
    for i in range(rounds):
        seen.update((each.row, each.position - 1) for each in draw(listed, beside, weights, share, f"call {i}"))
    chance = propensities(count, weights, share)
    for row in range(7):
        for place in range(count):
            p = float(chance[row, place])
            assert abs(seen[row, place] / rounds - p) <= 5 * np.sqrt(p * (1 - p) / rounds)


def test_without_exploration_the_list_is_shown_as_it_is() -> None:
    for share, beside in ((0.0, [7, 8]), (1.0, [])):
        shown = draw([4, 2, 9], beside, [1.0] * len(beside), share, "key")
        assert [(each.row, each.propensity, each.explored) for each in shown] == [
            (4, 1.0, False),
            (2, 1.0, False),
            (9, 1.0, False),
        ]


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
    st.lists(st.sampled_from("abc"), min_size=20, max_size=20),
    st.integers(1, 25),
    st.sampled_from([0.0, 0.01, 0.2]),
)
def test_variety_picks_different_weapons_and_gives_away_no_more_than_it_may(
    values: list[float], kinds: list[str], count: int, variety: float
) -> None:
    ranking = _ranking(values)
    picked = vary(ranking, kinds[: len(values)], count, variety).tolist()
    assert len(picked) == len(set(picked)) == min(count, len(values))
    above: Counter[str] = Counter()
    for turn, place in enumerate(picked):
        left = [other for other in range(len(values)) if other not in picked[:turn]]
        best = max(float(ranking.value[other]) - variety * above[kinds[other]] for other in left)
        assert float(ranking.value[place]) - variety * above[kinds[place]] >= best - 1e-9
        assert float(ranking.value[place]) >= float(ranking.value[left[0]]) - variety * turn - 1e-9
        above[kinds[place]] += 1


def test_without_variety_the_ranking_stays_as_it_is() -> None:
    ranking = _ranking([0.5, 0.5, 0.7, 0.1])
    assert vary(ranking, ["a"] * 4, 3, 0.0).tolist() == [0, 1, 2]


def test_of_near_equals_another_type_comes_forward() -> None:
    ranking = _ranking([0.70, 0.699, 0.698, 0.60])
    assert vary(ranking, ["katana", "katana", "spear", "bow"], 3, 0.005).tolist() == [0, 2, 1]


def test_price_counts_by_doublings_and_not_at_all_for_power() -> None:
    assert cost_of(doublings([100, 200]), "power") is None
    for prefer in ("balance", "value"):
        cost = cost_of(doublings([0, 1, 100, 200, 400]), prefer)
        assert cost is not None
        assert cost[:2].tolist() == [0, 0]
        np.testing.assert_allclose(np.diff(cost[2:]), TASTES[prefer].doubling)


@pytest.mark.parametrize(("dear", "cheap"), [("power", "balance"), ("balance", "value")])
def test_value_minds_the_price_more_than_balance_and_power_not_at_all(dear: str, cheap: str) -> None:
    tastes = {name: taste.doubling for name, taste in TASTES.items()}
    assert tastes[dear] < tastes[cheap]  # type: ignore[index]
