"""Stage ``train_recommender``: a LightGBM booster that predicts combat success, as text, with its feature schema.

Deterministic: the same data, parameters and LightGBM version give the same bytes; every row and every feature is used for every
tree, so there is nothing to draw and no seed. More strength, a sharper weapon or a matching style never lower a prediction
(monotone constraints). The raw probabilities are what is released: ``ml.evaluate`` measures at every run what Platt's or an
isotonic calibration would gain, and it is nothing.

``engine: local`` grows the trees in this process; ``dask`` on a cluster (``ml.dask_training``), with the same settings and
files. A model of the one engine is as good as one of the other, but not the same bytes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, Unavailable
from ml import metrics, tracking
from ml.features import FEATURES, MONOTONE, Float32, schema
from ml.layout import Layout, Progress, silent
from ml.lineage import code_commit, dvc_lock, sha256_data, sha256_file
from ml.params import Params, TrainRecommender
from ml.release import MODEL_FILE, RUN_FILE, SCHEMA_FILE, TrainingRecord, write_json
from ml.split import read_note
from ml.tables import battle_matrix, read_battles, read_table

if TYPE_CHECKING:
    import lightgbm as lgb

_FITTED_ROWS = (
    50_000  # how well the model fits what it learned is a figure for the log, not worth scoring millions of rows
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A trained model that lies on the disk.

    Attributes:
        booster: the model.
        rows: battles that it learned from.
        matrix: features of some of them, evenly spread, float32 (m, 8).
        outcome: how those ended, (m,).
    """

    booster: lgb.Booster
    rows: int
    matrix: Float32
    outcome: NDArray[np.int8]


def run(root: Path, params: Params, settings: Settings, on_progress: Progress = silent) -> None:
    """Train on the older battles; write ``model/{recommender.txt,features.json,mlflow_run.json}`` and log the run."""
    layout, p = Layout(root), params.train_recommender
    built = build(layout, p, settings, on_progress)

    on_progress(0.7, "logging the run")
    commit = code_commit()
    model_path, schema_path = layout.model / MODEL_FILE, layout.model / SCHEMA_FILE
    record = TrainingRecord(
        run_id=None,
        model_sha256=sha256_file(model_path),
        data_sha256=sha256_data(layout.split),
        train_rows=built.rows,
        git_commit=commit.sha,
        git_dirty=commit.dirty,
        watermark=read_note(layout).watermark,
        dvc_lock_sha256=dvc_lock(root),
    )
    fitted = np.asarray(built.booster.predict(built.matrix, num_threads=p.num_threads))
    try:
        run_id = tracking.log_training(
            settings,
            params={**p.model_dump(), **params.split.model_dump(), "train_rows": built.rows},
            metrics={
                "train_auc": metrics.auc(built.outcome, fitted),
                "train_log_loss": metrics.log_loss(built.outcome, fitted),
            },
            record=record,
            files=(model_path, schema_path),
        )
    except Unavailable as error:
        # An experiment server that is away must not cost a trained model; evaluation and promotion log it later.
        _log.warning("The training run was not logged: %s", error)
        run_id = None
    write_json(layout.model / RUN_FILE, record.model_copy(update={"run_id": run_id}))
    on_progress(1.0, "done")


def build(layout: Layout, p: TrainRecommender, settings: Settings, on_progress: Progress = silent) -> Built:
    """From the training battles on disk to the model on disk.

    Raises:
        Unavailable: the split is missing, or the Dask cluster is.
        InvalidInput: see ``fit``.
    """
    text, ranges, built = (_on_dask if p.engine == "dask" else _here)(layout, p, settings, on_progress)
    layout.model.mkdir(parents=True, exist_ok=True)
    (layout.model / MODEL_FILE).write_text(text, encoding="utf-8")
    write_json(layout.model / SCHEMA_FILE, schema(ranges))
    return built


def _here(
    layout: Layout, p: TrainRecommender, _settings: Settings, on_progress: Progress
) -> tuple[str, Float32, Built]:
    """Train in this process: the model's text, the ranges of the features, and the rest."""
    on_progress(0.0, "reading battles")
    battles = read_battles(layout.split / "train.parquet", "split")
    matrix = battle_matrix(battles, read_table(layout.split / "weapons.parquet", "split"))
    outcome = battles["success"].to_numpy(np.int8)
    del battles  # the matrix says it all, in a tenth of the memory
    booster = fit(p, matrix, outcome, lambda share: on_progress(0.1 + 0.6 * share, "growing trees"))
    some = slice(None, None, _stride(len(outcome)))
    return booster.model_to_string(), matrix, Built(booster, len(outcome), matrix[some], outcome[some])


def _on_dask(
    layout: Layout, p: TrainRecommender, settings: Settings, on_progress: Progress
) -> tuple[str, Float32, Built]:
    """As ``_here``, on a cluster."""
    import lightgbm as lgb

    from ml import dask_training
    from ml.dask_cluster import connected

    battles, weapons = layout.split / "train.parquet", layout.split / "weapons.parquet"
    on_progress(0.0, "reaching the Dask cluster")
    with connected(settings, workers=p.workers, threads=p.num_threads) as client:
        grown = dask_training.grow(
            client,
            battles,
            weapons,
            lightgbm_settings(p),
            p.rounds,
            lambda share: on_progress(0.1 + 0.6 * share, "growing trees"),
        )
    some = dask_training.read_share(battles, weapons, 0, _stride(grown.rows))
    built = Built(lgb.Booster(model_str=grown.text), grown.rows, some.matrix, some.outcome)
    return grown.text, grown.ranges, built


def _stride(rows: int) -> int:
    return max(1, rows // _FITTED_ROWS)


def fit(
    p: TrainRecommender, matrix: Float32, outcome: NDArray[Any], on_share: Any = lambda _share: None
) -> lgb.Booster:
    """Train a booster.

    Args:
        p: the section of ``params.yaml``.
        matrix: features, float32 (n, 8).
        outcome: 0 or 1, (n,).
        on_share: called after every tree with the share of trees that are grown.

    Raises:
        InvalidInput: there are no battles, or all ended the same way.
    """
    if len(outcome) == 0 or outcome.min() == outcome.max():
        raise InvalidInput("success", "Training needs battles that were won and battles that were lost.")
    import lightgbm as lgb

    settings = lightgbm_settings(p)
    data = lgb.Dataset(matrix, outcome, feature_name=list(FEATURES), params=settings)
    return lgb.train(
        settings, data, num_boost_round=p.rounds, callbacks=[lambda env: on_share((env.iteration + 1) / p.rounds)]
    )


def lightgbm_settings(p: TrainRecommender) -> dict[str, Any]:
    """What LightGBM is told."""
    return {
        "objective": "binary",
        "learning_rate": p.learning_rate,
        "num_leaves": p.num_leaves,
        "min_data_in_leaf": p.min_data_in_leaf,
        "lambda_l2": p.lambda_l2,
        "max_bin": p.max_bin,
        "monotone_constraints": list(MONOTONE),
        "num_threads": p.num_threads,
        "seed": 0,  # nothing is drawn; a fixed one keeps the text of the model the same all the same
        "deterministic": True,
        "force_row_wise": True,  # the choice by timing would differ from run to run
        "verbosity": -1,
    }


if __name__ == "__main__":
    from ml.stage import main

    main(run)
