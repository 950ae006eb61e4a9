"""The lexical half of retrieval: BM25 over the passages' stems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.words import terms


class LexicalIndex:
    """An immutable BM25 index (Lucene's variant, k1 1.2, b 0.75) over texts, addressed by their order."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._frequency: dict[str, int] = {}
        self._bm25: Any = None
        tokens = [terms(text) for text in texts]
        for row in tokens:
            for term in set(row):
                self._frequency[term] = self._frequency.get(term, 0) + 1
        if self._frequency:
            import bm25s

            self._bm25 = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
            self._bm25.index(tokens, show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """BM25 of every text for ``query``: float32 array of shape (number of texts,), 0 where no word is shared."""
        known = [term for term in dict.fromkeys(terms(query)) if term in self._frequency]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def rarity(self, term: str) -> float:
        """How telling a stem is: 1 for one that no text holds, near 0 for one that almost all hold."""
        if not self._size:
            return 1.0
        return float(np.log1p(self._size / (1 + self._frequency.get(term, 0))) / np.log1p(self._size))
