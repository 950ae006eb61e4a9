"""Generations: a library is never changed, only followed by another one.

Each generation is a Chroma collection of its own. It is built aside, and then one atomic write, the pointer's, makes it the
current one. The generation before stays until the next ingestion, for readers that still hold it; whatever else lies there is
older, or the wreck of a build that was cut off, and is cleared away.

``Place`` says where the generations are: on disk (``knowledge/on_disk.py``) or on a Chroma server (``knowledge/on_server.py``).
"""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hashiramart.errors import Unavailable
from knowledge.embed import Vectors
from knowledge.records import FIRST, Record, to_entry, to_passage
from knowledge.shelf import Entry
from knowledge.split import Passage

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

# With Chroma's own 16, 100 and 100 the index finds half of the nearest of 60,000 passages that are much alike; so it finds 98%,
# for half a millisecond more a question (``hashira bench retrieve``).
CONFIGURATION: Any = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400},
}

_PAGE = 5000  # Chroma takes 5461 records at once
_SOURCES = 100  # in one question to Chroma
_FILTERS = ("source", "weapon", "weapon_type", "section")


@dataclass(frozen=True, slots=True)
class Generation:
    """What the pointer says of the current generation.

    ``made_at`` is in ISO 8601, UTC. ``worn`` counts the passages that were taken out of its index since that was last built
    from nothing: their places stay in it.
    """

    id: str
    made_at: str
    documents: int
    passages: int
    worn: int = 0
    previous: str | None = None

    def to_json(self) -> dict[str, str | int]:
        """As the pointer holds it."""
        return {key: value for key, value in asdict(self).items() if value is not None}


class Opened:
    """One generation's collection."""

    def __init__(self, collection: Collection, close: Callable[[], None] = lambda: None) -> None:
        """Take it over.

        Args:
            collection: of the generation.
            close: lets go of what was opened for this collection alone.
        """
        self._collection = collection
        self.close = close

    def nearest(self, vector: Vectors, k: int, where: Mapping[str, str]) -> list[tuple[str, float]]:
        """Ids and cosines of the passages nearest to a vector, best first."""
        with translated():
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=k, where=_where(where), include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [(key, 1.0 - float(distance)) for key, distance in zip(found["ids"][0], distances, strict=True)]

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of passages by their ids."""
        with translated():
            found = self._collection.get(ids=list(keys), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def entries(self) -> list[Entry]:
        """The documents with their front matter, sorted by source."""
        with translated():
            rows = self._collection.get(where=FIRST, include=["metadatas"])["metadatas"] or []  # type: ignore[arg-type]
        return sorted((to_entry(row) for row in rows), key=lambda entry: entry.source)

    def passages(self) -> Iterator[Passage]:
        """All passages, in no order."""
        offset = 0
        while True:
            with translated():
                page = self._collection.get(include=["documents", "metadatas"], limit=_PAGE, offset=offset)
            yield from map(to_passage, page["ids"], page["documents"] or [], page["metadatas"] or [])
            if len(page["ids"]) < _PAGE:
                return
            offset += _PAGE

    def embedded(self, sources: set[str]) -> Iterator[tuple[Passage, Vectors]]:
        """The passages of some documents with their vectors."""
        for page in self._pages_of(sources, ["documents", "metadatas", "embeddings"]):
            passages = map(to_passage, page["ids"], page["documents"], page["metadatas"])
            yield from zip(passages, np.asarray(page["embeddings"], dtype=np.float32), strict=True)

    def add(self, passages: Sequence[Passage], vectors: Vectors, records: Sequence[Record]) -> None:
        """Put passages into a generation that is being built."""
        for start in range(0, len(passages), _PAGE):
            part = slice(start, start + _PAGE)
            with translated():
                self._collection.add(
                    ids=[passage.id for passage in passages[part]],
                    embeddings=vectors[part],
                    documents=[passage.text for passage in passages[part]],
                    metadatas=list(records[part]),
                )

    def drop(self, sources: set[str]) -> int:
        """Take documents out of a generation that is being built; how many passages that were."""
        dropped = 0
        for page in self._pages_of(sources, []):
            for start in range(0, len(page["ids"]), _PAGE):
                with translated():
                    self._collection.delete(ids=page["ids"][start : start + _PAGE])
            dropped += len(page["ids"])
        return dropped

    def copy_from(self, other: Opened, without: set[str]) -> None:
        """Take over the passages of another generation with their vectors, except those of some documents."""
        offset = 0
        while True:
            with translated():
                page = other._collection.get(
                    include=["documents", "metadatas", "embeddings"], limit=_PAGE, offset=offset
                )
                rows = page["metadatas"] or []
                chosen = [number for number, row in enumerate(rows) if row["source"] not in without]
                if chosen:
                    self._collection.add(
                        ids=[page["ids"][number] for number in chosen],
                        embeddings=np.asarray(page["embeddings"], dtype=np.float32)[chosen],
                        documents=[(page["documents"] or [])[number] for number in chosen],
                        metadatas=[rows[number] for number in chosen],
                    )
            if len(page["ids"]) < _PAGE:
                return
            offset += _PAGE

    def count(self) -> int:
        """How many passages there are."""
        with translated():
            return self._collection.count()

    def _pages_of(self, sources: set[str], include: Any) -> Iterator[Any]:
        names = list(sources)
        for start in range(0, len(names), _SOURCES):
            where: Any = {"source": {"$in": names[start : start + _SOURCES]}}
            with translated():
                page = self._collection.get(where=where, include=include)
            yield page


class Place(ABC):
    """Where the generations of one library are."""

    @abstractmethod
    def current(self) -> Generation | None:
        """What the pointer names; None when nothing was ever ingested. Cheap enough to ask every second."""

    @abstractmethod
    def open(self, key: str) -> Opened:
        """Open a generation.

        Raises:
            Unavailable: it is gone, or the place cannot be reached.
        """

    @abstractmethod
    def create(self, key: str) -> Opened:
        """Begin a generation with nothing in it."""

    def clone(self, of: Generation, key: str, without: set[str]) -> tuple[Opened, int]:
        """Begin a generation with what another one holds, except some documents, and say how worn its index is."""
        created, source = self.create(key), self.open(of.id)
        try:
            created.copy_from(source, without)
        finally:
            source.close()
        return created, 0

    @abstractmethod
    def switch(self, to: Generation) -> None:
        """Make a generation the current one, for everybody, in one write."""

    @abstractmethod
    def discard(self, key: str) -> None:
        """Forget a generation, as far as it is there."""

    @abstractmethod
    def sweep(self, keep: set[str]) -> None:
        """Forget the generations that nobody needs any more, and wrecks."""

    @abstractmethod
    def alone(self, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
        """Keep other ingestions out as far as the place can; ``on_wait`` is called before waiting for one."""

    @abstractmethod
    def note(self, words: str) -> None:
        """Keep some words beside the generations, in the place of those before."""

    @abstractmethod
    def noted(self) -> str | None:
        """The words that were kept last; None where there are none."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the place itself; opened generations stay open."""


def new_key() -> str:
    """The name of a generation that is not there yet."""
    return uuid.uuid4().hex[:16]


@contextmanager
def translated() -> Iterator[None]:
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


def _where(values: Mapping[str, str]) -> Any:
    clauses = [{key: values[key]} for key in _FILTERS if values.get(key) is not None]
    return {"$and": clauses} if len(clauses) > 1 else (clauses[0] if clauses else None)
