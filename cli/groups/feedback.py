"""``hashira feedback …``: what slayers think of answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.console import explained
from cli.options import AsJson, settings_of_process

feedback = typer.Typer(
    help="See what slayers think of answers, or take it out for training and evaluation.", no_args_is_help=True
)


@feedback.command("list")
def list_feedback(
    down: Annotated[bool, typer.Option("--down", help="Only thumbs down.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the latest ratings, without who gave them."""
    from cli.feedback import run_list

    with explained():
        run_list(settings_of_process(), limit=limit, only_down=down, as_json=as_json)


@feedback.command("export")
def export_feedback(
    out: Annotated[Path, typer.Option(help="The folder to write into; files of an earlier export are replaced.")],
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only from this day (UTC) on.")] = None,
    with_comments: Annotated[bool, typer.Option("--with-comments", help="The slayers' comments too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write rated answers, preference pairs and hard questions ('hashira eval coach --data') as JSON lines, without names."""
    from cli.feedback import run_export

    with explained():
        run_export(settings_of_process(), out, since=since, with_comments=with_comments, as_json=as_json)
