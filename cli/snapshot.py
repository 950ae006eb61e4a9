"""Take the training data out of the database, without training."""

from __future__ import annotations

from pathlib import Path

from cli.console import err, print_json
from cli.prepare import Progress
from hashiramart.config import Settings
from hashiramart.db import open_database


def run(settings: Settings, *, root: Path | None, as_json: bool) -> None:
    """``hashira snapshot``."""
    from ml.retrain import alone
    from ml.snapshot import take
    from ml.workspace import default_root, open_workspace

    with Progress() as progress, open_database(settings) as database, alone(database):
        workspace = open_workspace(settings, root or default_root(settings))
        taken = take(database, workspace.root, lambda done, _text: progress.tell("Taking the snapshot", done))
        progress.tell("Handing it to DVC", 0)
        workspace.track()
        progress.tell("Handing it to DVC", 1)
    folder = workspace.root / "data" / "snapshot"
    if as_json:
        facts = taken.model_dump(include={"watermark", "rows", "impressions"})
        print_json({**facts, "files": len(taken.files), "folder": folder})
    else:
        err().print(
            f"[green]✓[/] {taken.rows:,} battles and {taken.impressions:,} impressions are in {folder}.",
            highlight=False,
        )
