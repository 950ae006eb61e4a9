"""A shift is said when there is one, and not when chance explains it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.drift import (
    Sample,
    calibration,
    calibration_alert,
    effective,
    psi,
    shift,
    shift_alert,
    wasserstein,
    wasserstein_noise,
)
from ml.params import load_params

P = load_params().nightly
Float = NDArray[np.float64]


def _sample(values: Float, size: float | None = None) -> Sample:
    return Sample(values, len(values) if size is None else size)


def test_the_index_is_what_the_shares_of_the_bins_say() -> None:
    was, now = np.repeat([1.0, 2, 3, 4], 250), np.repeat([1.0, 2, 3, 4], [100, 200, 300, 400])
    index, bins = psi(_sample(was), _sample(now), 4)
    shares = np.array([0.1, 0.2, 0.3, 0.4])
    assert bins == 4
    assert index == pytest.approx(np.sum((shares - 0.25) * np.log(shares / 0.25)), rel=0.01)  # half a row is added
    assert psi(_sample(was), _sample(was), 4)[0] == 0


def test_values_of_two_kinds_make_two_bins_and_one_kind_alone_is_left_by_any_other() -> None:
    was = np.repeat([0.0, 1.0], [700, 300])
    assert psi(_sample(was), _sample(was[::2]), 10)[1] == 2
    constant = np.ones(200)
    assert psi(_sample(constant), _sample(constant), 10)[0] == pytest.approx(0, abs=1e-12)
    for other in (constant + 1, constant - 1):
        assert psi(_sample(constant), _sample(other), 10)[0] > 1
        assert wasserstein(constant, other) == 1


def test_the_distance_of_a_move_is_the_move_in_standard_deviations() -> None:
    values = np.random.default_rng(0).normal(50, 20, 5000)
    assert wasserstein(values, values + 5) == pytest.approx(5 / values.std())
    assert wasserstein(values, values) == 0


def test_without_a_shift_both_measures_are_what_chance_makes_them() -> None:
    rng = np.random.default_rng(1)
    reference, size = rng.lognormal(0, 1, 4000), 300
    drawn = [rng.lognormal(0, 1, size) for _ in range(300)]
    spread = 1 / len(reference) + 1 / size
    index = [psi(_sample(reference), _sample(values), 10)[0] for values in drawn]
    moved = [wasserstein(reference, values) for values in drawn]
    assert np.mean(index) == pytest.approx(9 * spread, rel=0.1)
    assert np.mean(moved) == pytest.approx(wasserstein_noise(reference, spread), rel=0.15)


@pytest.mark.parametrize(("slayers", "battles"), [(60, 1), (60, 30), (400, 5)])
def test_chance_raises_no_alarm_however_few_the_slayers(slayers: int, battles: int) -> None:
    rng = np.random.default_rng(2)
    alarms = naive = 0
    rounds = 150
    for _ in range(rounds):
        was_of, now_of = (np.repeat(np.arange(n), rng.poisson(battles, n) + 1) for n in (1000, slayers))
        one_each = [rng.normal(50, 15, 1000 + slayers), rng.binomial(1, 0.3, 1000 + slayers).astype(np.float64)]
        for values in one_each:  # each slayer is the same in all their battles
            was, now = values[:1000][was_of], values[1000:][now_of]
            alarms += shift("x", Sample(was, effective(was_of)), Sample(now, effective(now_of)), P).level != "none"
            naive += psi(_sample(was), _sample(now), P.bins)[0] >= P.psi_moderate
    assert alarms <= 0.01 * 2 * rounds
    if slayers < 100:
        assert naive > 0.2 * 2 * rounds  # what the convention alone would have cried


@pytest.mark.parametrize(
    ("move", "expected"), [(0.0, "none"), (0.5, "moderate"), (1.0, "large")], ids=["none", "half a deviation", "one"]
)
def test_a_real_shift_is_said(move: float, expected: str) -> None:
    rng = np.random.default_rng(3)
    was, now = rng.normal(0, 1, 5000), rng.normal(move, 1, 1000)
    found = shift("strength", _sample(was), _sample(now), P)
    assert found.level == expected
    alert = shift_alert(found)
    assert (alert is None) == (expected == "none")
    if alert is not None:
        assert alert.subject == "strength"
        assert alert.value >= alert.limit > P.psi_moderate
        assert "strength" in alert.reason
        assert f"{alert.limit:.3f}" in alert.reason


def test_a_few_far_values_are_said_by_their_distance() -> None:
    rng = np.random.default_rng(4)
    was = rng.normal(0, 1, 5000)
    now = np.where(rng.random(1000) < 0.04, 30.0, rng.normal(0, 1, 1000))
    alert = shift_alert(shift("weight", _sample(was), _sample(now), P))
    assert alert is not None
    assert alert.level == "moderate"
    assert "Wasserstein" in alert.reason


def test_effective_groups_are_all_of_them_when_equal_and_fewer_when_one_is_large() -> None:
    assert effective(np.repeat(np.arange(20), 7)) == pytest.approx(20)
    assert effective(np.array([0] * 100 + [1, 2, 3])) == pytest.approx(103**2 / (100**2 + 3))
    assert effective(np.array([], np.intp)) == 0


def _outcomes(truth: Float, rng: np.random.Generator) -> tuple[Float, NDArray[np.int64]]:
    battles = rng.integers(1, 4, len(truth))
    return rng.binomial(battles, truth) / battles, battles


@pytest.mark.parametrize("rows", [100, 2000])
def test_a_model_that_is_right_raises_no_alarm(rows: int) -> None:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(300):
        score = rng.beta(4, 2, rows)
        found.append(calibration(score, *_outcomes(score, rng), P))
    assert sum(calibration_alert(each) is not None for each in found) <= 3
    assert np.mean([each.ece for each in found]) == pytest.approx(found[0].ece_noise, rel=0.1)
    inside = [abs(won - predicted) <= reach for each in found for predicted, won, reach, _ in each.bins]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(("lean", "words"), [(-0.12, "promise too much"), (0.12, "promise too little")])
def test_scores_that_lean_are_said(lean: float, words: str) -> None:
    rng = np.random.default_rng(6)
    score = rng.uniform(0.3, 0.8, 1500)
    alert = calibration_alert(calibration(score, *_outcomes(score + lean, rng), P))
    assert alert is not None
    assert words in alert.reason
    assert alert.value == pytest.approx(0.12, abs=0.03)


def test_scores_that_are_too_sure_are_said_although_their_mean_is_right() -> None:
    rng = np.random.default_rng(7)
    truth = rng.uniform(0.35, 0.65, 3000)
    found = calibration(0.5 + 3 * (truth - 0.5), *_outcomes(truth, rng), P)
    alert = calibration_alert(found)
    assert abs(found.predicted - found.observed) < found.gap_limit
    assert alert is not None
    assert "ECE" in alert.reason
