"""The folder of a pipeline at the end of a night: split, models, the gate's report and the snapshot of a small shop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd

from ml.features import FEATURES
from ml.generate_data import make_interactions
from ml.layout import Layout
from ml.lineage import sha256_file
from ml.params import load_params
from ml.release import MANIFEST_FILE, MODEL_FILE, RUN_FILE, SCHEMA_FILE, Release, TrainingRecord, write_json
from ml.sources import SNAPSHOT_FILE
from ml.split import NOTE_FILE, SplitNote
from ml.tables import battle_matrix
from tests.unit.ml.shop_log import Float, Shop


@dataclass(frozen=True, eq=False)
class Pipeline:
    """A root, and what its challenger believes of every slayer and weapon, (slayers, weapons)."""

    root: Path
    shop: Shop
    believed: Float

    @property
    def layout(self) -> Layout:
        return Layout(self.root)


def pipeline(root: Path, *, slayers: int = 300, battles: int = 8000, champion_battles: int = 300) -> Pipeline:
    """A trained pipeline without a snapshot. The champion learned from so few battles that it is worse."""
    shop, layout = Shop.open(slayers, seed=3), Layout(root)
    p = load_params().generate_data.model_copy(
        update={"slayers": slayers, "interactions": battles, "synthetic_weapons": 0, "new_weapons": 0}
    )
    train = make_interactions(p, shop.slayers, shop.weapons, np.random.default_rng(4))
    layout.split.mkdir(parents=True)
    train.to_parquet(layout.split / "train.parquet", index=False)
    shop.weapons.to_parquet(layout.split / "weapons.parquet", index=False)
    rows = {"train": battles, "test": 100, "frozen": 50}
    note = SplitNote(
        watermark="interaction 17",
        cut={"synthetic": "2024-05-01T00:00:00+00:00"},
        rows=rows,
        real_battles=0,
        synthetic_left=1,
    )
    write_json(layout.split / NOTE_FILE, note)
    booster = _model(layout.model, train, shop.weapons)
    _model(layout.champion, train.head(champion_battles), shop.weapons)
    report = layout.verdict.with_suffix(".md")
    report.parent.mkdir(parents=True)
    report.write_text("# Release: better\n\nChallenger abc.\n\n## Slices\n", encoding="utf-8")
    write_json(layout.snapshot / SNAPSHOT_FILE, {"watermark": None, "rows": 0})
    believed = np.asarray(booster.predict(shop.matrix, num_threads=1)).reshape(shop.truth.shape)
    return Pipeline(root, shop, believed)


def take_snapshot(made: Pipeline, shown: pd.DataFrame, battles: pd.DataFrame) -> None:
    """Lay down impressions and battles as ``ml.snapshot`` does, day by day."""
    folder = made.layout.snapshot
    for name, frame, moment in (("impressions", shown, "shown_at"), ("interactions", battles, "occurred_at")):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for day, part in frame.groupby(frame[moment].dt.date):
            part.to_parquet(folder / name / f"{day}.parquet", index=False)
    write_json(
        folder / SNAPSHOT_FILE,
        {"watermark": "interaction 900", "rows": len(battles), "impressions": len(shown)},
    )


def battles_of(shown: pd.DataFrame) -> pd.DataFrame:
    """One battle an hour after each place that was fought with, in the format of the snapshot."""
    fought = shown[shown["battles"] > 0]
    columns = ["slayer_id", "weapon_id", "breathing_style", "level", "strength", "dexterity", "stamina"]
    return fought[[*columns, "propensity", "model_version"]].assign(
        interaction_id=[f"interaction {i}" for i in range(len(fought))],
        success=(fought["outcome"] >= 0.5).astype(np.int8),
        exploration=fought["explored"],
        occurred_at=(fought["shown_at"] + pd.Timedelta(hours=1)).dt.as_unit("ms"),
        p_true=np.float32(np.nan),
    )


def _model(folder: Path, train: pd.DataFrame, weapons: pd.DataFrame) -> lgb.Booster:
    data = lgb.Dataset(battle_matrix(train, weapons), train["success"].to_numpy(), feature_name=list(FEATURES))
    settings = {"objective": "binary", "num_leaves": 8, "verbose": -1, "num_threads": 1, "min_data_in_leaf": 20}
    booster = lgb.train(settings, data, 60)
    folder.mkdir(parents=True)
    (folder / MODEL_FILE).write_text(booster.model_to_string(), encoding="utf-8")
    (folder / SCHEMA_FILE).write_text("{}\n", encoding="utf-8")
    record = TrainingRecord(
        run_id=None,
        model_sha256=sha256_file(folder / MODEL_FILE),
        data_sha256="d",
        train_rows=len(train),
        git_commit=None,
        git_dirty=False,
        watermark=None,
        dvc_lock_sha256=None,
    )
    write_json(folder / RUN_FILE, record)
    release = Release(
        decision="release",
        reason="",
        compared_with=None,
        files={MODEL_FILE: record.model_sha256, SCHEMA_FILE: sha256_file(folder / SCHEMA_FILE)},
        metrics={},
        baseline_auc={},
        training=record,
    )
    write_json(folder / MANIFEST_FILE, release)
    return booster
