"""Why a weapon is recommended, in plain words, from the model's own contributions.

Related features speak with one voice (weight and ``level_weight_diff`` are both about how heavy the weapon is), and a sentence is
only said when it is true of the slayer and the weapon *and* its tone agrees with the sign of the contribution. What it adds is
given in percent of success, never in points: those are what a slayer earns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.features import CARRY_BASE_KG, CARRY_KG_PER_LEVEL, FEATURES, SlayerProfile, WeaponTable
from ml.scorer import Scorer

Groups = dict[str, tuple[str, ...]]
"""The features that speak with one voice, by the name of that voice."""

_AT = {name: column for column, name in enumerate(FEATURES)}
# What tells weapons apart comes before what is true of the slayer with every weapon.
_OF_WEAPON: Groups = {
    "match_style": ("match_style",),
    "heft": ("weight", "level_weight_diff"),
    "sharpness": ("sharpness",),
}
_OF_SLAYER: Groups = {
    "strength": ("strength",),
    "dexterity": ("dexterity",),
    "stamina": ("stamina",),
    "level": ("level",),
}
_HEAVY_KG = 0.6
_MIN_REASONS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``percent`` is what it adds to the predicted success, in percentage points; its sign is the sentence's."""

    text: str
    percent: int

    def __str__(self) -> str:
        return f"{self.text} ({'+' if self.percent > 0 else '−'}{abs(self.percent)}% success)"


def explain(
    scorer: Scorer,
    slayer: SlayerProfile,
    table: WeaponTable,
    rows: NDArray[np.intp],
    limit: int = 3,
    *,
    success: NDArray[np.float64] | None = None,
) -> list[list[str]]:
    """Reasons for each of the chosen weapons as sentences with their numbers, strongest first.

    Args:
        scorer: the model that ranked them.
        slayer: for whom.
        table: all weapons.
        rows: the chosen ones, (m,).
        limit: at most so many reasons a weapon.
        success: their predicted probabilities, (m,), where they are known already.

    Returns:
        One list per row, usually of two or three: ``"Matches your Water Breathing (+28% success)"``.
    """
    found = reasons(scorer, slayer, table, rows, limit, success=success)
    return [[str(reason) for reason in of_weapon] for of_weapon in found]


def reasons(
    scorer: Scorer,
    slayer: SlayerProfile,
    table: WeaponTable,
    rows: NDArray[np.intp],
    limit: int = 3,
    *,
    success: NDArray[np.float64] | None = None,
) -> list[list[Reason]]:
    """As ``explain``, with sentence and number apart."""
    scores = scorer.score(slayer, table)[rows] if success is None else success
    contributions = scorer.contributions(slayer, table, rows)
    suits = table.match(slayer.breathing_style)
    return [
        reasons_of_one(
            slayer,
            contributions[i],
            float(scores[i]),
            weight=float(table.weight[row]),
            sharpness=float(table.sharpness[row]),
            suited=bool(suits[row]),
            limit=limit,
        )
        for i, row in enumerate(rows)
    ]


def reasons_of_one(
    slayer: SlayerProfile,
    contributions: NDArray[np.float64],
    score: float,
    *,
    weight: float,
    sharpness: float,
    suited: bool,
    limit: int = 3,
) -> list[Reason]:
    """Reasons for one weapon, strongest first.

    Args:
        slayer: for whom.
        contributions: log-odds by feature, (8,).
        score: predicted probability of success.
        weight: of the weapon, kg.
        sharpness: of the weapon, 0-100.
        suited: whether the weapon suits the slayer's style.
        limit: at most so many.
    """

    def told(groups: Groups) -> Iterator[Reason]:
        for name, features in groups.items():
            effect = float(sum(contributions[_AT[feature]] for feature in features))
            percent = _percent(score, effect)
            text = _sentence(name, effect > 0, slayer, weight, sharpness, suited)
            if percent and text:
                yield Reason(text, percent)

    def strength(reason: Reason) -> int:
        return -abs(reason.percent)

    chosen = sorted(told(_OF_WEAPON), key=strength)
    if len(chosen) < _MIN_REASONS:
        chosen += sorted(told(_OF_SLAYER), key=strength)[: _MIN_REASONS - len(chosen)]
    return sorted(chosen, key=strength)[:limit]


def _percent(score: float, effect: float) -> int:
    """Percentage points that the score has over the same score without this effect."""
    score = min(max(score, 1e-9), 1 - 1e-9)
    without = 1 / (1 + np.exp(effect - np.log(score / (1 - score))))
    return round(100 * (score - float(without)))


def _sentence(
    group: str, good: bool, slayer: SlayerProfile, weight: float, sharpness: float, suited: bool
) -> str | None:
    """The words for one group, or None when nothing true can be said in that tone."""
    match group:
        case "match_style" if suited is good:
            text = f"{'Matches' if good else 'Not made for'} your {slayer.breathing_style} Breathing"
        case "heft":
            text = _heft(good, slayer.level, weight)
        case "sharpness":
            text = f"Sharpness {sharpness:.0f} of 100 {'helps' if good else 'holds it back'}"
        case "level":
            text = f"Your experience at level {slayer.level} helps" if good else f"Level {slayer.level} is early days"
        case "strength" | "dexterity" | "stamina":
            text = f"Your {group} ({getattr(slayer, group):.0f}) {'helps' if good else 'holds you back'} here"
        case _:
            return None
    return text


def _heft(good: bool, level: int, weight: float) -> str:
    over = weight - (CARRY_BASE_KG + CARRY_KG_PER_LEVEL * level)
    kg = f"{round(weight, 2):g} kg"
    if good:
        return f"{kg} is easy to carry at level {level}" if over <= 0 else f"{kg} is still fine at level {level}"
    if over > 0:
        return f"{'Heavy' if over > _HEAVY_KG else 'A little heavy'} for level {level} ({kg})"
    return f"{kg} is lighter than level {level} can use"
