"""Off-policy estimates against a truth that is known: right on average, honest about their error, and wrong when they must be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ml.chances import examined
from ml.impressions import settled_lists
from ml.offpolicy import LOGGED, Estimate, Value, evaluate
from tests.unit.ml.shop_log import Float, Shop, draw, value

SHARE, REPEATS, LISTS = 0.4, 400, 300


@dataclass(frozen=True, eq=False)
class World:
    """A shop, what log and target believe, a model that promises too much, and what both policies are really worth."""

    shop: Shop
    log: Float
    target: Float
    model: Float
    worth: dict[str, float]


def _believes(shop: Shop, noise: float, seed: int, lean: float = 0.0) -> Float:
    """Beliefs that are off by weapon, in log-odds."""
    off = np.random.default_rng(seed).normal(lean, noise, shop.truth.shape[1])
    return np.asarray(1 / (1 + (1 / shop.truth - 1) * np.exp(-off)))


@pytest.fixture(scope="module")
def world() -> World:
    shop = Shop.open(250, seed=1)
    log, target = _believes(shop, 0.6, 1), _believes(shop, 0.1, 2)
    worth = {"target": value(shop, log, target, SHARE), LOGGED: value(shop, log, log, SHARE)}
    return World(shop, log, target, _believes(shop, 0.2, 5, lean=0.7), worth)


def _evaluate(
    world: World,
    shown: pd.DataFrame,
    *,
    logged_as: float = 1.0,
    max_weight: float = 1e9,
    orders: dict[str, Float] | None = None,
) -> tuple[dict[str, Value], Estimate]:
    fought = shown[shown["battles"] > 0]
    found = settled_lists(fought, world.shop.weapons)
    of = fought.drop_duplicates("list_id")
    slayer = pd.Index(world.shop.slayers["slayer_id"]).get_indexer(pd.Index(of["slayer_id"]))[found.lists.of]
    ids = pd.Index(np.concatenate(of["candidates"].to_list()))
    weapon = pd.Index(world.shop.weapons["weapon_id"]).get_indexer(ids)
    drawn = fought["explored"].to_numpy(bool)
    propensity = np.where(drawn, found.settled.propensity * logged_as, found.settled.propensity)
    return evaluate(
        found.lists,
        replace(found.settled, propensity=propensity),
        examined(shown["position"].to_numpy(np.intp), (shown["battles"] > 0).to_numpy(bool)),
        {name: found.lists.ranked(each[slayer, weapon]) for name, each in (orders or {"target": world.target}).items()},
        world.model[slayer, weapon],
        max_weight=max_weight,
        rounds=200,
    )


def _repeat(world: World, **changes: Any) -> list[tuple[dict[str, Value], Estimate]]:
    rng = np.random.default_rng(7)
    nights = (draw(world.shop, world.log, rng, lists=LISTS, share=SHARE) for _ in range(REPEATS))
    return [_evaluate(world, night, **changes) for night in nights]


@pytest.fixture(scope="module")
def repeated(world: World) -> list[tuple[dict[str, Value], Estimate]]:
    return _repeat(world)


def _estimates(repeated: list[tuple[dict[str, Value], Estimate]], policy: str, method: str) -> list[Estimate]:
    return [getattr(values[policy], method) for values, _ in repeated]


def _mean_error(found: list[Estimate], truth: float) -> float:
    """How far the mean of the estimates is from the truth, in its own standard errors."""
    values = np.array([each.value for each in found])
    return float((values.mean() - truth) / (values.std() / np.sqrt(len(values))))


@pytest.mark.parametrize("policy", ["target", LOGGED])
@pytest.mark.parametrize("method", ["ips", "snips", "dr"])
def test_estimates_are_right_on_average(
    world: World, repeated: list[tuple[dict[str, Value], Estimate]], policy: str, method: str
) -> None:
    assert abs(_mean_error(_estimates(repeated, policy, method), world.worth[policy])) <= 2


def test_the_model_alone_is_wrong_and_outcomes_set_it_right(
    world: World, repeated: list[tuple[dict[str, Value], Estimate]]
) -> None:
    promised = np.mean([values["target"].model_alone for values, _ in repeated])
    corrected = np.mean([values["target"].dr.value for values, _ in repeated])
    assert promised - world.worth["target"] > 0.05
    assert abs(corrected - world.worth["target"]) < 0.01


def test_doubly_robust_estimates_vary_less_than_weighted_outcomes(
    repeated: list[tuple[dict[str, Value], Estimate]],
) -> None:
    spread = {
        method: np.std([each.value for each in _estimates(repeated, "target", method)]) for method in ("ips", "dr")
    }
    assert spread["dr"] < 0.8 * spread["ips"]


@pytest.mark.parametrize("policy", ["target", LOGGED])
@pytest.mark.parametrize("method", ["ips", "snips", "dr"])
def test_intervals_hold_the_truth_about_as_often_as_they_say(
    world: World, repeated: list[tuple[dict[str, Value], Estimate]], policy: str, method: str
) -> None:
    found = _estimates(repeated, policy, method)
    held = np.mean([each.low <= world.worth[policy] <= each.high for each in found])
    assert 0.92 <= held <= 0.995
    errors = np.mean([max(each.standard_error, each.standard_error_by_design) for each in found])
    assert errors == pytest.approx(np.std([each.value for each in found]), rel=0.3)


def test_the_difference_of_two_policies_is_what_they_differ_by(
    world: World, repeated: list[tuple[dict[str, Value], Estimate]]
) -> None:
    truth = world.worth["target"] - world.worth[LOGGED]
    found = [difference for _, difference in repeated]
    assert abs(_mean_error(found, truth)) <= 2
    assert np.mean([each.low <= truth <= each.high for each in found]) >= 0.92
    for values, difference in repeated:
        assert difference.value == pytest.approx(values["target"].dr.value - values[LOGGED].dr.value, abs=3e-6)


def test_weights_average_to_one(repeated: list[tuple[dict[str, Value], Estimate]]) -> None:
    z = np.array([values["target"].mean_weight_z for values, _ in repeated])
    assert abs(z.mean()) <= 2 / np.sqrt(len(z))
    assert z.std() == pytest.approx(1, abs=0.1)


def test_wrong_propensities_make_wrong_estimates_and_show_in_the_weights(world: World) -> None:
    found = _repeat(world, logged_as=0.5)
    for method in ("ips", "dr"):
        assert abs(_mean_error(_estimates(found, "target", method), world.worth["target"])) > 4
    assert np.median([values["target"].mean_weight_z for values, _ in found]) > 2


def test_slayers_who_fight_only_with_what_they_trust_show_in_the_weights(world: World) -> None:
    poor = _believes(world.shop, 3.0, 6)  # so that the target's weapons are those that are trusted more
    for taste, least, most in ((0.0, -3, 3), (3.0, 4, 99)):
        night = draw(world.shop, poor, np.random.default_rng(4), lists=6000, share=SHARE, taste=taste)
        assert least < _evaluate(world, night)[0]["target"].mean_weight_z < most


@pytest.fixture(scope="module")
def night(world: World) -> pd.DataFrame:
    return draw(world.shop, world.log, np.random.default_rng(9), lists=LISTS, share=SHARE)


def test_the_logged_policy_is_worth_what_was_observed(world: World, night: pd.DataFrame) -> None:
    observed = night["outcome"].mean()
    for found in (_evaluate(world, night)[0][LOGGED], _evaluate(world, night, orders={"same": world.log})[0]["same"]):
        assert found.ips.value == pytest.approx(observed, abs=1e-6)
        assert found.snips is not None
        assert found.snips.value == pytest.approx(observed, abs=1e-6)
        assert found.mean_weight == found.max_weight == 1
        assert found.moved == found.unsupported == found.mean_weight_z == 0
        assert found.effective_rows == pytest.approx(night["battles"].gt(0).sum())


def test_models_that_agree_do_not_differ(world: World, night: pd.DataFrame) -> None:
    _, difference = _evaluate(world, night, orders={"a": world.target, "b": world.target})
    assert (difference.value, difference.low, difference.high) == (0, 0, 0)


def test_a_log_without_exploration_cannot_say_what_it_never_showed(world: World) -> None:
    night = draw(world.shop, world.log, np.random.default_rng(9), lists=LISTS, share=0.0)
    found = _evaluate(world, night)[0]["target"]
    assert found.unsupported > 0.2
    assert found.seen == 0


def test_an_order_of_the_same_weapons_is_valued_without_exploration(world: World) -> None:
    looked = np.array([0.7, 0.3, 0.1])
    night = draw(world.shop, world.log, np.random.default_rng(9), lists=6000, share=0.0, beside=0, examined=looked)
    found = _evaluate(world, night)[0]["target"]
    worth, before = (
        value(world.shop, world.log, each, 0.0, beside=0, examined=looked) for each in (world.target, world.log)
    )
    assert found.unsupported == 0
    assert worth > before + 0.005
    assert found.dr.low <= worth <= found.dr.high


def test_few_rows_that_hold_no_heavy_weight_do_not_look_sure(world: World) -> None:
    night = draw(world.shop, world.log, np.random.default_rng(9), lists=60, share=0.05)
    kept = night.assign(battles=lambda each: each["battles"].where(~each["explored"], 0))
    found = _evaluate(world, kept)[0]["target"]
    assert found.seen == 0
    assert found.moved > 0.2
    assert found.dr.standard_error_by_design > 3 * found.dr.standard_error
    assert found.dr.high - found.dr.low > 2 * 1.95 * found.dr.standard_error_by_design
    assert found.effective_rows_by_design < 0.2 * found.effective_rows


def test_clipping_is_reported_and_moves_the_estimate(world: World, night: pd.DataFrame) -> None:
    whole, clipped = _evaluate(world, night)[0]["target"], _evaluate(world, night, max_weight=2.0)[0]["target"]
    assert whole.clipped == 0
    assert 0 < clipped.clipped < 0.5
    assert clipped.ips.value < whole.ips.value
    assert clipped.ips.standard_error < whole.ips.standard_error
    assert clipped.max_weight == whole.max_weight > 2  # as it was before
    assert clipped.effective_rows > whole.effective_rows


def test_effective_rows_are_kishs(world: World, night: pd.DataFrame) -> None:
    found = _evaluate(world, night)[0]["target"]
    rows = int(night["battles"].gt(0).sum())
    assert 1 < found.effective_rows < rows
    # A policy whose weights vary by v is worth as many rows as 1 / (1 + v).
    assert found.effective_rows == pytest.approx(found.effective_rows_by_design, rel=0.5)
