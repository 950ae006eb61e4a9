"""The measures of a ranking, on rankings that can be worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from evals.ranking import hit_at, judged, ndcg, reciprocal_rank


def test_a_hit_counts_within_the_first_k_only() -> None:
    assert hit_at("abcde", "e", 5) == 1.0
    assert hit_at("abcde", "e", 4) == 0.0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_item() -> None:
    assert reciprocal_rank("xxaxb", "ab") == pytest.approx(1 / 3)


def test_beyond_the_tenth_place_nothing_counts() -> None:
    ranking = "0123456789a"
    assert reciprocal_rank(ranking, "a") == 0.0
    assert ndcg(ranking, "a") == 0.0


def test_ndcg_discounts_by_the_logarithm_of_the_place() -> None:
    assert ndcg("xaxxb", "ab") == pytest.approx((1 / log2(3) + 1 / log2(6)) / (1 + 1 / log2(3)))


def test_ndcg_is_one_when_all_relevant_items_lead() -> None:
    assert ndcg("baxyz", "ab") == pytest.approx(1.0)


def test_nothing_found_scores_nothing() -> None:
    assert judged("", "a") == {"hit1": 0.0, "hit5": 0.0, "mrr": 0.0, "ndcg10": 0.0}
