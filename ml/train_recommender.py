"""Stage ``train_recommender``: a LightGBM booster that predicts combat success, as text, with its feature schema.

Deterministic: the same data, parameters and LightGBM version give the same bytes. More strength, a sharper weapon or a matching
style never lower a prediction (monotone constraints).
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, Unavailable
from ml import metrics, registry
from ml.features import FEATURES, MONOTONE, Float32, schema
from ml.layout import Layout, Progress, silent
from ml.lineage import code_commit, sha256_data, sha256_file
from ml.params import Params, TrainRecommender
from ml.release import MODEL_FILE, RUN_FILE, SCHEMA_FILE, TrainingRecord, write_json
from ml.tables import battle_matrix, split_by_time

if TYPE_CHECKING:
    import lightgbm as lgb

_log = logging.getLogger(__name__)


def run(root: Path, params: Params, settings: Settings, on_progress: Progress = silent) -> None:
    """Train on the older battles; write ``model/{recommender.txt,features.json,mlflow_run.json}`` and log the run."""
    import pandas as pd

    layout, p = Layout(root), params.train_recommender
    on_progress(0.0, "reading battles")
    battles, _ = split_by_time(layout, params.split.holdout)
    matrix = battle_matrix(battles, pd.read_parquet(layout.weapons))
    outcome = battles["success"].to_numpy()

    booster = fit(p, matrix, outcome, lambda share: on_progress(0.1 + 0.6 * share, "growing trees"))

    layout.model.mkdir(parents=True, exist_ok=True)
    model_path, schema_path = layout.model / MODEL_FILE, layout.model / SCHEMA_FILE
    model_path.write_text(booster.model_to_string(), encoding="utf-8")
    write_json(schema_path, schema(matrix))

    on_progress(0.7, "logging the run")
    commit = code_commit()
    record = TrainingRecord(
        run_id=None,
        model_sha256=sha256_file(model_path),
        data_sha256=sha256_data(layout.raw),
        train_rows=len(battles),
        git_commit=commit.sha,
        git_dirty=commit.dirty,
    )
    fitted = np.asarray(booster.predict(matrix, num_threads=p.num_threads))
    try:
        run_id = registry.log_training(
            settings,
            params={**p.model_dump(), "holdout": params.split.holdout, "train_rows": len(battles)},
            metrics={
                "train_auc": metrics.auc(outcome, fitted),
                "train_accuracy": float(((fitted >= 0.5) == outcome).mean()),
                "train_log_loss": metrics.log_loss(outcome, fitted),
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

    settings = {
        "objective": "binary",
        "learning_rate": p.learning_rate,
        "num_leaves": p.num_leaves,
        "min_data_in_leaf": p.min_data_in_leaf,
        "lambda_l2": p.lambda_l2,
        "feature_fraction": p.feature_fraction,
        "bagging_fraction": p.bagging_fraction,
        "bagging_freq": 1,
        "max_bin": p.max_bin,
        "monotone_constraints": list(MONOTONE),
        "num_threads": p.num_threads,
        "seed": p.seed,
        "deterministic": True,
        "force_row_wise": True,  # the choice by timing would differ from run to run
        "verbosity": -1,
    }
    data = lgb.Dataset(matrix, outcome, feature_name=list(FEATURES), params={"verbosity": -1})
    return lgb.train(
        settings, data, num_boost_round=p.rounds, callbacks=[lambda env: on_share((env.iteration + 1) / p.rounds)]
    )


if __name__ == "__main__":
    from ml.stage import main

    main(run)
