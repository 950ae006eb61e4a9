"""Shelves made from the printed manuals without a store: for what only reads passages and asks no embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from knowledge.corpus import Document, corpus_root, read_document
from knowledge.shelf import Entry, Shelf
from knowledge.split import Passage, split


@cache
def printed_shelf() -> Shelf:
    """All manuals and guides."""
    root = corpus_root()
    paths = sorted(path for folder in ("guides", "manuals") for path in (root / folder).glob("*.md"))
    documents = [read_document(path, root) for path in paths]
    entries = [_entry(d) for d in documents]
    return _shelf(entries, [passage for document in documents for passage in split(document)])


def shelf_of(passages: Sequence[Passage], like: Shelf, *, weapon: str | None = "") -> Shelf:
    """A shelf with some passages of another one; with ``weapon=None`` they are of no weapon."""
    kept = list(passages) if weapon == "" else [replace(passage, weapon=weapon) for passage in passages]
    sources = {passage.source for passage in kept}
    return _shelf([entry for entry in like.entries if entry.source in sources], kept)


def _entry(of: Document) -> Entry:
    return Entry(
        source=of.source,
        title=of.title,
        weapon=of.weapon,
        weapon_type=of.weapon_type,
        sha256=of.sha256,
        version="",
        root="",
        front=of.front,
    )


def _shelf(entries: Sequence[Entry], passages: Sequence[Passage]) -> Shelf:
    nobody: Any = None  # no embedding model and no vectors are asked
    return Shelf(entries, passages, nobody, nobody)
