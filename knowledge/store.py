"""The store: what is read of a library, kept up with, and written anew, generation by generation."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from pydantic import ValidationError

from hashiramart.config import Settings
from hashiramart.errors import Conflict, InvalidInput, Unavailable
from hashiramart.trouble import Trouble
from knowledge.corpus import Document
from knowledge.embed import Embedder, Vectors
from knowledge.generations import Generation, Opened, Place, new_key
from knowledge.last_ingestion import LastIngestion
from knowledge.on_disk import OnDisk
from knowledge.on_server import OnServer
from knowledge.records import to_record
from knowledge.rerank import Reranker
from knowledge.shelf import Entry, Shelf
from knowledge.split import Passage

DEFAULT_NAME = "manuals"

_LOOK_S = 1.0  # between two looks at the pointer
_STOP_S = 5.0
_TRIES = 3
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")

logger = logging.getLogger(__name__)


class Library:
    """The passages and vectors of one corpus under one embedding model. Safe to use from several threads.

    A reader takes one ``shelf()`` and uses it to its end. What another process has ingested is on the shelf that is taken within
    about a second; with ``follow()`` nobody waits for it to be loaded.
    """

    def __init__(self, place: Place, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self.embedder = embedder
        self._reranker = reranker
        self._place = place
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._following = 0
        self._looked = float("-inf")
        self._trouble = Trouble(logger, "Loading the library")

    def shelf(self) -> Shelf:
        """The current generation, in memory.

        Raises:
            Unavailable: the store cannot be reached.
        """
        held = self._shelf
        if held is not None and (self._following or time.monotonic() - self._looked <= _LOOK_S):
            return held
        with self._lock:
            return self._look()

    def generation(self) -> Generation | None:
        """What the pointer says now; None for a library that nothing was ever ingested into."""
        return self._place.current()

    def note(self, ingestion: LastIngestion) -> None:
        """Keep how an ingestion has ended.

        Raises:
            Unavailable: the store cannot be reached.
        """
        self._place.note(ingestion.model_dump_json())

    def last_ingestion(self) -> LastIngestion | None:
        """How the last ingestion ended; None where nobody knows.

        Raises:
            Unavailable: the store cannot be reached.
        """
        words = self._place.noted()
        try:
            return None if words is None else LastIngestion.model_validate_json(words)
        except ValidationError:
            return None  # another version's words; the next ingestion writes ours

    def entries(self) -> list[Entry]:
        """The stored documents with their front matter, sorted by source. Loads no passages."""
        current, held = self._place.current(), self._shelf
        if held is not None and held.generation == (current.id if current else None):
            return list(held.entries)
        return self._entries(current)

    def documents(self) -> dict[str, str]:
        """The stored documents: source to SHA-256 of the file they came from."""
        return {entry.source: entry.sha256 for entry in self.entries()}

    @contextmanager
    def follow(self) -> Iterator[None]:
        """Look for another generation every second, in a thread that ends with the block, and load it beside the current one.

        Whatever fails, the last good generation stays on the shelf; it is logged once.
        """
        stop = threading.Event()
        thread = threading.Thread(target=self._follow, args=(stop,), name="library", daemon=True)
        self._following += 1
        thread.start()
        try:
            yield
        finally:
            self._following -= 1
            stop.set()
            thread.join(_STOP_S)

    @contextmanager
    def rewrite(self, on_wait: Callable[[], None] = lambda: None) -> Iterator[Rewrite]:
        """Make the next generation, or look whether there is need for one.

        Clears away what earlier ones have left. Without a ``publish()`` in the block, the library stays as it is.

        Args:
            on_wait: called when another ingestion has to end first.

        Raises:
            Unavailable: the store cannot be reached.
        """
        with self._place.alone(on_wait):
            current = self._place.current()
            self._place.sweep({key for key in (current.id, current.previous) if key} if current else set())
            rewrite = Rewrite(self._place, current, self._entries(current))
            try:
                yield rewrite
            finally:
                rewrite.end()
            if rewrite.published is not None and self._shelf is not None:
                with self._lock:  # who writes here and reads here sees at once what was written
                    self._look()

    def close(self) -> None:
        """Let go of the shelf and of the store."""
        with self._lock:
            self._shelf = None
        self._place.close()

    def _entries(self, generation: Generation | None) -> list[Entry]:
        if generation is None:
            return []
        opened = self._place.open(generation.id)
        try:
            return opened.entries()
        finally:
            opened.close()

    def _look(self) -> Shelf:
        """The shelf of the current generation, loaded where it is not held. With the lock held."""
        for attempt in range(_TRIES):
            current = self._place.current()
            key = current.id if current else None
            if self._shelf is None or self._shelf.generation != key:
                try:
                    self._shelf = self._load(key)
                except Unavailable:
                    if attempt + 1 < _TRIES and self._place.current() != current:
                        continue  # cleared away while it was being loaded
                    raise
            self._looked = time.monotonic()
            break
        assert self._shelf is not None
        return self._shelf

    def _load(self, key: str | None) -> Shelf:
        if key is None:
            return Shelf((), (), self.embedder, _Nothing())
        opened = self._place.open(key)
        try:
            shelf = Shelf(opened.entries(), opened.passages(), self.embedder, opened, key, self._reranker)
            if shelf.passages:  # now, not with the first question
                opened.nearest(next(iter(opened.vectors([shelf.passages[0].id]).values())), 1, {})
        except BaseException:
            opened.close()
            raise
        weakref.finalize(shelf, opened.close)
        return shelf

    def _keep_up(self) -> None:
        with self._lock:
            self._look()

    def _follow(self, stop: threading.Event) -> None:
        while True:
            self._trouble.attempt(
                self._keep_up,
                meanwhile=lambda: "What is on the shelf stays there.",
                over=lambda: "The library can be read again.",
            )
            if stop.wait(_LOOK_S):
                return


class Rewrite:
    """The making of one generation. ``entries`` are the documents of the current one."""

    def __init__(self, place: Place, before: Generation | None, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.published: Generation | None = None
        self.before = before
        self._place = place
        self._key = new_key()
        self._draft: Opened | None = None
        self._worn = self._count = 0

    def vectors_of(self, sources: set[str]) -> dict[str, Vectors]:
        """What the current generation knows of some documents: the text that was embedded, to its vector."""
        known = {entry.source for entry in self.entries}.intersection(sources)
        if self.before is None or not known:
            return {}
        opened = self._place.open(self.before.id)
        try:
            return {passage.embedded_text: vector for passage, vector in opened.embedded(known)}
        finally:
            opened.close()

    def begin(self, documents: Mapping[str, Document], *, without: set[str], version: str, root: str) -> None:
        """Start from the current generation, less some documents.

        Args:
            documents: that passages will be added of, by source.
            without: sources to leave out, those of ``documents`` among them.
            version: of the code that has read and split the documents.
            root: the folder that their sources are relative to.
        """
        self._documents, self._version, self._root = documents, version, root
        if self.before is None:
            self._draft = self._place.create(self._key)
        else:
            self._draft, self._worn = self._place.clone(self.before, self._key, without)
        kept = {entry.source for entry in self.entries} - without
        self._count = len(kept) + len(documents)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put passages into it.

        Args:
            passages: in any order; all of a document must be added before ``publish``.
            vectors: float32 array of shape (len(passages), dimension).
        """
        assert self._draft is not None
        records = [to_record(each, self._documents[each.source], self._version, self._root) for each in passages]
        self._draft.add(passages, vectors, records)

    def publish(self) -> Generation:
        """Make it the current generation.

        Raises:
            Conflict: another ingestion was quicker.
        """
        assert self._draft is not None
        made = Generation(
            id=self._key,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            documents=self._count,
            passages=self._draft.count(),
            worn=self._worn,
            previous=self.before.id if self.before else None,
        )
        self._draft.close()
        self._draft = None
        if self._place.current() != self.before:  # only where the place has no lock
            raise Conflict("paths", "Another ingestion has finished meanwhile; run this one again.")
        self._place.switch(made)
        self.published = made
        return made

    def end(self) -> None:
        """Let go of it; what was not published is discarded."""
        if self._draft is not None:
            self._draft.close()
            self._draft = None
        if self.published is None:
            self._place.discard(self._key)


class _Nothing:
    """The index of an empty library."""

    def nearest(self, _vector: Vectors, _k: int, _where: Mapping[str, str]) -> list[tuple[str, float]]:
        return []

    def vectors(self, _keys: Sequence[str]) -> dict[str, Vectors]:
        return {}


def open_library(settings: Settings, embedder: Embedder, *, name: str = DEFAULT_NAME) -> Library:
    """Open a library on ``HASHIRA_CHROMA_URL``, or on disk in the state folder.

    Args:
        settings: where it is.
        embedder: the model; the vectors of two models never meet.
        name: of the library: up to 40 letters, digits, ``-`` and ``_``. Libraries of different names are wholly apart.

    Raises:
        InvalidInput: ``name`` is no such name.
        SetupError: ``HASHIRA_CHROMA_URL`` is not an address.
        Unavailable: Chroma cannot be reached.
    """
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            "collection", "A library's name has up to 40 letters, digits, - and _, and begins with no mark."
        )
    base = f"{name}.{_slug(embedder.name)}"  # the point is in neither part
    place: Place = OnServer(settings.chroma_url, base) if settings.chroma_url else OnDisk(settings.chroma_path / base)
    return Library(place, embedder, Reranker(settings.rerank_model) if settings.rerank_model else None)


def _slug(name: str) -> str:
    """A model's name as part of a file's; the hash tells apart what looks alike then."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower())[-40:].strip("-")
    return "-".join(filter(None, (words, hashlib.sha256(name.encode()).hexdigest()[:8])))
