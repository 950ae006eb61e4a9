"""How good a ranking is: hit@k, reciprocal rank and nDCG over relevant items that are all equally wanted."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from math import log2

DEPTH = 10


def hit_at(ranking: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """1 when one of the first ``k`` is relevant, otherwise 0."""
    return float(any(item in relevant for item in ranking[:k]))


def reciprocal_rank(ranking: Sequence[Hashable], relevant: Collection[Hashable]) -> float:
    """1 divided by the place of the first relevant item, 0 when none is among the first 10."""
    return next((1.0 / place for place, item in enumerate(ranking[:DEPTH], start=1) if item in relevant), 0.0)


def ndcg(ranking: Sequence[Hashable], relevant: Collection[Hashable]) -> float:
    """Discounted gain of the first 10, divided by that of a ranking with all relevant items first.

    Args:
        ranking: items without repeats, best first.
        relevant: at least one item.
    """
    gain = sum(1.0 / log2(place + 1) for place, item in enumerate(ranking[:DEPTH], start=1) if item in relevant)
    best = sum(1.0 / log2(place + 1) for place in range(1, min(DEPTH, len(relevant)) + 1))
    return gain / best


def judged(ranking: Sequence[Hashable], relevant: Collection[Hashable]) -> dict[str, float]:
    """All measures of one ranking, by name."""
    return {
        "hit1": hit_at(ranking, relevant, 1),
        "hit5": hit_at(ranking, relevant, 5),
        "mrr": reciprocal_rank(ranking, relevant),
        "ndcg10": ndcg(ranking, relevant),
    }


MEASURES = {"hit1": "hit@1", "hit5": "hit@5", "mrr": "MRR", "ndcg10": "nDCG@10"}
