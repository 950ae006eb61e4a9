"""Bring manuals into the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cli.console import err, print_json
from cli.prepare import Progress
from hashiramart.config import Settings


def run(settings: Settings, paths: Sequence[Path], *, prune: bool, as_json: bool) -> None:
    """``hashira ingest``."""
    from knowledge.corpus import corpus_paths
    from knowledge.embed import load_embedder
    from knowledge.ingest import ingest
    from knowledge.store import open_library

    library = open_library(settings, load_embedder(settings))
    try:
        with Progress() as progress:
            report = ingest(
                paths or corpus_paths(),
                library,
                prune=prune,
                on_progress=lambda done, total: progress.tell("Embedding passages", done / max(total, 1)),
            )
    finally:
        library.close()
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "unchanged", "removed")}
    if as_json:
        print_json(
            {
                **{name: list(getattr(report, name)) for name in counts},
                "passages_embedded": report.passages_embedded,
                "seconds": round(report.seconds, 3),
            }
        )
        return
    words = ", ".join(f"{count} {name}" for name, count in counts.items())
    err().print(
        f"[green]✓[/] {words}; {report.passages_embedded} passages embedded in {report.seconds:.1f} s.", highlight=False
    )
