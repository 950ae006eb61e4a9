"""What rankers are examined on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from hashiramart.errors import Unavailable
from ml import exam as examination
from ml.exam import NEW_WEAPONS, Exam, baselines, judge, offer, seen_in, set_exam
from ml.features import FEATURES
from ml.params import load_params
from ml.split import divide
from ml.tables import battle_matrix, weapon_table
from ml.truth import success_probability
from tests.unit.ml.worlds import source

SOURCE = source()
UPSETS = load_params().generate_data.upset_rate
K = 10


def _exam(battles: pd.DataFrame, *, slayers: int = 50, trained_on: Any = None) -> Exam:
    seen = np.ones(len(SOURCE.weapons), bool) if trained_on is None else trained_on
    return set_exam(battles, SOURCE.weapons, seen, slayers=slayers, upset_rate=UPSETS)


def test_every_battle_is_one_row_with_its_outcome_and_weapon() -> None:
    exam = _exam(SOURCE.interactions)
    np.testing.assert_array_equal(exam.matrix, battle_matrix(SOURCE.interactions, SOURCE.weapons))
    assert exam.outcome.tolist() == SOURCE.interactions["success"].tolist()
    assert SOURCE.weapons["weapon_id"].to_numpy()[exam.weapon].tolist() == SOURCE.interactions["weapon_id"].tolist()
    assert len(set(zip(exam.slayer.tolist(), SOURCE.interactions["slayer_id"], strict=True))) == exam.slayer.max() + 1


def test_styles_and_tenths_of_the_levels_each_cover_every_battle_once() -> None:
    exam = _exam(SOURCE.interactions)
    for kind in ("style ", "level tenth "):
        rows = [of for name, of in exam.slices.items() if name.startswith(kind)]
        assert (np.sum(rows, axis=0) == 1).all()
        of_slayers = [of for name, of in exam.chooser_slices.items() if name.startswith(kind)]
        assert (np.sum(of_slayers, axis=0) == 1).all()
    assert NEW_WEAPONS not in exam.slices


def test_new_weapons_are_those_that_training_never_saw() -> None:
    _, (train, test, _) = divide(SOURCE.interactions, load_params().split)
    seen = seen_in(train, SOURCE.weapons)
    assert set(SOURCE.weapons["weapon_id"][seen]) == set(train["weapon_id"])
    exam = _exam(test, trained_on=seen)
    unseen = ~test["weapon_id"].isin(set(train["weapon_id"])).to_numpy()
    np.testing.assert_array_equal(exam.slices[NEW_WEAPONS], unseen)


def test_the_choosers_are_the_latest_explorers_as_they_were_then() -> None:
    exam = _exam(SOURCE.interactions, slayers=5)
    explored = SOURCE.interactions[SOURCE.interactions["exploration"]]
    last = explored.drop_duplicates("slayer_id", keep="last").tail(5)
    assert exam.choices.truth.shape == (5, len(SOURCE.weapons))
    levels = exam.choices.matrix[:: len(SOURCE.weapons), FEATURES.index("level")]
    assert levels.tolist() == last["level"].tolist()
    first_row = [int(np.flatnonzero(SOURCE.interactions["slayer_id"] == slayer)[0]) for slayer in last["slayer_id"]]
    assert exam.choosers.tolist() == exam.slayer[first_row].tolist()


def test_only_slayers_whose_truth_is_known_choose() -> None:
    real = SOURCE.interactions.assign(p_true=np.nan)
    with pytest.raises(Unavailable, match="explores"):
        _exam(real)
    mixed = pd.concat([SOURCE.interactions, real.assign(slayer_id="real " + real["slayer_id"])])
    assert len(_exam(mixed, slayers=10_000).choosers) == len(_exam(SOURCE.interactions, slayers=10_000).choosers)


def test_the_truth_of_a_choice_is_the_truth_of_its_row() -> None:
    people = SOURCE.interactions.head(3)
    choices = offer(people, weapon_table(SOURCE.weapons), UPSETS)
    truth = success_probability(choices.matrix, UPSETS)
    np.testing.assert_array_equal(choices.truth, truth.reshape(3, -1))
    np.testing.assert_array_equal(
        choices.scores(lambda _matrix, weapon: weapon.astype(float))[1], np.arange(len(truth) // 3)
    )


def test_the_truth_itself_has_no_regret_and_its_opposite_much() -> None:
    exam = _exam(SOURCE.interactions)

    def truth(matrix: Any, _weapon: Any) -> Any:
        return success_probability(matrix, UPSETS)

    best = judge(truth, exam, K)
    assert best[f"regret_at_{K}"] == best[f"shop_regret_at_{K}"] == 0
    assert best[f"ndcg_at_{K}"] == pytest.approx(1)
    worst = judge(lambda matrix, weapon: -truth(matrix, weapon), exam, K)
    assert worst[f"regret_at_{K}"] > 0.3
    assert worst["auc"] == pytest.approx(1 - best["auc"])


def test_the_shops_regret_ranks_the_real_catalogue_alone() -> None:
    exam = _exam(SOURCE.interactions)
    assert exam.shop.sum() == (SOURCE.weapons["source"] == "catalogue").sum() < len(exam.shop)

    def wrong_beside_the_shop(matrix: Any, weapon: Any) -> Any:
        return np.where(exam.shop[weapon], success_probability(matrix, UPSETS), 2.0)

    found = judge(wrong_beside_the_shop, exam, K)
    assert found[f"shop_regret_at_{K}"] == 0
    assert found[f"regret_at_{K}"] > 0.05


def test_the_baselines_are_what_their_names_say() -> None:
    train = SOURCE.interactions.head(1500)
    found = dict(baselines(train, SOURCE.weapons))
    assert list(found) == ["popularity", "match_style", "logistic_regression"]
    exam = _exam(SOURCE.interactions)
    fought = train["weapon_id"].value_counts().reindex(SOURCE.weapons["weapon_id"], fill_value=0).to_numpy()
    np.testing.assert_array_equal(found["popularity"](exam.matrix, exam.weapon), fought[exam.weapon])
    match = found["match_style"](exam.matrix, exam.weapon)
    np.testing.assert_array_equal(match, exam.matrix[:, FEATURES.index("match_style")])
    chance = found["logistic_regression"](exam.matrix, exam.weapon)
    assert ((chance > 0) & (chance < 1)).all()
    assert judge(found["logistic_regression"], exam, K)["auc"] > judge(found["match_style"], exam, K)["auc"]


def test_a_file_that_is_no_model_is_named(tmp_path: Any) -> None:
    (tmp_path / "recommender.txt").write_text("no trees", encoding="utf-8")
    for name in ("recommender.txt", "missing.txt"):
        with pytest.raises(Unavailable, match=name):
            examination.booster_model(tmp_path / name, 1)
