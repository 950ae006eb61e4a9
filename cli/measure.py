"""Run a benchmark or an evaluation suite and report it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from cli.console import EXIT_FAILED, EXIT_USAGE, err, fail, out, print_json, sigterm_is_ctrl_c
from cli.prepare import Progress
from evals import registry, report_file
from evals.registry import Kind
from hashiramart.config import Settings
from hashiramart.models import utc_now


def run(
    settings: Settings,
    kind: Kind,
    name: str | None,
    *,
    quick: bool,
    as_json: bool,
    report_folder: Path | None = None,
    data: Path | None = None,
) -> None:
    """``hashira bench`` and ``hashira eval``.

    Args:
        settings: the shop's settings.
        kind: suite or bench.
        name: of the suite or benchmark; None lists them.
        quick: the short form.
        as_json: for programs.
        report_folder: where to write the report as a file too.
        data: for a suite, a file of cases in place of its own.
    """
    known = registry.names(kind)
    if name is None:
        if as_json:
            print_json(list(known))
        else:
            out().print("\n".join(known))
        return
    if name not in known:
        fail(f"There is no {kind} called {name!r}. There is: {', '.join(known)}.", code=EXIT_USAGE)
    sigterm_is_ctrl_c()  # what was started for the measurement ends with it
    with Progress() as progress:
        report = registry.run(kind, name, settings, quick=quick, tell=progress.tell, data=data)
    if as_json:
        sys.stdout.write(json.dumps(report.to_json()) + "\n")
    else:
        report.print(out())
    if report_folder is not None:
        path = report_file.write(report, report_folder, now=utc_now())
        err().print(f"written to {path}", highlight=False)
    if not report.ok:
        err().print("[red]✗[/] a bound was missed", highlight=False)
        raise typer.Exit(EXIT_FAILED)
