"""Which checkpoint it is: one SHA-256 over its files, worked out once for as long as they stay as they are."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# Weights, shapes, words and the solver; not the README, nor the advice, which is part of each request by its numbers.
_KINDS = (".safetensors", ".json", ".txt")
_NOT = frozenset({"painting.json"})

_known: dict[str, str] = {}  # by what `_state` tells


def fingerprint(folder: Path, keep: Path | None = None) -> str:
    """The SHA-256 over a checkpoint's files, their names included, in hexadecimal.

    Args:
        folder: a diffusers folder.
        keep: a file in which the sums are kept for the next process; weights of gigabytes take seconds.

    Raises:
        OSError: a file cannot be read.
    """
    files = list(_files(folder))
    state = _state(folder, files)
    if state not in _known:
        _known.update(_read(keep))
    if state not in _known:
        _known[state] = _sum(folder, files)
        _write(keep, state, _known[state])
    return _known[state]


def of_words(*words: str) -> str:
    """The SHA-256 of what identifies a painter that has no files here."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.suffix in _KINDS and path.name not in _NOT and len(inside.parts) <= 2 and not hidden and path.is_file():
            yield path


def _state(folder: Path, files: list[Path]) -> str:
    """What changes when a file does."""
    told = [str(folder.resolve())]
    for path in files:
        seen = path.stat()
        told.append(f"{path.relative_to(folder).as_posix()} {seen.st_size} {seen.st_mtime_ns}")
    return of_words(*told)


def _sum(folder: Path, files: list[Path]) -> str:
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            part = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()} {part}\n".encode())
    return whole.hexdigest()


def _read(keep: Path | None) -> dict[str, str]:
    if keep is None:
        return {}
    try:
        found = json.loads(keep.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _write(keep: Path | None, state: str, value: str) -> None:
    """Note a sum; where that cannot be, it is worked out again next time."""
    if keep is None:
        return
    with suppress(OSError):
        keep.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=keep.parent, prefix=f".{keep.name}")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_read(keep) | {state: value}, file, indent=1)
        Path(draft).replace(keep)
