from __future__ import annotations

import uuid

import numpy as np
import pandas as pd
import pytest

from hashiramart import seed
from hashiramart.errors import InvalidInput
from ml.features import FEATURES
from ml.generate_data import make_interactions, make_slayers, make_weapons
from ml.params import GenerateData, load_params
from ml.tables import battle_matrix, row_numbers
from ml.truth import success_probability

P = load_params().generate_data.model_copy(
    update={"slayers": 400, "interactions": 20_000, "synthetic_weapons": 40, "new_weapons": 5}
)
World = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def make_world(p: GenerateData = P) -> World:
    rng = np.random.default_rng(p.seed)
    weapons, slayers = make_weapons(p, rng), make_slayers(p, rng)
    return weapons, slayers, make_interactions(p, slayers, weapons, rng)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def test_the_real_catalogue_comes_first_with_its_own_keys(world: World) -> None:
    real = world[0][world[0]["source"] == "catalogue"]
    assert real["weapon_id"].tolist() == [str(weapon.id) for weapon in seed.weapons()]
    assert real.index.tolist() == list(range(len(seed.weapons())))
    assert world[0]["weapon_id"].is_unique


def test_values_stay_in_the_ranges_of_the_shop(world: World) -> None:
    weapons, slayers, battles = world
    assert weapons["weight"].between(0.2, 10).all()
    assert weapons["sharpness"].between(0, 100).all()
    for frame, names in ((slayers, ("", "final_")), (battles, ("",))):
        for prefix in names:
            assert frame[f"{prefix}level"].between(1, 100).all()
            for name in ("strength", "dexterity", "stamina"):
                assert frame[f"{prefix}{name}"].between(0, 100).all()
    assert set(battles["success"]) == {0, 1}
    assert battles["propensity"].between(P.exploration / len(weapons) * 0.999, 1).all()
    assert battles["p_true"].between(P.upset_rate / 2, 1 - P.upset_rate / 2).all()


def test_battles_are_in_time_order_and_slayers_only_grow(world: World) -> None:
    _, slayers, battles = world
    assert battles["occurred_at"].is_monotonic_increasing
    assert str(battles["occurred_at"].dt.tz) == "UTC"
    assert (slayers["final_level"] >= slayers["level"]).all()
    of_one = battles.groupby("slayer_id")["level"]
    assert of_one.apply(lambda levels: levels.is_monotonic_increasing).all()


def test_ids_are_unique_uuids(world: World) -> None:
    _, slayers, battles = world
    assert battles["interaction_id"].is_unique
    for value in (*battles["interaction_id"][:20], *slayers["slayer_id"][:20]):
        parsed = uuid.UUID(value)
        assert (str(parsed), parsed.version, parsed.variant) == (value, 4, uuid.RFC_4122)


def test_outcomes_follow_the_recorded_truth(world: World) -> None:
    weapons, _, battles = world
    again = success_probability(battle_matrix(battles, weapons), P.upset_rate)
    np.testing.assert_allclose(again, battles["p_true"], atol=1e-6)
    assert battles["success"].mean() == pytest.approx(again.mean(), abs=0.015)


def test_exploration_is_uniform_and_habit_is_not(world: World) -> None:
    weapons, _, battles = world
    explored = battles[battles["exploration"]]
    assert len(explored) / len(battles) == pytest.approx(P.exploration, abs=0.01)
    match = battle_matrix(battles, weapons)[:, FEATURES.index("match_style")]
    by_habit, by_lot = match[~battles["exploration"]].mean(), match[battles["exploration"]].mean()
    assert by_habit > by_lot + 0.15
    counts = battles.loc[~battles["exploration"], "weapon_id"].value_counts()
    assert counts.head(10).sum() > 3 * 10 * len(battles) * (1 - P.exploration) / len(weapons)
    assert explored["weapon_id"].value_counts().max() < 3 * len(explored) / len(weapons)


def test_propensities_are_the_chances_of_being_chosen(world: World) -> None:
    weapons, _, battles = world
    # Weighting by 1/propensity undoes the habit: every weapon then has the same share of the battles.
    old = battles[battles["occurred_at"] < _launch()]
    weight = 1 / old["propensity"].astype(float)
    share = weight.groupby(old["weapon_id"]).sum() / weight.sum()
    assert len(share) == len(weapons) - P.new_weapons
    assert share.mean() == pytest.approx(1 / len(share))
    assert share.std() < 0.35 * share.mean()
    # Its mean is the number of weapons that could be chosen.
    assert weight.mean() == pytest.approx(len(share), rel=0.05)


def _launch() -> pd.Timestamp:
    return pd.Timestamp(P.start, tz="UTC") + P.launch * pd.Timedelta(days=P.days)


def test_new_weapons_come_late_and_are_then_explored_as_all_are(world: World) -> None:
    weapons, _, battles = world
    new = battles["weapon_id"].isin(weapons["weapon_id"].tail(P.new_weapons))
    assert battles.loc[new, "occurred_at"].min() >= _launch()
    late = battles[(battles["occurred_at"] >= _launch()) & battles["exploration"]]
    expected = P.new_weapons / len(weapons)
    assert late["weapon_id"].isin(weapons["weapon_id"].tail(P.new_weapons)).mean() == pytest.approx(expected, abs=0.05)


def test_no_model_chose_the_weapons(world: World) -> None:
    assert world[2]["model_version"].isna().all()


def test_without_new_weapons_all_are_there_from_the_start() -> None:
    weapons, _, battles = make_world(P.model_copy(update={"new_weapons": 0}))
    first = battles[battles["occurred_at"] < _launch()]
    assert set(first["weapon_id"]) == set(weapons["weapon_id"])


def test_the_same_seed_gives_the_same_world_and_another_seed_another(world: World) -> None:
    for first, second in zip(world, make_world(), strict=True):
        pd.testing.assert_frame_equal(first, second)
    other = make_world(P.model_copy(update={"seed": P.seed + 1}))
    assert not other[2]["success"].equals(world[2]["success"])


def test_a_battle_with_an_unknown_weapon_is_named() -> None:
    battles = pd.Series(["a", "x"], name="weapon_id")
    with pytest.raises(InvalidInput, match="weapon_id x"):
        row_numbers(battles, pd.Series(["a", "b"]))
    with pytest.raises(InvalidInput, match="weapon_id null"):
        row_numbers(pd.Series(["a", None], name="weapon_id"), pd.Series(["a", "b"]))
