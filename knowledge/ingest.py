"""Ingestion: bring files into the library, embedding only what has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus import Document, corpus_root, find_files, read_document
from knowledge.shelf import Entry
from knowledge.split import SPLITTER_VERSION, Passage, split
from knowledge.store import Library

_ROUND = 512  # passages embedded together: enough to sort by length, few enough to keep their vectors in memory


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did: sources by what became of them, passages embedded, seconds taken."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    passages_embedded: int
    seconds: float


def ingest(
    paths: Iterable[Path],
    library: Library,
    *,
    root: Path | None = None,
    prune: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> IngestReport:
    """Read, split, embed and store Markdown files.

    A document is skipped when the bytes of its file, the splitter's version and the embedding model are those it was stored
    with; with nothing changed the model is not even loaded. All files are read before anything is written.

    Args:
        paths: files and folders (read recursively).
        library: where they go.
        root: folder that sources are relative to; by default the package's own corpus for files within it, otherwise the
            folder that holds them all.
        prune: also forget stored documents that the given folders no longer hold.
        on_progress: called with (passages embedded so far, passages to embed).

    Raises:
        InvalidInput: a path does not exist or a file is not readable Markdown; nothing has been written.
    """
    started = time.perf_counter()
    given = [Path(path) for path in paths]
    files = find_files(given)
    base = root or _common_root(given)
    stored = {entry.source: entry for entry in library.entries()}
    documents = [read_document(file, base) for file in files]

    fresh = [document for document in documents if not _is_current(document, stored.get(document.source))]
    embedded = _store(fresh, library, on_progress) if fresh else 0
    gone = _gone(given, base, set(stored) - {document.source for document in documents}) if prune else []
    for source in gone:
        library.remove(source)

    new = {document.source for document in fresh}
    return IngestReport(
        added=tuple(sorted(new - set(stored))),
        changed=tuple(sorted(new & set(stored))),
        unchanged=tuple(sorted(document.source for document in documents if document.source not in new)),
        removed=tuple(gone),
        passages_embedded=embedded,
        seconds=time.perf_counter() - started,
    )


def _store(documents: Sequence[Document], library: Library, on_progress: Callable[[int, int], None] | None) -> int:
    embedder = library.embedder
    limit = embedder.max_tokens
    pieces = [(doc, split(doc, count=embedder.count_tokens, limit=limit)) for doc in documents]
    total, done = sum(len(passages) for _, passages in pieces), 0
    batch: list[tuple[Document, list[Passage]]] = []
    for number, piece in enumerate(pieces, start=1):
        batch.append(piece)
        if number < len(pieces) and sum(len(passages) for _, passages in batch) < _ROUND:
            continue
        before = done

        def report(encoded: int, _: int, before: int = before) -> None:
            if on_progress:
                on_progress(before + encoded, total)

        texts = [passage.embedded_text for _, passages in batch for passage in passages]
        vectors = embedder.encode(texts, on_progress=report)
        start = 0
        for document, passages in batch:
            library.replace(document, passages, vectors[start : start + len(passages)])
            start += len(passages)
        done += len(texts)
        batch = []
    return done


def _is_current(document: Document, entry: Entry | None) -> bool:
    return entry is not None and (entry.sha256, entry.splitter) == (document.sha256, SPLITTER_VERSION)


def _common_root(given: Sequence[Path]) -> Path:
    folders = [(path if path.is_dir() else path.parent).resolve() for path in given]
    own = corpus_root()
    if all(folder.is_relative_to(own) for folder in folders):
        return own
    shared = folders[0]
    while not all(folder.is_relative_to(shared) for folder in folders):
        shared = shared.parent
    return shared


def _gone(given: Sequence[Path], root: Path, missing: set[str]) -> list[str]:
    """The missing sources that lie in a given folder: the others were simply not asked about."""
    prefixes = []
    for path in given:
        if path.is_dir():
            inside = path.resolve().relative_to(root.resolve()).as_posix()
            prefixes.append("" if inside == "." else f"{inside}/")
    return sorted(source for source in missing if source.startswith(tuple(prefixes)))
