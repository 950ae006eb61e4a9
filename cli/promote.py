"""Make a trained release the champion."""

from __future__ import annotations

from pathlib import Path

from cli.console import err, print_json
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput


def run(settings: Settings, release: Path, *, as_json: bool) -> None:
    """``hashira promote``."""
    from ml import registry

    if not release.is_dir():
        raise InvalidInput("release", f"{release} is no folder. Run 'dvc repro' first; it writes 'model'.")
    version = registry.promote(settings, release)
    if as_json:
        print_json({"model": registry.NAME, "version": version, "alias": "champion"})
    else:
        err().print(f"[green]✓[/] {registry.NAME} version {version} is the champion.", highlight=False)
