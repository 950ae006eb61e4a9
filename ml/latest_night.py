"""The report of the latest night, read back from the pipeline's folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from hashiramart.errors import Unavailable
from ml.layout import Layout
from ml.night import Drift, OffPolicy
from ml.nightly import DRIFT_FILE, FOLDER, OFFPOLICY_FILE, REPORT_FILE
from ml.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Night:
    """What the latest retrain had to tell.

    Attributes:
        folder: of the report and its pictures.
        written_at: when.
        report: the whole of it, as Markdown.
        off_policy: what the challenger's lists would have been worth.
        drift: what has changed, and whether scores came true.
        verdict: the gate's; None where it has not decided.
    """

    folder: Path
    written_at: datetime
    report: str
    off_policy: OffPolicy
    drift: Drift
    verdict: Verdict | None


def read(root: Path) -> Night | None:
    """The latest night of a pipeline's folder; None before the first.

    Raises:
        Unavailable: the report is damaged.
    """
    layout = Layout(root)
    folder = layout.report(FOLDER)
    try:
        return Night(
            folder=folder,
            written_at=datetime.fromtimestamp((folder / REPORT_FILE).stat().st_mtime, UTC),
            report=(folder / REPORT_FILE).read_text(encoding="utf-8"),
            off_policy=OffPolicy.model_validate_json((folder / OFFPOLICY_FILE).read_bytes()),
            drift=Drift.model_validate_json((folder / DRIFT_FILE).read_bytes()),
            verdict=_verdict(layout.verdict),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unavailable(
            f"The nightly report in {folder} cannot be read; 'hashira retrain --force' writes it anew."
        ) from error


def _verdict(file: Path) -> Verdict | None:
    try:
        return Verdict.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None  # the report's words of it stand all the same
