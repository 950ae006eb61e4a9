"""The best of a catalogue for one slayer: masks first, then the order, and only the top of it.

A weapon that the masks rule out takes no place in the ranking; they are asked only about weapons that might be in it.

Cells (distinct feature rows) are tried from the best downwards, in runs of neighbouring weights whose best possible score the
forest's grid gives away, so that a large catalogue is never sorted, nor even looked at as a whole. The order is exact: by value,
ties by the weapon's row, as a stable sort of all allowed weapons gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ml.cells import Cells, Index, ranges
from ml.features import SlayerProfile, WeaponTable
from ml.forest import Grid, Int64, probability
from ml.scorer import Scorer

Mask = NDArray[np.bool_]
Float = NDArray[np.float64]
Masks = Callable[[Index], Mask]
Value = NDArray[np.int64 | np.float64]

_RUNS, _CELLS = 4, 64  # tried first
_MORE = 8  # how many times as many are tried when they were too few
_SMALL = 2_000  # cells that are rather tried all at once


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weapons in order, best first.

    Attributes:
        rows: in the table, (m,).
        success: predicted probability, (m,).
        value: what they are ordered by: the success, less what the price costs, (m,).
    """

    rows: Index
    success: Float
    value: Float

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Costs:
    """What the prices of a catalogue take off the predicted success. The least of each cell is worked out once a style.

    Attributes:
        of_weapon: 0 and up, (n,).
    """

    of_weapon: Float
    _of_cells: dict[Cells, Float] = field(default_factory=dict)

    def cheapest(self, cells: Cells) -> Float:
        """The least cost of each cell, (d,)."""
        found = self._of_cells.get(cells)
        if found is None:  # two threads may both work it out: they find the same
            found = self._of_cells[cells] = np.minimum.reduceat(self.of_weapon[cells.order], cells.start[:-1])
        return found


def rank(
    scorer: Scorer,
    slayer: SlayerProfile,
    table: WeaponTable,
    count: int,
    *,
    allowed: Masks | None = None,
    cost: Costs | None = None,
) -> Ranking:
    """The best weapons for a slayer.

    Args:
        scorer: the model.
        slayer: for whom.
        table: all weapons.
        count: how many at most, at least 1.
        allowed: whether each of some weapons, given by their rows, may be ranked at all; all may when None.
        cost: what the price of each takes off its predicted success; nothing when None.

    Returns:
        ``min(count, allowed weapons)`` of them, by value; equal values in the order of the table.
    """
    cells, grid = scorer.grid(slayer, table)
    if len(cells) == 0:
        return Ranking(np.empty(0, np.intp), np.empty(0), np.empty(0))
    columns = grid.score.shape[1]
    edges = cells.runs(grid.weight_cell, columns)
    held = np.flatnonzero(edges[:-1] < edges[1:])
    best_of_run = grid.score.max(axis=2).ravel()[held]
    start, stop = edges[held], edges[held + 1]
    if cost is None:
        search = _Search(cells, grid, start, stop, best_of_run)
    else:
        # No weapon is worth more than the cheapest of its cell, or of its run, would be.
        cheapest = cost.cheapest(cells)
        bound = probability(best_of_run) - np.minimum.reduceat(cheapest, start)
        search = _Search(cells, grid, start, stop, bound, cost.of_weapon, cheapest)
    rows, score = search.best(count, allowed)
    success = probability(score)
    return Ranking(rows, success, success if cost is None else success - cost.of_weapon[rows])


@dataclass(frozen=True, slots=True)
class _Search:
    """Best-first search: runs of cells by the most that a weapon in them can be worth, in these the cells, in these the weapons.

    Attributes:
        cells: all cells.
        grid: their scores.
        start: the first cell of each run that holds any, (r,).
        stop: the one after its last, (r,).
        bound: what no weapon of the run is worth more than, (r,); without a cost it is a whole-number score.
        cost: of each weapon, (n,), or None.
        cheapest: the least cost of each cell, (d,), or None.
    """

    cells: Cells
    grid: Grid
    start: Index
    stop: Index
    bound: Value
    cost: Float | None = None
    cheapest: Float | None = None

    def best(self, count: int, allowed: Masks | None) -> tuple[Index, Int64]:
        """The best allowed weapons in order, (m,), and their scores."""
        by_bound = np.argsort(-self.bound, kind="stable")
        falling = -self.bound[by_bound]
        runs, most = _RUNS if len(self.cells) > _SMALL else len(by_bound), max(_CELLS, 2 * count)
        while True:
            # Whatever is as good as the last that is tried, is tried too: among equals the first in the table counts.
            runs = int(np.searchsorted(falling, falling[min(runs, len(falling)) - 1], side="right"))
            tried = by_bound[:runs]
            chosen, _ = ranges(self.start[tried], self.stop[tried])
            score = self.grid.at(*self.cells.places(chosen))
            least = None  # cells that are worth less were left out
            if most < len(chosen):
                worth = self._worth(chosen, score)
                least = -np.partition(-worth, most - 1)[most - 1]
                kept = worth >= least
                chosen, score = chosen[kept], score[kept]
            rows, cell = self.cells.rows_of(chosen)
            if allowed is not None:
                kept = allowed(rows)
                rows, cell = rows[kept], cell[kept]
            value: Value = score[cell] if self.cost is None else probability(score)[cell] - self.cost[rows]
            if len(rows) > count:
                at_least = np.partition(value, len(value) - count)[len(value) - count]
                top = np.flatnonzero(value >= at_least)
                rows, cell, value = rows[top], cell[top], value[top]
            # What was left out may neither be better than the last place nor be its equal.
            none_left = runs == len(by_bound)
            if (none_left and least is None) or (
                len(rows) >= count
                and (least is None or value.min() >= least)
                and (none_left or value.min() > -falling[runs])
            ):
                found = np.lexsort((rows, -value))[:count]
                return rows[found], score[cell[found]]
            runs, most = runs * _MORE, most * _MORE

    def _worth(self, chosen: Index, score: Int64) -> Value:
        """What no weapon of a cell is worth more than."""
        return score if self.cheapest is None else probability(score) - self.cheapest[chosen]
