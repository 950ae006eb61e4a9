"""The Recommender's suite: the product keeps its bounds, and a broken model does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from evals.report import Report
from evals.suites import recommender
from evals.suites.recommender import World, behaviour, examined, judged, make, taught
from hashiramart.config import Settings
from ml.exam import Float, Model
from ml.features import FEATURES, Float32, WeaponTable
from ml.params import Params, load_params
from ml.tables import weapon_table

SIZE = 60_000
_AT = {name: column for column, name in enumerate(FEATURES)}


@pytest.fixture(scope="module")
def params() -> Params:
    whole = load_params()
    few = {"slayers": 1500, "interactions": SIZE}
    return whole.model_copy(
        update={
            "generate_data": whole.generate_data.model_copy(update=few),
            "evaluate": whole.evaluate.model_copy(update={"slayers": 200}),
        }
    )


@pytest.fixture(scope="module")
def world(params: Params) -> World:
    return make(params)


@pytest.fixture(scope="module")
def sound(world: World, params: Params) -> Model:
    return taught(world, params)


@pytest.fixture(autouse=True)
def _the_limit_of_a_hundred_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(recommender.REGRET, SIZE, recommender.REGRET[100_000])


def _missed(world: World, model: Model) -> set[str]:
    """The names of the bounds that a model misses, without the size in them."""
    figures, bounds = judged(SIZE, [examined(world, model)])
    more, limits = behaviour(model, world.weapons, probes=40)
    report = Report("recommender", figures | more, bounds | limits)
    return {name.removesuffix("_60k") for name in report.missed}


def _told(model: Model, **columns: Any) -> Model:
    """The model, told of every row that a column is something else."""

    def fooled(matrix: Float32, weapon: Any) -> Float:
        changed = matrix.copy()
        for name, change in columns.items():
            changed[:, _AT[name]] = change(changed[:, _AT[name]])
        return model(changed, weapon)

    return fooled


def test_the_quick_form_keeps_every_bound() -> None:
    told: list[float] = []
    report = recommender.run(Settings(), True, lambda _what, share: told.append(share))
    assert report.ok, (report.missed, report.figures)
    assert {"regret_at_10_100k", "auc_gap_100k", "baselines_worse_100k", "monotone_violations"} <= set(report.bounds)
    assert told == sorted(told)
    assert all(0 <= share < 1 for share in told)


def test_the_full_form_judges_both_sizes_by_the_promised_limits() -> None:
    promised = {100_000: 0.010, 400_000: 0.005}
    assert {size: recommender.REGRET[size] for size in promised} == promised
    assert recommender.AUC_GAP == 0.005


def test_a_sound_model_misses_nothing(world: World, sound: Model) -> None:
    assert _missed(world, sound) == set()


def test_a_reversed_ranking_is_noticed(world: World, sound: Model) -> None:
    missed = _missed(world, lambda matrix, weapon: 1 - sound(matrix, weapon))
    assert missed >= {"regret_at_10", "auc_gap", "baselines_worse", "monotone_violations", "direction_match"}


def test_a_model_that_has_learned_next_to_nothing_is_noticed(world: World, params: Params) -> None:
    early = params.train_recommender.model_copy(update={"rounds": 3})
    missed = _missed(world, taught(world, params.model_copy(update={"train_recommender": early})))
    assert missed >= {"regret_at_10", "auc_gap", "baselines_worse"}


def test_a_model_that_gives_every_weapon_the_same_is_noticed(world: World) -> None:
    missed = _missed(world, lambda matrix, _weapon: np.full(len(matrix), 0.5))
    assert missed >= {"regret_at_10", "auc_gap", "direction_match", "direction_too_heavy", "direction_level"}


def test_a_model_that_does_not_see_the_style_is_noticed(world: World, sound: Model) -> None:
    assert _missed(world, _told(sound, match_style=np.zeros_like)) >= {"regret_at_10", "auc_gap", "direction_match"}


def test_a_model_that_does_not_see_the_weight_is_noticed(world: World, sound: Model) -> None:
    blind = _told(sound, weight=lambda kg: np.full_like(kg, 1.5), level_weight_diff=lambda kg: np.full_like(kg, 0.5))
    assert _missed(world, blind) >= {"regret_at_10", "direction_too_heavy"}


def test_a_model_that_likes_blunt_weapons_is_noticed(world: World, sound: Model) -> None:
    assert _missed(world, _told(sound, sharpness=lambda edge: 100 - edge)) >= {"regret_at_10", "monotone_violations"}


def test_training_without_monotone_constraints_is_noticed(
    world: World, params: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.train_recommender.MONOTONE", (0,) * len(FEATURES))
    assert "monotone_violations" in _missed(world, taught(world, params))


def test_a_price_that_finds_its_way_into_a_feature_is_noticed(
    world: World, sound: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaking(weapons: pd.DataFrame) -> WeaponTable:
        return weapon_table(weapons.assign(sharpness=np.minimum(weapons["price"] / 30, 100)))

    monkeypatch.setattr(recommender, "weapon_table", leaking)
    assert "invariance_changes" in _missed(world, sound)


def test_a_baseline_that_is_as_good_as_the_model_is_noticed(
    world: World, sound: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.exam.baselines", lambda _train, _weapons: iter([("itself", sound)]))
    assert _missed(world, sound) == {"baselines_worse"}
