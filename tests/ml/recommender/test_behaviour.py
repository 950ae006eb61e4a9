"""What the model must do whatever its AUC: invariance, direction, monotonicity, and sense."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pytest

from hashiramart import seed
from hashiramart.errors import Unavailable
from ml.features import FEATURES, SlayerProfile, WeaponTable, feature_matrix
from ml.lineage import sha256_file
from ml.ranking import rank
from ml.reasons import explain, reasons
from ml.release import MANIFEST_FILE, MODEL_FILE, SCHEMA_FILE, verify, write_json
from ml.scorer import Scorer
from tests.ml.recommender.conftest import Trained

SLAYERS = [
    SlayerProfile(level, strength, dexterity, stamina, style)
    for level, strength, dexterity, stamina in [(1, 10, 10, 10), (10, 30, 30, 30), (45, 70, 30, 60), (90, 60, 95, 80)]
    for style in ("Water", "Stone", "Insect", "Love")
]


def _copies(weight: float, sharpness: list[float], styles: list[list[str]]) -> WeaponTable:
    n = len(sharpness)
    return WeaponTable.build(
        ids=range(n), slugs=[f"w{i}" for i in range(n)], weight=[weight] * n, sharpness=sharpness, styles=styles
    )


@pytest.mark.parametrize("slayer", SLAYERS)
def test_a_sharper_weapon_is_never_predicted_worse(scorer: Scorer, slayer: SlayerProfile) -> None:
    for weight in (0.5, 1.2, 2.5, 5.0):
        grid = [float(s) for s in range(0, 101, 4)]
        assert (np.diff(scorer.score(slayer, _copies(weight, grid, [["Water"]] * len(grid)))) >= 0).all()


@pytest.mark.parametrize("slayer", SLAYERS)
def test_more_strength_is_never_predicted_worse(scorer: Scorer, catalogue: WeaponTable, slayer: SlayerProfile) -> None:
    scores = np.stack([scorer.score(replace(slayer, strength=s), catalogue) for s in range(0, 101, 10)])
    assert (np.diff(scores, axis=0) >= 0).all()


@pytest.mark.parametrize("slayer", SLAYERS)
def test_a_matching_style_beats_the_same_weapon_without(scorer: Scorer, slayer: SlayerProfile) -> None:
    for weight in (0.6, 1.5, 3.0):
        with_style, without = scorer.score(slayer, _copies(weight, [60, 60], [[slayer.breathing_style], ["Moon"]]))
        assert with_style > without + 0.02


def test_a_weapon_far_too_heavy_for_the_level_is_predicted_worse(scorer: Scorer) -> None:
    slayer = SlayerProfile(3, 30, 30, 30, "Water")
    light, heavy = (scorer.score(slayer, _copies(kg, [70], [["Water"]]))[0] for kg in (0.9, 3.5))
    assert light > heavy + 0.15


def test_name_and_order_of_the_weapons_do_not_matter(scorer: Scorer, catalogue: WeaponTable) -> None:
    weapons = list(seed.weapons())
    random.Random(3).shuffle(weapons)
    shuffled = WeaponTable.build(
        ids=[f"renamed-{i}" for i in range(len(weapons))],
        slugs=[f"renamed-{i}" for i in range(len(weapons))],
        weight=[weapon.weight for weapon in weapons],
        sharpness=[weapon.sharpness for weapon in weapons],
        styles=[weapon.styles[::-1] for weapon in weapons],
    )
    place = {slug: row for row, slug in enumerate(catalogue.slugs)}
    rows = [place[weapon.slug] for weapon in weapons]
    for slayer in SLAYERS:
        np.testing.assert_array_equal(scorer.score(slayer, shuffled), scorer.score(slayer, catalogue)[rows])


def test_a_young_water_slayer_is_shown_water_weapons_they_can_carry(scorer: Scorer, catalogue: WeaponTable) -> None:
    slayer = SlayerProfile(10, 30, 30, 30, "Water")
    top = np.argsort(-scorer.score(slayer, catalogue))[:5]
    assert catalogue.match("Water")[top].sum() >= 4
    assert catalogue.weight[top].max() <= 1.8


def test_a_strong_stone_slayer_is_shown_heavy_weapons(scorer: Scorer, catalogue: WeaponTable) -> None:
    top = np.argsort(-scorer.score(SlayerProfile(85, 90, 40, 85, "Stone"), catalogue))[:5]
    assert catalogue.match("Stone")[top].sum() >= 4
    assert catalogue.weight[top].mean() > 2.5


def test_scores_are_probabilities_and_an_empty_shop_gives_none(scorer: Scorer, catalogue: WeaponTable) -> None:
    for slayer in SLAYERS:
        score = scorer.score(slayer, catalogue)
        assert score.dtype == np.float64
        assert ((score > 0) & (score < 1)).all()
    empty = WeaponTable.build(ids=[], slugs=[], weight=[], sharpness=[], styles=[])
    assert scorer.score(SLAYERS[0], empty).shape == (0,)
    assert explain(scorer, SLAYERS[0], empty, np.array([], np.intp)) == []


def test_contributions_add_up_to_the_score(scorer: Scorer, catalogue: WeaponTable) -> None:
    rows = np.arange(len(catalogue))
    constants = []
    for slayer in SLAYERS:
        score = scorer.score(slayer, catalogue)
        contributions = scorer.contributions(slayer, catalogue, rows)
        assert contributions.shape == (len(catalogue), len(FEATURES))
        constants.append(np.log(score / (1 - score)) - contributions.sum(axis=1))
    np.testing.assert_allclose(np.concatenate(constants), constants[0][0], atol=1e-6)


def test_every_card_has_reasons_in_order_of_strength(scorer: Scorer, catalogue: WeaponTable) -> None:
    for slayer in SLAYERS:
        top = np.argsort(-scorer.score(slayer, catalogue))[:10]
        for found in reasons(scorer, slayer, catalogue, top):
            assert 2 <= len(found) <= 3
            strengths = [abs(reason.percent) for reason in found]
            assert strengths == sorted(strengths, reverse=True)


def test_reasons_agree_with_the_contributions_in_sign_and_add_up(scorer: Scorer, catalogue: WeaponTable) -> None:
    voices = {
        ("Matches", "Not made"): ["match_style"],
        ("kg",): ["weight", "level_weight_diff"],
        ("Sharpness",): ["sharpness"],
        ("Your strength",): ["strength"],
        ("Your dexterity",): ["dexterity"],
        ("Your stamina",): ["stamina"],
        ("Your experience", "early days"): ["level"],
    }
    rows = np.arange(len(catalogue))
    for slayer in SLAYERS:
        contributions = scorer.contributions(slayer, catalogue, rows)
        score = scorer.score(slayer, catalogue)
        for row, found in enumerate(reasons(scorer, slayer, catalogue, rows)):
            for reason in found:
                (names,) = [names for words, names in voices.items() if any(word in reason.text for word in words)]
                effect = sum(contributions[row, FEATURES.index(name)] for name in names)
                assert (reason.percent > 0) == (effect > 0), reason
                without = 1 / (1 + np.exp(effect - np.log(score[row] / (1 - score[row]))))
                assert reason.percent == pytest.approx(100 * (score[row] - without), abs=0.51)


def test_reasons_are_the_same_whoever_scored(scorer: Scorer, catalogue: WeaponTable) -> None:
    rows = np.array([3, 1])
    known = scorer.score(SLAYERS[0], catalogue)[rows]
    assert explain(scorer, SLAYERS[0], catalogue, rows, success=known) == explain(scorer, SLAYERS[0], catalogue, rows)


def test_scores_are_lightgbms_own_to_a_millionth(trained: Trained, scorer: Scorer, catalogue: WeaponTable) -> None:
    booster = lgb.Booster(model_str=(trained.release / MODEL_FILE).read_text(encoding="utf-8"))
    for slayer in SLAYERS:
        expected = np.asarray(booster.predict(feature_matrix(slayer, catalogue)))
        np.testing.assert_allclose(scorer.score(slayer, catalogue), expected, rtol=0, atol=1e-6)
        assert rank(scorer, slayer, catalogue, 10).rows.tolist() == np.argsort(-expected, kind="stable")[:10].tolist()


def test_many_threads_get_the_answers_of_one(scorer: Scorer, catalogue: WeaponTable) -> None:
    alone = [scorer.score(slayer, catalogue) for slayer in SLAYERS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda slayer: scorer.score(slayer, catalogue), SLAYERS * 10))
    for i, score in enumerate(together):
        np.testing.assert_array_equal(score, alone[i % len(SLAYERS)])


def test_a_model_for_other_features_is_refused(trained: Trained, tmp_path: Path) -> None:

    folder = tmp_path
    release = verify(trained.release)
    schema = (trained.release / SCHEMA_FILE).read_text(encoding="utf-8").replace("sharpness", "price")
    (folder / SCHEMA_FILE).write_text(schema, encoding="utf-8")
    (folder / MODEL_FILE).write_bytes((trained.release / MODEL_FILE).read_bytes())

    files = {**release.files, SCHEMA_FILE: sha256_file(folder / SCHEMA_FILE)}
    write_json(folder / MANIFEST_FILE, release.model_copy(update={"files": files}))
    with pytest.raises(Unavailable, match="other features"):
        Scorer.load(folder)


def test_a_file_that_is_no_model_is_refused(trained: Trained, tmp_path: Path) -> None:

    folder = tmp_path
    (folder / SCHEMA_FILE).write_bytes((trained.release / SCHEMA_FILE).read_bytes())
    (folder / MODEL_FILE).write_text("no trees here", encoding="utf-8")
    release = verify(trained.release)
    files = {**release.files, MODEL_FILE: sha256_file(folder / MODEL_FILE)}
    write_json(folder / MANIFEST_FILE, release.model_copy(update={"files": files}))
    with pytest.raises(Unavailable, match="cannot be read"):
        Scorer.load(folder)
