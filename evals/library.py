"""The library that suites ask: the package's manuals and guides and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hashiramart.config import Settings

if TYPE_CHECKING:
    from knowledge.embed import Embedder
    from knowledge.store import Library


@contextmanager
def corpus_library(settings: Settings, embedder: Embedder, tell: Callable[[str, float], None]) -> Iterator[Library]:
    """The shop's library where it holds exactly the corpus as this version reads it, otherwise a passing one of its own.

    Args:
        settings: the shop's.
        embedder: the embedding model.
        tell: told of the reading, where there is some.

    Raises:
        SetupError: the embedding model cannot be loaded.
        Unavailable: Chroma cannot be reached.
    """
    from knowledge.corpus import corpus_paths
    from knowledge.ingest import ingest
    from knowledge.store import open_library

    if settings.chroma_url or settings.chroma_path.exists():  # opening one makes its folder
        library = open_library(settings, embedder)
        try:
            if set(ingest(corpus_paths(), library, dry_run=True).unchanged) == set(library.documents()):
                yield library
                return
        finally:
            library.close()
    with TemporaryDirectory(prefix="hashira-eval-") as folder:
        library = open_library(settings.model_copy(update={"home": Path(folder), "chroma_url": None}), embedder)
        try:
            ingest(corpus_paths(), library, tell=tell)
            yield library
        finally:
            library.close()
