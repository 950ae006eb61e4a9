"""Made-up documents for benchmarks: the corpus's own sentences, recombined, as many as are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.corpus import Document, corpus_paths, corpus_root, read_document
from knowledge.split import Passage, split
from knowledge.words import sentences

PARTS = 17  # passages of a document, as the manuals have on average
_NOISE = 0.75  # beside a vector of length 1: the cosine with the passage it is taken from is then 0.8


def corpus() -> list[Document]:
    """The manuals and guides that come with HashiraMart."""
    files = [file for folder in corpus_paths() for file in sorted(folder.glob("*.md"))]
    return [read_document(file, corpus_root()) for file in files]


class Maker:
    """Draws from the corpus. The same seed gives the same documents."""

    def __init__(self, seed: int) -> None:
        passages = [passage for document in corpus() for passage in split(document)]
        self._sentences = [sentence for passage in passages for sentence in sentences(passage.text)]
        self._lengths = [len(passage.text) for passage in passages]
        self._rng = np.random.default_rng(seed)

    def documents(self, passages: int) -> Iterator[Document]:
        """Documents that are split into so many passages in all."""
        for number in range(-(-passages // PARTS)):
            parts = range(min(PARTS, passages - number * PARTS))
            text = "\n\n".join(f"## Part {part}\n{self._text()}" for part in parts)
            title = f"Made-up {number:06d}"
            yield Document(
                f"{title.replace(' ', '-')}.md", title, None, None, f"# {title}\n\n{text}\n", f"{number:064d}"
            )

    def write(self, folder: Path, passages: int) -> None:
        """Write documents as files."""
        folder.mkdir(parents=True)
        for document in self.documents(passages):
            (folder / document.source).write_text(document.text, encoding="utf-8")

    def vectors(self, like: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        """Vectors near to given ones, each of length 1; an array of (count, dimension)."""
        noise = self._rng.normal(size=(count, like.shape[1])).astype(np.float32)
        noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        made = like[self._rng.integers(0, len(like), count)] + noise
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)

    def questions(self, count: int) -> list[str]:
        """Questions in words of the corpus, no two of them alike."""
        found: dict[str, None] = {}
        while len(found) < count:
            words = self._draw().rstrip(".!?:").lower().split()[:12]
            found[f"what about {' '.join(words)}, for the {len(found) + 1}th time?"] = None
        return list(found)

    def _text(self) -> str:
        wanted, text = self._lengths[self._rng.integers(len(self._lengths))], self._draw()
        while len(text) < wanted:
            text += f" {self._draw()}"
        return text

    def _draw(self) -> str:
        return self._sentences[self._rng.integers(len(self._sentences))]


def passages_of(documents: Sequence[Document]) -> list[Passage]:
    """The passages of documents, in order."""
    return [passage for document in documents for passage in split(document)]
