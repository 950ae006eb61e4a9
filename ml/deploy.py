"""Stage ``deploy``: write the release manifest around what the gate decided. It registers and serves nothing.

Promotion is a step of its own (``ml.registry.promote``), and refuses a release that the gate holds back. The golden rows are
battles of the frozen part with the scores that the model gave them: who loads the model can see that it still says the same.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import exam
from ml.layout import Layout, Progress, silent
from ml.lineage import sha256_file
from ml.params import Params
from ml.release import (
    MANIFEST_FILE,
    MODEL_FILE,
    SCHEMA_FILE,
    GoldenRow,
    Release,
    read_model,
    read_record,
    write_json,
)
from ml.tables import battle_matrix, read_table
from ml.verdict import Verdict


def run(root: Path, params: Params, _settings: Settings, on_progress: Progress = silent) -> None:
    """Write ``model/release.json`` from the model, the metrics and the gate's verdict.

    Raises:
        Unavailable: metrics or verdict are missing or about another model, or the model changed after it was trained.
    """
    layout = Layout(root)
    on_progress(0.0, "collecting")
    try:
        metrics = json.loads(layout.metrics.read_bytes())
        baselines = {name: float(figures["auc"]) for name, figures in metrics["baselines"].items()}
        figures = {name: float(value) for name, value in metrics.items() if isinstance(value, int | float)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(f"{layout.metrics} is missing or damaged; run the stage evaluate first.") from error
    verdict = read_model(layout.verdict, Verdict)
    record = read_record(layout.model)
    model_sha = sha256_file(layout.model / MODEL_FILE)
    if record.model_sha256 != model_sha:
        raise Unavailable(f"{layout.model / MODEL_FILE} is not the model that its training record describes.")
    if verdict.model_sha256 != model_sha:
        raise Unavailable(f"{layout.verdict} judges another model; run the stage gate again.")
    release = Release(
        decision=verdict.decision,
        reason=verdict.reason,
        compared_with=verdict.champion_sha256,
        files={MODEL_FILE: model_sha, SCHEMA_FILE: sha256_file(layout.model / SCHEMA_FILE)},
        metrics=figures,
        baseline_auc=baselines,
        training=record,
        golden=_golden(layout, params.deploy.golden_rows),
    )
    write_json(layout.model / MANIFEST_FILE, release)
    on_progress(1.0, f"{release.decision}: {release.reason}")


def _golden(layout: Layout, rows: int) -> tuple[GoldenRow, ...]:
    """Battles from the whole range of scores, the lowest and the highest included."""
    frozen = read_table(layout.split / "frozen.parquet", "split")
    matrix = battle_matrix(frozen, read_table(layout.split / "weapons.parquet", "split"))
    score = exam.booster_model(layout.model / MODEL_FILE, 1)(matrix, np.empty(0, np.intp))
    order = np.argsort(score, kind="stable")
    chosen = order[np.linspace(0, len(order) - 1, min(rows, len(order))).astype(np.intp)]
    return tuple(GoldenRow(features=tuple(map(float, matrix[row])), score=float(score[row])) for row in chosen)


if __name__ == "__main__":
    from ml.stage import main

    main(run)
