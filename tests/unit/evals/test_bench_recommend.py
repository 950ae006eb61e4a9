"""``hashira bench recommend``: it compares the same thing, and notices when it does not."""

from __future__ import annotations

import numpy as np
import pytest

from evals.benches import recommend
from evals.benches.recommend_subjects import Catalogue, Classifier, catalogue, featurize, slayers, specified
from hashiramart.config import Settings
from ml.features import FEATURES, feature_matrix
from ml.ranking import Ranking, rank
from tests.unit.ml.forests import booster


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recommend, "train", booster)
    monkeypatch.setattr(recommend, "SIZES", {"100": 100, "1k": 1_000, "10k": 3_000})
    monkeypatch.setattr(recommend, "_QUICK_ROUNDS", 2)


@pytest.fixture(scope="module")
def goods() -> Catalogue:
    return catalogue(200)


def test_both_ways_are_given_the_same_numbers(goods: Catalogue) -> None:
    for slayer in slayers(5):
        frame = featurize(slayer, goods.weapons)
        assert tuple(frame.columns) == FEATURES
        np.testing.assert_array_equal(frame.to_numpy(), feature_matrix(slayer, goods.shelf.table))


def test_the_specifications_way_is_best_first_and_leaves_ties_in_place(goods: Catalogue) -> None:
    slayer = slayers(1)[0]
    found = specified(Classifier(booster(), 1), slayer, goods.weapons, 200)
    keys = [(-success, weapon["id"]) for weapon, success in found]
    assert keys == sorted(keys)


def test_the_quick_form_finds_the_same_order_and_judges_no_speed() -> None:
    told: list[float] = []
    report = recommend.run(Settings(), True, lambda _what, share: told.append(share))
    assert report.ok
    assert report.figures["same_order"] == 1
    assert report.figures["10k_times_faster"] > 0
    assert set(report.bounds) == {"same_order", "largest_difference"}
    assert all(0 <= share <= 1 for share in told)
    assert report.pictures["cost"]().lstrip().startswith(b"<?xml")


def test_another_order_misses_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    right = rank

    def swapped(*arguments: object, **options: object) -> Ranking:
        found = right(*arguments, **options)  # type: ignore[arg-type]
        rows = found.rows.copy()
        rows[[0, 1]] = rows[[1, 0]]
        return Ranking(rows, found.success, found.value)

    monkeypatch.setattr(recommend, "rank", swapped)
    report = recommend.run(Settings(), True, lambda _what, _share: None)
    assert report.missed == ("same_order",)


def test_the_full_form_judges_speed_and_growth() -> None:
    assert set(recommend._bounds(quick=False)) == {
        "same_order",
        "largest_difference",
        "10k_times_faster",
        "100k_times_faster",
        "growth_100k_to_1m",
    }
