"""How likely each candidate stands at a settled place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashiramart.errors import InvalidInput
from ml.chances import Lists, chances, examined, inconsistent, logged_chance
from ml.impressions import SettledLists, settled_lists
from ml.shortlist import propensities
from tests.unit.ml.shop_log import EXAMINED, Shop, draw

LENGTHS = st.tuples(st.integers(1, 4), st.integers(0, 5))


@pytest.fixture(scope="module")
def shop() -> Shop:
    return Shop.open(30, seed=1)


def _settled(shop: Shop, **changes: Any) -> tuple[SettledLists, pd.DataFrame]:
    shown = draw(shop, shop.truth, np.random.default_rng(2), lists=400, **changes)
    fought = shown[shown["battles"] > 0]
    return settled_lists(fought, shop.weapons), fought


@given(st.lists(LENGTHS, min_size=1, max_size=4), st.floats(0, 1), st.integers(0, 2**32))
def test_chances_are_propensities_averaged_over_the_places(
    lengths: list[tuple[int, int]], share: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    places = np.array([count for count, _ in lengths])
    start = np.concatenate([[0], np.cumsum([count + beside for count, beside in lengths])])
    lists = Lists(start, places, np.full(len(places), share), rng.choice([1.0, 3.0], start[-1]))
    looked = rng.uniform(0.1, 1, 4)
    order = lists.ranked(rng.random(start[-1]))
    found = chances(lists, looked, order)
    np.testing.assert_allclose(lists.sums(found), 1)
    for i, (count, _) in enumerate(lengths):
        of_list = slice(start[i], start[i + 1])
        by_rank = np.argsort(order[of_list])
        table = propensities(count, lists.weight[of_list][by_rank][count:].tolist(), share)
        expected = table @ looked[:count] / looked[:count].sum()
        np.testing.assert_allclose(found[of_list][by_rank], expected, atol=1e-12)


def test_the_log_gives_the_chance_of_what_it_shows(shop: Shop) -> None:
    found, _ = _settled(shop)
    by_list = chances(found.lists, EXAMINED, found.lists.as_shown)
    np.testing.assert_allclose(logged_chance(found.lists, found.settled, EXAMINED), by_list[found.settled.shown])
    assert inconsistent(found.lists, found.settled) == 0


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_lists_without_other_candidates_are_consistent_whatever_their_share(shop: Shop, share: float) -> None:
    found, _ = _settled(shop, share=share, beside=0)
    assert inconsistent(found.lists, found.settled) == 0


def test_settled_weapons_come_as_often_as_their_chances_say(shop: Shop) -> None:
    found, _ = _settled(shop, share=0.5)
    by_list = chances(found.lists, EXAMINED, found.lists.as_shown)[found.lists.of == 0]
    order = found.lists.as_shown[found.settled.shown]
    seen = np.bincount(order, minlength=len(by_list)) / len(order)
    error = np.sqrt(by_list * (1 - by_list) / len(order))
    assert (np.abs(seen - by_list) <= 4 * error).all()


def test_a_logged_propensity_that_its_list_does_not_give_is_noticed(shop: Shop) -> None:
    shown = draw(shop, shop.truth, np.random.default_rng(2), lists=400)
    fought = shown[shown["battles"] > 0].copy()
    fought.loc[fought["explored"], "propensity"] *= 1.01
    found = settled_lists(fought, shop.weapons)
    assert inconsistent(found.lists, found.settled) == pytest.approx(fought["explored"].mean())


def test_places_are_looked_at_as_often_as_they_were_fought_with() -> None:
    position = np.array([1, 1, 1, 1, 2, 2, 2, 2, 3])
    fought = np.array([1, 1, 1, 0, 0, 0, 0, 1, 0], bool)
    np.testing.assert_allclose(examined(position, fought), [3.5 / 5, 1.5 / 5, 0.5 / 2])


def test_candidates_have_the_features_of_slayer_and_weapon(shop: Shop) -> None:
    found, fought = _settled(shop)
    slayer = pd.Index(shop.slayers["slayer_id"]).get_indexer(pd.Index(fought["slayer_id"]))
    weapon = pd.Index(shop.weapons["weapon_id"]).get_indexer(pd.Index(fought["weapon_id"]))
    expected = shop.matrix.reshape(*shop.truth.shape, -1)[slayer, weapon]
    np.testing.assert_array_equal(found.matrix[found.settled.shown], expected)


def _shorten(frame: pd.DataFrame) -> None:
    frame["weights"] = [each[1:] for each in frame["weights"]]


def _lose(frame: pd.DataFrame) -> None:
    frame["candidates"] = [[*each[:-1], "unknown"] for each in frame["candidates"]]


def _other(frame: pd.DataFrame) -> None:
    all_of_them = Shop.open(20).weapons["weapon_id"]
    frame["weapon_id"] = [next(w for w in all_of_them if w not in set(each)) for each in frame["candidates"]]


def _never(frame: pd.DataFrame) -> None:
    frame["propensity"] = 0.0


@pytest.mark.parametrize(
    ("spoil", "named"),
    [(_shorten, "weights"), (_lose, "candidates unknown"), (_other, "weapon_id"), (_never, "propensity")],
)
def test_lists_that_contradict_themselves_are_refused(shop: Shop, spoil: Any, named: str) -> None:
    fought = _settled(shop)[1].copy()
    spoil(fought)
    with pytest.raises(InvalidInput, match=named):
        settled_lists(fought, shop.weapons)
