"""The one featuriser: training and serving build their matrices here, so they cannot drift apart.

``level_weight_diff`` is the weight that a slayer of this level usually carries well, minus the weapon's weight, in kg:
``CARRY_BASE_KG + CARRY_KG_PER_LEVEL * level - weight``. Level 1 carries about 0.9 kg, level 10 1.35 kg, level 50 3.15 kg,
level 100 5.4 kg. Negative means heavy for the level. Price and name are no features: price enters after scoring, as a budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hashiramart.errors import InvalidInput
from ml.cells import Cells, Distinct

Float32 = NDArray[np.float32]

CARRY_BASE_KG = 0.9
CARRY_KG_PER_LEVEL = 0.045
SCHEMA_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Feature:
    """One column. ``monotone`` is 1 where more can never lower the predicted success."""

    name: str
    unit: str
    meaning: str
    monotone: int = 0


_COLUMNS = (
    Feature("level", "1-100", "the slayer's level"),
    Feature("strength", "0-100", "the slayer's strength", monotone=1),
    Feature("dexterity", "0-100", "the slayer's dexterity"),
    Feature("stamina", "0-100", "the slayer's stamina"),
    Feature("weight", "kg", "the weapon's weight"),
    Feature("sharpness", "0-100", "the weapon's sharpness", monotone=1),
    Feature("match_style", "0 or 1", "1 when the weapon suits the slayer's breathing style", monotone=1),
    Feature("level_weight_diff", "kg", "what this level carries well, minus the weapon's weight; negative is heavy"),
)

FEATURES: tuple[str, ...] = tuple(column.name for column in _COLUMNS)
MONOTONE: tuple[int, ...] = tuple(column.monotone for column in _COLUMNS)


@dataclass(frozen=True, slots=True)
class SlayerProfile:
    """What the model knows of a slayer: level 1-100, attributes 0-100, breathing style by its name in the catalogue."""

    level: int
    strength: float
    dexterity: float
    stamina: float
    breathing_style: str


@dataclass(frozen=True, eq=False)
class WeaponTable:
    """Weapons as columns, built once per version of the catalogue and shared by all requests.

    Attributes:
        ids: keys of the weapons, (n,).
        slugs: names as in addresses and file names, (n,).
        weight: kg, float32 (n,).
        sharpness: 0-100, float32 (n,).
        styles: the breathing styles that any of the weapons suits, sorted, (s,).
        suits: whether a weapon (row) suits a style (column), float32 (n, s) of 0 and 1.
    """

    ids: tuple[str, ...]
    slugs: tuple[str, ...]
    weight: Float32
    sharpness: Float32
    styles: tuple[str, ...]
    suits: Float32

    @classmethod
    def build(
        cls,
        *,
        ids: Sequence[Any],
        slugs: Sequence[str],
        weight: ArrayLike,
        sharpness: ArrayLike,
        styles: Sequence[Sequence[str]],
    ) -> WeaponTable:
        """Make a table from plain columns of equal length; ``ids`` may be UUIDs.

        Raises:
            InvalidInput: the columns differ in length, or a weight or sharpness is not a finite number.
        """
        columns = {"weight": np.asarray(weight, np.float32), "sharpness": np.asarray(sharpness, np.float32)}
        for name, values in columns.items():
            if values.shape != (len(ids),) or not np.isfinite(values).all():
                raise InvalidInput(name, f"{name} must hold one finite number per weapon.")
        if not len(ids) == len(slugs) == len(styles):
            raise InvalidInput("slugs", "ids, slugs and styles must have one entry per weapon.")
        known = tuple(sorted({style for of_weapon in styles for style in of_weapon}))
        position = {style: column for column, style in enumerate(known)}
        suits = np.zeros((len(ids), len(known)), np.float32)
        row = np.repeat(np.arange(len(ids)), np.fromiter(map(len, styles), np.intp, len(ids)))
        suits[row, np.fromiter((position[style] for style in chain.from_iterable(styles)), np.intp, len(row))] = 1.0
        return cls(tuple(map(str, ids)), tuple(slugs), columns["weight"], columns["sharpness"], known, suits)

    @classmethod
    def of(cls, weapons: Sequence[Any]) -> WeaponTable:
        """A table of anything with ``id``, ``slug``, ``weight``, ``sharpness`` and ``styles``: rows of the catalogue, say."""
        return cls.build(
            ids=[weapon.id for weapon in weapons],
            slugs=[weapon.slug for weapon in weapons],
            weight=[weapon.weight for weapon in weapons],
            sharpness=[weapon.sharpness for weapon in weapons],
            styles=[weapon.styles for weapon in weapons],
        )

    def __len__(self) -> int:
        return len(self.ids)

    def match(self, breathing_style: str) -> Float32:
        """1 for every weapon that suits the style, else 0, (n,). A style that no weapon suits gives zeros."""
        if breathing_style not in self.styles:
            return np.zeros(len(self), np.float32)
        return self.suits[:, self.styles.index(breathing_style)]

    @cached_property
    def distinct(self) -> Distinct:
        """The distinct feature rows of these weapons."""
        return Distinct.build(self.weight, self.sharpness)

    def cells(self, breathing_style: str) -> Cells:
        """The distinct feature rows as a slayer of this style meets them."""
        known = breathing_style if breathing_style in self.styles else None
        return self.distinct.cells(known, self.match(breathing_style))

    def match_pairs(self, breathing_styles: Sequence[str], rows: NDArray[np.intp]) -> Float32:
        """``match`` for pairs: the i-th style against the weapon in row ``rows[i]``, (m,)."""
        position = {style: column for column, style in enumerate(self.styles)}
        columns = np.fromiter((position.get(style, -1) for style in breathing_styles), np.intp, len(breathing_styles))
        if not self.styles:
            return np.zeros(len(rows), np.float32)
        return np.where(columns >= 0, self.suits[rows, columns], np.float32(0))


def assemble(
    level: ArrayLike,
    strength: ArrayLike,
    dexterity: ArrayLike,
    stamina: ArrayLike,
    weight: Float32,
    sharpness: Float32,
    match_style: Float32,
) -> Float32:
    """The matrix itself, in the order of ``FEATURES``.

    Args:
        level: 1-100, a scalar or (n,); so are strength, dexterity and stamina, 0-100.
        strength: see level.
        dexterity: see level.
        stamina: see level.
        weight: kg, (n,).
        sharpness: 0-100, (n,).
        match_style: 0 or 1, (n,).

    Returns:
        float32 (n, 8).
    """
    matrix = np.empty((len(weight), len(FEATURES)), np.float32)
    for column, values in enumerate((level, strength, dexterity, stamina, weight, sharpness, match_style)):
        matrix[:, column] = values
    matrix[:, 7] = carry_difference(level, weight)
    return matrix


def carry_difference(level: ArrayLike, weight: Float32) -> Float32:
    """``level_weight_diff`` in kg: the one place that computes it, rounded to float32 as the model sees it, (n,)."""
    carried = np.asarray(CARRY_BASE_KG + CARRY_KG_PER_LEVEL * np.asarray(level, np.float64))
    return np.asarray(carried - weight, np.float32)


def feature_matrix(
    slayer: SlayerProfile, weapons: WeaponTable, rows: NDArray[np.intp] | slice = slice(None)
) -> Float32:
    """One slayer against every weapon, or those in ``rows``: float32 (n, 8) in the order of ``FEATURES``."""
    return assemble(
        slayer.level,
        slayer.strength,
        slayer.dexterity,
        slayer.stamina,
        weapons.weight[rows],
        weapons.sharpness[rows],
        weapons.match(slayer.breathing_style)[rows],
    )


def schema(training: Float32) -> dict[str, Any]:
    """The feature schema that travels with a model, as JSON-ready data.

    Args:
        training: the matrix the model was trained on, (n, 8); its ranges are recorded.
    """
    low, high = training.min(axis=0), training.max(axis=0)
    return {
        "format": SCHEMA_FORMAT,
        "carry": {"base_kg": CARRY_BASE_KG, "kg_per_level": CARRY_KG_PER_LEVEL},
        "features": [
            {
                "name": column.name,
                "unit": column.unit,
                "meaning": column.meaning,
                "monotone": column.monotone,
                "range": [round(float(low[i]), 4), round(float(high[i]), 4)],
            }
            for i, column in enumerate(_COLUMNS)
        ],
    }
