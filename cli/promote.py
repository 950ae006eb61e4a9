"""Make a model the champion: a trained release, or a version that is on record already."""

from __future__ import annotations

from pathlib import Path

from cli.console import err, print_json
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput


def run(settings: Settings, release: Path | None, *, version: int | None, as_json: bool) -> None:
    """``hashira promote``."""
    from ml import registry, tracking

    if release is not None and version is not None:
        raise InvalidInput("release", "Give a release folder or a version, not both.")
    if version is not None:
        registry.point_at(settings, str(version))
        promoted = str(version)
    else:
        folder = release or Path("model")
        if not folder.is_dir():
            raise InvalidInput("release", f"{folder} is no folder. Run 'dvc repro' first; it writes 'model'.")
        promoted = registry.promote(settings, folder)
    if as_json:
        print_json({"model": tracking.NAME, "version": promoted, "alias": "champion"})
    else:
        err().print(f"[green]✓[/] {tracking.NAME} version {promoted} is the champion.", highlight=False)
