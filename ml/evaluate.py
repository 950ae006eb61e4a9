"""Stage ``evaluate``: the model on later battles it never saw, beside simple baselines and the known truth.

Two questions. Are the predictions right? AUC, log-loss and calibration on the test battles, over all and by slice: style, tenth
of the levels, weapons that training never saw. Are the recommendations right? Slayers who explored, as they were then, get all
weapons ranked, and the list is compared with the best possible one (``ml.truth``): NDCG and regret, also in larger catalogues.

It also measures what a calibration on top would gain: Platt's and an isotonic one are fitted on half of the slayers and judged on
the other half. Both have stayed within noise of the raw probabilities (``calibration`` in the metrics), so none is released.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import exam as examination
from ml import metrics, tracking
from ml.exam import Exam, Float, Model
from ml.features import FEATURES
from ml.layout import Layout, Progress, silent
from ml.params import Params
from ml.release import MODEL_FILE, read_record, write_json
from ml.tables import read_table, weapon_table

if TYPE_CHECKING:
    import pandas as pd

_log = logging.getLogger(__name__)


def run(root: Path, params: Params, settings: Settings, on_progress: Progress = silent) -> None:
    """Write ``reports/evaluate``: metrics.json and the pictures; log them in the training's run."""
    import lightgbm as lgb

    from ml import plots

    layout, k = Layout(root), params.evaluate.top_k
    on_progress(0.0, "reading battles")
    train, test = (read_table(layout.split / f"{part}.parquet", "split") for part in ("train", "test"))
    weapons = read_table(layout.split / "weapons.parquet", "split")
    record = read_record(layout.model)
    upset_rate = params.generate_data.upset_rate
    seen = examination.seen_in(train, weapons)
    exam = examination.set_exam(test, weapons, seen, slayers=params.evaluate.slayers, upset_rate=upset_rate)
    model = examination.booster_model(layout.model / MODEL_FILE, params.train_recommender.num_threads)

    on_progress(0.2, "scoring the model")
    predicted = model(exam.matrix, exam.weapon)
    bins = metrics.calibration(exam.outcome, predicted, params.evaluate.calibration_bins)
    found: dict[str, Any] = {
        **examination.judge(model, exam, k),
        "accuracy": float(((predicted >= 0.5) == exam.outcome).mean()),
        "log_loss": metrics.log_loss(exam.outcome, predicted),
        "ece": bins.ece,
        **oracle(test, exam, predicted),
        "slices": by_slice(exam, model, params),
        "calibration": calibration_gain(exam, predicted, params.evaluate.calibration_bins),
        "regret_by_catalogue": regret_by_catalogue(test, model, params),
    }
    on_progress(0.55, "scoring the baselines")
    found["baselines"] = {
        name: examination.judge(rival, exam, k) for name, rival in examination.baselines(train, weapons)
    }
    found["rows"] = {
        "train": len(train),
        "test": len(test),
        "ranked_slayers": len(exam.choosers),
        "weapons": len(weapons),
        "new_weapons": int((~seen).sum()),
    }
    write_json(layout.metrics, _rounded(found))

    on_progress(0.75, "drawing")
    gain = lgb.Booster(model_file=str(layout.model / MODEL_FILE)).feature_importance("gain")
    plots.calibration(bins, layout.calibration_plot)
    plots.importance(dict(zip(FEATURES, gain / max(gain.sum(), 1e-12), strict=True)), layout.importance_plot)
    plots.regret(found["regret_by_catalogue"], k, layout.regret_plot)

    on_progress(0.85, "logging the evaluation")
    flat = {name: value for name, value in found.items() if isinstance(value, float)}
    flat |= {f"{name}_{key}": value for name, judged in found["baselines"].items() for key, value in judged.items()}
    try:
        tracking.log_evaluation(
            settings,
            record=record,
            metrics=flat,
            files=(layout.metrics, layout.calibration_plot, layout.importance_plot, layout.regret_plot),
        )
    except Unavailable as error:
        _log.warning("The evaluation was not logged: %s", error)
    on_progress(1.0, f"AUC {found['auc']:.4f}, regret@{k} {found[f'regret_at_{k}']:.4f}")


def oracle(test: pd.DataFrame, exam: Exam, predicted: Float) -> dict[str, float]:
    """How good the truth itself would be on the battles whose truth is known, and how far the model is from it.

    ``auc_gap`` is the per-slayer AUC that the model is short of the truth's in expectation over the outcomes: the outcomes
    that happened favour the one or the other by luck.
    """
    known = test["p_true"].notna().to_numpy()
    truth = test["p_true"].to_numpy(np.float64)[known]
    best, ours = (metrics.per_group_auc(exam.slayer[known], truth, score) for score in (truth, predicted[known]))
    return {
        "oracle_auc": metrics.auc(exam.outcome[known], truth),
        "oracle_per_slayer_auc": metrics.per_group_auc(exam.slayer[known], exam.outcome[known], truth),
        "oracle_log_loss": metrics.log_loss(exam.outcome[known], truth),
        "auc_gap": best - ours,
    }


def by_slice(exam: Exam, model: Model, params: Params) -> dict[str, dict[str, float]]:
    """The model in every slice; regret only where slayers are sliced, and NaN (one outcome only) is left out."""
    k, predicted = params.evaluate.top_k, model(exam.matrix, exam.weapon)
    regrets = metrics.regret_of_each(exam.choices.truth, exam.choices.scores(model), k)
    found: dict[str, dict[str, float]] = {}
    for name, rows in exam.slices.items():
        outcome, score = exam.outcome[rows], predicted[rows]
        bins = max(1, min(params.evaluate.calibration_bins, len(outcome) // params.gate.rows_per_bin))
        figures = {
            "rows": float(len(outcome)),
            "auc": metrics.auc(outcome, score),
            "per_slayer_auc": metrics.per_group_auc(exam.slayer[rows], outcome, score),
            "log_loss": metrics.log_loss(outcome, score),
            "ece": metrics.calibration(outcome, score, bins).ece,
        }
        of_slice = exam.chooser_slices.get(name)
        if of_slice is not None and of_slice.any():
            figures[f"regret_at_{k}"] = float(regrets[of_slice].mean())
        found[name] = {key: value for key, value in figures.items() if np.isfinite(value)}
    return found


def calibration_gain(exam: Exam, predicted: Float, bins: int) -> dict[str, dict[str, float]]:
    """Log-loss and ECE on half of the slayers: raw, and calibrated by what the other half shows."""
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression

    learn = exam.slayer % 2 == 0
    logit = np.log(predicted / (1 - predicted))[:, None]
    platt = LogisticRegression(C=1e6).fit(logit[learn], exam.outcome[learn])
    isotonic = IsotonicRegression(y_min=1e-3, y_max=1 - 1e-3, out_of_bounds="clip").fit(
        predicted[learn], exam.outcome[learn]
    )
    judged = {
        "raw": predicted[~learn],
        "platt": platt.predict_proba(logit[~learn])[:, 1],
        "isotonic": isotonic.predict(predicted[~learn]),
    }
    outcome = exam.outcome[~learn]
    return {
        name: {"log_loss": metrics.log_loss(outcome, score), "ece": metrics.calibration(outcome, score, bins).ece}
        for name, score in judged.items()
    }


def regret_by_catalogue(test: pd.DataFrame, model: Model, params: Params) -> dict[str, float]:
    """Regret@k of some slayers in catalogues of many sizes, drawn like the synthetic weapons; the key is the size."""
    from ml.generate_data import make_weapons

    known = (
        test[test["p_true"].notna()].drop_duplicates("slayer_id", keep="last").tail(params.evaluate.catalogue_slayers)
    )
    rng = np.random.default_rng(params.generate_data.seed)
    found = {}
    for size in params.evaluate.catalogue_sizes:
        asked = params.generate_data.model_copy(update={"synthetic_weapons": size})
        drawn = make_weapons(asked, rng).tail(size)
        choices = examination.offer(known, weapon_table(drawn), params.generate_data.upset_rate)
        found[str(size)] = metrics.regret_at_k(choices.truth, choices.scores(model), params.evaluate.top_k)
    return found


def _rounded(found: Mapping[str, Any]) -> dict[str, Any]:
    """Six digits: what differs behind them between two machines is noise in a diff."""
    return {
        key: _rounded(value) if isinstance(value, Mapping) else round(value, 6) if isinstance(value, float) else value
        for key, value in found.items()
    }


if __name__ == "__main__":
    from ml.stage import main

    main(run)
