from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import log_loss as reference_log_loss
from sklearn.metrics import ndcg_score, roc_auc_score

from ml import metrics


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=60))
def test_auc_agrees_with_the_textbook_also_with_ties(rows: list[tuple[bool, int]]) -> None:
    outcome = np.array([won for won, _ in rows], int)
    score = np.array([value for _, value in rows], float)
    found = metrics.auc(outcome, score)
    if 0 < outcome.sum() < len(outcome):
        assert found == pytest.approx(roc_auc_score(outcome, score))
    else:
        assert np.isnan(found)


def test_per_group_auc_compares_only_inside_a_group() -> None:
    group = np.array([1, 0, 0, 1])
    outcome = [1, 0, 1, 0]
    # Right inside both groups, although the loser of group 1 scores above the winner of group 0.
    assert metrics.per_group_auc(group, outcome, [9.0, 1.0, 2.0, 5.0]) == 1.0
    assert metrics.per_group_auc(group, outcome, [9.0, 3.0, 2.0, 5.0]) == 0.5
    assert metrics.per_group_auc(group, outcome, [1.0, 1.0, 1.0, 1.0]) == 0.5
    assert np.isnan(metrics.per_group_auc(np.arange(4), outcome, [9.0, 1.0, 2.0, 5.0]))


def test_per_group_auc_is_the_average_over_pairs() -> None:
    rng = np.random.default_rng(1)
    group, outcome, score = rng.integers(0, 12, 400), rng.integers(0, 2, 400), rng.integers(0, 9, 400).astype(float)
    right = pairs = 0.0
    for one in range(12):
        won, lost = score[(group == one) & (outcome == 1)], score[(group == one) & (outcome == 0)]
        right += (won[:, None] > lost).sum() + 0.5 * (won[:, None] == lost).sum()
        pairs += len(won) * len(lost)
    assert metrics.per_group_auc(group, outcome, score) == pytest.approx(right / pairs)


def test_probabilities_as_outcomes_give_the_expected_counts() -> None:
    rng = np.random.default_rng(4)
    group, chance, score = rng.integers(0, 5, 40), rng.random(40), rng.integers(0, 6, 40).astype(float)
    right, pairs = metrics.pair_counts(group, chance, score, groups=7)
    for one in range(7):
        rows = np.flatnonzero(group == one)
        of_one = [(i, j) for i in rows for j in rows if i != j]
        weight = [chance[i] * (1 - chance[j]) for i, j in of_one]
        order = [1.0 if score[i] > score[j] else 0.5 if score[i] == score[j] else 0.0 for i, j in of_one]
        assert pairs[one] == pytest.approx(sum(weight))
        assert right[one] == pytest.approx(np.dot(weight, order))


def test_regret_is_the_mean_of_each_slayer_s() -> None:
    rng = np.random.default_rng(6)
    truth, score = rng.random((9, 30)), rng.random((9, 30))
    of_each = metrics.regret_of_each(truth, score, 4)
    assert of_each.shape == (9,)
    assert metrics.regret_at_k(truth, score, 4) == pytest.approx(of_each.mean())
    assert metrics.regret_at_k(truth[2:3], score[2:3], 1) == pytest.approx(truth[2].max() - truth[2, score[2].argmax()])


def test_log_loss_and_ndcg_agree_with_the_textbook() -> None:
    rng = np.random.default_rng(2)
    outcome, predicted = rng.integers(0, 2, 200), rng.random(200)
    assert metrics.log_loss(outcome, predicted) == pytest.approx(reference_log_loss(outcome, predicted))
    truth, score = rng.random((20, 30)), rng.random((20, 30))
    assert metrics.ndcg_at_k(truth, score, 10) == pytest.approx(ndcg_score(truth, score, k=10))


def test_regret_is_zero_for_the_best_list_and_the_gap_for_any_other() -> None:
    truth = np.array([[0.9, 0.5, 0.1], [0.2, 0.3, 0.4]])
    assert metrics.regret_at_k(truth, truth, 2) == 0
    assert metrics.regret_at_k(truth, -truth, 1) == pytest.approx(((0.9 - 0.1) + (0.4 - 0.2)) / 2)
    assert metrics.regret_at_k(truth, -truth, 10) == pytest.approx(0)


def test_ties_favour_no_column() -> None:
    truth = np.tile(np.linspace(1, 0, 50), (400, 1))
    assert metrics.regret_at_k(truth, np.zeros_like(truth), 10) == pytest.approx(truth[0, :10].mean() - 0.5, abs=0.02)


def test_calibration_error_sees_a_constant_shift() -> None:
    rng = np.random.default_rng(3)
    predicted = rng.uniform(0.2, 0.8, 20_000)
    outcome = rng.random(20_000) < predicted
    assert metrics.calibration(outcome, predicted, 10).ece < 0.02
    assert metrics.calibration(outcome, predicted + 0.1, 10).ece == pytest.approx(0.1, abs=0.02)
    assert metrics.calibration(outcome[:3], predicted[:3], 10).rows.tolist() == [1, 1, 1]
