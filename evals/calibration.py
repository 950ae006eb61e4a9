"""Calibration: whether a confidence of 0.8 means right four times out of five (Guo et al. 2017, arXiv 1706.04599)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Reliability(NamedTuple):
    """Bins of equal width, those without a case left out.

    Attributes:
        confidence: mean confidence of each bin.
        share: how often it was right.
        sizes: cases in it.
        error: expected calibration error: the mean gap between the two, weighted by the cases.
    """

    confidence: list[float]
    share: list[float]
    sizes: list[int]
    error: float


def reliability(
    confidence: Sequence[float] | NDArray[np.floating], right: Sequence[bool] | NDArray[np.bool_], bins: int = 10
) -> Reliability:
    """Bin confidences between 0 and 1 and compare each bin with how often it was right."""
    told, held = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=bool)
    places = np.minimum((told * bins).astype(int), bins - 1)
    filled = [place for place in range(bins) if (places == place).any()]
    means = [float(told[places == place].mean()) for place in filled]
    shares = [float(held[places == place].mean()) for place in filled]
    counts = [int((places == place).sum()) for place in filled]
    gaps = sum(count * abs(mean - share) for mean, share, count in zip(means, shares, counts, strict=True))
    return Reliability(means, shares, counts, gaps / len(told) if len(told) else 0.0)


def draw(bins: Reliability, path: Path, *, title: str) -> None:
    """A reliability diagram as PNG, the size of a point by its cases."""
    from matplotlib.figure import Figure  # heavy, and only a report needs it

    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="#d9dbe0", linewidth=1.5)
    axes.plot(bins.confidence, bins.share, color="#2f7fb8", linewidth=1)
    largest = max(bins.sizes, default=1)
    axes.scatter(bins.confidence, bins.share, s=[20 + 180 * size / largest for size in bins.sizes], color="#2f7fb8")
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xlabel="confidence", ylabel="share right")
    axes.set_title(f"{title} (ECE {bins.error:.3f})", color="#22252b")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})
