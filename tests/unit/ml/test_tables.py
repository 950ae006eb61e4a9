"""From Parquet to arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

from hashiramart.errors import InvalidInput, Unavailable
from ml.features import SlayerProfile, feature_matrix
from ml.tables import BATTLE_COLUMNS, battle_matrix, read_battles, read_table, row_numbers, weapon_table
from tests.unit.ml.worlds import source

BATTLES, WEAPONS = source().interactions.head(300), source().weapons


def test_a_battle_is_its_slayer_with_its_weapon() -> None:
    matrix, table = battle_matrix(BATTLES, WEAPONS), weapon_table(WEAPONS)
    place = {key: row for row, key in enumerate(table.ids)}
    for row in (0, 17, 299):
        battle = BATTLES.iloc[row]
        profile: list[Any] = [battle[name] for name in ("level", "strength", "dexterity", "stamina", "breathing_style")]
        slayer = SlayerProfile(*profile)
        expected = feature_matrix(slayer, table)[place[battle["weapon_id"]]]
        np.testing.assert_array_equal(matrix[row], expected)


def test_battles_read_for_training_give_the_same_matrix(tmp_path: Path) -> None:
    BATTLES.to_parquet(tmp_path / "train.parquet")
    read = read_battles(tmp_path / "train.parquet", "split")
    assert set(read.columns) == set(BATTLE_COLUMNS)
    np.testing.assert_array_equal(battle_matrix(read, WEAPONS), battle_matrix(BATTLES, WEAPONS))
    assert read["success"].tolist() == BATTLES["success"].tolist()


def test_no_battles_give_an_empty_matrix() -> None:
    assert battle_matrix(BATTLES.head(0), WEAPONS).shape == (0, 8)


@pytest.mark.parametrize("kind", ["str", "category"])
@pytest.mark.parametrize(("key", "said"), [("nobody's", "weapon_id nobody's of a battle"), (None, "weapon_id null")])
def test_a_weapon_that_is_not_known_is_named(kind: Literal["str", "category"], key: str | None, said: str) -> None:
    keys = pd.Series([*BATTLES["weapon_id"].head(3), key], name="weapon_id").astype(kind)
    with pytest.raises(InvalidInput, match=said) as caught:
        row_numbers(keys, WEAPONS["weapon_id"])
    assert caught.value.field == "weapon_id"


def test_a_missing_file_names_the_stage_that_writes_it(tmp_path: Path) -> None:
    for read in (read_table, read_battles):
        with pytest.raises(Unavailable, match="run the stage split first"):
            read(tmp_path / "train.parquet", "split")
