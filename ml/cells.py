"""Weapons that share every model feature share a score: the distinct feature rows of a catalogue, and which weapons have them.

Which rows are distinct depends on the breathing style, for the match is a feature. The rest is common to all, so a style that is
seen for the first time costs no sorting.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The distinct rows as one style sees them.

    Attributes:
        unmatched: so many cells, the first ones, hold weapons that do not suit the style; the others do.
        weight: the weight's place on its axis, (d,).
        sharpness: the sharpness's place on its axis, (d,).
        order: rows of the weapons, cell by cell, ascending within a cell, (n,).
        start: where a cell begins in ``order``, and the end, (d + 1,).
        of_weight: where the cells of each weight begin, first those without the match, then those with it, (2, w).
    """

    unmatched: int
    weight: Index
    sharpness: Index
    order: Index
    start: Index
    of_weight: Index

    def __len__(self) -> int:
        return len(self.weight)

    def places(self, chosen: Index) -> tuple[Index, Index, Index]:
        """Match (0 or 1), and the places of weight and sharpness on their axes, of some cells."""
        return (chosen >= self.unmatched).astype(np.intp), self.weight[chosen], self.sharpness[chosen]

    def runs(self, weight_cell: Index, count: int) -> Index:
        """Where the cells of each group of neighbouring weights begin, first without the match, then with it.

        Args:
            weight_cell: the group of each weight, ascending, (w,).
            count: how many groups there are.

        Returns:
            (2 * count + 1,); the last is the number of cells.
        """
        first = np.searchsorted(weight_cell, np.arange(count))
        return np.append(self.of_weight[:, first].ravel(), len(self))

    def rows_of(self, chosen: Index) -> tuple[Index, Index]:
        """The weapons of some cells: their rows, and which of the chosen cells each is in."""
        places, which = ranges(self.start[chosen], self.start[chosen + 1])
        return self.order[places], which

    def spread(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values of cells, (d,), given to their weapons, (n,)."""
        of_weapon = np.empty(len(self.order))
        of_weapon[self.order] = np.repeat(values, np.diff(self.start))
        return of_weapon


@dataclass(frozen=True, eq=False)
class Distinct:
    """The axes of a catalogue, and its cells style by style, kept once they were asked for.

    Attributes:
        weights: kg, sorted, without doubles, (w,).
        sharpness: sorted, without doubles, (s,).
    """

    weights: Float32
    sharpness: Float32
    _order: Index
    _weight: Index  # place of each weapon, in that order
    _sharpness: Index
    _of_style: dict[str | None, Cells] = field(default_factory=dict)

    @classmethod
    def build(cls, weight: Float32, sharpness: Float32) -> Distinct:
        """From the columns of a catalogue, each (n,)."""
        weights, at_weight = np.unique(weight, return_inverse=True)
        edges, at_sharpness = np.unique(sharpness, return_inverse=True)
        order = np.argsort(at_weight * len(edges) + at_sharpness, kind="stable")
        return cls(weights, edges, order, at_weight[order], at_sharpness[order])

    def cells(self, style: str | None, suits: Float32) -> Cells:
        """The cells of a style.

        Args:
            style: its name; None for all that no weapon suits.
            suits: 1 for every weapon that suits it, else 0, (n,).
        """
        found = self._of_style.get(style)
        if found is None:  # two threads may both build it: they build the same
            found = self._of_style[style] = self._build(suits)
        return found

    def _build(self, suits: Float32) -> Cells:
        matched = suits[self._order] > 0
        parts = [np.flatnonzero(~matched), np.flatnonzero(matched)]
        by_cell = np.concatenate(parts)
        weight, sharpness = self._weight[by_cell], self._sharpness[by_cell]
        first = np.ones(len(by_cell), np.bool_)
        first[1:] = (weight[1:] != weight[:-1]) | (sharpness[1:] != sharpness[:-1])
        if len(parts[0]) < len(by_cell):
            first[len(parts[0])] = True
        start = np.flatnonzero(first)
        unmatched, weight = int(np.searchsorted(start, len(parts[0]))), weight[start]
        axis = np.arange(len(self.weights))
        bare, suited = (np.searchsorted(part, axis) for part in (weight[:unmatched], weight[unmatched:]))
        return Cells(
            unmatched=unmatched,
            weight=weight,
            sharpness=sharpness[start],
            order=self._order[by_cell],
            start=np.append(start, len(by_cell)),
            of_weight=np.stack([bare, suited + unmatched]),
        )


def ranges(start: Index, stop: Index) -> tuple[Index, Index]:
    """The numbers of several ranges one after the other, and the range that each belongs to."""
    sizes = stop - start
    shift = start - (np.cumsum(sizes) - sizes)
    return np.arange(sizes.sum()) + np.repeat(shift, sizes), np.repeat(np.arange(len(sizes)), sizes)
