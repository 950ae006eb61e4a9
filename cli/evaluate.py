"""``hashira eval``: score suites, hold two runs against each other, and break the product on purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from cli import measure
from cli.console import EXIT_FAILED, err, out, print_json, sigterm_is_ctrl_c
from cli.prepare import Progress
from evals import registry
from evals.registry import ALL, Asked
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from hashiramart.models import utc_now


def run(
    settings: Settings,
    suites: Sequence[str],
    asked: Asked,
    *,
    quick: bool,
    as_json: bool,
    log: bool,
    report_folder: Path | None = None,
    html: Path | None = None,
) -> None:
    """``hashira eval run``.

    Args:
        settings: the shop's settings.
        suites: names, or ``all``; none lists them.
        asked: how. Of ``all``, each suite does as much of it as it can.
        quick: the short form.
        as_json: for programs.
        log: whether MLflow keeps the runs.
        report_folder: where to write each report as Markdown too.
        html: the file or folder of the HTML page.
    """
    if not suites:
        measure.show_names("suite", as_json=as_json)
        return
    for name in suites:
        if name != ALL:
            measure.check_name("suite", name)
    everything = ALL in suites
    named = registry.names("suite") if everything else tuple(dict.fromkeys(suites))
    sigterm_is_ctrl_c()  # what was started for the measurement ends with it
    reports: list[Report] = []
    with Progress() as progress:
        for name in named:
            how = _as_far_as(name, asked) if everything else asked
            reports.append(registry.run("suite", name, settings, quick=quick, tell=progress.tell, asked=how))
    measure.show(reports, as_json=as_json)
    for report in reports:
        if report_folder is not None:
            measure.write_file(report, report_folder)
    told = _told(asked, settings, quick=quick)
    if html is not None:
        from evals.html import write

        err().print(f"written to {write(reports, html, settings, now=utc_now(), told=told)}", highlight=False)
    if log:
        _log(reports, settings, told)
    measure.judge(reports)


def compare(settings: Settings, before: str, after: str, *, as_json: bool) -> None:
    """``hashira eval compare``."""
    from evals.compare import compare as held_against
    from evals.experiment import find

    comparison = held_against(find(settings, before), find(settings, after))
    if as_json:
        print_json(comparison.to_json())
        return
    for table in comparison.tables():
        out().print(table)


def mutate(
    settings: Settings,
    names: Sequence[str],
    *,
    quick: bool,
    as_json: bool,
    list_only: bool,
    report_folder: Path | None = None,
) -> None:
    """``hashira eval mutate``. Exit code 1 when a mutation survives."""
    from evals.mutate import check, mutations

    if list_only:
        if as_json:
            print_json({mutation.name: mutation.what for mutation in mutations.ALL})
        else:
            out().print(check.listed(mutations.ALL))
        return
    chosen = mutations.chosen(names, quick=quick)
    sigterm_is_ctrl_c()
    with Progress() as progress:
        report = check.run(settings, chosen, progress.tell)
    measure.show([report], as_json=as_json)
    if report_folder is not None:
        measure.write_file(report, report_folder)
    if not report.ok:
        err().print(
            "[red]✗[/] a mutation survived, or the product itself fails where it was to be broken", highlight=False
        )
        raise typer.Exit(EXIT_FAILED)


def _as_far_as(suite: str, asked: Asked) -> Asked:
    """What a suite can do of what is asked of all."""
    as_it_is = Asked()
    differing = asked.differs()
    return replace(
        asked,
        **{name: getattr(as_it_is, name) for name in differing if not registry.can(suite, name)},
    )


def _told(asked: Asked, settings: Settings, *, quick: bool) -> Mapping[str, str]:
    told = {"planner": asked.planner, "repeats": str(asked.repeats), "form": "quick" if quick else "whole"}
    if asked.planner == "llm":
        told["model"] = settings.llm_model
    if asked.data is not None:
        told["cases"] = str(asked.data)
    if asked.only:
        told["only"] = ", ".join(asked.only)
    return told


def _log(reports: Sequence[Report], settings: Settings, told: Mapping[str, str]) -> None:
    """Keep the runs; where they cannot be kept, the figures stand all the same."""
    from evals import experiment

    for report in reports:
        try:
            run_id = experiment.log(report, settings, told)
        except Unavailable as error:
            err().print(f"[yellow]![/] the run of {report.name} is not on record: {error.message}", highlight=False)
            return
        err().print(f"{report.name}: run {run_id}", highlight=False)
