"""Synthetic battles and a snapshot of real ones come in by the same door."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import sources, split
from ml.layout import Layout
from ml.params import load_params
from ml.tables import read_table
from tests.unit.ml.worlds import source


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout, synthetic = Layout(tmp_path), source()
    layout.raw.mkdir(parents=True)
    synthetic.slayers.to_parquet(layout.slayers)
    synthetic.weapons.to_parquet(layout.weapons)
    synthetic.interactions.to_parquet(layout.interactions)
    return layout


def _snapshot(layout: Layout, *, promised: int | None = None) -> sources.Source:
    """Two days of real battles: no truth, one weapon that the synthetic world knows with another weight."""
    real = replace(source("snapshot", seed=5))
    battles = real.interactions.assign(p_true=float("nan"), model_version="v1-abcd")
    for day, rows in (("2024-03-01", battles.head(100)), ("2024-03-02", battles.iloc[100:250])):
        folder = layout.snapshot / "interactions" / f"day={day}"
        folder.mkdir(parents=True)
        rows.to_parquet(folder / "part-0.parquet")
    real.slayers.to_parquet(layout.snapshot / "slayers.parquet")
    weapons = real.weapons.copy()
    weapons.loc[0, "weight"] = 9.5
    weapons.to_parquet(layout.snapshot / "weapons.parquet")
    note = {"format": 1, "watermark": "2024-03-02T23:59:59Z", "rows": 250 if promised is None else promised, "more": 1}
    (layout.snapshot / sources.SNAPSHOT_FILE).write_text(json.dumps(note), encoding="utf-8")
    return real


def test_without_a_snapshot_there_is_one_source(layout: Layout) -> None:
    assert [found.name for found in sources.read(layout)] == ["synthetic"]
    assert sources.manifest(layout).watermark is None
    layout.snapshot.mkdir(parents=True)
    (layout.snapshot / sources.SNAPSHOT_FILE).write_text(
        '{"format": 1, "watermark": null, "rows": 0}', encoding="utf-8"
    )
    assert [found.name for found in sources.read(layout)] == ["synthetic"]


def test_a_snapshot_is_read_day_by_day_with_the_same_columns(layout: Layout) -> None:
    _snapshot(layout)
    synthetic, real = sources.read(layout)
    assert list(real.interactions.columns) == list(synthetic.interactions.columns)
    assert len(real.interactions) == 250


def test_both_sources_are_split_together_and_the_newer_weapon_counts(layout: Layout) -> None:
    _snapshot(layout)
    split.run(layout.root, load_params(), Settings(home=layout.root / "home"))
    note = split.read_note(layout)
    assert note.watermark == "2024-03-02T23:59:59Z"
    assert note.real_battles == 250
    parts = [read_table(layout.split / f"{part}.parquet", "split") for part in ("train", "test", "frozen")]
    kept = pd.concat(parts)["interaction_id"]
    assert note.rows == dict(zip(("train", "test", "frozen"), map(len, parts), strict=True))
    assert kept.is_unique
    synthetic, real = (found.interactions["interaction_id"] for found in sources.read(layout))
    assert real.isin(kept).all()
    assert synthetic.isin(kept).mean() == pytest.approx(note.synthetic_left, abs=0.02)
    weapons = read_table(layout.split / "weapons.parquet", "split")
    assert weapons["weapon_id"].is_unique
    changed = sources.read(layout)[1].weapons["weapon_id"][0]
    assert weapons.set_index("weapon_id").loc[changed, "weight"] == 9.5


def test_a_snapshot_that_is_not_whole_is_refused(layout: Layout) -> None:
    _snapshot(layout, promised=251)
    with pytest.raises(Unavailable, match="has 250 battles, its manifest promises 251"):
        sources.read(layout)
    (layout.snapshot / sources.SNAPSHOT_FILE).write_text("half a", encoding="utf-8")
    with pytest.raises(Unavailable, match="damaged"):
        sources.read(layout)


def test_a_snapshot_without_its_weapons_is_refused(layout: Layout) -> None:
    _snapshot(layout)
    (layout.snapshot / "weapons.parquet").unlink()
    with pytest.raises(Unavailable, match="lacks"):
        sources.read(layout)
