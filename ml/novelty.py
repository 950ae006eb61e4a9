"""Weapons that the model was not trained for: a new one may be heavier or sharper than any that was ever fought with.

Trees do not extrapolate: such a weapon gets the score of the nearest weapons the model knows. It is ranked like every other, the
card says so, and exploration prefers it, so that the next model knows more. A new slayer needs no such care: the model knows
nobody by name, only by profile.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ml.features import WeaponTable
from ml.scorer import Ranges

_ROUNDING = 5e-4  # the schema's ranges have four digits, columns are float32
_WORDS = {"weight": ("Lighter", "Heavier", "kg"), "sharpness": ("Blunter", "Sharper", "of 100")}


def unproven(table: WeaponTable, ranges: Ranges) -> NDArray[np.bool_]:
    """Which weapons lie outside what the model was trained with in weight or sharpness, (n,)."""
    outside = np.zeros(len(table), np.bool_)
    for name, values in _columns(table).items():
        if name in ranges:
            low, high = ranges[name]
            outside |= (values < low - _ROUNDING) | (values > high + _ROUNDING)
    return outside


def caution(table: WeaponTable, ranges: Ranges, row: int) -> str | None:
    """What the card of an unproven weapon says, or None for any other."""
    for name, values in _columns(table).items():
        if name not in ranges:
            continue
        (low, high), (less, more, unit) = ranges[name], _WORDS[name]
        value = float(values[row])
        if not low - _ROUNDING <= value <= high + _ROUNDING:
            word = less if value < low else more
            return f"{word} than any weapon tried so far ({round(value, 2):g} {unit}): the estimate is less sure"
    return None


def _columns(table: WeaponTable) -> dict[str, NDArray[np.float32]]:
    return {"weight": table.weight, "sharpness": table.sharpness}
