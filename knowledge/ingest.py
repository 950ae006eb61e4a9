"""Ingestion: bring files into the library, reading and embedding only what has changed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate
from pathlib import Path

import numpy as np

from hashiramart.errors import NotFound, Unavailable
from knowledge.corpus import Document, corpus_root
from knowledge.embed import Vectors
from knowledge.last_ingestion import MOST_REFUSED, LastIngestion, RefusedFile
from knowledge.readers.files import source_of
from knowledge.reading import READER_VERSION, Refused, find_files, fingerprint, read_files
from knowledge.shelf import Entry
from knowledge.split import SPLITTER_VERSION, Passage, split
from knowledge.store import Library, Rewrite

Tell = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""

_ROUND = 1024  # passages embedded before they are handed to the writer
_UNWRITTEN = 2  # rounds that may wait for the writer
_GLOB = frozenset("*?[")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, or would do.

    ``added``, ``changed``, ``unchanged`` and ``removed`` are sources. ``passages`` are those of the whole library afterwards,
    ``passages_embedded`` those that the model had to read. ``generation`` is the one that serves afterwards.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    passages: int = 0
    passages_embedded: int = 0
    generation: str | None = None
    seconds: float = 0.0


@dataclass
class _Plan:
    """What is to be done. ``fresh`` are the documents to store, by source."""

    fresh: dict[str, Document] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def ingest(
    paths: Iterable[Path],
    library: Library,
    *,
    root: Path | None = None,
    prune: bool = False,
    dry_run: bool = False,
    tell: Tell | None = None,
) -> IngestReport:
    """Read, split and embed files, and make them the library's next generation.

    A document is skipped when the bytes of its file, the versions of reader and splitter and the embedding model are those it was
    stored with. Of a changed one, only passages with other words are embedded. With nothing changed, nothing is written but
    a note of that, and the model is not even loaded. A file that is refused is reported, and what was stored of it before stays.

    Args:
        paths: files, folders (read recursively) and globs.
        library: where they go.
        root: folder that sources are relative to; by default the package's own corpus for files within it, otherwise the
            folder that holds them all.
        prune: also forget stored documents that the given folders no longer hold.
        dry_run: only find out what would be done.
        tell: told of the progress.

    Raises:
        InvalidInput: a path does not exist; nothing has been written.
        Conflict: another ingestion on the same Chroma server was quicker; run it again.
    """
    started = time.perf_counter()
    given = [Path(path) for path in paths]
    base = (root or _common_root(given)).resolve()
    say = tell or (lambda _what, _share: None)
    if dry_run:
        stored = {entry.source: entry for entry in library.entries()}
        plan = _plan(given, base, stored, prune, say)
        return _report(plan, stored, library, 0, started)
    with library.rewrite(lambda: say("Waiting for another ingestion", 0)) as rewrite:
        stored = {entry.source: entry for entry in rewrite.entries}
        plan = _plan(given, base, stored, prune, say)
        embedded = _rewrite(plan, base, rewrite, library, say) if plan.fresh or plan.removed else 0
        report = _report(plan, stored, library, embedded, started)
        _note(library, report)
    return report


def forget(sources: Iterable[str], library: Library) -> None:
    """Take documents out of the library.

    Raises:
        NotFound: one of them is not stored; nothing has been written.
        Conflict: as of ``ingest``.
    """
    gone = set(sources)
    with library.rewrite() as rewrite:
        unknown = gone - {entry.source for entry in rewrite.entries}
        if unknown:
            raise NotFound(
                "source", f"The library holds no {min(unknown)}; 'hashira knowledge list' tells what it holds."
            )
        rewrite.begin({}, without=gone, version=version(), root="")
        rewrite.publish()


def version() -> str:
    """The version of the code that reads and splits, as it is stored with each document."""
    return f"{READER_VERSION}/{SPLITTER_VERSION}"


def _plan(given: Sequence[Path], base: Path, stored: Mapping[str, Entry], prune: bool, tell: Tell) -> _Plan:
    files, refused = find_files(given)
    plan, changed = _Plan(refused=list(refused)), list[Path]()
    by_source: dict[str, Path] = {}
    for file in files:
        source = source_of(file, base)
        if source in by_source:
            plan.refused.append(
                Refused(source, file, f"It would be stored under the same name as {by_source[source]}.")
            )
            continue
        by_source[source] = file
        if _is_current(file, stored.get(source)):
            plan.unchanged.append(source)
        else:
            changed.append(file)
    for document in read_files(changed, base, on_progress=lambda done, total: tell("Reading files", done / total)):
        if isinstance(document, Refused):
            plan.refused.append(document)
        else:
            plan.fresh[document.source] = document
    if prune:
        seen = {*by_source, *(each.source for each in plan.refused)}
        plan.removed = _gone(given, base, [entry for source, entry in stored.items() if source not in seen])
    return plan


def _is_current(file: Path, entry: Entry | None) -> bool:
    return entry is not None and entry.version == version() and entry.sha256 == fingerprint(file)


def _rewrite(plan: _Plan, base: Path, rewrite: Rewrite, library: Library, tell: Tell) -> int:
    embedder = library.embedder
    passages: list[Passage] = []
    if plan.fresh:
        tell("Splitting", 0)
        limit = embedder.max_tokens
        documents = list(plan.fresh.values())
        for number, document in enumerate(documents, start=1):
            pieces = split(document, count=embedder.count_tokens, limit=limit)
            if not pieces:
                del plan.fresh[document.source]
                plan.refused.append(Refused(document.source, base / document.source, "It has headings, but no text."))
            passages += pieces
            tell("Splitting", number / len(documents))
    if not (plan.fresh or plan.removed):
        return 0
    known = rewrite.vectors_of(set(plan.fresh))
    begin = partial(
        rewrite.begin, plan.fresh, without={*plan.fresh, *plan.removed}, version=version(), root=_name(base)
    )
    embedded = _fill(rewrite, begin, passages, known, library, tell)
    rewrite.publish()
    return embedded


def _fill(
    rewrite: Rewrite,
    begin: Callable[[], None],
    passages: list[Passage],
    known: Mapping[str, Vectors],
    library: Library,
    tell: Tell,
) -> int:
    """Embed what is not known yet and store it all; how many were embedded. One thread writes while this one embeds."""
    # Texts of a length go through the model together; the longest first, so that what is left never takes longer than it seems.
    passages.sort(key=lambda passage: len(passage.embedded_text), reverse=True)
    missing = [passage for passage in passages if passage.embedded_text not in known]
    reached = list(accumulate((len(passage.embedded_text) for passage in missing), initial=0))
    with ThreadPoolExecutor(1, thread_name_prefix="library-writer") as writer:
        writing: list[Future[None]] = [writer.submit(begin)]

        def write(chosen: Sequence[Passage], vectors: Vectors) -> None:
            writing.append(writer.submit(rewrite.add, chosen, vectors))
            if len(writing) > _UNWRITTEN:
                writing.pop(0).result()

        for start in range(0, len(missing), _ROUND):
            chosen = missing[start : start + _ROUND]

            def report(done: int, _of: int, start: int = start) -> None:
                tell("Embedding passages", reached[start + done] / reached[-1])

            write(chosen, library.embedder.encode([each.embedded_text for each in chosen], on_progress=report))
        again = [passage for passage in passages if passage.embedded_text in known]
        if again:
            write(again, np.stack([known[passage.embedded_text] for passage in again]))
        for written in writing:
            written.result()
    return len(missing)


def _report(plan: _Plan, stored: Mapping[str, Entry], library: Library, embedded: int, started: float) -> IngestReport:
    generation = library.generation()
    return IngestReport(
        added=tuple(sorted(plan.fresh.keys() - stored.keys())),
        changed=tuple(sorted(plan.fresh.keys() & stored.keys())),
        unchanged=tuple(sorted(plan.unchanged)),
        removed=tuple(sorted(plan.removed)),
        refused=tuple(sorted(plan.refused, key=lambda each: each.source)),
        passages=generation.passages if generation else 0,
        passages_embedded=embedded,
        generation=generation.id if generation else None,
        seconds=time.perf_counter() - started,
    )


def _note(library: Library, report: IngestReport) -> None:
    """Keep the report beside the library. That it cannot be kept is no reason to call the ingestion failed."""
    refused = [RefusedFile(source=each.source, reason=each.reason) for each in report.refused]
    note = LastIngestion(
        ended_at=datetime.now(UTC),
        seconds=round(report.seconds, 3),
        added=len(report.added),
        changed=len(report.changed),
        unchanged=len(report.unchanged),
        removed=len(report.removed),
        passages_embedded=report.passages_embedded,
        refused=len(refused),
        refused_files=refused[:MOST_REFUSED],
    )
    try:
        library.note(note)
    except Unavailable as error:
        _log.warning("The ingestion's report was not kept: %s", error)


def _common_root(given: Sequence[Path]) -> Path:
    """The folder that holds all that was given."""
    folders = [folder_of(path).resolve() for path in given]
    own = corpus_root()
    if not folders or all(folder.is_relative_to(own) for folder in folders):
        return own
    shared = folders[0]
    while not all(folder.is_relative_to(shared) for folder in folders):
        shared = shared.parent
    return shared


def folder_of(path: Path) -> Path:
    """The folder in which what a path names lies: itself, its parent, or the part of a glob before its first pattern."""
    if path.is_dir():
        return path
    if path.exists():
        return path.parent
    for number, part in enumerate(path.parts):
        if _GLOB.intersection(part):
            return Path(*path.parts[:number])
    return path.parent


def _name(root: Path) -> str:
    """The folder as it is stored; our own corpus moves with the installation."""
    return "" if root == corpus_root() else str(root)


def _gone(given: Sequence[Path], root: Path, missing: Sequence[Entry]) -> list[str]:
    """Of stored documents that were not found, those that lay in a given folder: the others were simply not asked about."""
    prefixes = []
    for path in given:
        if path.is_dir():
            inside = path.resolve().relative_to(root).as_posix()
            prefixes.append("" if inside == "." else f"{inside}/")
    return [each.source for each in missing if each.root == _name(root) and each.source.startswith(tuple(prefixes))]
