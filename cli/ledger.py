"""Check the points ledger, or rebuild what is derived from it."""

from __future__ import annotations

import typer

from cli.console import EXIT_FAILED, err, print_json
from cli.prepare import Progress
from hashiramart.audit import Fault, rebuild, verify
from hashiramart.config import Settings
from hashiramart.db import open_database

_SHOWN = 20


def run(settings: Settings, *, mend: bool, as_json: bool) -> None:
    """``hashira ledger verify`` and, with ``mend``, ``hashira ledger rebuild``."""
    what = "Rebuilding the totals" if mend else "Checking the ledger"
    with Progress() as progress:
        progress.tell(what, 0)
        with open_database(settings) as database:
            faults = (rebuild if mend else verify)(database, lambda done: progress.tell(what, done))
        progress.tell(what, 1)
    if as_json:
        key = "mended" if mend else "faults"
        print_json(
            {key: [{"slayer_id": fault.slayer_id, "what": fault.what} for fault in faults], "ok": mend or not faults}
        )
    else:
        _tell(faults, mend=mend)
    if faults and not mend:
        raise typer.Exit(EXIT_FAILED)


def _tell(faults: list[Fault], *, mend: bool) -> None:
    console = err()
    if not faults:
        console.print("[green]✓[/] Everything adds up.", highlight=False)
        return
    for fault in faults[:_SHOWN]:
        console.print(f"  {fault.slayer_id}: {fault.what}", highlight=False)
    if len(faults) > _SHOWN:
        console.print(f"  … and {len(faults) - _SHOWN} more", highlight=False)
    if mend:
        console.print(f"[green]✓[/] {len(faults)} totals set right.", highlight=False)
    else:
        console.print(f"[bold red]✗[/] {len(faults)} faults. Totals can be set right with 'hashira ledger rebuild'.")
