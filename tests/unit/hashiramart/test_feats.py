"""Feats: each is reached at its threshold, once."""

from __future__ import annotations

from typing import Any

import pytest

from hashiramart import seed
from hashiramart.feats import FEATS, newly_reached
from hashiramart.totals import Sums

TYPES = list(seed.weapon_types())

THRESHOLDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("first_blood", {"battles_won": 0}, {"battles_won": 1}),
    ("ten_victories", {"battles_won": 9}, {"battles_won": 10}),
    ("hundred_victories", {"battles_won": 99}, {"battles_won": 100}),
    ("first_hour", {"minutes_trained": 59}, {"minutes_trained": 60}),
    ("thousand_minutes", {"minutes_trained": 999}, {"minutes_trained": 1000}),
    ("ten_day_streak", {"best_streak": 9, "streak": 9}, {"best_streak": 10}),
    ("hundred_day_streak", {"best_streak": 99, "streak": 99}, {"best_streak": 100}),
    ("every_weapon_type", {"weapon_types": TYPES[1:]}, {"weapon_types": TYPES}),
    ("rank_slayer", {"nichirin_points": 99}, {"nichirin_points": 100}),
    ("rank_hashira", {"nichirin_points": 499}, {"nichirin_points": 500}),
]


def reached(totals: dict[str, Any], earned: set[str] | None = None) -> set[str]:
    return {feat.key for feat in newly_reached(Sums(**totals), earned or set())}


@pytest.mark.parametrize(("feat", "before", "after"), THRESHOLDS, ids=[feat for feat, *_ in THRESHOLDS])
def test_a_feat_is_reached_at_its_threshold_and_not_before(
    feat: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert feat not in reached(before)
    assert feat in reached(after)


def test_every_feat_has_a_threshold_here() -> None:
    assert [feat.key for feat in FEATS] == [feat for feat, *_ in THRESHOLDS]


def test_a_feat_is_reached_once() -> None:
    assert reached({"battles_won": 10}, {"first_blood"}) == {"ten_victories"}
    assert reached({"battles_won": 10}, {"first_blood", "ten_victories"}) == set()


def test_a_slayer_who_did_nothing_has_no_feat() -> None:
    assert reached({}) == set()


@pytest.mark.parametrize("feat", FEATS, ids=lambda feat: feat.key)
def test_a_feat_is_shown_with_a_name_and_a_sentence(feat: Any) -> None:
    view = feat.view
    assert (view.feat, view.name, view.text) == (feat.key, feat.name, feat.text)
    assert view.name
    assert view.text.endswith(".")
