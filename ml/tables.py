"""Parquet tables to arrays: the same path for synthetic battles and for real ones from the shop's database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import InvalidInput, Unavailable
from ml.features import Float32, WeaponTable, assemble

if TYPE_CHECKING:
    import pandas as pd

BATTLE_COLUMNS = ("weapon_id", "breathing_style", "level", "strength", "dexterity", "stamina", "success")
"""What ``battle_matrix`` and a training need of a battle; the rest of a large table need not be read."""


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

    codes, distinct = pd.factorize(keys)  # the few distinct keys are looked up, not the many rows
    places: NDArray[np.intp] = pd.Index(index).get_indexer(pd.Index(distinct))
    if (places < 0).any() or (codes < 0).any():
        missing = distinct[int(np.flatnonzero(places < 0)[0])] if (places < 0).any() else "null"
        raise InvalidInput(str(keys.name), f"{keys.name} {missing} of a battle is not among the known ones.")
    return places[codes] if len(codes) else np.empty(0, np.intp)


def style_match(
    table: WeaponTable, styles: Sequence[str] | Any, code: NDArray[np.intp], rows: NDArray[np.intp]
) -> Float32:
    """``WeaponTable.match`` for many pairs: style ``styles[code[i]]`` against the weapon in row ``rows[i]``, float32 (n,).

    Args:
        table: all weapons.
        styles: the distinct styles, (s,).
        code: which of them each pair has, (n,).
        rows: which weapon each pair has, (n,).
    """
    if len(code) == 0:
        return np.empty(0, np.float32)
    of_style = np.stack([table.match(str(style)) for style in styles])
    return of_style[code, rows]


def battle_matrix(battles: pd.DataFrame, weapons: pd.DataFrame) -> Float32:
    """The feature matrix of battles, float32 (n, 8): the slayer as at the battle, the weapon from the weapons' table."""
    import pandas as pd

    table = weapon_table(weapons)
    rows = row_numbers(battles["weapon_id"], weapons["weapon_id"])
    code, styles = pd.factorize(battles["breathing_style"])
    return assemble(
        battles["level"].to_numpy(),
        battles["strength"].to_numpy(),
        battles["dexterity"].to_numpy(),
        battles["stamina"].to_numpy(),
        table.weight[rows],
        table.sharpness[rows],
        style_match(table, styles, code, rows),
    )


def read_battles(path: Path, stage: str) -> pd.DataFrame:
    """The ``BATTLE_COLUMNS`` of battles that an earlier stage wrote; errors as ``read_table``.

    Weapons and styles come as categories: of millions of battles they are the bulk, and there are few of them.
    """
    import pandas as pd

    _must_exist(path, stage)
    return pd.read_parquet(path, columns=list(BATTLE_COLUMNS), read_dictionary=["weapon_id", "breathing_style"])


def read_table(path: Path, stage: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """One Parquet file that an earlier stage wrote.

    Args:
        path: the file.
        stage: which stage writes it.
        columns: only these.

    Raises:
        Unavailable: it is missing; the message says which stage to run.
    """
    import pandas as pd

    _must_exist(path, stage)
    return pd.read_parquet(path, columns=None if columns is None else list(columns))


def _must_exist(path: Path, stage: str) -> None:
    if not path.is_file():
        raise Unavailable(f"{path} is missing; run the stage {stage} first.")
