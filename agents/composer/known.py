"""Known questions: how those fared that are most like the one asked, of which it is known whether the manuals answer them.

The questions that the reader learnt from lie beside this module as vectors, each with the manual that it was asked of and whether
that manual or a guide answers it: no text, and no answer. Whether those most like a question were answered, by any manual and by
the same one, are measures of the verdict among others; what is said still comes from the passages alone. A manual that is not the
one of which the questions were asked (a new one, or one that was changed since) is judged without them.
``python -m agents.composer.train fit`` writes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embed import BUNDLED, BUNDLED_NAME, Embedder, Vectors
from knowledge.shelf import Entry, Shelf

KNOWN = "known.npz"
GUIDES = ""  # stands for the guides where a question is about no weapon
DIMENSIONS = 128  # of the 384 of an embedding: what is left out tells nothing here, and the file stays at 4 MB
_SCALE = 254.0  # a part of a unit vector of 128 dimensions lies well within a half
_VOTES = ((3, 20.0), (10, 12.0), (30, 12.0), (100, 12.0))  # how many of the nearest vote, and how fast a vote wanes
_AMONG = ("any", "own")

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """Questions of which it is known whether the manuals answer them.

    Args:
        vectors: float32, one row a question: its embedding, shortened by ``mean`` and ``basis``, of length 1.
        answered: whether the manual or a guide answers it.
        manuals: the place of its manual in ``names``.
        names: weapons' slugs, and ``GUIDES``.
        prints: the fingerprint of each manual when the questions were asked.
        mean: of the embeddings.
        basis: shape (length of an embedding, DIMENSIONS).
    """

    vectors: Vectors
    answered: Flags
    manuals: NDArray[np.uint8]
    names: tuple[str, ...]
    prints: tuple[str, ...]
    mean: Vectors
    basis: Vectors

    def measures(
        self, embedding: Vectors, weapon: str | None, prints: Mapping[str, str], without: Flags | None = None
    ) -> dict[str, float]:
        """How the questions most like one fared.

        Args:
            embedding: of the question.
            weapon: slug of the weapon that it is about.
            prints: the fingerprints of the manuals as they are now (``prints_of``).
            without: questions that are to be left out.
        """
        fresh = np.array([prints.get(name) == known for name, known in zip(self.names, self.prints, strict=True)])
        usable = fresh[self.manuals] if without is None else fresh[self.manuals] & ~without
        own = usable & np.array([name == (weapon or GUIDES) for name in self.names])[self.manuals]
        near = self.vectors @ shortened(embedding[None], self.mean, self.basis)[0]
        found: dict[str, float] = {}
        for name, among in zip(_AMONG, (usable, own), strict=True):
            found |= {
                f"known_{name}_{what}": value for what, value in _fared(near[among], self.answered[among]).items()
            }
        return found

    def write(self, path: Path) -> None:
        """Store them, a byte for each number of a vector."""
        np.savez_compressed(
            path,
            vectors=np.round(self.vectors * _SCALE).clip(-127, 127).astype(np.int8),
            answered=self.answered,
            manuals=self.manuals,
            names=np.array(self.names),
            prints=np.array(self.prints),
            mean=self.mean.astype(np.float32),
            basis=self.basis.astype(np.float16),
        )


def nothing() -> dict[str, float]:
    """The measures where nothing is known."""
    none = _fared(np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.bool_))
    return {f"known_{name}_{what}": value for name in _AMONG for what, value in none.items()}


def _fared(near: Vectors, answered: Flags) -> dict[str, float]:
    """The nearest answered and unanswered question, and what the nearest ones vote, from -1 (none was answered) to 1."""
    yes, no = float(near[answered].max(initial=-1.0)), float(near[~answered].max(initial=-1.0))
    most = min(_VOTES[-1][0], len(near))
    chosen = np.argpartition(-near, most - 1)[:most] if most else np.zeros(0, dtype=np.intp)
    chosen = chosen[np.argsort(-near[chosen])]
    votes = {}
    for number, wane in _VOTES:
        nearest = chosen[:number]
        weights = np.exp((near[nearest].astype(np.float64) - 1.0) * wane)
        total = float(weights.sum())
        votes[f"vote_{number}"] = float(weights @ (answered[nearest] * 2.0 - 1.0)) / total if total else 0.0
    return {"yes": yes, "no": no, "gap": yes - no, "nearest": max(yes, no), **votes}


def make_known(
    embeddings: Vectors, answered: Sequence[bool], weapons: Sequence[str | None], prints: Mapping[str, str]
) -> Known:
    """Known questions from their embeddings; the basis is that of their principal components."""
    names = tuple(sorted({weapon or GUIDES for weapon in weapons}))
    mean = embeddings.mean(axis=0)
    centred = (embeddings - mean).astype(np.float64)
    basis = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :DIMENSIONS].astype(np.float16).astype(np.float32)
    place = {name: at for at, name in enumerate(names)}
    return Known(
        vectors=shortened(embeddings, mean, basis),
        answered=np.array(answered, dtype=np.bool_),
        manuals=np.array([place[weapon or GUIDES] for weapon in weapons], dtype=np.uint8),
        names=names,
        prints=tuple(prints[name] for name in names),
        mean=mean,
        basis=basis,
    )


def shortened(embeddings: Vectors, mean: Vectors, basis: Vectors) -> Vectors:
    """Embeddings in fewer dimensions, of length 1."""
    short = (embeddings - mean) @ basis
    length: Vectors = np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
    return np.asarray(short / length, dtype=np.float32)


def read_known(path: Path) -> Known:
    """What ``Known.write`` stored."""
    with np.load(path) as stored:
        return Known(
            vectors=stored["vectors"].astype(np.float32) / np.float32(_SCALE),
            answered=stored["answered"],
            manuals=stored["manuals"],
            names=tuple(stored["names"].tolist()),
            prints=tuple(stored["prints"].tolist()),
            mean=stored["mean"],
            basis=stored["basis"].astype(np.float32),
        )


@cache
def load_known() -> Known:
    """The known questions that come with the shop."""
    with as_file(files(__package__) / KNOWN) as path:
        return read_known(path)


def prints_of(entries: Sequence[Entry]) -> dict[str, str]:
    """The fingerprint of each manual by its weapon, and of all guides together."""
    guides = "".join(sorted(entry.sha256 for entry in entries if entry.weapon is None))
    manuals = {entry.weapon: entry.sha256[:16] for entry in entries if entry.weapon is not None}
    return {**manuals, GUIDES: hashlib.sha256(guides.encode()).hexdigest()[:16]}


def known_of(question: str, weapon: str | None, shelf: Shelf) -> dict[str, float]:
    """The measures of a question: what the verdict is given."""
    embedding = embedder_for(shelf).recall([question])[0]
    return load_known().measures(embedding, weapon, prints_of(shelf.entries))


def embedder_for(shelf: Shelf) -> Embedder:
    """The embedder that the known questions went through, whatever the shop searches with."""
    return shelf.embedder if shelf.embedder.name == BUNDLED_NAME else _bundled()


@cache
def _bundled() -> Embedder:
    return Embedder(BUNDLED_NAME, str(files(BUNDLED) / "model"))
