from __future__ import annotations

import numpy as np
import pytest

from ml.features import CARRY_BASE_KG, CARRY_KG_PER_LEVEL, FEATURES, Float32, assemble
from ml.truth import success_probability

RNG = np.random.default_rng(5)
N = 4000


def _battles(**fixed: float) -> Float32:
    draw = {
        "level": RNG.integers(1, 101, N).astype(float),
        **{name: RNG.uniform(0, 100, N) for name in ("strength", "dexterity", "stamina", "sharpness")},
        "weight": RNG.uniform(0.4, 6, N),
        "match_style": RNG.integers(0, 2, N).astype(float),
    }
    draw |= {name: np.full(N, value) for name, value in fixed.items()}
    return assemble(
        draw["level"],
        draw["strength"],
        draw["dexterity"],
        draw["stamina"],
        draw["weight"].astype(np.float32),
        draw["sharpness"].astype(np.float32),
        draw["match_style"].astype(np.float32),
    )


@pytest.mark.parametrize("name", ["strength", "dexterity", "stamina", "sharpness", "match_style"])
def test_more_never_hurts(name: str) -> None:
    low = _battles()
    high = low.copy()
    column = FEATURES.index(name)
    high[:, column] = 1 if name == "match_style" else np.minimum(low[:, column] + 20, 100)
    assert (success_probability(high, 0.06) >= success_probability(low, 0.06) - 1e-12).all()


def test_a_matching_style_helps_a_lot() -> None:
    without = _battles(match_style=0)
    matched = without.copy()
    matched[:, FEATURES.index("match_style")] = 1
    assert (success_probability(matched, 0.06) - success_probability(without, 0.06)).mean() > 0.2


def test_a_weapon_too_heavy_for_the_level_hurts() -> None:
    carried = CARRY_BASE_KG + CARRY_KG_PER_LEVEL * 5
    fine, heavy = _battles(level=5, weight=carried - 0.2), _battles(level=5, weight=carried + 2)
    assert success_probability(fine, 0.06).mean() > success_probability(heavy, 0.06).mean() + 0.15


def test_luck_bounds_every_probability() -> None:
    p = success_probability(_battles(), 0.2)
    assert p.min() >= 0.1
    assert p.max() <= 0.9
