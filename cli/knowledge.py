"""Look into the library: what it holds, and what it finds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.console import err, out, print_json
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from knowledge.retrieve import Hit
    from knowledge.store import Library

_EMPTY = "The library is empty; 'hashira ingest' fills it."


def list_documents(settings: Settings, collection: str, *, as_json: bool) -> None:
    """``hashira knowledge list``."""
    with _opened(settings, collection) as library:
        shelf = library.shelf()
    counts = {source: len(passages) for source, passages in shelf.by_source.items()}
    if as_json:
        print_json(
            [
                {
                    "source": entry.source,
                    "title": entry.title,
                    "weapon": entry.weapon,
                    "weapon_type": entry.weapon_type,
                    "passages": counts[entry.source],
                    "sha256": entry.sha256,
                }
                for entry in shelf.entries
            ]
        )
        return
    if not shelf.entries:
        err().print(_EMPTY, highlight=False)
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for column in ("document", "title", "weapon"):
        table.add_column(column, overflow="fold")
    table.add_column("passages", justify="right")
    for entry in shelf.entries:
        table.add_row(entry.source, entry.title, entry.weapon or "–", str(counts[entry.source]))
    out().print(table)


def show(settings: Settings, collection: str, source: str, *, as_json: bool) -> None:
    """``hashira knowledge show``."""
    with _opened(settings, collection) as library:
        shelf = library.shelf()
    entry = next((entry for entry in shelf.entries if entry.source == source), None)
    if entry is None:
        raise NotFound("source", f"The library holds no {source}; 'hashira knowledge list' tells what it holds.")
    passages = shelf.under(source=source)
    if as_json:
        print_json(
            {
                "source": source,
                "title": entry.title,
                "front": entry.front,
                "passages": [{"section": each.heading, "text": each.text} for each in passages],
            }
        )
        return
    console = out()
    console.print(entry.title, style="bold", markup=False, highlight=False)
    for passage in passages:
        console.print(f"\n{passage.heading}", style="bold cyan", markup=False, highlight=False)
        console.print(passage.text, markup=False, highlight=False)


def search(
    settings: Settings,
    collection: str,
    query: str | None,
    queries: Path | None,
    *,
    k: int,
    weapon: str | None,
    as_json: bool,
) -> None:
    """``hashira knowledge search``."""
    from knowledge.retrieve import retrieve

    if (query is None) == (queries is None):
        raise typer.BadParameter("Give either a query or --queries FILE.")
    asked = None if queries is None else list(_read_queries(queries))
    with _opened(settings, collection) as library:
        shelf = library.shelf()
        if asked is not None:
            for key, text in asked:
                hits = retrieve(shelf, text, k=k, weapon=weapon)
                sys.stdout.write(json.dumps({"id": key, "hits": _as_json(hits)}, ensure_ascii=False) + "\n")
            return
        hits = retrieve(shelf, query or "", k=k, weapon=weapon)
    if as_json:
        print_json({"query": query, "hits": _as_json(hits)})
    else:
        _print(hits, found_in=bool(shelf.passages))


def forget(settings: Settings, collection: str, sources: list[str]) -> None:
    """``hashira knowledge forget``."""
    from knowledge.ingest import forget as take_out

    with _opened(settings, collection) as library:
        take_out(sources, library)
    err().print(f"[green]✓[/] {len(sources)} forgotten.", highlight=False)


def stats(settings: Settings, collection: str, *, as_json: bool) -> None:
    """``hashira knowledge stats``."""
    from knowledge.census import count

    with _opened(settings, collection) as library:
        figures: dict[str, Any] = {"collection": collection, **asdict(count(library))}
    if as_json:
        print_json(figures)
        return
    from rich.table import Table

    table = Table(show_header=False, box=None)
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), _words(value))
    out().print(table)


@contextmanager
def _opened(settings: Settings, collection: str) -> Iterator[Library]:
    from knowledge.embed import load_embedder
    from knowledge.store import open_library

    library = open_library(settings, load_embedder(settings), name=collection)
    try:
        yield library
    finally:
        library.close()


def _read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Ids and texts of a file of questions, one JSON object a line; blank lines are passed over."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("queries", f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidInput("queries", f"{path}, line {number} is not JSON: {error}") from error
        if not isinstance(asked, dict) or not isinstance(asked.get("text"), str) or not _is_id(asked.get("id")):
            raise InvalidInput("queries", f'{path}, line {number} is not {{"id": …, "text": "…"}}.')
        yield asked["id"], asked["text"]


def _is_id(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value or "–")


def _as_json(hits: list[Hit]) -> list[dict[str, Any]]:
    return [
        {"source": hit.passage.source, "section": hit.passage.heading, "score": round(hit.score, 6)} for hit in hits
    ]


def _print(hits: list[Hit], *, found_in: bool) -> None:
    if not hits:
        err().print("Nothing is found." if found_in else _EMPTY, highlight=False)
        return
    console = out()
    for number, hit in enumerate(hits, start=1):
        ranks = ", ".join(
            f"{name} {rank}" for name, rank in (("meaning", hit.dense_rank), ("words", hit.lexical_rank)) if rank
        )
        console.print(
            f"{number}. {hit.passage.source} · {hit.passage.heading}", style="bold", markup=False, highlight=False
        )
        console.print(f"   {ranks}; score {hit.score:.4f}", style="dim", markup=False, highlight=False)
        console.print(f"   {_beginning(hit.passage.text)}", markup=False, highlight=False)


def _beginning(text: str, length: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"
