"""The nightly report: what the challenger's lists would have been worth, what has drifted, and the gate's verdict, in one place.

No stage of the pipeline: it is about the latest nights and must be written anew each time. It informs people; nothing reads it
to promote or to hold back.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import exam, impressions, nightly_pictures, sources, tracking
from ml.layout import Layout
from ml.night import Drift, OffPolicy, compare_days, value_lists
from ml.nightly_report import CALIBRATION_PLOT, DRIFT_PLOT, OFFPOLICY_PLOT, markdown
from ml.params import Params
from ml.release import MANIFEST_FILE, MODEL_FILE, read_record, verify, write_json
from ml.split import NOTE_FILE, is_real, read_note
from ml.tables import BATTLE_COLUMNS, read_table

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "nightly"
REPORT_FILE, OFFPOLICY_FILE, DRIFT_FILE = "report.md", "offpolicy.json", "drift.json"

_COLUMNS = (*BATTLE_COLUMNS, "slayer_id", "occurred_at", "p_true")

_log = logging.getLogger(__name__)


def write(root: Path, params: Params, settings: Settings) -> Path:
    """Write ``reports/nightly/{report.md,offpolicy.json,drift.json}`` with pictures, and tell the training's run.

    Args:
        root: of the pipeline, after ``gate``. The champion that the challenger was compared with lies in ``data/champion``.
        params: sections ``nightly``, ``split`` (who is frozen) and ``train_recommender`` (threads).
        settings: where MLflow is.

    Returns:
        The report.

    Raises:
        Unavailable: an earlier stage is missing, or a release is damaged.
        InvalidInput: the snapshot's impressions contradict themselves.
    """
    layout, p = Layout(root), params.nightly
    record = read_record(layout.model)
    snapshot = sources.manifest(layout)
    train = read_table(layout.split / "train.parquet", "split", _COLUMNS)
    weapons = read_table(layout.split / "weapons.parquet", "split")
    threads = params.train_recommender.num_threads
    models = {"challenger": exam.booster_model(layout.model / MODEL_FILE, threads)}
    if (layout.champion / MANIFEST_FILE).is_file():
        verify(layout.champion)
        models["champion"] = exam.booster_model(layout.champion / MODEL_FILE, threads)

    shown = impressions.read(layout)
    learned = train.loc[is_real(train), "occurred_at"]
    trained_until = None if learned.empty else learned.max()
    ranked = None if shown is None else shown.by_success()
    new = None if ranked is None else ranked.unlearned(trained_until, params.split.frozen_real)
    off_policy = value_lists(ranked, new, weapons, models, p)
    drift = compare_days(train, _battles(layout, train), shown, weapons, models["challenger"], p)

    folder = layout.report(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = _draw(folder, off_policy, drift)
    verdict = layout.verdict.with_suffix(".md")
    report = folder / REPORT_FILE
    report.write_text(
        markdown(
            off_policy,
            drift,
            gate=verdict.read_text(encoding="utf-8") if verdict.is_file() else None,
            snapshot=snapshot,
            split=read_note(layout) if (layout.split / NOTE_FILE).is_file() else None,
        ),
        encoding="utf-8",
    )
    write_json(folder / OFFPOLICY_FILE, off_policy)
    write_json(folder / DRIFT_FILE, drift)
    try:
        tracking.log_evaluation(
            settings,
            record=record,
            metrics=_metrics(off_policy, drift),
            files=(report, folder / OFFPOLICY_FILE, folder / DRIFT_FILE, *pictures),
            folder=FOLDER,
        )
    except Unavailable as error:
        _log.warning("The nightly report was not logged: %s", error)
    return report


def _battles(layout: Layout, train: pd.DataFrame) -> pd.DataFrame:
    """All real battles, file by file: the folder's name must not become a column."""
    import pandas as pd

    files = sorted((layout.snapshot / "interactions").rglob("*.parquet"))
    return pd.concat([pd.read_parquet(path, columns=list(_COLUMNS)) for path in files]) if files else train.head(0)


def _draw(folder: Path, off_policy: OffPolicy, drift: Drift) -> list[Path]:
    """Draw what there is to see; pictures of an earlier night go."""
    drawn = []
    for name in (OFFPOLICY_PLOT, DRIFT_PLOT, CALIBRATION_PLOT):
        (folder / name).unlink(missing_ok=True)
    if off_policy.values:
        nightly_pictures.estimates(off_policy.values, off_policy.settled, folder / OFFPOLICY_PLOT)
        drawn.append(folder / OFFPOLICY_PLOT)
    if drift.shifts:
        nightly_pictures.shifts(drift.shifts, folder / DRIFT_PLOT)
        drawn.append(folder / DRIFT_PLOT)
    if drift.calibration is not None:
        nightly_pictures.settled_outcomes(drift.calibration, folder / CALIBRATION_PLOT)
        drawn.append(folder / CALIBRATION_PLOT)
    return drawn


def _metrics(off_policy: OffPolicy, drift: Drift) -> dict[str, float]:
    found = {
        "nightly_alerts": float(len(off_policy.alerts) + len(drift.alerts)),
        "nightly_settled": float(off_policy.settled),
    }
    found |= {f"nightly_dr_{name}": value.dr.value for name, value in off_policy.values.items()}
    if off_policy.difference is not None:
        found["nightly_dr_difference"] = off_policy.difference.value
    if drift.calibration is not None:
        found["nightly_ece"] = drift.calibration.ece
    return found | {f"nightly_psi_{each.name.replace(' ', '_')}": each.psi for each in drift.shifts}
