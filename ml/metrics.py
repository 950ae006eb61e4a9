"""How good a ranking is. Pure functions over arrays; higher is better for all but log-loss, ECE and regret.

NDCG after Järvelin and Kekäläinen (2002) with linear gains; ECE after Guo et al. (2017) with bins of equal size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bins:
    """Predictions in bins of equal size: mean prediction, observed rate and rows of each, (b,)."""

    predicted: Float
    observed: Float
    rows: NDArray[np.intp]

    @property
    def ece(self) -> float:
        """Expected calibration error: mean distance of prediction and observation, weighted by rows."""
        return float(np.average(np.abs(self.predicted - self.observed), weights=self.rows))


def calibration(outcome: ArrayLike, predicted: ArrayLike, bins: int) -> Bins:
    """Put predictions (n,) into at most ``bins`` bins of equal size and compare with outcomes (n,)."""
    outcome, predicted = np.asarray(outcome, np.float64), np.asarray(predicted, np.float64)
    parts = [part for part in np.array_split(np.argsort(predicted, kind="stable"), bins) if len(part)]
    return Bins(
        np.array([predicted[part].mean() for part in parts]),
        np.array([outcome[part].mean() for part in parts]),
        np.array([len(part) for part in parts]),
    )


def auc(outcome: ArrayLike, score: ArrayLike) -> float:
    """Area under the ROC curve; NaN when all outcomes are equal."""
    outcome = np.asarray(outcome)
    return per_group_auc(np.zeros(len(outcome), np.intp), outcome, score)


def per_group_auc(group: NDArray[np.intp], outcome: ArrayLike, score: ArrayLike) -> float:
    """AUC of comparisons inside a group only: the share of (won, lost) pairs of one slayer that are in the right order.

    Every pair counts once, so slayers with many battles weigh more; a tie counts half. It does not credit a model for
    knowing which slayer is stronger, which no ranking of weapons can use.

    Args:
        group: the group of each row, as small non-negative integers, (n,).
        outcome: 0 or 1, (n,).
        score: any scale, (n,).

    Returns:
        0 to 1, or NaN when no group has both outcomes.
    """
    right, pairs = pair_counts(group, outcome, score)
    return float(right.sum() / pairs.sum()) if pairs.any() else float("nan")


def pair_counts(group: NDArray[np.intp], outcome: ArrayLike, score: ArrayLike, groups: int = 0) -> tuple[Float, Float]:
    """What ``per_group_auc`` is the ratio of: by group, the pairs in the right order (a tie counts half) and all pairs.

    Args:
        group: as there.
        outcome: as there; a probability instead of 0 or 1 gives the expected counts, free of the luck of the outcomes.
        score: as there.
        groups: how many groups there are at least, whether or not they have rows.

    Returns:
        Two arrays of floats, (g,).
    """
    score = np.asarray(score, np.float64)
    order = np.lexsort((score, group))
    group, score, won = group[order], score[order], np.asarray(outcome, np.float64)[order]
    lost = 1 - won
    new_group = np.ones(len(group), bool)
    new_group[1:] = group[1:] != group[:-1]
    new_score = new_group.copy()
    new_score[1:] |= score[1:] != score[:-1]
    tie = np.cumsum(new_score) - 1
    before = np.cumsum(lost) - lost  # lost in all rows above this one, of whatever group
    first = np.flatnonzero(new_group)
    below = before[np.flatnonzero(new_score)][tie] - before[first][np.cumsum(new_group) - 1]
    beaten = below + 0.5 * np.bincount(tie, lost)[tie] - 0.5 * lost  # nobody meets themselves
    right, wins, losses, selves = (
        np.bincount(group, weight, minlength=groups).astype(np.float64)
        for weight in (won * beaten, won, lost, won * lost)
    )
    return right, wins * losses - selves


def log_loss(outcome: ArrayLike, predicted: ArrayLike) -> float:
    """Mean negative log-likelihood of outcomes (n,) under predicted probabilities (n,)."""
    outcome = np.asarray(outcome, np.float64)
    predicted = np.clip(np.asarray(predicted, np.float64), 1e-12, 1 - 1e-12)
    return float(-np.mean(outcome * np.log(predicted) + (1 - outcome) * np.log1p(-predicted)))


def regret_at_k(truth: Float, score: Float, k: int) -> float:
    """How much true success the top ``k`` of a ranking gives away against the best possible ``k``, mean over slayers.

    Args:
        truth: true probability of every weapon (column) for every slayer (row), (s, w).
        score: the ranking's scores, (s, w). Ties are broken by a fixed draw, so that no column is favoured.
        k: length of the list; a shorter catalogue is taken whole.
    """
    return float(regret_of_each(truth, score, k).mean())


def regret_of_each(truth: Float, score: Float, k: int) -> Float:
    """``regret_at_k`` by slayer, (s,)."""
    best = -np.sort(-truth, axis=1)[:, :k]
    return np.asarray((best - np.take_along_axis(truth, _top(score, k), axis=1)).mean(axis=1))


def ndcg_at_k(truth: Float, score: Float, k: int) -> float:
    """Normalised discounted cumulative gain with the true probability as gain; arguments as ``regret_at_k``."""
    k = min(k, truth.shape[1])
    discount = 1 / np.log2(np.arange(2, k + 2))
    best = -np.sort(-truth, axis=1)[:, :k] @ discount
    return float(np.mean(np.take_along_axis(truth, _top(score, k), axis=1) @ discount / best))


def _top(score: Float, k: int) -> NDArray[np.intp]:
    lot = np.random.default_rng(0).random(score.shape)
    return np.lexsort((lot, -score), axis=1)[:, :k]
