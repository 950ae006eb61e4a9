"""Stage ``deploy``: decide, and write the release manifest. It registers and serves nothing: promotion is a step of its own."""

from __future__ import annotations

import json
from pathlib import Path

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml.layout import Layout, Progress, silent
from ml.lineage import sha256_file
from ml.params import Params
from ml.release import MANIFEST_FILE, MODEL_FILE, SCHEMA_FILE, Release, read_record, write_json


def run(root: Path, params: Params, _settings: Settings, on_progress: Progress = silent) -> None:
    """Write ``model/release.json`` from the model and the metrics.

    Raises:
        Unavailable: the metrics are missing, or the model changed after its training record was written.
    """
    layout = Layout(root)
    on_progress(0.0, "weighing the metrics")
    try:
        metrics = json.loads(layout.metrics.read_bytes())
        baselines = {name: float(figures["auc"]) for name, figures in metrics["baselines"].items()}
        auc = float(metrics["auc"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"{layout.metrics} is missing or damaged; run the stage evaluate first.") from error
    record = read_record(layout.model)
    model_sha = sha256_file(layout.model / MODEL_FILE)
    if record.model_sha256 != model_sha:
        raise Unavailable(f"{layout.model / MODEL_FILE} is not the model that its training record describes.")
    released, reason = decide(auc, baselines, params.deploy.min_auc_gain)
    release = Release(
        decision="release" if released else "hold",
        reason=reason,
        files={MODEL_FILE: model_sha, SCHEMA_FILE: sha256_file(layout.model / SCHEMA_FILE)},
        metrics={name: float(value) for name, value in metrics.items() if isinstance(value, int | float)},
        baseline_auc=baselines,
        training=record,
    )
    write_json(layout.model / MANIFEST_FILE, release)
    on_progress(1.0, f"{release.decision}: {reason}")


def decide(auc: float, baselines: dict[str, float], min_gain: float) -> tuple[bool, str]:
    """Whether a model may be released, and why, in one sentence.

    Args:
        auc: of the model on the holdout.
        baselines: AUC of each baseline on the same rows.
        min_gain: how much better than the best of them it must be.
    """
    best = max(baselines, key=lambda name: baselines[name])
    gain = auc - baselines[best]
    compared = f"AUC {auc:.4f} against {baselines[best]:.4f} of the best baseline ({best.replace('_', ' ')})"
    if gain >= min_gain:  # NaN compares false and is held
        return True, f"{compared}, {gain:+.4f}."
    return False, f"{compared}, {gain:+.4f}; at least {min_gain:+.4f} is needed."


if __name__ == "__main__":
    from ml.stage import main

    main(run)
