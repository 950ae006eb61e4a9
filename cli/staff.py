"""``hashira staff``: who looks after the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import err, explained, out, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from hashiramart.accounts import Role
    from hashiramart.config import Settings

Handle = Annotated[str, typer.Argument(help="What the slayer signs in with.")]


def commands(settings: Callable[[], Settings]) -> typer.Typer:
    """The commands as an app of their own.

    Args:
        settings: makes the settings of this process.
    """
    app = typer.Typer(
        help="Say who may look after the shop on its page: models, reports, queues.", no_args_is_help=True
    )

    @app.command()
    def add(handle: Handle) -> None:
        """Make a slayer one of the staff. Their page has another room from then on."""
        with explained():
            _set(settings(), handle, "staff")

    @app.command()
    def remove(handle: Handle) -> None:
        """Make one of the staff a slayer like any other, at once."""
        with explained():
            _set(settings(), handle, "slayer")

    @app.command("list")
    def list_members(
        as_json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    ) -> None:
        """List the staff."""
        with explained():
            _list(settings(), as_json=as_json)

    return app


def _set(settings: Settings, handle: str, role: Role) -> None:
    from hashiramart import staff
    from hashiramart.db import open_database

    with open_database(settings) as database, database.service() as session:
        changed = staff.set_role(session, handle, role)
    what = "is one of the staff" if role == "staff" else "is a slayer like any other"
    err().print(f"[green]✓[/] {handle} {what}{'' if changed else ' already'}.", highlight=False)


def _list(settings: Settings, *, as_json: bool) -> None:
    from dataclasses import asdict

    from hashiramart import staff
    from hashiramart.db import open_database

    with open_database(settings) as database, database.service() as session:
        found = staff.members(session)
    if as_json:
        print_json([asdict(member) for member in found])
        return
    if not found:
        err().print("Nobody yet; 'hashira staff add HANDLE' makes somebody.", highlight=False)
    for member in found:
        out().print(f"{member.handle} · {member.name}", highlight=False, markup=False)
