"""Bring manuals into the library, once or whenever they change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.console import EXIT_FAILED, err, print_json, sigterm_is_ctrl_c
from cli.prepare import Progress
from hashiramart.config import Settings
from hashiramart.errors import HashiraError

if TYPE_CHECKING:
    from knowledge.ingest import IngestReport
    from knowledge.store import Library

_DEBOUNCE_MS = 400  # an editor writes a file in several steps
_LOOK_MS = 500  # how long after the start the first look is


def run(
    settings: Settings,
    paths: Sequence[Path],
    *,
    dry_run: bool,
    watch: bool,
    prune: bool,
    collection: str,
    as_json: bool,
) -> None:
    """``hashira ingest``."""
    from knowledge.corpus import corpus_paths
    from knowledge.embed import load_embedder
    from knowledge.store import open_library

    if watch and dry_run:
        raise typer.BadParameter("--watch writes and --dry-run does not: choose one.")
    sigterm_is_ctrl_c()  # what is half made is cleared away then
    given = list(paths) or corpus_paths()
    library = open_library(settings, load_embedder(settings), name=collection)
    try:
        if watch:
            _watch(given, library, prune=prune, as_json=as_json)
            return
        report = _once(given, library, prune=prune, dry_run=dry_run)
    finally:
        library.close()
    if as_json:
        print_json(_as_json(report) | ({"dry_run": True} if dry_run else {}))
    else:
        _tell(report, dry_run=dry_run)
    if report.refused:
        raise typer.Exit(EXIT_FAILED)


def _once(paths: Sequence[Path], library: Library, *, prune: bool, dry_run: bool = False) -> IngestReport:
    from knowledge.ingest import ingest

    with Progress() as progress:
        return ingest(paths, library, prune=prune, dry_run=dry_run, tell=progress.tell)


def _watch(paths: Sequence[Path], library: Library, *, prune: bool, as_json: bool) -> None:
    """Ingest now and after every change, until Ctrl-C. What goes wrong is told, and the watch goes on."""
    from watchfiles import watch

    from knowledge.ingest import folder_of, ingest
    from knowledge.reading import find_files

    find_files(paths)  # a path that does not exist is a mistake now, and a change later
    folders = sorted({folder_of(path).resolve() for path in paths})
    first, last = True, None
    try:
        # The watcher is set up before the first look, so that no change falls between the two.
        for changes in watch(
            *folders, debounce=_DEBOUNCE_MS, rust_timeout=_LOOK_MS, yield_on_timeout=True, raise_interrupt=True
        ):
            if not (first or changes):
                continue
            try:
                report = ingest(paths, library, prune=prune)
            except HashiraError as error:
                err().print(f"[bold red]✗[/] {error.message}", highlight=False)
            else:
                what = (report.generation, report.refused)
                if first or what != last:
                    last = what
                    if as_json:
                        print_json(_as_json(report))
                        sys.stdout.flush()
                    else:
                        _tell(report)
            if first and not as_json:
                err().print("Watching; Ctrl-C ends it.", highlight=False)
            first = False
    except KeyboardInterrupt:
        err().print("No longer watching.", highlight=False)


def _as_json(report: IngestReport) -> dict[str, Any]:
    return {
        **{name: list(getattr(report, name)) for name in ("added", "changed", "unchanged", "removed")},
        "refused": [{"source": each.source, "reason": each.reason} for each in report.refused],
        "passages": report.passages,
        "passages_embedded": report.passages_embedded,
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
    }


def _tell(report: IngestReport, *, dry_run: bool = False) -> None:
    from rich.markup import escape

    console = err()
    for mark, sources in (("+", report.added), ("~", report.changed), ("-", report.removed)):
        if dry_run:
            for source in sources:
                console.print(f"{mark} {escape(source)}", highlight=False, soft_wrap=True)
    for each in report.refused:
        console.print(f"[bold red]✗[/] {escape(each.source)}: {escape(each.reason)}", highlight=False, soft_wrap=True)
    names = ("added", "changed", "unchanged", "removed", "refused")
    words = ", ".join(f"{len(getattr(report, name))} {name}" for name in names)
    if dry_run:
        console.print(f"{words}. Nothing was written.", highlight=False)
        return
    console.print(
        f"[green]✓[/] {words}; {report.passages_embedded} passages embedded, {report.passages} in all; "
        f"{report.seconds:.1f} s.",
        highlight=False,
    )
