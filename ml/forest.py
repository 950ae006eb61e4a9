"""A LightGBM forest as boxes, read for one slayer and all weapons at once.

A leaf is a box in the space of the features: it holds for a row when ``lower < x <= upper`` in each. For a given slayer most
leaves are out of reach, and the rest are rectangles over (weight, sharpness), for weapons that match the style, that do not, or
both. Rectangles are added at their corners and summed up once (a summed-area table, Crow 1984), so the work depends on the
forest's thresholds and not on how many weapons there are.

Sums are of whole numbers (leaf values times 2^50), hence exact in any order: rows that end in the same leaves get the same score
to the last bit. Against ``Booster.predict`` the raw score differs by rounding only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import Unavailable
from ml.features import FEATURES, Float32, SlayerProfile, carry_difference

if TYPE_CHECKING:
    import lightgbm as lgb

Int64 = NDArray[np.int64]
Index = NDArray[np.intp]

UNIT = 2.0**-50
"""What 1 means in whole-number scores, in log-odds."""

_MOST = 2.0**62 * UNIT  # a sum beyond it would overflow
_OF_SLAYER = [FEATURES.index(name) for name in ("level", "strength", "dexterity", "stamina")]
_WEIGHT, _SHARPNESS, _MATCH, _DIFFERENCE = (
    FEATURES.index(name) for name in ("weight", "sharpness", "match_style", "level_weight_diff")
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A slayer's scores over all weapons there could be on two sorted axes.

    Attributes:
        score: whole-number scores by (match, weight cell, sharpness cell), (2, c, b).
        weight_cell: the cell of each weight asked for, ascending, (w,).
        sharpness_cell: the cell of each sharpness asked for, ascending, (s,).
    """

    score: Int64
    weight_cell: Index
    sharpness_cell: Index

    def at(self, match: Index, weight: Index, sharpness: Index) -> Int64:
        """Scores of weapons, given by the places of their features on the axes, (m,)."""
        _, columns, rows = self.score.shape
        place = (match * columns + self.weight_cell[weight]) * rows + self.sharpness_cell[sharpness]
        return np.asarray(self.score.ravel()[place])


@dataclass(frozen=True, slots=True)
class _Edges:
    """One side of all boxes along a feature: its distinct thresholds, and which of them each leaf has, (l,)."""

    thresholds: NDArray[np.float64]
    of_leaf: Index

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> _Edges:
        thresholds, of_leaf = np.unique(values, return_inverse=True)
        return cls(thresholds, of_leaf.astype(np.intp))

    def up_to(self, axis: Float32, leaves: Index) -> Index:
        """How many values of a sorted axis are at most the threshold of each of some leaves."""
        return np.searchsorted(axis, self.thresholds, side="right")[self.of_leaf[leaves]]


class Forest:
    """The boxes of one model. Immutable, and safe to share between threads."""

    def __init__(self, lower: NDArray[np.float64], upper: NDArray[np.float64], value: NDArray[np.float64]) -> None:
        """Keep boxes as columns.

        Args:
            lower: exclusive bounds, -inf where there is none, (l, 8).
            upper: inclusive bounds, inf where there is none, (l, 8).
            value: what each leaf adds to the log-odds, (l,).
        """
        self._value = np.rint(value / UNIT).astype(np.int64)
        self._lower, self._upper = np.ascontiguousarray(lower.T[_OF_SLAYER]), np.ascontiguousarray(upper.T[_OF_SLAYER])
        sides = {column: (_Edges.of(lower[:, column]), _Edges.of(upper[:, column])) for column in range(len(FEATURES))}
        self._weight, self._difference, self._sharpness = sides[_WEIGHT], sides[_DIFFERENCE], sides[_SHARPNESS]
        self._holds = [(lower[:, _MATCH] < match) & (match <= upper[:, _MATCH]) for match in (0, 1)]

    @classmethod
    def of(cls, booster: lgb.Booster) -> Forest:
        """Read a trained model.

        Raises:
            Unavailable: it has trees or an objective that boxes cannot stand for (categories, linear leaves, several classes).
        """
        model = booster.dump_model()
        if (
            model["num_tree_per_iteration"] != 1
            or model["average_output"]
            or not _is_logistic(model.get("objective", ""))
        ):
            raise Unavailable("The model is not a sum of trees for one probability.")
        bounds = np.stack([np.full(len(FEATURES), -np.inf), np.full(len(FEATURES), np.inf)])
        leaves = [leaf for tree in model["tree_info"] for leaf in _leaves(tree["tree_structure"], bounds)]
        boxes = np.array([box for box, _ in leaves]).reshape(-1, 2, len(FEATURES))
        value = np.array([value for _, value in leaves], np.float64)
        if np.abs(value).max(initial=0) * len(model["tree_info"]) >= _MOST:
            raise Unavailable("The model's scores are too large to be added exactly.")
        return cls(boxes[:, 0], boxes[:, 1], value)

    def grid(self, slayer: SlayerProfile, weights: Float32, sharpness: Float32) -> Grid:
        """Score a slayer with every weapon whose weight and sharpness lie on two axes.

        Args:
            slayer: who would fight.
            weights: kg, sorted, without doubles, (w,).
            sharpness: 0-100, sorted, without doubles, (s,).
        """
        who = np.array([slayer.level, slayer.strength, slayer.dexterity, slayer.stamina], np.float32)[:, None]
        reached = np.flatnonzero(((self._lower < who) & (who <= self._upper)).all(axis=0))
        # What this level carries well minus the weight falls as the weight grows: the axis is read from its end.
        spare = carry_difference(slayer.level, weights)[::-1]
        above, below = (side.up_to(weights, reached) for side in self._weight)
        lightest, heaviest = (len(weights) - side.up_to(spare, reached) for side in self._difference[::-1])
        left, right = np.maximum(above, lightest), np.minimum(below, heaviest)
        bottom, top = (side.up_to(sharpness, reached) for side in self._sharpness)
        full = (left < right) & (bottom < top)
        reached, left, right, bottom, top = (each[full] for each in (reached, left, right, bottom, top))

        weight_cell, columns, (left, right) = _cells(len(weights), left, right)
        sharpness_cell, rows, (bottom, top) = _cells(len(sharpness), bottom, top)
        score = np.zeros((2, columns + 1, rows + 1), np.int64)
        for layer, holds in zip(score, self._holds, strict=True):
            at = np.flatnonzero(holds[reached])
            value = self._value[reached[at]]
            for x, y, sign in ((left, bottom, 1), (right, top, 1), (left, top, -1), (right, bottom, -1)):
                np.add.at(layer, (x[at], y[at]), sign * value)
        score = score.cumsum(axis=1).cumsum(axis=2)[:, :columns, :rows]
        return Grid(np.ascontiguousarray(score), weight_cell, sharpness_cell)


def probability(score: Int64) -> NDArray[np.float64]:
    """Whole-number scores as probabilities of success, same shape."""
    return np.asarray(1 / (1 + np.exp(-score * UNIT)))


def _cells(length: int, start: Index, stop: Index) -> tuple[Index, int, tuple[Index, Index]]:
    """Cut an axis where any interval begins or ends.

    Returns:
        the cell of each place on the axis, how many cells there are, and the intervals in cells.
    """
    cut = np.zeros(length + 1, np.intp)
    cut[start] = cut[stop] = 1
    cut[0] = 0  # cells count from 0
    cell = np.cumsum(cut)
    count = int(cell[length - 1]) + 1 if length else 0
    return cell[:length], count, (cell[start], cell[stop])


def _is_logistic(objective: str) -> bool:
    """Whether the score is a log-odds as it is."""
    return bool(re.fullmatch(r"binary sigmoid:1(\.0*)?", objective.strip()))


def _leaves(node: dict[str, Any], box: NDArray[np.float64]) -> Iterator[tuple[NDArray[np.float64], float]]:
    """The leaves under a node with their boxes, (2, 8)."""
    if "leaf_value" in node:
        if "leaf_coeff" in node:
            raise Unavailable("The model has linear leaves.")
        yield box, node["leaf_value"]
        return
    # Features are always numbers, so a rule for missing ones never applies, unless 0 itself counts as missing.
    if node["decision_type"] != "<=" or node["missing_type"] == "Zero":
        raise Unavailable("The model splits in a way that this version does not read.")
    feature, threshold = node["split_feature"], node["threshold"]
    for child, side, tighter in (("left_child", 1, min), ("right_child", 0, max)):
        part = box.copy()
        part[side, feature] = tighter(part[side, feature], threshold)
        yield from _leaves(node[child], part)
