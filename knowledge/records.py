"""Records: how a passage and its document are written in Chroma, which holds no nulls and no nested values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from knowledge.corpus import Document
from knowledge.shelf import Entry
from knowledge.split import Passage

Record = dict[str, str | int]

FIRST = {"position": 0}
"""Finds the first passage of every document: the one that carries what is known of the document itself."""


def to_record(passage: Passage, document: Document, version: str, root: str) -> Record:
    """The metadata of a passage; with the first one of a document go its fingerprint and front matter.

    Args:
        passage: what is stored.
        document: where it is from.
        version: of the code that read and split the document.
        root: the folder that its source is relative to.
    """
    fields = {
        "source": passage.source,
        "title": passage.title,
        "weapon": passage.weapon,
        "weapon_type": passage.weapon_type,
        "section": passage.section,
        "heading": passage.heading,
        "position": passage.position,
    }
    if passage.position == FIRST["position"]:
        front = json.dumps(document.front, default=str, ensure_ascii=False)
        fields |= {"sha256": document.sha256, "version": version, "root": root, "front": front}
    return {key: value for key, value in fields.items() if value is not None}


def to_passage(key: str, text: str, record: Mapping[str, Any]) -> Passage:
    """The passage of a record."""
    return Passage(
        id=key,
        source=record["source"],
        title=record["title"],
        weapon=record.get("weapon"),
        weapon_type=record.get("weapon_type"),
        section=record["section"],
        heading=record["heading"],
        text=text,
        position=int(record["position"]),
    )


def to_entry(record: Mapping[str, Any]) -> Entry:
    """The document that a first passage's record tells of."""
    return Entry(
        source=record["source"],
        title=record["title"],
        weapon=record.get("weapon"),
        weapon_type=record.get("weapon_type"),
        sha256=record["sha256"],
        version=record["version"],
        root=record["root"],
        front=json.loads(record["front"]),
    )
