"""Do the slayers and weapons of these days look like those the model learned from, and is it still right? Pure functions.

Nothing here decides anything: a shift that is large is a reason to look. Two measures, for they see different things:

- **PSI**, the population stability index: the symmetrised Kullback-Leibler divergence of both distributions over bins that hold
  equal shares of the reference. From 0.1 a shift is called moderate, from 0.25 large. That is a convention of credit scoring
  (Siddiqi 2006, "Credit Risk Scorecards") and knows nothing of sample sizes.
- **Wasserstein-1**: how far, in standard deviations of the reference, the values would have to be moved on average.

Both are above 0 by chance alone, the more so the smaller the samples. Without any shift the PSI of ``b`` bins is about
``(1/n + 1/m)`` times a chi-squared variable with ``b - 1`` degrees of freedom (Yurdakul and Naranjo 2020, "Statistical properties
of the population stability index"), and the Wasserstein distance is expected to be ``sqrt(2/pi (1/n + 1/m))`` times the integral
of ``sqrt(F (1 - F))``, as an empirical distribution function F errs like a Brownian bridge. So an alert needs the conventional
size *on top of* what is expected, and more than chance reaches once in a thousand times.

Battles of one slayer are alike, so ``n`` and ``m`` are not rows but effective slayers (Kish 1965), of whom half a one is added to
each bin: an empty bin says that few were there, not that none could be.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict, Field

from ml import metrics
from ml.params import Nightly

Float = NDArray[np.float64]
Level = Literal["none", "moderate", "large"]

_CHANCE = 0.001  # that an alert is raised without a shift, per measure
_FAR = 4.1  # so many times its expectation the distance reaches less often than that; a half-normal variable, at worst
_DRAWS = 20_000


class Alert(BaseModel):
    """Something to look at: what, how much, and from where on it is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    level: Literal["moderate", "large"]
    value: float
    limit: float
    reason: str


class Shift(BaseModel):
    """How far one column moved. Figures of noise are what is expected of equal distributions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    psi: float
    psi_noise: float
    psi_limit: float = Field(description="from which on it is called moderate")
    wasserstein: float = Field(description="in standard deviations of the reference")
    wasserstein_noise: float
    wasserstein_limit: float
    level: Level


class Calibration(BaseModel):
    """Scores as they were shown, against what came of them. The limits hold what chance does to a model that is right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int
    predicted: float
    observed: float
    gap_limit: float = Field(description="distance of the two that is said")
    ece: float
    ece_noise: float = Field(description="expected of a model that is right")
    ece_limit: float
    bins: tuple[tuple[float, float, float, int], ...] = Field(
        description="predicted, observed, 95 % reach of chance, rows"
    )


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Values of one column, (n,), and how many independent ones they are worth."""

    values: Float
    size: float


def effective(groups: ArrayLike) -> float:
    """How many independent groups rows are worth: Kish's effective number of the groups' sizes, 0 for no rows.

    Args:
        groups: group of each row, as small non-negative integers, (n,).
    """
    sizes = np.bincount(np.asarray(groups, np.intp))
    return float(sizes.sum() ** 2 / np.square(sizes).sum()) if sizes.any() else 0.0


def psi(reference: Sample, current: Sample, bins: int) -> tuple[float, int]:
    """The population stability index and the number of bins that it has.

    Args:
        reference: what is compared with.
        current: what is compared.
        bins: at most so many; a value that fills several makes one of them.
    """
    values = reference.values
    edges = np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1], method="inverted_cdf"))
    edges = edges[edges < values.max()]
    if not len(edges):  # one value only: any other is a shift
        edges = np.array([np.nextafter(values[0], -np.inf), values[0]])
    count = len(edges) + 1
    was, now = (
        (np.bincount(np.searchsorted(edges, each.values), minlength=count) / len(each.values) * each.size + 0.5)
        / (each.size + 0.5 * count)
        for each in (reference, current)
    )
    return float(np.sum((now - was) * np.log(now / was))), count


def wasserstein(reference: Float, current: Float) -> float:
    """Wasserstein-1 of values (n,) and (m,) in standard deviations of the reference; in their own unit where that is 0."""
    from scipy.stats import wasserstein_distance

    return float(wasserstein_distance(reference, current) / (reference.std() or 1.0))


def wasserstein_noise(reference: Float, spread: float) -> float:
    """What ``wasserstein`` is expected to be without a shift.

    Args:
        reference: values, (n,).
        spread: 1/n + 1/m, with effective sizes.
    """
    values, rows = np.unique(reference, return_counts=True)
    below = np.cumsum(rows)[:-1] / len(reference)
    bridge = np.sum(np.sqrt(below * (1 - below)) * np.diff(values))
    return float(np.sqrt(2 / np.pi * spread) * bridge / (reference.std() or 1.0))


def shift(name: str, reference: Sample, current: Sample, p: Nightly) -> Shift:
    """Compare one column: what the model learned from with what came lately, by the bins and sizes of ``p``."""
    from scipy.stats import chi2

    spread = 1 / reference.size + 1 / current.size
    index, bins = psi(reference, current, p.bins)
    noise = (bins - 1) * spread
    rare = float(chi2.isf(_CHANCE, bins - 1)) * spread
    moderate, large = (max(noise + size, rare) for size in (p.psi_moderate, p.psi_large))
    moved, drifted = wasserstein(reference.values, current.values), wasserstein_noise(reference.values, spread)
    far = max(drifted + p.wasserstein, _FAR * drifted)
    level: Level = "large" if index >= large else "moderate" if index >= moderate or moved >= far else "none"
    shown = {
        "psi": index,
        "psi_noise": noise,
        "psi_limit": moderate,
        "wasserstein": moved,
        "wasserstein_noise": drifted,
        "wasserstein_limit": far,
    }
    return Shift(name=name, level=level, **{key: round(value, 6) for key, value in shown.items()})


def shift_alert(found: Shift) -> Alert | None:
    """The alert of a shift, if it is one."""
    if found.level == "none":
        return None
    by_psi = found.psi >= found.psi_limit
    measure, value, limit, noise = (
        ("PSI", found.psi, found.psi_limit, found.psi_noise)
        if by_psi
        else ("Wasserstein distance", found.wasserstein, found.wasserstein_limit, found.wasserstein_noise)
    )
    reason = (
        f"{found.name}: {found.level} shift, {measure} {value:.3f}; "
        f"said from {limit:.3f} on, of which {noise:.3f} is expected by chance."
    )
    return Alert(subject=found.name, level=found.level, value=value, limit=limit, reason=reason)


def calibration(score: Float, outcome: Float, battles: NDArray[np.int64], p: Nightly) -> Calibration:
    """Hold shown scores against outcomes.

    What a model that is right looks like is known: the rate of a bin errs by the binomial spread of its scores, which for the
    rows of a bin together is as good as normal.

    Args:
        score: predicted success as shown, (n,).
        outcome: mean of the row's battles, (n,).
        battles: how many there were, at least 1, (n,).
        p: bins and the size of note.
    """
    bins = metrics.calibration(outcome, score, p.calibration_bins)
    shares = bins.rows / len(score)
    by_score = np.argsort(score, kind="stable")
    variance = (score * (1 - score) / battles)[by_score]
    spread = np.sqrt(np.add.reduceat(variance, np.cumsum(bins.rows) - bins.rows)) / bins.rows
    eces = np.abs(np.random.default_rng(0).normal(0, 1, (_DRAWS, len(spread))) * spread) @ shares
    gap_spread = float(np.sqrt(variance.sum())) / len(score)
    return Calibration(
        rows=len(score),
        predicted=round(float(score.mean()), 6),
        observed=round(float(outcome.mean()), 6),
        gap_limit=round(max(p.max_ece, -NormalDist().inv_cdf(_CHANCE / 2) * gap_spread), 6),
        ece=round(bins.ece, 6),
        ece_noise=round(float(eces.mean()), 6),
        ece_limit=round(max(p.max_ece, float(np.quantile(eces, 1 - _CHANCE))), 6),
        bins=tuple(
            (round(float(a), 6), round(float(b), 6), round(float(c), 6), int(n))
            for a, b, c, n in zip(bins.predicted, bins.observed, 1.96 * spread, bins.rows, strict=True)
        ),
    )


def calibration_alert(found: Calibration) -> Alert | None:
    """The alert of a calibration that is off, the general direction before the bins."""
    gap = found.observed - found.predicted
    if abs(gap) > found.gap_limit:
        word = "promise too little" if gap > 0 else "promise too much"
        reason = f"Scores {word}: {found.predicted:.1%} predicted, {found.observed:.1%} won; said from {found.gap_limit:.1%} on."
        return Alert(subject="calibration", level="moderate", value=abs(gap), limit=found.gap_limit, reason=reason)
    if found.ece > found.ece_limit:
        reason = (
            f"Scores and outcomes differ: ECE {found.ece:.3f}; said from {found.ece_limit:.3f} on, "
            f"of which {found.ece_noise:.3f} is expected by chance."
        )
        return Alert(subject="calibration", level="moderate", value=found.ece, limit=found.ece_limit, reason=reason)
    return None
