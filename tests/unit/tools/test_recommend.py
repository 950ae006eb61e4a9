"""What is chosen from a shelf: masks hold whatever else is asked for, and every wish is met from what is left."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashiramart import seed
from ml.features import WeaponTable
from ml.shortlist import TASTES, Exploration, Prefer, propensities
from tests.unit.ml.forests import SLAYERS, STYLES, scorer
from tools.recommend import RecommendArgs, choose
from tools.shelves import Shelf

TYPES = seed.weapon_types()[:4]
PREFERENCES: list[Prefer] = ["power", "balance", "value"]


class Row(NamedTuple):
    id: uuid.UUID
    slug: str
    weapon_type: str
    weight: float
    sharpness: float
    price: int
    stock: int
    styles: list[str]


def shelf_of(rows: list[Row]) -> Shelf:
    table = WeaponTable.of(rows)
    plain: list[Any] = list(rows)
    return Shelf((len(rows), 0), plain, table)


def random_shelf(n: int, number: int, heaviest: float = 6.0) -> Shelf:
    rng = np.random.default_rng(number)
    return shelf_of(
        [
            Row(
                id=uuid.UUID(int=i),
                slug=f"w{i:03d}",
                weapon_type=TYPES[int(rng.integers(len(TYPES)))],
                weight=round(float(rng.uniform(0.3, heaviest)), 1),
                sharpness=float(rng.integers(0, 20) * 5),
                price=int(rng.integers(0, 30) * 50),
                stock=int(rng.integers(0, 3)),
                styles=[style for style in STYLES if rng.random() < 0.4],
            )
            for i in range(n)
        ]
    )


SHELVES = {(n, number): random_shelf(n, number) for n in (0, 1, 12, 150) for number in range(3)}


@given(
    shelf=st.sampled_from(list(SHELVES.values())),
    slayer=st.sampled_from(SLAYERS),
    top_k=st.integers(1, 50),
    low=st.none() | st.integers(0, 1500),
    high=st.none() | st.integers(0, 1500),
    wanted=st.lists(st.sampled_from(TYPES), max_size=3),
    unwanted=st.lists(st.sampled_from(TYPES), max_size=3),
    prefer=st.sampled_from(PREFERENCES),
    held=st.sets(st.integers(0, 160), max_size=12),
    share=st.sampled_from([0.0, 0.3, 1.0]),
    key=st.text(max_size=8),
)
def test_no_mask_is_ever_broken_and_the_list_is_as_long_as_it_can_be(
    shelf: Shelf,
    slayer: Any,
    top_k: int,
    low: int | None,
    high: int | None,
    wanted: list[str],
    unwanted: list[str],
    prefer: Prefer,
    held: set[int],
    share: float,
    key: str,
) -> None:
    args = RecommendArgs(
        top_k=top_k, budget=high, budget_min=low, weapon_types=wanted, exclude_types=unwanted, prefer=prefer
    )
    hands = {uuid.UUID(int=number) for number in held}

    def fits(row: Any) -> bool:
        return (
            row.stock > 0
            and row.id not in hands
            and (high is None or row.price <= high)
            and (low is None or row.price >= low)
            and (not wanted or row.weapon_type in wanted)
            and row.weapon_type not in unwanted
        )

    found = choose(scorer(), slayer, shelf, args, held=hands, key=key, exploration=Exploration(share=share))
    rows = [each.row for each in found.shown]
    assert all(fits(shelf.rows[row]) for row in rows)
    assert len(rows) == len(set(rows)) == min(top_k, sum(map(fits, shelf.rows)))
    np.testing.assert_array_equal(found.success, scorer().score(slayer, shelf.table)[rows])
    if prefer == "power" and not share:
        score = scorer().score(slayer, shelf.table)
        expected = sorted((i for i, row in enumerate(shelf.rows) if fits(row)), key=lambda i: (-score[i], i))[:top_k]
        assert rows == expected
    again = choose(scorer(), slayer, shelf, args, held=hands, key=key, exploration=Exploration(share=share))
    assert again.shown == found.shown
    candidates = [*found.listed, *found.beside]
    assert all(fits(shelf.rows[row]) for row in candidates)
    assert len(candidates) == len(set(candidates)) == len(rows) + len(found.weights)
    chances = propensities(len(rows), found.weights, found.share)
    assert [each.propensity for each in found.shown] == [
        chances[candidates.index(each.row), each.position - 1] for each in found.shown
    ]


@pytest.mark.parametrize("slayer", SLAYERS)
def test_who_minds_the_price_pays_less_and_who_asks_for_power_wins_more(slayer: Any) -> None:
    shelf = SHELVES[150, 1]
    mean: dict[Prefer, tuple[float, float]] = {}
    for prefer in PREFERENCES:
        found = choose(scorer(), slayer, shelf, RecommendArgs(top_k=8, prefer=prefer))
        price = np.log2(np.maximum(shelf.price[[each.row for each in found.shown]], 1))
        mean[prefer] = (float(found.success.mean()), float(price.mean()))
    assert mean["power"][0] >= mean["balance"][0] >= mean["value"][0]
    assert mean["power"][1] >= mean["value"][1]


def test_twice_the_price_must_be_worth_it() -> None:
    """Two weapons that differ in nothing but the price: only power leaves them in the order of the shelf."""
    order: list[tuple[Prefer, int]] = [("power", 0), ("balance", 1), ("value", 1)]
    twins = [
        Row(uuid.UUID(int=i), f"w{i}", TYPES[i % 2], 1.2, 50.0, price, 1, ["Water"])
        for i, price in enumerate([800, 400])
    ]
    for prefer, first in order:
        assert TASTES[prefer].doubling < 0.1
        found = choose(scorer(), SLAYERS[0], shelf_of(twins), RecommendArgs(prefer=prefer))
        assert found.shown[0].row == first


def test_exploration_tries_new_weapons_more_often_than_others_and_says_how_often() -> None:
    rows: list[Any] = list(random_shelf(60, 5).rows)
    rows.append(Row(uuid.UUID(int=900), "zz-giant", TYPES[0], 9.5, 50.0, 400, 3, []))  # too heavy for anybody so far
    shelf, new = shelf_of(rows), len(rows) - 1
    rounds, policy = 3000, Exploration(share=0.5, pool=10)
    seen: Counter[int] = Counter()
    claimed: dict[int, float] = {}
    for i in range(rounds):
        for each in choose(scorer(), SLAYERS[0], shelf, RecommendArgs(), key=f"call {i}", exploration=policy).shown:
            if each.explored:
                seen[each.row] += 1
                claimed[each.row] = 3 * each.propensity  # at any of three places, all alike
    others = [count for row, count in seen.items() if row != new]
    assert len(others) == 10
    assert seen[new] > 2 * max(others)
    assert sum(claimed.values()) == pytest.approx(policy.share)
    for row, p in claimed.items():
        assert abs(seen[row] / rounds - p) < 5 * np.sqrt(p * (1 - p) / rounds)


def test_asked_for_reasons_only_the_named_weapons_come_back_even_sold_out_or_held() -> None:
    shelf = SHELVES[12, 0]
    gone = next(row for row in shelf.rows if row.stock == 0)
    here = next(row for row in shelf.rows if row.stock > 0)
    args = RecommendArgs(explain=[gone.slug, here.slug, here.slug, "no-such-weapon"], budget=0)
    found = choose(scorer(), SLAYERS[0], shelf, args, held={here.id})
    assert {shelf.rows[each.row].slug for each in found.shown} == {gone.slug, here.slug}
    assert not choose(scorer(), SLAYERS[0], shelf, RecommendArgs(explain=["no-such-weapon"])).shown
