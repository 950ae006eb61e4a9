"""Retrieval: the passages that bear on a question, by meaning and by words.

Dense hits (cosine over sentence embeddings) lead, for a slayer's words are seldom the manual's; a passage rises where BM25 agrees
and where the question points to its section or names its weapon (``knowledge/cues.py``). The weights were chosen on the *dev*
questions of ``evals/data/retrieval.jsonl``, where reciprocal rank fusion, which trusts both lists alike, found less than dense
alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.cues import Cues
from knowledge.shelf import Shelf
from knowledge.split import Passage

_BREADTH = 4
_FAR = 20
_BY_WORDS, _BY_PLACE, _BY_NAME = (
    0.4,
    0.3,
    0.5,
)  # of the way from the 20th to the nearest dense hit; nearly flat around these
_RERANKED = 20  # passages that a cross-encoder reads, where one is configured
_LEAST_SPREAD = 1e-6  # where all dense hits are equally near

_Scored = list[tuple[Passage, float]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and why.

    ``score`` is the fused score, or the cross-encoder's (only good for ranking); ``similarity`` the cosine with the question,
    ``None`` where only words matched; ``dense_rank`` and ``lexical_rank`` are its places in the two lists, from 1, ``None`` where
    it is not in one.
    """

    passage: Passage
    score: float
    similarity: float | None = None
    dense_rank: int | None = None
    lexical_rank: int | None = None


def retrieve(
    shelf: Shelf,
    query: str,
    *,
    k: int = 6,
    weapon: str | None = None,
    weapon_type: str | None = None,
    section: str | None = None,
) -> list[Hit]:
    """Find the passages that bear on ``query``, best first; of passages with the same words about the same weapon, one.

    Args:
        shelf: where to look.
        query: a question or a few words; blank finds nothing.
        k: how many passages at most.
        weapon: only passages of this weapon's manual (a slug); a weapon without a manual finds nothing.
        weapon_type: only manuals of this weapon type.
        section: only passages under this ``##`` heading.
    """
    if not query.strip() or k < 1 or not shelf.passages:
        return []
    wanted = {"weapon": weapon, "weapon_type": weapon_type, "section": section}
    where = {key: value for key, value in wanted.items() if value is not None}
    breadth = max(20, _BREADTH * k)
    dense = shelf.nearest(shelf.embedder.recall([query])[0], breadth, where)
    cosine = {passage.id: similarity for passage, similarity in dense}
    worded = lexical(shelf, query, breadth, where)
    ranks = [{passage.id: rank for rank, (passage, _) in enumerate(hits, start=1)} for hits in (dense, worded)]
    fused = _fuse(query, dense, worded)
    score = {passage.id: value for passage, value in fused}
    if shelf.reranker is None:
        best = _distinct([passage for passage, _ in fused], k)
    else:
        likely = _distinct([passage for passage, _ in fused], max(k, _RERANKED))
        read = shelf.reranker.scores(query, [passage.embedded_text for passage in likely])
        score |= {passage.id: value for passage, value in zip(likely, read, strict=True)}
        best = sorted(likely, key=lambda passage: (-score[passage.id], passage.id))[:k]
    return [
        Hit(each, score[each.id], cosine.get(each.id), ranks[0].get(each.id), ranks[1].get(each.id)) for each in best
    ]


def _fuse(query: str, dense: _Scored, worded: _Scored) -> _Scored:
    """The passages of both lists, best first: by cosine, 1 for the nearest and 0 for the 20th, and by words, place and name."""
    nearest, far = (dense[0][1], dense[:_FAR][-1][1]) if dense else (1.0, 0.0)
    spread = max(nearest - far, _LEAST_SPREAD)
    score = {passage.id: (cosine - far) / spread for passage, cosine in dense}
    for passage, bm25 in worded:
        score[passage.id] = score.get(passage.id, 0.0) + _BY_WORDS * bm25 / worded[0][1]
    cues = Cues(query)
    found = {passage.id: passage for passage, _ in [*dense, *worded]}
    named = {key: cues.name(passage) for key, passage in found.items()}
    unnamed = 1.0 - max(named.values(), default=0.0)  # what names no weapon is rather for the guides
    for key, passage in found.items():
        score[key] += _BY_PLACE * cues.point_to(passage) + _BY_NAME * (named[key] if passage.weapon else unnamed)
    return [(found[key], score[key]) for key in sorted(score, key=lambda key: (-score[key], key))]


def lexical(shelf: Shelf, query: str, k: int, where: dict[str, str] | None = None) -> _Scored:
    """The passages that share words with ``query`` and their BM25, best first.

    Args:
        shelf: where to look.
        query: a question or a few words.
        k: how many passages at most.
        where: exact values, as in ``Shelf.nearest``.
    """
    scores = shelf.lexical.scores(query)
    rows = shelf.rows(where) if where else np.flatnonzero(scores)
    rows = rows[scores[rows] > 0]
    if len(rows) > k:  # sorting a hundred thousand would take longer than everything else
        least = np.partition(scores[rows], -k)[-k]
        rows = rows[scores[rows] >= least]
    return [(shelf.passages[row], float(scores[row])) for row in rows[np.argsort(-scores[rows], kind="stable")][:k]]


def _distinct(passages: list[Passage], k: int) -> list[Passage]:
    """The first ``k`` that do not say again what one before has said: a manual may be there in two formats."""
    seen: set[tuple[str | None, str]] = set()
    found: list[Passage] = []
    for passage in passages:
        said = passage.weapon, " ".join(passage.text.lower().split())
        if said not in seen:
            seen.add(said)
            found.append(passage)
            if len(found) == k:
                break
    return found
