"""The shelf: one generation of the library as its readers see it, whole and immutable, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.embed import Embedder, Vectors
from knowledge.lexical import LexicalIndex
from knowledge.rerank import Reranker
from knowledge.split import Passage

_COLUMNS = ("source", "weapon", "weapon_type", "section")
_BY_HAND = 512  # passages up to which comparing each one is quicker than a filtered search of the index, and exact


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored document: what it is about, the fingerprint it was stored under, and its front matter.

    ``version`` is that of the code which read and split it, ``root`` the folder that its source is relative to, "" for the
    corpus that comes with HashiraMart.
    """

    source: str
    title: str
    weapon: str | None
    weapon_type: str | None
    sha256: str
    version: str
    root: str
    front: dict[str, Any] = field(default_factory=dict)


class Index(Protocol):
    """The vectors of one generation."""

    def nearest(self, vector: Vectors, k: int, where: Mapping[str, str]) -> list[tuple[str, float]]:
        """Ids and cosines of the passages nearest to a vector, best first."""

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of passages by their ids."""


class Shelf:
    """Passages sorted by source and position, the ways to look them up, BM25 over them, and the vectors behind ``nearest``.

    One answer reads from one shelf, so that it never mixes two generations. ``generation`` is its name, None for an empty one.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        passages: Iterable[Passage],
        embedder: Embedder,
        index: Index,
        generation: str | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.embedder = embedder
        self.reranker = reranker
        self.generation = generation
        self._index = index
        self.entries = tuple(entries)
        self.passages = tuple(sorted(passages, key=attrgetter("source", "position")))
        self.by_source: dict[str, list[Passage]] = {}
        self.by_weapon: dict[str, list[Passage]] = {}
        for passage in self.passages:
            self.by_source.setdefault(passage.source, []).append(passage)
            if passage.weapon is not None:
                self.by_weapon.setdefault(passage.weapon, []).append(passage)
        self.manuals = {entry.weapon: entry for entry in self.entries if entry.weapon is not None}
        self.lexical = LexicalIndex([passage.embedded_text for passage in self.passages])
        self.by_id = {passage.id: passage for passage in self.passages}
        self._columns = {name: _Column(map(attrgetter(name), self.passages)) for name in _COLUMNS}

    def nearest(self, vector: Vectors, k: int, where: Mapping[str, str] | None = None) -> list[tuple[Passage, float]]:
        """The passages nearest to a vector with their cosines, best first.

        Args:
            vector: float32 array of shape (dimension,), of length 1.
            k: how many at most.
            where: exact values of ``source``, ``weapon``, ``weapon_type`` or ``section``; all must hold.

        Raises:
            Unavailable: the store cannot be reached.
        """
        chosen = self.rows(where) if where else None
        if chosen is None or len(chosen) > _BY_HAND:
            return [(self.by_id[key], cosine) for key, cosine in self._index.nearest(vector, k, where or {})]
        if not len(chosen):
            return []
        passages = [self.passages[row] for row in chosen]
        vectors = self._index.vectors([passage.id for passage in passages])
        cosines = np.stack([vectors[passage.id] for passage in passages]) @ vector
        return [(passages[row], float(cosines[row])) for row in np.argsort(-cosines, kind="stable")[:k]]

    def rows(self, where: Mapping[str, str]) -> NDArray[np.intp]:
        """Places in ``passages`` of those that have all the given values, as in ``nearest``."""
        matching = np.ones(len(self.passages), dtype=bool)
        for name, value in where.items():
            matching &= self._columns[name].equals(value)
        return np.flatnonzero(matching)

    def under(
        self, *, source: str | None = None, weapon: str | None = None, section: str | None = None
    ) -> list[Passage]:
        """The passages that match every given value, in document order."""
        chosen: Sequence[Passage] = self.passages if source is None else self.by_source.get(source, ())
        if weapon is not None:
            chosen = self.by_weapon.get(weapon, ()) if source is None else [p for p in chosen if p.weapon == weapon]
        return [passage for passage in chosen if section is None or passage.section == section]


class _Column:
    """One field of all passages, as numbers: quick to compare with a value."""

    def __init__(self, values: Iterable[str | None]) -> None:
        self._codes: dict[str | None, int] = {}
        self._of_row = np.fromiter((self._codes.setdefault(value, len(self._codes)) for value in values), np.int32)

    def equals(self, value: str) -> NDArray[np.bool_]:
        return np.asarray(self._of_row == self._codes.get(value, -1))
