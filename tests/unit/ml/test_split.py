"""Who is trained on, who is tested with, and what stays frozen while the data grow."""

from __future__ import annotations

import uuid

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.params import load_params
from ml.split import divide, is_frozen
from tests.unit.ml.worlds import source

P = load_params().split
BATTLES = source().interactions


def test_every_battle_is_in_exactly_one_part() -> None:
    _, parts = divide(BATTLES, P)
    ids = pd.concat([part["interaction_id"] for part in parts])
    assert sorted(ids) == sorted(BATTLES["interaction_id"])


def test_training_is_older_than_the_test_and_sees_nothing_frozen() -> None:
    cuts, (train, test, frozen) = divide(BATTLES, P)
    assert train["occurred_at"].max() < cuts["synthetic"] <= test["occurred_at"].min()
    assert frozen["exploration"].all()
    explorers = set(frozen["slayer_id"])
    for part in (train, test):
        assert not part.loc[part["exploration"], "slayer_id"].isin(explorers).any()


@settings(deadline=None, max_examples=25)
@given(st.integers(1, len(BATTLES) - 1), st.floats(0.1, 0.9))
def test_what_is_frozen_stays_frozen_while_the_data_grow(rows: int, share: float) -> None:
    p = P.model_copy(update={"frozen": share})
    early, late = divide(BATTLES.head(rows), p)[1].frozen, divide(BATTLES, p)[1].frozen
    assert list(early["interaction_id"]) == list(late["interaction_id"][: len(early)])


def test_the_share_of_frozen_slayers_is_what_was_asked() -> None:
    ids = pd.Series([str(uuid.UUID(int=i)) for i in range(20_000)])
    for share in (0.1, 0.5):
        assert is_frozen(ids, share).mean() == pytest.approx(share, abs=0.015)
    # A larger share only adds slayers.
    assert (is_frozen(ids, 0.5) >= is_frozen(ids, 0.1)).all()


def test_a_slayer_is_frozen_by_their_key_alone() -> None:
    ids = BATTLES["slayer_id"]
    shuffled = ids.sample(frac=1, random_state=3)
    one = pd.Series(is_frozen(ids, 0.5), index=ids.index)
    other = pd.Series(is_frozen(shuffled, 0.5), index=shuffled.index)
    assert (one == other[one.index]).all()
    assert 0 < one.mean() < 1


def test_battles_of_one_instant_stay_together() -> None:
    same = BATTLES.assign(occurred_at=pd.Timestamp("2024-05-05", tz="UTC"))
    _, (train, test, _) = divide(same, P)
    assert train.empty
    assert len(test)


def shop_battles(rows: int) -> pd.DataFrame:
    """Battles of a shop: later than all others, of other slayers, of nobody is the truth known."""
    real = source(seed=5).interactions.head(rows)
    return real.assign(
        occurred_at=real["occurred_at"] + pd.Timedelta(days=700), p_true=np.float32("nan"), exploration=False
    )


def test_a_shop_learns_from_its_first_battles_though_all_others_are_older() -> None:
    real = shop_battles(200)
    cuts, (train, test, frozen) = divide(pd.concat([BATTLES, real], ignore_index=True), P)
    ours = real.set_index("interaction_id")
    parts = [part[part["interaction_id"].isin(ours.index)] for part in (train, test, frozen)]
    assert sum(map(len, parts)) == 200
    assert len(parts[0]) > 100  # a fifth is frozen, and a fifth of the rest tests
    assert parts[0]["occurred_at"].max() < cuts["shop"] <= parts[1]["occurred_at"].min()
    assert not set(parts[2]["slayer_id"]) & set(parts[0]["slayer_id"])  # all battles of a frozen slayer, not some


def test_synthetic_battles_make_room_and_never_change_sides() -> None:
    p = P.model_copy(update={"half_life": 100})
    before = divide(BATTLES, p)[1]
    counts = [len(BATTLES)]
    for rows in (50, 100, 300):
        after = divide(pd.concat([BATTLES, shop_battles(rows)], ignore_index=True), p)[1]
        known = [part[part["p_true"].notna()] for part in after]
        counts.append(sum(map(len, known)))
        assert counts[-1] / len(BATTLES) == pytest.approx(1 / (1 + rows / 100), abs=0.03)
        for part, first in zip(known, before, strict=True):
            assert set(part["interaction_id"]) <= set(first["interaction_id"])
    assert counts == sorted(counts, reverse=True)


def test_the_order_of_the_rows_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    shuffled = BATTLES.iloc[rng.permutation(len(BATTLES))]
    for one, other in zip(divide(BATTLES, P)[1], divide(shuffled, P)[1], strict=True):
        assert set(one["interaction_id"]) == set(other["interaction_id"])
