"""Run a benchmark and report it; what evaluations report the same way is here too."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from cli.console import EXIT_FAILED, EXIT_USAGE, err, fail, out, print_json, sigterm_is_ctrl_c
from cli.prepare import Progress
from evals import registry, report_file
from evals.registry import Kind
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.models import utc_now


def run(settings: Settings, name: str | None, *, quick: bool, as_json: bool, report_folder: Path | None = None) -> None:
    """``hashira bench``.

    Args:
        settings: the shop's settings.
        name: of the benchmark; None lists them.
        quick: the short form.
        as_json: for programs.
        report_folder: where to write the report as a file too.
    """
    if name is None:
        show_names("bench", as_json=as_json)
        return
    check_name("bench", name)
    sigterm_is_ctrl_c()  # what was started for the measurement ends with it
    with Progress() as progress:
        report = registry.run("bench", name, settings, quick=quick, tell=progress.tell)
    show([report], as_json=as_json)
    if report_folder is not None:
        write_file(report, report_folder)
    judge([report])


def show_names(kind: Kind, *, as_json: bool) -> None:
    """List what there is."""
    known = registry.names(kind)
    if as_json:
        print_json(list(known))
    else:
        out().print("\n".join(known))


def check_name(kind: Kind, name: str) -> None:
    """Stop with the known names where there is none of this name."""
    known = registry.names(kind)
    if name not in known:
        fail(f"There is no {kind} called {name!r}. There is: {', '.join(known)}.", code=EXIT_USAGE)


def show(reports: list[Report], *, as_json: bool) -> None:
    """Print reports: to a program one document, an array of them where there are several."""
    if as_json:
        documents = [report.to_json() for report in reports]
        sys.stdout.write(json.dumps(documents[0] if len(documents) == 1 else documents) + "\n")
        return
    for report in reports:
        report.print(out())


def write_file(report: Report, folder: Path) -> None:
    """Write a report as Markdown and say where."""
    path = report_file.write(report, folder, now=utc_now())
    err().print(f"written to {path}", highlight=False)


def judge(reports: list[Report]) -> None:
    """End with exit code 1 where a bound was missed."""
    missed = [report for report in reports if not report.ok]
    if missed:
        named = f" in {', '.join(report.name for report in missed)}" if len(reports) > 1 else ""
        err().print(f"[red]✗[/] a bound was missed{named}", highlight=False)
        raise typer.Exit(EXIT_FAILED)
