"""Retrieval: the passages that bear on a question, by meaning and by words.

Dense hits (cosine over sentence embeddings) and BM25 hits are fused by reciprocal rank (Cormack, Clarke and Buettcher,
"Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009).
"""

from __future__ import annotations

import numpy as np

from knowledge.split import Passage
from knowledge.store import Hit, Library

__all__ = ["Hit", "retrieve"]

_RANK_CONSTANT = 60
_BREADTH = 4


def retrieve(
    library: Library,
    query: str,
    *,
    k: int = 6,
    weapon: str | None = None,
    weapon_type: str | None = None,
    section: str | None = None,
) -> list[Hit]:
    """Find the passages that bear on ``query``, best first.

    Args:
        library: where to look.
        query: a question or a few words; blank finds nothing.
        k: how many passages at most.
        weapon: only passages of this weapon's manual (a slug); a weapon without a manual finds nothing.
        weapon_type: only manuals of this weapon type.
        section: only passages under this ``##`` heading.

    Returns:
        Hits whose ``score`` is the fused rank score (only good for ranking) and whose ``similarity`` is the cosine.
    """
    if not query.strip() or k < 1:
        return []
    wanted = {"weapon": weapon, "weapon_type": weapon_type, "section": section}
    where = {key: value for key, value in wanted.items() if value is not None}
    breadth = max(20, _BREADTH * k)
    dense = library.query(library.embedder.recall([query])[0], breadth, where)
    lexical = _lexical(library, query, breadth, where)

    found: dict[str, Passage] = {}
    fused: dict[str, float] = {}
    similarity = {hit.passage.id: hit.similarity for hit in dense}
    for ranking in ([hit.passage for hit in dense], lexical):
        for rank, passage in enumerate(ranking, start=1):
            found.setdefault(passage.id, passage)
            fused[passage.id] = fused.get(passage.id, 0.0) + 1.0 / (_RANK_CONSTANT + rank)
    best = sorted(fused, key=lambda key: (-fused[key], key))[:k]
    return [Hit(found[key], fused[key], similarity.get(key)) for key in best]


def _lexical(library: Library, query: str, breadth: int, where: dict[str, str]) -> list[Passage]:
    shelf = library.shelf()
    scores = shelf.lexical.scores(query)
    ranked = [int(index) for index in np.argsort(-scores, kind="stable") if scores[index] > 0]
    found: list[Passage] = []
    for index in ranked:
        passage = shelf.passages[index]
        if all(getattr(passage, key) == value for key, value in where.items()):
            found.append(passage)
            if len(found) == breadth:
                break
    return found
