"""``hashira knowledge …``: looking into the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import explained
from cli.options import AsJson, Collection, settings_of_process

knowledge = typer.Typer(help="Look into the library: what it holds, and what it finds.", no_args_is_help=True)


@knowledge.command("list")
def list_documents(collection: Collection = "manuals", as_json: AsJson = False) -> None:
    """List the documents of the library."""
    from cli.knowledge import list_documents as run

    with explained():
        run(settings_of_process(), collection, as_json=as_json)


@knowledge.command()
def show(
    source: Annotated[str, typer.Argument(help="A document, as 'hashira knowledge list' names it.")],
    collection: Collection = "manuals",
    as_json: AsJson = False,
) -> None:
    """Show a document's passages as the Coach reads them."""
    from cli.knowledge import show as run

    with explained():
        run(settings_of_process(), collection, source, as_json=as_json)


@knowledge.command()
def search(
    query: Annotated[str | None, typer.Argument(help="A question or a few words.")] = None,
    k: Annotated[int, typer.Option("--k", "-k", min=1, max=100, help="How many passages at most.")] = 5,
    weapon: Annotated[str | None, typer.Option(help="Only this weapon's manual (its slug).")] = None,
    queries: Annotated[
        Path | None,
        typer.Option(help='A file of JSON lines {"id", "text"}; answers are JSON lines {"id", "hits"}, in order.'),
    ] = None,
    collection: Collection = "manuals",
    as_json: AsJson = False,
) -> None:
    """Find passages by meaning and by words, as the Coach does."""
    from cli.knowledge import search as run

    with explained():
        run(settings_of_process(), collection, query, queries, k=k, weapon=weapon, as_json=as_json)


@knowledge.command()
def forget(
    sources: Annotated[list[str], typer.Argument(help="Documents, as 'hashira knowledge list' names them.")],
    collection: Collection = "manuals",
) -> None:
    """Take documents out of the library."""
    from cli.knowledge import forget as run

    with explained():
        run(settings_of_process(), collection, sources)


@knowledge.command()
def stats(collection: Collection = "manuals", as_json: AsJson = False) -> None:
    """Count what the library holds."""
    from cli.knowledge import stats as run

    with explained():
        run(settings_of_process(), collection, as_json=as_json)
