"""Distinct feature rows of a catalogue."""

from __future__ import annotations

import numpy as np
import pytest

from ml.features import feature_matrix
from tests.unit.ml.forests import SLAYERS, STYLES, weapons


@pytest.mark.parametrize("style", [*STYLES, "Unheard Of"])
@pytest.mark.parametrize("n", [0, 1, 2, 700])
def test_a_cell_holds_exactly_the_weapons_that_share_all_features(n: int, style: str) -> None:
    table = weapons(n, n, weights=6, edges=5)
    cells = table.cells(style)
    rows, cell = cells.rows_of(np.arange(len(cells)))
    assert sorted(rows.tolist()) == list(range(n))
    match = table.match(style)
    seen = set()
    for place in range(len(cells)):
        inside = rows[cell == place]
        assert inside.tolist() == sorted(inside.tolist())
        features = {(table.weight[row], table.sharpness[row], match[row]) for row in inside}
        assert len(features) == 1
        assert (match[inside[0]] == 0) == (place < cells.unmatched)
        seen |= features
    assert len(seen) == len(cells)
    assert len(cells) == len({*zip(table.weight.tolist(), table.sharpness.tolist(), match.tolist(), strict=True)})


def test_values_of_cells_come_back_to_their_weapons() -> None:
    table = weapons(300, 4, weights=6, edges=5)
    cells = table.cells("Water")
    weight = cells.spread(table.distinct.weights[cells.weight].astype(np.float64))
    np.testing.assert_array_equal(weight.astype(np.float32), table.weight)


def test_cells_are_worked_out_once_a_style() -> None:
    table = weapons(50, 4)
    assert table.cells("Water") is table.cells("Water")
    assert table.cells("Nobody's") is table.cells("Nothing's")
    assert table.cells("Water") is not table.cells("Stone")


def test_some_rows_of_the_matrix_are_those_of_the_whole() -> None:
    table, rows = weapons(30, 4), np.array([7, 0, 29])
    np.testing.assert_array_equal(feature_matrix(SLAYERS[1], table, rows), feature_matrix(SLAYERS[1], table)[rows])
