"""Files on disk: which ones there are to read, and their bytes, without being led astray by a link or a special file."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hashiramart.errors import InvalidInput
from knowledge.readers.kinds import KINDS, MAX_BYTES, too_long

_CHUNK = 1 << 20
_SUFFIXES = ", ".join(sorted(KINDS))


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not let in: its source as a document's would be, and why, in one plain sentence."""

    source: str
    path: Path
    reason: str


def kind_of(path: Path) -> str | None:
    """The kind of document that a file's name promises ("markdown"), if any."""
    return KINDS.get(path.suffix.lower())


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Refused]]:
    """The documents at and under ``paths``, each once and sorted, and those that cannot be one.

    A path is a file, a folder (searched to any depth, but for names that begin with a dot or "~$") or a glob
    ("manuals/**/*.md"). Links are followed only to files within the folder that was given; a folder behind a link is not
    searched again.

    Raises:
        InvalidInput: a path does not exist, a glob matches nothing, or a named file is of no kind that is read.
    """
    found: set[Path] = set()
    refused: dict[Path, Refused] = {}
    for path in paths:
        for base, file, reason in _search(Path(path)):
            if reason is None:
                found.add(file.resolve())
            else:
                refused.setdefault(file, Refused(source_of(file, base), file, reason))
    return sorted(found), [refused[file] for file in sorted(refused)]


def source_of(path: Path, root: Path) -> str:
    """The path relative to ``root`` with forward slashes, or the bare name of a file outside it; safe to print."""
    place = path.parent.resolve() / path.name
    base = root.resolve()
    source = place.relative_to(base).as_posix() if place.is_relative_to(base) else place.name
    return "".join("?" if _unprintable(character) else character for character in source)


def load(path: Path) -> bytes:
    """The bytes of a document, never more than its kind may have; a pipe or a device does not make it wait.

    Raises:
        InvalidInput: it is no regular file, is too long, or cannot be read.
    """
    kind = kind_of(path)
    if kind is None:
        raise InvalidInput("paths", f"The file is of none of the kinds that are read ({_SUFFIXES}).")
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        raw = file.read(MAX_BYTES[kind] + 1) if size <= MAX_BYTES[kind] else b""
    if max(size, len(raw)) > MAX_BYTES[kind]:
        raise InvalidInput("paths", too_long(kind, max(size, len(raw))))
    return raw


def fingerprint(path: Path) -> str | None:
    """SHA-256 of a file's bytes in hex, read in chunks; ``None`` for what ``load`` would not read."""
    digest, left = hashlib.sha256(), MAX_BYTES.get(kind_of(path) or "", 0)
    try:
        with _opened(path.resolve()) as file:
            if os.fstat(file.fileno()).st_size > left:
                return None
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                left -= len(chunk)
                if left < 0:
                    return None
    except (InvalidInput, OSError, RuntimeError):
        return None
    return digest.hexdigest()


def checked_place(path: Path, base: Path) -> Path:
    """Where a file really is.

    Raises:
        InvalidInput: its name cannot be printed on one line, or it lies in ``base`` and is a link to nothing, in a circle,
            out of ``base``, or to what is no regular file.
    """
    if any(_unprintable(character) for character in path.name):
        raise InvalidInput("paths", "The file's name has control characters in it.")
    try:
        place = path.resolve(strict=True)
        if _led_out(path, base):
            raise InvalidInput("paths", "The file is a link that leads out of the folder given.")
        if not place.is_file():
            raise InvalidInput("paths", "The file is no regular file.")
    except (OSError, RuntimeError) as error:
        raise InvalidInput("paths", "The file is gone, or a link that leads nowhere.") from error
    return place


def _led_out(path: Path, base: Path) -> bool:
    base = base.resolve()
    return (path.parent.resolve() / path.name).is_relative_to(base) and not path.resolve().is_relative_to(base)


def _opened(path: Path) -> IO[bytes]:
    """Open a regular file; neither a link put there since nor a pipe that nobody writes to is waited for or followed."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # before it is opened: opening some devices does something
            raise InvalidInput("paths", "The file is no regular file.")
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InvalidInput("paths", f"The file cannot be opened: {reason}.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise InvalidInput("paths", "The file is no regular file.")
    return open(handle, "rb", buffering=0)  # noqa: PTH123 (a handle, not a path)


def _search(path: Path) -> Iterator[tuple[Path, Path, str | None]]:
    """Yield (the folder that bounds links, file, why it is refused) for one path as it was given."""
    if path.is_dir():
        for file, reason in _walk(path):
            yield path, file, reason
    elif os.path.lexists(path):
        if kind_of(path) is None:
            raise InvalidInput("paths", f"{path} is of none of the kinds that are read ({_SUFFIXES}).")
        yield path.parent, path, _fault(path, path.parent)
    elif any(mark in str(path) for mark in "*?["):
        yield from _glob(path)
    else:
        raise InvalidInput("paths", f"There is no file or folder {path}.")


def _glob(pattern: Path) -> Iterator[tuple[Path, Path, str | None]]:
    fixed = next(number for number, part in enumerate(pattern.parts) if any(mark in part for mark in "*?["))
    base, wanted = Path(*pattern.parts[:fixed]), pattern.parts[fixed:]
    matched = False
    for file, reason in _walk(base) if base.is_dir() else ():
        parts = file.relative_to(base).parts
        if any(_matches(parts[:depth], wanted) for depth in range(1, len(parts) + 1)):  # a folder brings what it holds
            matched = True
            yield base, file, reason
    if not matched:
        raise InvalidInput("paths", f"No document matches {pattern}.")


def _matches(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return _matches(parts, wanted[1:]) or (bool(parts) and _matches(parts[1:], wanted))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], wanted[0]) and _matches(parts[1:], wanted[1:])


def _walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Yield (file, why it is refused) for every document in a folder and in the folders below it."""
    faults: list[OSError] = []
    for name, folders, files in os.walk(folder, onerror=faults.append):
        place = Path(name)
        folders[:] = sorted(inner for inner in folders if not _is_private(inner))
        for inner in folders:
            if (place / inner).is_symlink() and _led_out(place / inner, folder):
                yield place / inner, "The folder is a link that leads out of the folder given."
        for file in sorted(files):
            if kind_of(place / file) is not None and not _is_private(file):
                yield place / file, _fault(place / file, folder)
    for fault in faults:
        yield Path(fault.filename), f"The folder cannot be opened: {fault.strerror}."


def _fault(path: Path, base: Path) -> str | None:
    try:
        checked_place(path, base)
    except InvalidInput as error:
        return error.message
    return None


def _is_private(name: str) -> bool:
    return name.startswith((".", "~$"))


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
