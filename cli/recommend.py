"""Rank weapons from the terminal."""

from __future__ import annotations

from typing import Any

from cli.client import Shop
from cli.console import out, print_json
from hashiramart.config import Settings


def run(settings: Settings, body: dict[str, Any], *, handle: str | None, url: str | None, as_json: bool) -> None:
    """``hashira recommend``."""
    shop = Shop(settings, handle=handle, url=url)
    answer = shop.post("/recommend", {name: value for name, value in body.items() if value not in (None, [])})
    if as_json:
        print_json(answer)
        return
    from rich.table import Table

    table = Table(title=f"Weapons that suit you · model {answer['model_version']}")
    for column in ("#", "Weapon", "Type", "Coins", "Success", "Why"):
        table.add_column(column, justify="right" if column in {"#", "Coins", "Success"} else "left")
    for place, each in enumerate(answer["recommendations"], start=1):
        why = " · ".join(each["reasons"])
        table.add_row(str(place), each["name"], each["weapon_type"], str(each["price"]), f"{each['score']:.0%}", why)
    out().print(table)
