"""The paired bootstrap: how sure is the difference between two rankers that were judged on the same slayers?

Slayers are drawn with replacement, each with all their battles, for battles of one slayer are alike (Efron and Tibshirani 1993,
chapter 8). Every figure here is a ratio of sums over slayers, so a draw is a weighting of slayers, and all figures of all draws
are one matrix product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

_BLOCK = 4_000_000  # weights held in memory at a time


class Ratio(NamedTuple):
    """A figure as numerator and denominator by slayer, (g,) each: pairs won and pairs, regret and one."""

    above: Float
    below: Float

    def less(self, other: Ratio) -> Ratio:
        """The difference to the same figure of another ranker, over the same pairs or slayers."""
        return Ratio(self.above - other.above, self.below)


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure and what the draws made of it, (r,)."""

    point: float
    draws: Float

    def quantile(self, q: float) -> float:
        """The value that a share ``q`` of the draws lies below."""
        return float(np.quantile(self.draws, q))

    @property
    def sd(self) -> float:
        """Standard deviation of the draws: the standard error of the figure."""
        return float(self.draws.std())


def bootstrap(figures: Mapping[str, Ratio], rounds: int, seed: int = 0) -> dict[str, Spread]:
    """Draw slayers ``rounds`` times and compute all figures on each draw; those without a denominator are left out.

    Args:
        figures: by name; all over the same slayers in the same order.
        rounds: draws.
        seed: the same seed gives the same draws: a decision can be repeated.
    """
    kept = {name: ratio for name, ratio in figures.items() if ratio.below.sum() > 0}
    if not kept:
        return {}
    sums = np.stack([part for ratio in kept.values() for part in ratio], axis=1)
    slayers = len(sums)
    rng = np.random.default_rng(seed)
    blocks = []
    left = rounds
    while left:
        size = min(left, max(1, _BLOCK // slayers))
        draw = rng.integers(0, slayers, (size, slayers))
        weight = np.stack([np.bincount(one, minlength=slayers) for one in draw]).astype(np.float64)
        blocks.append(weight @ sums)
        left -= size
    drawn = np.concatenate(blocks)
    found = {}
    for i, (name, ratio) in enumerate(kept.items()):
        below = drawn[:, 2 * i + 1]
        draws = drawn[below > 0, 2 * i] / below[below > 0]
        if len(draws):  # a figure of one slayer may miss every draw
            found[name] = Spread(float(ratio.above.sum() / ratio.below.sum()), draws)
    return found
