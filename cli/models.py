"""List the models that are on record."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from cli.console import err, out, print_json
from hashiramart.config import Settings

if TYPE_CHECKING:
    from rich.table import Table

    from ml.registry import VersionInfo

_EXPLAINED = 5  # of so many, the newest, the gate's reasons are told below the table
_DECISIONS = {"release": "[green]release[/]", "hold": "[yellow]hold[/]"}


def run(settings: Settings, *, as_json: bool) -> None:
    """``hashira models``."""
    from ml import registry

    found = registry.versions(settings)
    if as_json:
        print_json([asdict(version) | {"created_at": version.created_at.isoformat()} for version in found])
    elif found:
        out().print(_table(found))
        for each in found[:_EXPLAINED]:
            learned = f" (battles of the shop up to {each.watermark})" if each.watermark else ""
            out().print(f"Version {each.version}{learned}: {each.reason}", highlight=False, markup=False, style="dim")
    else:
        err().print("No model is on record yet; 'hashira up' trains and promotes the first one.", highlight=False)


def _table(versions: list[VersionInfo]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("version", justify="right", no_wrap=True)
    for column in ("alias", "decision"):
        table.add_column(column, no_wrap=True)
    for column in ("AUC", "regret", "battles"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("registered", no_wrap=True)
    for each in versions:
        table.add_row(
            each.version,
            f"[bold]{', '.join(each.aliases)}[/]" if each.aliases else "–",
            _DECISIONS.get(each.decision, each.decision),
            _figure(each.metrics, "per_slayer_auc"),
            _figure(each.metrics, "regret_at_"),
            "–" if each.trained_rows is None else f"{each.trained_rows:,}",
            f"{each.created_at:%Y-%m-%d %H:%M}",
        )
    return table


def _figure(metrics: dict[str, float], name: str) -> str:
    """The figure whose name begins so: of the regret it says at how many places it was measured."""
    return next((f"{value:.4f}" for key, value in metrics.items() if key.startswith(name)), "–")
