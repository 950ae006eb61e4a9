"""The shelf: an immutable view of all stored passages in memory, with the lexical index over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.lexical import LexicalIndex
from knowledge.split import Passage


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored document: what it is about, the fingerprint it was stored under, and its front matter."""

    source: str
    title: str
    weapon: str | None
    weapon_type: str | None
    sha256: str
    splitter: str
    front: dict[str, Any] = field(default_factory=dict)


class Shelf:
    """Passages sorted by source and position, the ways to look them up, and BM25 over them."""

    def __init__(self, entries: Sequence[Entry], passages: Sequence[Passage]) -> None:
        whole = {entry.source for entry in entries}  # passages without an entry belong to a write that was cut short
        self.entries = tuple(entries)
        self.passages = tuple(
            sorted((p for p in passages if p.source in whole), key=lambda passage: (passage.source, passage.position))
        )
        self.by_source: dict[str, list[Passage]] = {}
        self.by_weapon: dict[str, list[Passage]] = {}
        for passage in self.passages:
            self.by_source.setdefault(passage.source, []).append(passage)
            if passage.weapon is not None:
                self.by_weapon.setdefault(passage.weapon, []).append(passage)
        self.manuals = {entry.weapon: entry for entry in entries if entry.weapon is not None}
        self.lexical = LexicalIndex([passage.embedded_text for passage in self.passages])
