from __future__ import annotations

import pytest

from ml.features import WeaponTable
from ml.novelty import caution, unproven

RANGES = {"weight": (0.3, 6.0), "sharpness": (3.0, 98.0), "level": (1.0, 100.0)}


def _one(weight: float, sharpness: float) -> WeaponTable:
    return WeaponTable.build(ids=[1], slugs=["w"], weight=[weight], sharpness=[sharpness], styles=[[]])


@pytest.mark.parametrize(
    ("weight", "sharpness", "said"),
    [
        (7.25, 50, "Heavier than any weapon tried so far (7.25 kg)"),
        (0.2, 50, "Lighter than any weapon tried so far (0.2 kg)"),
        (1, 99, "Sharper than any weapon tried so far (99 of 100)"),
        (1, 1, "Blunter than any weapon tried so far (1 of 100)"),
    ],
)
def test_a_weapon_outside_the_training_range_is_flagged_and_says_so(weight: float, sharpness: float, said: str) -> None:
    table = _one(weight, sharpness)
    assert unproven(table, RANGES).tolist() == [True]
    found = caution(table, RANGES, 0)
    assert found is not None
    assert found.startswith(said)


@pytest.mark.parametrize(("weight", "sharpness"), [(0.3, 3), (6.0, 98), (1.5, 60)])
def test_a_weapon_inside_or_on_the_edge_is_not(weight: float, sharpness: float) -> None:
    table = _one(weight, sharpness)
    assert unproven(table, RANGES).tolist() == [False]
    assert caution(table, RANGES, 0) is None


def test_a_model_that_tells_no_ranges_flags_nothing() -> None:
    assert not unproven(_one(50, 500), {}).any()
    assert caution(_one(50, 500), {}, 0) is None
