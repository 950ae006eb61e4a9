"""Raw Parquet tables to arrays: the same path for synthetic battles and for real ones from the shop's database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import InvalidInput, Unavailable
from ml.features import Float32, WeaponTable, assemble
from ml.layout import Layout

if TYPE_CHECKING:
    import pandas as pd


def weapon_table(weapons: pd.DataFrame) -> WeaponTable:
    """The weapons of ``weapons.parquet`` as the featuriser wants them, in the same order."""
    return WeaponTable.build(
        ids=weapons["weapon_id"].tolist(),
        slugs=weapons["slug"].tolist(),
        weight=weapons["weight"].to_numpy(),
        sharpness=weapons["sharpness"].to_numpy(),
        styles=[list(styles) for styles in weapons["styles"]],
    )


def row_numbers(keys: pd.Series, index: pd.Series) -> NDArray[np.intp]:
    """Where each key stands in ``index``, (n,).

    Raises:
        InvalidInput: a key is not in ``index``; the message names the column.
    """
    import pandas as pd

    rows: NDArray[np.intp] = pd.Index(index).get_indexer(pd.Index(keys))
    if (rows < 0).any():
        missing = keys.iloc[int(np.flatnonzero(rows < 0)[0])]
        raise InvalidInput(str(keys.name), f"{keys.name} {missing} of a battle is not among the known ones.")
    return rows


def battle_matrix(battles: pd.DataFrame, weapons: pd.DataFrame) -> Float32:
    """The feature matrix of battles, float32 (n, 8): the slayer as at the battle, the weapon from the weapons' table."""
    table = weapon_table(weapons)
    rows = row_numbers(battles["weapon_id"], weapons["weapon_id"])
    return assemble(
        battles["level"].to_numpy(),
        battles["strength"].to_numpy(),
        battles["dexterity"].to_numpy(),
        battles["stamina"].to_numpy(),
        table.weight[rows],
        table.sharpness[rows],
        table.match_pairs(battles["breathing_style"].tolist(), rows),
    )


def split_by_time(layout: Layout, holdout: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The battles before and after the moment that leaves ``holdout`` of them to evaluation.

    The cut is a moment, not a row: battles of one instant stay together, so what is trained on is always older.

    Raises:
        Unavailable: there are no battles yet.
    """
    import pandas as pd

    if not layout.interactions.is_file():
        raise Unavailable(f"{layout.interactions} is missing; run the stage generate_data first.")
    battles = pd.read_parquet(layout.interactions)
    cut = battles["occurred_at"].quantile(1 - holdout)
    return battles[battles["occurred_at"] < cut], battles[battles["occurred_at"] >= cut]
