"""Learn from what has happened: snapshot, pipeline, gate, promotion."""

from __future__ import annotations

from pathlib import Path

from cli.console import err, fail, print_json, sigterm_is_ctrl_c
from cli.prepare import Progress
from hashiramart.config import Settings
from hashiramart.db import open_database

_INTERRUPTED = 130


def run(settings: Settings, *, root: Path | None, force: bool, as_json: bool) -> None:
    """``hashira retrain``."""
    from ml.retrain import RetrainResult, retrain

    sigterm_is_ctrl_c()
    result: RetrainResult
    try:
        with Progress() as progress, open_database(settings) as database:
            result = retrain(
                settings,
                database,
                root=root,
                force=force,
                on_stage=lambda stage, done, _text: progress.tell(f"Retraining: {stage}", done),
            )
    except KeyboardInterrupt:
        fail("Stopped. The champion is the one it was.", code=_INTERRUPTED)
    if as_json:
        print_json(
            {
                "status": result.status,
                "version": result.version,
                "reason": result.reason,
                "watermark": result.watermark,
                "battles": result.battles,
                "seconds": round(result.seconds, 1),
                "reports": result.reports,
            }
        )
        return
    words = {
        "promoted": f"[green]✓[/] Version {result.version} is the champion.",
        "held": f"[yellow]•[/] Version {result.version} was held back and is not served.",
        "nothing new": "[green]✓[/] Nothing new.",
    }
    err().print(f"{words[result.status]} {result.reason}", highlight=False)
    if result.version is not None:
        err().print(f"{result.battles:,} battles, {result.seconds:.0f} s. Reports: {result.reports}", highlight=False)
