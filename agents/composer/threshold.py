"""From which log odds on the best sentence answers: chosen on the retrieval suite's dev questions, as the models see them.

Those are like what slayers ask, which most of our own questions are not (they are close on purpose). The models have learnt from
dev questions too, answerable and other ones alike, so the rates on them flatter; the place between the two kinds does not move.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence


def between(answerable: Sequence[float], others: Sequence[float]) -> float:
    """Where false alarms and misses are fewest: the worse of the two first, then both; the middle of the widest such gap."""
    marks = sorted({*answerable, *others})

    def faults(at: float) -> tuple[float, float]:
        false = sum(odds < at for odds in answerable) / len(answerable)
        missed = sum(odds >= at for odds in others) / len(others)
        return max(false, missed), false + missed

    gaps = [((low + high) / 2, high - low) for low, high in itertools.pairwise(marks)]
    return min(gaps, key=lambda gap: (*faults(gap[0]), -gap[1]))[0]
