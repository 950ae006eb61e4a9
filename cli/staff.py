"""``hashira staff``: who looks after the shop."""

from __future__ import annotations

from dataclasses import asdict

from cli.console import err, out, print_json
from hashiramart import staff
from hashiramart.accounts import Role
from hashiramart.config import Settings
from hashiramart.db import open_database


def set_role(settings: Settings, handle: str, role: Role) -> None:
    """Give somebody a role, and say so.

    Raises:
        HashiraError: there is no such slayer, or the role cannot be theirs.
    """
    with open_database(settings) as database, database.service() as session:
        changed = staff.set_role(session, handle, role)
    what = "is one of the staff" if role == "staff" else "is a slayer like any other"
    err().print(f"[green]✓[/] {handle} {what}{'' if changed else ' already'}.", highlight=False)


def list_members(settings: Settings, *, as_json: bool) -> None:
    """Print who the staff are."""
    with open_database(settings) as database, database.service() as session:
        found = staff.members(session)
    if as_json:
        print_json([asdict(member) for member in found])
        return
    if not found:
        err().print("Nobody yet; 'hashira staff add HANDLE' makes somebody.", highlight=False)
    for member in found:
        out().print(f"{member.handle} · {member.name}", highlight=False, markup=False)
