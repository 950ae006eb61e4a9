"""What slayers think of answers: a quick look, or files for training and evaluation."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.console import err, out, print_json
from hashiramart.config import Settings
from hashiramart.db import open_database

if TYPE_CHECKING:
    from rich.table import Table

    from hashiramart.feedback_export import Remarked

_THUMBS = {"up": "[green]up[/]", "down": "[red]down[/]"}


def run_export(settings: Settings, folder: Path, *, since: datetime | None, with_comments: bool, as_json: bool) -> None:
    """``hashira feedback export``.

    Args:
        settings: the shop's settings.
        folder: where the files go.
        since: a day without a zone: from its beginning in UTC.
        with_comments: the slayers' comments too.
        as_json: for programs.
    """
    from hashiramart.feedback_export import export

    begin = since.replace(tzinfo=UTC) if since else None
    with open_database(settings) as database, database.service() as session:
        exported = export(session, folder, since=begin, with_comments=with_comments)
    if as_json:
        print_json({"folder": str(folder), **asdict(exported)})
        return
    err().print(
        f"[green]✓[/] {exported.ratings:,} ratings, {exported.preferences:,} preference pairs and "
        f"{exported.hard_questions:,} hard questions are in {folder}.",
        highlight=False,
    )


def run_list(settings: Settings, *, limit: int, only_down: bool, as_json: bool) -> None:
    """``hashira feedback list``."""
    from hashiramart.feedback_export import latest

    with open_database(settings) as database, database.service() as session:
        found = latest(session, limit=limit, only_down=only_down)
    if as_json:
        print_json([_plain(each) for each in found])
    elif found:
        out().print(_table(found))
    else:
        err().print("Nobody has rated an answer yet.", highlight=False)


def _plain(each: Remarked) -> dict[str, object]:
    answer = each.answer
    return {
        "rating": answer.rating,
        "given_at": each.given_at.isoformat(),
        "message": answer.message,
        "answer": answer.reply,
        "route": list(answer.route),
        "engine": answer.engine,
        "comment": answer.comment,
    }


def _table(found: list[Remarked]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for column in ("given", "rating", "engine"):
        table.add_column(column, no_wrap=True)
    for column in ("message", "comment"):
        table.add_column(column)
    for each in found:
        answer = each.answer
        words = (Text(answer.message), Text(answer.comment or "–"))  # what slayers write is no markup
        table.add_row(f"{each.given_at:%Y-%m-%d %H:%M}", _THUMBS[answer.rating], answer.engine, *words)
    return table
