"""The corpus: what a document is, and the manuals and guides that come with HashiraMart."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hashiramart.errors import InvalidInput
from knowledge.clean import clean_line
from knowledge.readers.files import load, source_of
from knowledge.readers.parse import parse

_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus.

    ``source`` is its path relative to the corpus root with forward slashes ("manuals/heron-spear.md"), ``text`` the Markdown
    without the front matter, ``sha256`` the hash of the file's bytes, ``front`` the front matter in plain JSON types.
    """

    source: str
    title: str
    weapon: str | None
    weapon_type: str | None
    text: str
    sha256: str
    front: dict[str, Any] = field(default_factory=dict)


def corpus_root() -> Path:
    """The folder of the manuals and guides that come with HashiraMart."""
    return Path(__file__).resolve().parent


def corpus_paths() -> list[Path]:
    """The folders under ``corpus_root()`` that hold the corpus: what ``hashira ingest`` reads when told nothing else."""
    return [corpus_root() / "guides", corpus_root() / "manuals"]


def read_document(path: Path, root: Path) -> Document:
    """Read one Markdown file of our own, in this process; files of others go through ``knowledge.reading``.

    Args:
        path: the file.
        root: the folder that ``source`` is relative to; a file outside it keeps only its name.

    Raises:
        InvalidInput: the file cannot be read, is empty, over 2 MB, not text, or its front matter is not what it should be.
    """
    try:
        raw = load(path.resolve())
        text, front = parse("markdown", raw)
    except InvalidInput as error:
        raise InvalidInput(error.field, f"{path}: {error.message}") from error
    return make_document(path, root, raw, text, front)


def make_document(path: Path, root: Path, raw: bytes, text: str, front: dict[str, Any]) -> Document:
    """The document of a file whose bytes are ``raw`` and which says ``text``, with ``front`` checked before."""
    heading = _TITLE.search(text)
    stem = clean_line(path.stem.replace("-", " ").replace("_", " ")).title()
    weapon = front.get("weapon")
    return Document(
        source=source_of(path, root),
        title=str(front.get("name") or front.get("title") or (heading.group(1) if heading else stem))[:200],
        weapon=weapon,
        weapon_type=front.get("type") if weapon else None,
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        front=front,
    )
