"""The corpus: Markdown files with YAML front matter, read to ``Document``s."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hashiramart.errors import InvalidInput

SUFFIXES = (".md", ".markdown")
MAX_BYTES = 2_000_000

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus.

    ``source`` is its path relative to the corpus root with forward slashes ("manuals/heron-spear.md"), ``text`` the Markdown
    without the front matter, ``sha256`` the hash of the file's bytes, ``front`` the front matter as it was written.
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


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The Markdown files at and under ``paths``, each once, sorted by path.

    Raises:
        InvalidInput: a path does not exist, or a named file is not Markdown.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        elif not path.exists():
            raise InvalidInput("paths", f"There is no file or folder {path}.")
        elif path.suffix.lower() not in SUFFIXES:
            raise InvalidInput("paths", f"{path} is not Markdown ({', '.join(SUFFIXES)}).")
        else:
            found.add(path)
    return sorted(file.resolve() for file in found)


def read_document(path: Path, root: Path) -> Document:
    """Read one Markdown file.

    Args:
        path: the file.
        root: the folder that ``source`` is relative to; a file outside it keeps only its name.

    Raises:
        InvalidInput: the file cannot be read, is empty, over 2 MB, not UTF-8, or its front matter is not a YAML mapping.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidInput("paths", f"{path} cannot be read: {error.strerror or error}.") from error
    if len(raw) > MAX_BYTES:
        raise InvalidInput("paths", f"{path} has {len(raw):,} bytes; a document may have {MAX_BYTES:,}.")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InvalidInput("paths", f"{path} is not UTF-8 text (byte {error.start}).") from error
    front, body = _front_matter(text, path)
    if not body.strip():
        raise InvalidInput("paths", f"{path} has no text.")
    heading = _TITLE.search(body)
    title = (
        front.get("name")
        or front.get("title")
        or (heading.group(1) if heading else path.stem.replace("-", " ").title())
    )
    return Document(
        source=_source(path, root),
        title=str(title),
        weapon=_text_or_none(front.get("weapon")),
        weapon_type=_text_or_none(front.get("type")) if front.get("weapon") else None,
        text=body.strip() + "\n",
        sha256=hashlib.sha256(raw).hexdigest(),
        front=front,
    )


def _front_matter(text: str, path: Path) -> tuple[dict[str, Any], str]:
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    try:
        front = yaml.safe_load(match.group(1))
    except yaml.YAMLError as error:
        raise InvalidInput(
            "paths", f"The front matter of {path} is not YAML: {' '.join(str(error).split())}"
        ) from error
    if front is None:
        front = {}
    if not isinstance(front, dict):
        raise InvalidInput("paths", f"The front matter of {path} must be a mapping of names to values.")
    return {str(key): value for key, value in front.items()}, text[match.end() :]


def _source(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def _text_or_none(value: object) -> str | None:
    return str(value) if value is not None and str(value).strip() else None
