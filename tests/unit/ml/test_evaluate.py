"""The figures of the evaluation on rankers whose worth is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from ml import evaluate
from ml.exam import Exam, set_exam
from ml.params import Params, load_params
from ml.truth import success_probability
from tests.unit.ml.worlds import source

BATTLES, WEAPONS = source().interactions, source().weapons
UPSETS = load_params().generate_data.upset_rate


@pytest.fixture(scope="module")
def exam() -> Exam:
    return _exam(BATTLES)


@pytest.fixture
def params() -> Params:
    whole = load_params()
    few = whole.evaluate.model_copy(update={"catalogue_sizes": (20, 200), "catalogue_slayers": 10})
    return whole.model_copy(update={"evaluate": few})


def _exam(battles: pd.DataFrame) -> Exam:
    return set_exam(battles, WEAPONS, np.ones(len(WEAPONS), bool), slayers=40, upset_rate=UPSETS)


def truth(matrix: Any, _weapon: Any) -> Any:
    return success_probability(matrix, UPSETS)


def upside_down(matrix: Any, _weapon: Any) -> Any:
    return 1 - success_probability(matrix, UPSETS)


def test_the_truth_has_no_gap_and_anything_else_has(exam: Exam) -> None:
    best = truth(exam.matrix, exam.weapon)
    # What the record keeps is rounded to float32.
    assert evaluate.oracle(BATTLES, exam, best)["auc_gap"] == pytest.approx(0, abs=1e-6)
    rng = np.random.default_rng(1)
    gaps = [evaluate.oracle(BATTLES, exam, best + rng.normal(0, noise, len(best)))["auc_gap"] for noise in (0.05, 0.5)]
    assert 0 < gaps[0] < gaps[1]


def test_the_gap_looks_at_battles_whose_truth_is_known_only() -> None:
    real = BATTLES.assign(p_true=np.nan, success=np.int8(1), slayer_id="real")
    both = pd.concat([BATTLES, real], ignore_index=True)
    exam = _exam(both)
    known = truth(exam.matrix, exam.weapon)
    with_others = np.where(both["p_true"].notna(), known, 0.0)
    alone = evaluate.oracle(BATTLES, _exam(BATTLES), known[: len(BATTLES)])
    assert evaluate.oracle(both, exam, with_others) == pytest.approx(alone)


def test_a_slice_has_its_own_figures_and_no_nan(exam: Exam, params: Params) -> None:
    found = evaluate.by_slice(exam, truth, params)
    assert set(found) == set(exam.slices)
    for name, figures in found.items():
        assert figures["rows"] == exam.slices[name].sum()
        assert all(np.isfinite(value) for value in figures.values())
    assert found["style Water"]["regret_at_10"] == 0
    assert evaluate.by_slice(exam, upside_down, params)["style Water"]["regret_at_10"] > 0.1


def test_calibration_helps_a_model_that_is_off_and_not_one_that_is_right(exam: Exam) -> None:
    right = truth(exam.matrix, exam.weapon)
    sound = evaluate.calibration_gain(exam, right, 5)
    assert sound["platt"]["log_loss"] == pytest.approx(sound["raw"]["log_loss"], abs=0.01)
    off = evaluate.calibration_gain(exam, right**3, 5)
    for way in ("platt", "isotonic"):
        assert off[way]["log_loss"] < off["raw"]["log_loss"] - 0.02
        assert off[way]["ece"] < off["raw"]["ece"] / 2


def test_regret_is_told_for_every_size_of_catalogue(params: Params) -> None:
    assert evaluate.regret_by_catalogue(BATTLES, truth, params) == {"20": 0.0, "200": 0.0}
    worst = evaluate.regret_by_catalogue(BATTLES, upside_down, params)
    assert list(worst) == ["20", "200"]
    assert 0.1 < worst["20"] < worst["200"]


def test_figures_are_rounded_where_they_would_differ_between_machines() -> None:
    assert evaluate._rounded({"a": 0.123456789, "b": {"c": 1 / 3}, "d": 7}) == {
        "a": 0.123457,
        "b": {"c": 0.333333},
        "d": 7,
    }
