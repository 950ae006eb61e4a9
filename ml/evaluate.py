"""Stage ``evaluate``: the model on later battles it never saw, beside simple baselines and the known truth.

Two questions. Are the predictions right? AUC, accuracy, log-loss and calibration on all battles of the holdout. Are the
recommendations right? Slayers who explored in the holdout, as they were then, get all weapons ranked, and the list is
compared with the best possible one (``ml.truth``): NDCG and regret.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import metrics, registry
from ml.features import FEATURES, Float32, SlayerProfile, feature_matrix
from ml.layout import Layout, Progress, silent
from ml.params import Params
from ml.release import MODEL_FILE, read_record, write_json
from ml.tables import battle_matrix, row_numbers, split_by_time, weapon_table
from ml.truth import success_probability

if TYPE_CHECKING:
    import pandas as pd

Float = NDArray[np.float64]
Model = Callable[[Float32, NDArray[np.intp]], Float]
"""Scores rows of features (n, 8), given also which weapon each row is about (n,)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exam:
    """The holdout as arrays.

    Attributes:
        matrix: features of its battles, (n, 8).
        weapon: weapon of each battle, as a row of the weapons' table, (n,).
        slayer: slayer of each battle, as small integers, (n,).
        outcome: 0 or 1, (n,).
        choices: features of every weapon for each ranked slayer, (s * w, 8).
        choice_weapon: weapon of each of those rows, (s * w,).
        truth: true probability of those rows, (s, w).
        shop: which weapons are in the real catalogue, bool (w,).
    """

    matrix: Float32
    weapon: NDArray[np.intp]
    slayer: NDArray[np.intp]
    outcome: NDArray[np.int8]
    choices: Float32
    choice_weapon: NDArray[np.intp]
    truth: Float
    shop: NDArray[np.bool_]


def run(root: Path, params: Params, settings: Settings, on_progress: Progress = silent) -> None:
    """Write ``reports/evaluate/{metrics.json,calibration.png,importance.png}`` and log them in the training's run."""
    import lightgbm as lgb
    import pandas as pd

    from ml import plots

    layout, k = Layout(root), params.evaluate.top_k
    on_progress(0.0, "reading the holdout")
    before, after = split_by_time(layout, params.split.holdout)
    record, weapons = read_record(layout.model), pd.read_parquet(layout.weapons)
    exam = set_exam(params, after, weapons)
    booster = lgb.Booster(model_file=str(layout.model / MODEL_FILE))

    def model(matrix: Float32, _weapon: NDArray[np.intp]) -> Float:
        return np.asarray(booster.predict(matrix, num_threads=params.train_recommender.num_threads))

    on_progress(0.2, "scoring the model")
    predicted = model(exam.matrix, exam.weapon)
    bins = metrics.calibration(exam.outcome, predicted, params.evaluate.calibration_bins)
    found: dict[str, Any] = {
        **judge(model, exam, k),
        "accuracy": float(((predicted >= 0.5) == exam.outcome).mean()),
        "log_loss": metrics.log_loss(exam.outcome, predicted),
        "ece": bins.ece,
    }
    p_true = after["p_true"].to_numpy(np.float64)
    found["oracle_auc"] = metrics.auc(exam.outcome, p_true)
    found["oracle_per_slayer_auc"] = metrics.per_group_auc(exam.slayer, exam.outcome, p_true)
    on_progress(0.5, "scoring the baselines")
    found["baselines"] = {name: judge(baseline, exam, k) for name, baseline in baselines(before, weapons)}
    found["rows"] = {
        "train": len(before),
        "holdout": len(after),
        "ranked_slayers": len(exam.truth),
        "weapons": len(exam.shop),
    }

    on_progress(0.7, "drawing")
    write_json(layout.metrics, _rounded(found))
    plots.calibration(bins, layout.calibration_plot)
    gain = booster.feature_importance("gain")
    plots.importance(dict(zip(FEATURES, gain / max(gain.sum(), 1e-12), strict=True)), layout.importance_plot)

    on_progress(0.85, "logging the evaluation")
    flat = {name: value for name, value in found.items() if isinstance(value, float)}
    flat |= {f"{name}_{key}": value for name, judged in found["baselines"].items() for key, value in judged.items()}
    try:
        registry.log_evaluation(
            settings,
            record=record,
            metrics=flat,
            files=(layout.metrics, layout.calibration_plot, layout.importance_plot),
        )
    except Unavailable as error:
        _log.warning("The evaluation was not logged: %s", error)
    on_progress(1.0, f"AUC {found['auc']:.4f}, regret@{k} {found[f'regret_at_{k}']:.4f}")


def set_exam(params: Params, holdout: pd.DataFrame, weapons: pd.DataFrame) -> Exam:
    """Prepare the holdout; each ranked slayer stands as at their last exploring battle."""
    import pandas as pd

    table = weapon_table(weapons)
    explorers = holdout[holdout["exploration"]].drop_duplicates("slayer_id", keep="last").tail(params.evaluate.slayers)
    columns = ("level", "strength", "dexterity", "stamina", "breathing_style")
    profiles = [SlayerProfile(*row) for row in explorers[list(columns)].itertuples(index=False, name=None)]
    if not profiles:
        raise Unavailable("The holdout has no exploring battle; raise generate_data.exploration or split.holdout.")
    choices = np.concatenate([feature_matrix(profile, table) for profile in profiles])
    truth = success_probability(choices, params.generate_data.upset_rate).reshape(len(profiles), len(table))
    return Exam(
        matrix=battle_matrix(holdout, weapons),
        weapon=row_numbers(holdout["weapon_id"], weapons["weapon_id"]),
        slayer=pd.factorize(holdout["slayer_id"])[0],
        outcome=holdout["success"].to_numpy(),
        choices=choices,
        choice_weapon=np.tile(np.arange(len(table)), len(profiles)),
        truth=truth,
        shop=(weapons["source"] == "catalogue").to_numpy(),
    )


def judge(model: Model, exam: Exam, k: int) -> dict[str, float]:
    """The figures by which any scorer can be compared; ``shop`` ranks the real catalogue alone."""
    score = model(exam.matrix, exam.weapon)
    ranking = model(exam.choices, exam.choice_weapon).reshape(exam.truth.shape)
    return {
        "auc": metrics.auc(exam.outcome, score),
        "per_slayer_auc": metrics.per_group_auc(exam.slayer, exam.outcome, score),
        f"ndcg_at_{k}": metrics.ndcg_at_k(exam.truth, ranking, k),
        f"regret_at_{k}": metrics.regret_at_k(exam.truth, ranking, k),
        f"shop_regret_at_{k}": metrics.regret_at_k(exam.truth[:, exam.shop], ranking[:, exam.shop], k),
    }


def baselines(before: pd.DataFrame, weapons: pd.DataFrame) -> Iterator[tuple[str, Model]]:
    """What a model must beat: the weapon most fought with, the style alone, and a logistic regression on the same features."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = row_numbers(before["weapon_id"], weapons["weapon_id"])
    fame = np.bincount(rows, minlength=len(weapons)).astype(np.float64)
    yield "popularity", lambda _matrix, weapon: fame[weapon]

    match = FEATURES.index("match_style")
    yield "match_style", lambda matrix, _weapon: matrix[:, match].astype(np.float64)

    regression = make_pipeline(StandardScaler(), LogisticRegression())
    regression.fit(battle_matrix(before, weapons), before["success"].to_numpy())
    yield "logistic_regression", lambda matrix, _weapon: np.asarray(regression.predict_proba(matrix)[:, 1])


def _rounded(found: Mapping[str, Any]) -> dict[str, Any]:
    """Six digits: what differs behind them between two machines is noise in a diff."""
    return {
        key: _rounded(value) if isinstance(value, Mapping) else round(value, 6) if isinstance(value, float) else value
        for key, value in found.items()
    }


if __name__ == "__main__":
    from ml.stage import main

    main(run)
