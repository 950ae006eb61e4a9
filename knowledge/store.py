"""The store: passages and their vectors in Chroma, on disk or on a server.

A document's passages are written in an order that survives a crash: its first passage, which carries the document's
fingerprint, goes last. Until then the document still counts as the old version (or as absent), and the next ingestion
writes it again.
"""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hashiramart.config import Settings
from hashiramart.errors import SetupError, Unavailable
from knowledge.corpus import Document
from knowledge.embed import Embedder, Vectors
from knowledge.shelf import Entry, Shelf
from knowledge.split import SPLITTER_VERSION, Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_PAGE = 5000
_STALE_AFTER_S = 1.0
_FILTERS = ("source", "weapon", "weapon_type", "section")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    ``score`` ranks (higher is better); ``similarity`` is its cosine with the question, or ``None`` where only words matched.
    """

    passage: Passage
    score: float
    similarity: float | None = None


class Library:
    """Passages, vectors and fingerprints of one corpus under one embedding model.

    Safe to use from several threads. What another process writes is seen within about a second: every write leaves a new
    stamp on the collection, and a stamp that is not our own means that the embedded Chroma's index in memory is out of date.
    """

    def __init__(self, connect: Callable[[], ClientAPI], embedder: Embedder, name: str = "manuals") -> None:
        self.embedder = embedder
        self._connect = connect
        self._name = f"{name}-{_slug(embedder.name)}"  # vectors of two models must never meet
        self._lock = threading.RLock()
        self._shelf: tuple[object, Shelf] | None = None
        with _translated():
            self._open()
            self._seen = self._stamp()
        self._checked = time.monotonic()

    def documents(self) -> dict[str, str]:
        """The stored documents: source to SHA-256 of the file they came from."""
        return {entry.source: entry.sha256 for entry in self.entries()}

    def entries(self) -> list[Entry]:
        """The stored documents with their front matter, sorted by source."""
        with _translated():
            rows = self._collection.get(where={"position": 0}, include=["metadatas"])["metadatas"] or []
        return sorted((_entry(row) for row in rows), key=lambda entry: entry.source)

    def replace(self, document: Document, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store a document's passages in place of what was stored for it.

        Args:
            document: where the passages are from.
            passages: at least one, in document order.
            vectors: float32 array of shape (len(passages), dimension).
        """
        records = [_record(passage) for passage in passages]
        records[0] |= {
            "sha256": document.sha256,
            "splitter": SPLITTER_VERSION,
            "front": json.dumps(document.front, default=str, ensure_ascii=False),
        }
        with self._lock, _translated():
            kept = {passage.id for passage in passages}
            stored = self._collection.get(where={"source": document.source}, include=[])["ids"]
            for chosen in (slice(1, None), slice(0, 1)):
                if passages[chosen]:
                    self._collection.upsert(
                        ids=[passage.id for passage in passages[chosen]],
                        embeddings=vectors[chosen],
                        documents=[passage.text for passage in passages[chosen]],
                        metadatas=records[chosen],  # type: ignore[arg-type]  # list is invariant
                    )
                surplus = [key for key in stored if key not in kept]
                if surplus and chosen.start == 1:
                    self._collection.delete(ids=surplus)
            self._touch()

    def remove(self, source: str) -> None:
        """Forget a document; nothing happens when it is not stored."""
        with self._lock, _translated():
            if self._collection.get(where={"source": source}, include=[], limit=1)["ids"]:
                self._collection.delete(where={"source": source})
                self._touch()

    def query(self, vector: Vectors, k: int, where: Mapping[str, str] | None = None) -> list[Hit]:
        """The passages nearest to a vector, best first.

        Args:
            vector: float32 array of shape (dimension,).
            k: how many at most.
            where: exact values of ``source``, ``weapon``, ``weapon_type`` or ``section``; all must hold.
        """
        with self._lock, _translated():
            self._catch_up()
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=k,
                where=_where(where or {}),
                include=["documents", "metadatas", "distances"],
            )
        rows = zip(
            found["ids"][0],
            (found["documents"] or [[]])[0],
            (found["metadatas"] or [[]])[0],
            (found["distances"] or [[]])[0],
            strict=True,
        )
        hits = []
        for key, text, record, distance in rows:
            similarity = 1.0 - float(distance)
            hits.append(Hit(_passage(key, text, record), similarity, similarity))
        return hits

    def passages(
        self, *, source: str | None = None, weapon: str | None = None, section: str | None = None
    ) -> list[Passage]:
        """The passages that match every given value, in document order."""
        shelf = self.shelf()
        chosen = shelf.passages if source is None else shelf.by_source.get(source, ())
        if weapon is not None:
            chosen = shelf.by_weapon.get(weapon, ()) if source is None else [p for p in chosen if p.weapon == weapon]
        return [passage for passage in chosen if section is None or passage.section == section]

    def shelf(self) -> Shelf:
        """All passages in memory with their lexical index: one consistent view, read anew when the store has changed."""
        with self._lock, _translated():
            self._catch_up()
            if self._shelf is None or self._shelf[0] != self._seen:
                self._shelf = self._seen, Shelf(self.entries(), list(self._read_all()))
            return self._shelf[1]

    def close(self) -> None:
        """Let go of Chroma; the library cannot be used after this."""
        with self._lock:
            self._shelf = None
            self._client.close()  # type: ignore[attr-defined]  # on every client, but not in their interface

    def _open(self) -> None:
        self._client = self._connect()
        self._collection: Collection = self._client.get_or_create_collection(
            self._name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def _stamp(self) -> object:
        """What the last writer, in whatever process, left on the collection."""
        return (self._client.get_collection(self._name, embedding_function=None).metadata or {}).get("stamp")

    def _catch_up(self) -> None:
        """Look for another process's writes, at most once a second, and open Chroma anew when there are any."""
        if time.monotonic() - self._checked <= _STALE_AFTER_S:
            return
        stamp = self._stamp()
        if stamp != self._seen:
            self._client.close()  # type: ignore[attr-defined]
            self._open()
            self._seen = stamp
        self._checked = time.monotonic()

    def _read_all(self) -> Iterator[Passage]:
        offset = 0
        while True:
            page = self._collection.get(include=["documents", "metadatas"], limit=_PAGE, offset=offset)
            documents, records = page["documents"] or [], page["metadatas"] or []
            yield from map(_passage, page["ids"], documents, records)
            if len(page["ids"]) < _PAGE:
                return
            offset += _PAGE

    def _touch(self) -> None:
        """Leave a stamp of our own, unless another process has written meanwhile: then the next look must find that out."""
        known = self._stamp() == self._seen
        stamp = uuid.uuid4().hex
        self._collection.modify(metadata={"stamp": stamp})
        if known:
            self._seen = stamp
        else:
            self._checked = float("-inf")


def open_library(settings: Settings, embedder: Embedder, *, name: str = "manuals") -> Library:
    """Open the library on ``HASHIRA_CHROMA_URL``, or on disk in the state folder (created when missing).

    Raises:
        SetupError: ``HASHIRA_CHROMA_URL`` is not an address.
        Unavailable: Chroma cannot be reached or its folder cannot be opened.
    """
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)

    def on_disk() -> ClientAPI:
        settings.chroma_path.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(settings.chroma_path, settings=quiet)

    def on_server() -> ClientAPI:
        address = urlsplit(settings.chroma_url or "")
        if address.scheme not in ("http", "https") or not address.hostname:
            raise SetupError("HASHIRA_CHROMA_URL must look like http://host:8000.")
        secure = address.scheme == "https"
        return chromadb.HttpClient(
            address.hostname, address.port or (443 if secure else 8000), ssl=secure, settings=quiet
        )

    return Library(on_server if settings.chroma_url else on_disk, embedder, name)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what Chroma and its transport raise into the shop's own errors."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError) as error:
        raise Unavailable(f"The library of manuals cannot be reached: {error}") from error
    except ValueError as error:
        if "connect" not in str(error).lower():  # HttpClient reports a dead server as a bare ValueError
            raise
        raise Unavailable(f"The library of manuals cannot be reached: {error}") from error


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[-40:].strip("-")


def _where(values: Mapping[str, str]) -> Any:
    clauses = [{key: values[key]} for key in _FILTERS if values.get(key) is not None]
    return {"$and": clauses} if len(clauses) > 1 else (clauses[0] if clauses else None)


def _record(passage: Passage) -> dict[str, str | int]:
    fields = {
        "source": passage.source,
        "title": passage.title,
        "weapon": passage.weapon,
        "weapon_type": passage.weapon_type,
        "section": passage.section,
        "heading": passage.heading,
        "position": passage.position,
    }
    return {key: value for key, value in fields.items() if value is not None}  # Chroma holds no nulls


def _passage(key: str, text: str, record: Mapping[str, Any]) -> Passage:
    return Passage(
        id=key,
        source=record["source"],
        title=record["title"],
        weapon=record.get("weapon"),
        weapon_type=record.get("weapon_type"),
        section=record["section"],
        heading=record["heading"],
        text=text,
        position=int(record["position"]),
    )


def _entry(record: Mapping[str, Any]) -> Entry:
    return Entry(
        source=record["source"],
        title=record["title"],
        weapon=record.get("weapon"),
        weapon_type=record.get("weapon_type"),
        sha256=record["sha256"],
        splitter=record["splitter"],
        front=json.loads(record["front"]),
    )
