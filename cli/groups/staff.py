"""``hashira staff …``: who looks after the shop."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.console import explained
from cli.options import AsJson, settings_of_process

staff = typer.Typer(help="Say who may look after the shop on its page: models, reports, queues.", no_args_is_help=True)

Handle = Annotated[str, typer.Argument(help="What the slayer signs in with.")]


@staff.command()
def add(handle: Handle) -> None:
    """Make a slayer one of the staff. Their page has another room from then on."""
    from cli.staff import set_role

    with explained():
        set_role(settings_of_process(), handle, "staff")


@staff.command()
def remove(handle: Handle) -> None:
    """Make one of the staff a slayer like any other, at once."""
    from cli.staff import set_role

    with explained():
        set_role(settings_of_process(), handle, "slayer")


@staff.command("list")
def list_members(as_json: AsJson = False) -> None:
    """List the staff."""
    from cli.staff import list_members as run

    with explained():
        run(settings_of_process(), as_json=as_json)
