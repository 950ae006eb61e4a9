"""Take the last promotion back."""

from __future__ import annotations

from cli.console import err, print_json
from hashiramart.config import Settings


def run(settings: Settings, *, as_json: bool) -> None:
    """``hashira rollback``."""
    from ml import registry, tracking

    version = registry.rollback(settings)
    if as_json:
        print_json({"model": tracking.NAME, "version": version, "alias": "champion"})
    else:
        seconds = f"{1.2 * settings.champion_poll_s:.3g}"
        err().print(
            f"[green]✓[/] {tracking.NAME} version {version} is the champion again. "
            f"Running shops serve it within {seconds} seconds.",
            highlight=False,
        )
