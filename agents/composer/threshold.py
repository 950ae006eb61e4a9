"""From which log odds on the best sentence answers: chosen on two kinds of questions that slayers may ask.

The retrieval suite's dev questions are like what slayers ask, but few, and the models have learnt from them. Our own plain ones,
judged by models that saw nothing of their manuals, are harder, but many. Both kinds have the same say.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

Odds = tuple[Sequence[float], Sequence[float]]
"""The log odds of one kind's answerable questions, and those of its others."""


def between(*kinds: Odds) -> float:
    """Where false alarms and misses are fewest: the worse of the two first, then both; the middle of the widest such gap.

    Both are shares of a kind's questions, averaged over the kinds.
    """
    marks = sorted({odds for kind in kinds for one in kind for odds in one})

    def faults(at: float) -> tuple[float, float]:
        false = sum(sum(odds < at for odds in answerable) / len(answerable) for answerable, _ in kinds) / len(kinds)
        missed = sum(sum(odds >= at for odds in others) / len(others) for _, others in kinds) / len(kinds)
        return max(false, missed), false + missed

    gaps = [((low + high) / 2, high - low) for low, high in itertools.pairwise(marks)]
    return min(gaps, key=lambda gap: (*faults(gap[0]), -gap[1]))[0]
