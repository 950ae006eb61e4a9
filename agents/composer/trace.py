"""The trace of an answer: what was looked for, what was found, why it answered or did not, and what was used.

JSON types only; stored with the turn, so that a slayer can ask "why?" and a reader of a bad answer can see where it came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hashiramart.blocks import Citation
from knowledge.retrieve import Hit

_HITS = 10


class Trail:
    """Collects the searches of one question, and the reason for its answer."""

    def __init__(self) -> None:
        self.searches: list[dict[str, Any]] = []
        self.why = ""

    def searched(self, query: str, weapon: str | None, section: str | None, hits: Sequence[Hit]) -> None:
        """Remember a search; the same one counts once."""
        done = {"query": query, "weapon": weapon, "section": section, "hits": [_told(hit) for hit in hits[:_HITS]]}
        if done not in self.searches:
            self.searches.append(done)

    def trace(
        self, *, asked: str, intent: str, weapon: str | None, found: bool, citations: Sequence[Citation]
    ) -> dict[str, Any]:
        """The trace, as it is stored.

        Args:
            asked: the question as it was put to the composer.
            intent: what kind of answer was given.
            weapon: slug of the weapon whose manual was opened.
            found: whether the manuals answer.
            citations: what the answer points at.
        """
        return {
            "question": asked,
            "asked": asked,
            "intent": intent,
            "weapon": weapon,
            "engine": "embedded",
            "found": found,
            "why": self.why,
            "searches": self.searches,
            "used": [{"n": each.n, "source": each.source, "section": each.section} for each in citations],
            "dropped": [],
        }


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.passage.source,
        "section": hit.passage.heading,
        "dense_rank": hit.dense_rank,
        "lexical_rank": hit.lexical_rank,
        "similarity": None if hit.similarity is None else round(hit.similarity, 4),
    }
