"""The known truth of the synthetic world: how likely a slayer wins with a weapon.

Training never imports this. The generator draws outcomes from it, and evaluation asks it for the best possible ranking.

What it says, in words: a weapon that suits the breathing style helps most, and more so with experience. Weight hurts once it
is more than level and strength can carry, and tires who has little stamina; carried well, it gives force to the strong,
and a weapon far below what the level carries leaves force unused. Light weapons reward dexterity. Sharpness and all attributes
help with diminishing returns. Luck decides a few battles.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ml.features import FEATURES, Float32

_AT = {name: column for column, name in enumerate(FEATURES)}


def success_probability(matrix: Float32, upset_rate: float) -> NDArray[np.float64]:
    """The true probability of success.

    Args:
        matrix: features as of ``ml.features``, (n, 8).
        upset_rate: share of battles that a coin decides, 0 to 1.

    Returns:
        float64 (n,), between ``upset_rate / 2`` and ``1 - upset_rate / 2``.
    """

    def column(name: str, scale: float = 1.0) -> NDArray[np.float64]:
        return matrix[:, _AT[name]].astype(np.float64) / scale

    level, strength, dexterity, stamina, edge = (
        column(name, 100) for name in ("level", "strength", "dexterity", "stamina", "sharpness")
    )
    weight, match = column("weight"), column("match_style")

    heft = np.log1p(weight) / np.log(7)  # 0.28 for a dagger, 1 at 6 kg
    light = np.exp(-weight / 1.1)
    spare = column("level_weight_diff") + 1.2 * (strength - 0.25)  # kg; strength is worth up to 0.9 kg
    overload = 0.25 * np.logaddexp(0.0, -spare / 0.25)  # kg above what is carried well, with a soft knee

    idle = 0.4 * np.logaddexp(0.0, (column("level_weight_diff") - 1.0) / 0.4)  # kg left unused by so light a weapon

    logit = (
        -2.6
        + match * (1.35 + 0.5 * np.sqrt(level))
        + 0.6 * _diminishing(level)
        + 0.4 * _diminishing(strength)
        + (1.8 * strength - 0.1) * heft
        + (0.3 + 1.2 * light) * _diminishing(dexterity)
        + 0.5 * _diminishing(stamina)
        - 0.9 * (1 - stamina) * heft
        + (0.9 + 0.6 * dexterity) * _diminishing(edge)
        - 1.9 * overload / (1 + 0.35 * overload)
        - 0.5 * idle / (1 + 0.3 * idle)
    )
    fair = 1.0 / (1.0 + np.exp(-logit))
    return np.asarray((1 - upset_rate) * fair + upset_rate * 0.5)


def _diminishing(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 to 1 over 0 to 1, steep at first: the first points of a skill are worth more than the last."""
    return np.asarray(np.expm1(-2.2 * share) / np.expm1(-2.2))
