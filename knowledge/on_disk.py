"""Generations on disk: each in a folder of its own, with a database of its own, named by one small file.

Nothing that serves is ever written to: an ingestion works in another folder, and a crash of it cannot touch the old generation.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from hashiramart.errors import Unavailable
from knowledge.generations import CONFIGURATION, Generation, Opened, Place, translated

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "passages"
_POINTER, _NOTE, _LOCK = "current.json", "note.json", "lock"
_MOST_WORN = 0.5  # of the passages: beyond it the index is built anew


class OnDisk(Place):
    """A folder of generations, made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Generation | None:
        """What the pointer's file says."""
        try:
            return Generation(**json.loads((self.folder / _POINTER).read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise Unavailable(f"{self.folder / _POINTER} cannot be read: {error}") from error

    def open(self, key: str) -> Opened:
        """Open a generation's folder."""
        if not (self.folder / key).is_dir():  # Chroma would make it
            raise Unavailable(f"The generation {key} of the library is gone.")
        with translated():
            client = _client(self.folder / key)
            return Opened(client.get_collection(COLLECTION, embedding_function=None), client.close)

    def create(self, key: str) -> Opened:
        """Make a folder with an empty collection."""
        with translated():
            (self.folder / key).mkdir(parents=True)
            client = _client(self.folder / key)
            collection = client.create_collection(COLLECTION, configuration=CONFIGURATION, embedding_function=None)
            return Opened(collection, client.close)

    def clone(self, of: Generation, key: str, without: set[str]) -> tuple[Opened, int]:
        """Copy the folder, index and all: a few changed documents in a large library take seconds, not minutes."""
        if of.worn > of.passages * _MOST_WORN:
            return super().clone(of, key, without)
        with translated():
            shutil.copytree(self.folder / of.id, self.folder / key)
        opened = self.open(key)
        return opened, of.worn + opened.drop(without)

    def switch(self, to: Generation) -> None:
        """Put another pointer in the place of the old one."""
        self._replace(_POINTER, json.dumps(to.to_json()))

    def note(self, words: str) -> None:
        """Write them into a small file."""
        self._replace(_NOTE, words)

    def noted(self) -> str | None:
        """What that file says."""
        try:
            return (self.folder / _NOTE).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise Unavailable(f"{self.folder / _NOTE} cannot be read: {error}") from error

    def _replace(self, name: str, words: str) -> None:
        beside = self.folder / f"{name}.new"
        with translated():
            with beside.open("w", encoding="utf-8") as file:
                file.write(words)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.folder / name)

    def discard(self, key: str) -> None:
        """Remove a generation's folder."""
        shutil.rmtree(self.folder / key, ignore_errors=True)

    def sweep(self, keep: set[str]) -> None:
        """Remove every folder but those to keep: with the lock held, the others are nobody's."""
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in keep:
                self.discard(folder.name)

    @contextmanager
    def alone(self, on_wait: Callable[[], None]) -> Iterator[None]:
        """Hold the folder's lock, which ends with the process that holds it."""
        from filelock import FileLock, Timeout

        with translated():
            self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def close(self) -> None:
        """Nothing is held."""


def _client(folder: Path) -> Client:
    """A client of this folder alone: closing it frees the memory that the index takes."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    client = chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False))
    return cast("Client", client)  # the type that is declared has no close()
