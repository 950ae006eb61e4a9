"""``hashira eval …``: scoring the agents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from cli.console import explained
from cli.options import AsJson, Quick, Report, settings_of_process


class _Evaluations(TyperGroup):
    """``hashira eval routing`` means ``hashira eval run routing``: a first word that is no command is a suite."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``run`` in front where neither a command nor help is asked for."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


evaluations = typer.Typer(
    cls=_Evaluations,
    help="Score the agents on suites of cases: 'hashira eval SUITE…' or 'hashira eval all' ('run' may be left out).",
    invoke_without_command=False,
)


@evaluations.command("run")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(help="Which suites, or 'all'; without any, the list.")] = None,
    quick: Quick = False,
    planner: Annotated[
        Literal["embedded", "llm"],
        typer.Option(help="Who plans: the trained router, or the configured language model."),
    ] = "embedded",
    repeats: Annotated[
        int, typer.Option("--repeats", "-k", min=1, max=100, help="Try each case so many times: pass^k.")
    ] = 1,
    only: Annotated[list[str] | None, typer.Option(help="Only this slice or case; may be repeated.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Score these cases in place of the suite's own; no bounds are judged.")
    ] = None,
    report: Report = None,
    html: Annotated[
        Path | None, typer.Option(help="Write one HTML page: a file that ends in .html, or a folder for it.")
    ] = None,
    log: Annotated[bool, typer.Option("--log/--no-log", help="Keep the runs in MLflow, for 'compare'.")] = True,
    as_json: AsJson = False,
) -> None:
    """Score the agents on suites of cases. Exit code 1 when a bound is missed."""
    from cli.evaluate import run
    from evals.registry import Asked

    with explained():
        run(
            settings_of_process(),
            suites or [],
            Asked(planner=planner, repeats=repeats, data=data, only=tuple(only or ())),
            quick=quick,
            as_json=as_json,
            log=log,
            report_folder=report,
            html=html,
        )


@evaluations.command()
def compare(
    before: Annotated[
        str, typer.Argument(help="A run's id or its first letters; or SUITE, SUITE~1, … for the latest.")
    ],
    after: Annotated[str, typer.Argument(help="The run to hold against it.")],
    as_json: AsJson = False,
) -> None:
    """Hold two runs of a suite against each other: figures side by side, and the cases that changed."""
    from cli.evaluate import compare as run

    with explained():
        run(settings_of_process(), before, after, as_json=as_json)


@evaluations.command()
def mutate(
    names: Annotated[list[str] | None, typer.Argument(help="Which mutations; without any, all.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Three of them, within a minute.")] = False,
    list_only: Annotated[bool, typer.Option("--list", help="Only list them.")] = False,
    report: Report = None,
    as_json: AsJson = False,
) -> None:
    """Break the product on purpose, one way after the other, and show which figure notices. Exit code 1 when none does."""
    from cli.evaluate import mutate as run

    with explained():
        run(settings_of_process(), names or [], quick=quick, list_only=list_only, as_json=as_json, report_folder=report)
