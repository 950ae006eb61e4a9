"""The forest as boxes gives what LightGBM gives."""

from __future__ import annotations

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashiramart.errors import Unavailable
from ml.features import FEATURES, SlayerProfile, WeaponTable, feature_matrix
from ml.forest import Forest
from ml.scorer import Scorer
from tests.unit.ml.forests import SLAYERS, booster, random_rows, scorer, weapons

PARITY = 1e-6  # promised; what is kept is a thousand million times finer


@pytest.mark.parametrize("leaves", [2, 8, 31])
@pytest.mark.parametrize("monotone", [True, False])
def test_every_weapon_gets_lightgbms_own_score(leaves: int, monotone: bool) -> None:
    model = booster(leaves, 30, monotone=monotone)
    read = Scorer(model, "test")
    for table in (weapons(400, 1), weapons(300, 2, weights=5, edges=3), weapons(1, 3)):
        for slayer in SLAYERS:
            expected = np.asarray(model.predict(feature_matrix(slayer, table)))
            np.testing.assert_allclose(read.score(slayer, table), expected, rtol=0, atol=PARITY / 1e6)


@given(
    level=st.integers(1, 100),
    attributes=st.tuples(*[st.floats(0, 100, width=32)] * 3),
    weight=st.lists(st.floats(0.0625, 20, width=32), min_size=1, max_size=30),
    sharpness=st.data(),
)
def test_any_slayer_and_weapon_get_lightgbms_own_score(
    level: int, attributes: tuple[float, float, float], weight: list[float], sharpness: st.DataObject
) -> None:
    edges = sharpness.draw(st.lists(st.floats(0, 100, width=32), min_size=len(weight), max_size=len(weight)))
    styles = [["Water"], []] * len(weight)
    table = WeaponTable.build(
        ids=range(len(weight)),
        slugs=[""] * len(weight),
        weight=weight,
        sharpness=edges,
        styles=styles[: len(weight)],
    )
    slayer = SlayerProfile(level, *attributes, "Water")
    expected = np.asarray(booster().predict(feature_matrix(slayer, table)))
    np.testing.assert_allclose(scorer().score(slayer, table), expected, rtol=0, atol=PARITY / 1e6)


def test_values_on_a_threshold_fall_on_lightgbms_side() -> None:
    model = booster(31, 30)
    trees = model.trees_to_dataframe()
    for feature in ("weight", "sharpness", "level_weight_diff"):
        cuts = trees.loc[trees["split_feature"] == feature, "threshold"].to_numpy(np.float32)
        around = np.unique(
            np.concatenate([cuts, np.nextafter(cuts, np.float32(9e9)), np.nextafter(cuts, np.float32(-9))])
        )
        around = around[around > 0] if feature != "level_weight_diff" else np.float32(0.9 + 0.045 * 10) - around
        n = len(around)
        columns = {"weight": np.full(n, 1.5), "sharpness": np.full(n, 50.0)}
        columns["sharpness" if feature == "sharpness" else "weight"] = around
        table = WeaponTable.build(ids=range(n), slugs=[""] * n, styles=[["Stone"]] * n, **columns)
        expected = np.asarray(model.predict(feature_matrix(SLAYERS[1], table)))
        np.testing.assert_allclose(Scorer(model, "test").score(SLAYERS[1], table), expected, rtol=0, atol=1e-12)


def test_weapons_alike_in_every_feature_score_alike_to_the_last_bit() -> None:
    table = weapons(2000, 5, weights=8, edges=5)
    for slayer in SLAYERS:
        score = scorer().score(slayer, table)
        matrix = feature_matrix(slayer, table)
        _, same = np.unique(matrix, axis=0, return_inverse=True)
        assert len({(int(group), float(value)) for group, value in zip(same, score, strict=True)}) == same.max() + 1


def test_a_model_that_boxes_cannot_stand_for_is_refused() -> None:
    rng = np.random.default_rng(0)
    matrix, won = random_rows(500, rng), rng.integers(0, 2, 500)
    quiet = {"verbose": -1, "num_threads": 1, "num_leaves": 4}

    def train(settings: dict[str, object], **data: object) -> lgb.Booster:
        return lgb.train({**quiet, **settings}, lgb.Dataset(matrix, won, feature_name=list(FEATURES), **data), 3)

    for model in (
        train({"objective": "regression"}),
        train({"objective": "binary", "sigmoid": 0.7}),
        train({"objective": "multiclass", "num_class": 2}),
        train({"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}),
        train({"objective": "binary", "zero_as_missing": True}),
        train({"objective": "binary", "linear_tree": True}),
        train({"objective": "binary", "min_data_per_group": 1, "cat_smooth": 0}, categorical_feature=[6, 0]),
    ):
        with pytest.raises(Unavailable):
            Forest.of(model)
