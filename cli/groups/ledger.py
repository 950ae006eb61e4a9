"""``hashira ledger …``: checking the points ledger."""

from __future__ import annotations

import typer

from cli.console import explained
from cli.options import AsJson, settings_of_process

ledger = typer.Typer(help="Check the points ledger, or set right what is derived from it.", no_args_is_help=True)


@ledger.command()
def verify(as_json: AsJson = False) -> None:
    """Prove that points, ranks, streaks and counts are what ledger and events add up to. Exit code 1 when they are not."""
    from cli.ledger import run

    with explained():
        run(settings_of_process(), mend=False, as_json=as_json)


@ledger.command()
def rebuild(as_json: AsJson = False) -> None:
    """Derive every slayer's totals anew from ledger and events, and write those that differ."""
    from cli.ledger import run

    with explained():
        run(settings_of_process(), mend=True, as_json=as_json)
