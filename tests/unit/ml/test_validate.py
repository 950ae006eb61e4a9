"""Faulty tables are refused, and the message names the column and the rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput
from ml import validate
from ml.layout import Layout
from ml.params import load_params
from ml.sources import Source
from ml.validate import find_faults
from tests.unit.ml.worlds import source

LIMITS = load_params().validation


@pytest.fixture(scope="module")
def sound() -> Source:
    return source()


def _faults(found: Source) -> list[str]:
    return [str(fault) for fault in find_faults([found], LIMITS)]


def _with(found: Source, table: str, edit: Callable[[pd.DataFrame], object]) -> Source:
    changed = getattr(found, table).copy()
    edited = edit(changed)
    changes: dict[str, Any] = {table: edited if isinstance(edited, pd.DataFrame) else changed}
    return replace(found, **changes)


def test_generated_tables_are_sound(sound: Source) -> None:
    assert _faults(sound) == []


def test_real_tables_may_have_floats_and_lack_what_only_a_generator_knows(sound: Source) -> None:
    real = sound.interactions.assign(
        level=sound.interactions["level"].astype(float),
        p_true=pd.Series(np.nan, sound.interactions.index, dtype="float32"),
        propensity=sound.interactions["propensity"].where(sound.interactions["exploration"]),
        model_version="v3-1a2b3c4d",
    )
    people = sound.slayers.drop(columns=[name for name in sound.slayers if str(name).startswith("final_")])
    assert _faults(replace(sound, name="snapshot", slayers=people, interactions=real)) == []


@pytest.mark.parametrize(
    ("table", "column", "rows", "value", "said"),
    [
        ("interactions", "level", [7], 101, "level: must be 1 to 100 in 1 row (7), e.g. 101"),
        ("interactions", "stamina", [3, 9], -1, "stamina: must be 0 to 100 in 2 rows (3, 9), e.g. -1"),
        ("interactions", "propensity", [4], 0.0, "propensity: must be above 0 to 1 in 1 row (4), e.g. 0.0"),
        ("interactions", "propensity", [4], 1.5, "propensity: must be above 0 to 1 in 1 row (4), e.g. 1.5"),
        ("interactions", "success", [2], 2, "success: must be 0 or 1 in 1 row (2), e.g. 2"),
        ("interactions", "breathing_style", [5], "", "breathing_style: must not be empty in 1 row (5)"),
        ("interactions", "slayer_id", [6], None, "slayer_id: must not be null in 1 row (6)"),
        ("interactions", "weapon_id", [8], "no-such", "weapon_id: is not in its table in 1 row (8), e.g. no-such"),
        ("interactions", "slayer_id", [8], "no-one", "slayer_id: is not in its table in 1 row (8), e.g. no-one"),
        ("weapons", "weight", [1], 0.0, "weight: must be above 0 to 50 in 1 row (1), e.g. 0.0"),
        ("weapons", "sharpness", [0], float("nan"), "sharpness: must not be null in 1 row (0)"),
        ("slayers", "strength", [11], 140, "strength: must be 0 to 100 in 1 row (11), e.g. 140"),
    ],
)
def test_a_wrong_value_is_named_with_its_row(
    sound: Source, table: str, column: str, rows: list[int], value: Any, said: str
) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[frame.index.isin(rows), column] = value

    found = _faults(_with(sound, table, edit))
    assert len(found) == 1, found
    assert found[0].startswith(f"synthetic {table}: column {said}")


def test_an_id_that_counts_twice_is_named(sound: Source) -> None:
    def twice(frame: pd.DataFrame) -> None:
        frame.loc[frame.index == 20, "interaction_id"] = frame["interaction_id"].iloc[10]

    assert "interaction_id: must be unique in 2 rows (10, 20)" in _faults(_with(sound, "interactions", twice))[0]
    again = replace(source(seed=2), name="snapshot")
    ids = again.interactions["interaction_id"].copy()
    ids[3] = sound.interactions["interaction_id"][30]
    both = [sound, replace(again, interactions=again.interactions.assign(interaction_id=ids))]
    (fault,) = find_faults(both, LIMITS)
    assert str(fault).startswith("snapshot interactions: column interaction_id: is in another source too in 1 row (3)")


def test_missing_and_unknown_columns_and_wrong_types_are_named(sound: Source) -> None:
    found = _faults(_with(sound, "interactions", lambda frame: frame.drop(columns="exploration")))
    assert found == ["synthetic interactions: column exploration: is missing"]
    found = _faults(_with(sound, "interactions", lambda frame: frame.assign(price=1)))
    assert found == ["synthetic interactions: column price: is unknown"]
    found = _faults(
        _with(sound, "interactions", lambda frame: frame.assign(occurred_at=frame["occurred_at"].astype(str)))
    )
    assert [fault for fault in found if "occurred_at: must be of type datetime64[ms, UTC]" in fault]
    found = _faults(_with(sound, "interactions", lambda frame: frame.assign(level=frame["level"].astype(str))))
    assert [fault for fault in found if "level: must be a number" in fault]
    found = _faults(_with(sound, "weapons", lambda frame: frame.assign(styles="Water")))
    assert [fault for fault in found if "styles: must be a list" in fault]


def test_an_exploring_battle_without_its_propensity_is_named(sound: Source) -> None:
    row = int(np.flatnonzero(sound.interactions["exploration"])[0])

    def forget(frame: pd.DataFrame) -> None:
        frame.loc[row, "propensity"] = np.nan

    assert _faults(_with(sound, "interactions", forget)) == [
        f"synthetic interactions: column propensity: must be known for an exploring battle in 1 row ({row}), e.g. nan"
    ]


def test_an_implausible_win_rate_counts_only_where_there_are_battles_enough(sound: Source) -> None:
    won = _with(sound, "interactions", lambda frame: frame.assign(success=np.int8(1)))
    assert _faults(won) == [
        "synthetic interactions: column success: the share of won battles is 1.000 and must be 0.05 to 0.95"
    ]
    few = replace(won, interactions=won.interactions.head(LIMITS.judged_from - 1))
    assert _faults(few) == []


def test_the_stage_writes_its_report_and_stops_at_the_first_fault(sound: Source, tmp_path: Path) -> None:
    layout, settings = Layout(tmp_path), Settings(home=tmp_path / "home")
    layout.raw.mkdir(parents=True)
    sound.slayers.to_parquet(layout.slayers)
    sound.weapons.to_parquet(layout.weapons)
    sound.interactions.to_parquet(layout.interactions)
    validate.run(tmp_path, load_params(), settings)
    report = layout.report("validate") / "report.json"
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["ok"]
    assert told["sources"]["synthetic"]["battles"] == len(sound.interactions)

    sound.interactions.assign(level=500, success=np.int8(7)).to_parquet(layout.interactions)
    with pytest.raises(
        InvalidInput, match=r"column level: must be 1 to 100 in 3,000 rows \(0, 1, 2, 3, 4, …\)"
    ) as caught:
        validate.run(tmp_path, load_params(), settings)
    assert caught.value.field == "level"
    assert not json.loads(report.read_text(encoding="utf-8"))["ok"]
    text = (layout.report("validate") / "report.md").read_text(encoding="utf-8")
    assert "column level" in text
    assert "column success" in text
