"""The best of a catalogue, against a stable sort of all that is allowed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.features import SlayerProfile, WeaponTable, feature_matrix
from ml.ranking import Costs, rank
from tests.unit.ml.forests import SLAYERS, booster, scorer, weapons

SIZES = st.sampled_from([0, 1, 5, 60, 900, 6000])  # beyond 2,000 distinct rows, not all are looked at


@given(
    n=SIZES,
    weights=st.sampled_from([2, 12, 600]),
    slayer=st.sampled_from(SLAYERS),
    count=st.integers(1, 60),
    seed=st.integers(0, 50),
    share=st.sampled_from([None, 0.0, 0.003, 0.3, 1.0]),
    doubling=st.sampled_from([None, 0.02, 0.3]),
)
def test_it_is_a_stable_sort_of_what_is_allowed_cut_to_the_count(
    n: int, weights: int, slayer: SlayerProfile, count: int, seed: int, share: float | None, doubling: float | None
) -> None:
    rng = np.random.default_rng(seed)
    table = _table(n, seed, weights)
    allowed = None if share is None else rng.random(n) < share
    cost = None if doubling is None else doubling * np.log2(rng.integers(80, 2400, n).astype(np.float64))

    masks, costs = None if allowed is None else allowed.__getitem__, None if cost is None else Costs(cost)
    found = rank(scorer(), slayer, table, count, allowed=masks, cost=costs)

    score = scorer().score(slayer, table)
    value = score if cost is None else score - cost
    rows = np.arange(n) if allowed is None else np.flatnonzero(allowed)
    expected = rows[np.argsort(-value[rows], kind="stable")][:count]
    assert found.rows.tolist() == expected.tolist()
    np.testing.assert_array_equal(found.success, score[expected])
    np.testing.assert_array_equal(found.value, value[expected])


_TABLES: dict[tuple[int, int, int], WeaponTable] = {}


def _table(n: int, seed: int, weights: int) -> WeaponTable:
    key = (n, seed % 3, weights)
    if key not in _TABLES:
        _TABLES[key] = weapons(n, seed % 3, weights=weights, edges=5 if weights < 600 else 101)
    return _TABLES[key]


@pytest.mark.parametrize("slayer", SLAYERS)
def test_the_order_is_the_one_that_lightgbm_gives(slayer: SlayerProfile) -> None:
    table = weapons(5000, 8)
    predicted = np.asarray(booster().predict(feature_matrix(slayer, table)))
    expected = sorted(range(len(table)), key=lambda row: float(predicted[row]), reverse=True)
    assert rank(scorer(), slayer, table, len(table)).rows.tolist() == expected
    assert rank(scorer(), slayer, table, 10).rows.tolist() == expected[:10]


def test_the_least_cost_of_a_cell_is_that_of_its_cheapest_weapon_and_known_once_a_style() -> None:
    table = weapons(300, 4, weights=6, edges=5)
    costs = Costs(np.random.default_rng(0).random(len(table)))
    for style in ("Water", "Stone"):
        cells = table.cells(style)
        rows, cell = cells.rows_of(np.arange(len(cells)))
        least = [costs.of_weapon[rows[cell == place]].min() for place in range(len(cells))]
        np.testing.assert_array_equal(costs.cheapest(cells), least)
        assert costs.cheapest(cells) is costs.cheapest(table.cells(style))
