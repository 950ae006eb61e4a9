"""Run a benchmark or an evaluation suite and report it."""

from __future__ import annotations

import json
import sys

import typer

from cli.console import EXIT_FAILED, EXIT_USAGE, err, fail, out, print_json
from cli.prepare import Progress
from evals import registry
from evals.registry import Kind
from hashiramart.config import Settings


def run(settings: Settings, kind: Kind, name: str | None, *, quick: bool, as_json: bool) -> None:
    """``hashira bench`` and ``hashira eval``."""
    known = registry.names(kind)
    if name is None:
        if as_json:
            print_json(list(known))
        else:
            out().print("\n".join(known))
        return
    if name not in known:
        fail(f"There is no {kind} called {name!r}. There is: {', '.join(known)}.", code=EXIT_USAGE)
    with Progress() as progress:
        report = registry.run(kind, name, settings, quick=quick, tell=progress.tell)
    if as_json:
        sys.stdout.write(json.dumps(report.to_json()) + "\n")
    else:
        report.print(out())
    if not report.ok:
        err().print("[red]✗[/] a bound was missed", highlight=False)
        raise typer.Exit(EXIT_FAILED)
