"""What a library holds, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from knowledge.store import Library


@dataclass(frozen=True, slots=True)
class Census:
    """The figures of one generation. ``by_type`` counts documents by the type of weapon, guides as ``guides``."""

    model: str
    documents: int
    weapons: int
    passages: int
    characters: int
    by_type: dict[str, int]
    generation: str | None
    made_at: str | None


def count(library: Library) -> Census:
    """Count what is on the shelf now.

    Raises:
        Unavailable: the store cannot be reached.
    """
    shelf, generation = library.shelf(), library.generation()
    return Census(
        model=shelf.embedder.name,
        documents=len(shelf.entries),
        weapons=len(shelf.manuals),
        passages=len(shelf.passages),
        characters=sum(len(passage.text) for passage in shelf.passages),
        by_type=dict(Counter(entry.weapon_type or "guides" for entry in shelf.entries).most_common()),
        generation=generation.id if generation else None,
        made_at=generation.made_at if generation else None,
    )
