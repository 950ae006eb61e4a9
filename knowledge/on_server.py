"""Generations on a Chroma server: a collection each, and a small one whose metadata is the pointer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from hashiramart.errors import SetupError
from knowledge.generations import CONFIGURATION, Generation, Opened, Place, translated

if TYPE_CHECKING:
    from chromadb.api.client import Client

_WRECK_AFTER_S = 24 * 3600  # an ingestion on another machine may still be at work on what looks like a wreck
_PAGE = 1000
_FIELDS = ("id", "made_at", "documents", "passages", "worn", "previous")


class OnServer(Place):
    """The generations of one library on a server.

    A server has no lock to hold. Of two ingestions that overlap, the one that ends last finds that the pointer has moved and
    gives up (``Rewrite.publish``); only within the blink between its look and its write could it overwrite the other's.
    """

    def __init__(self, address: str, base: str) -> None:
        """Connect to it.

        Args:
            address: of the server, ``http://host:8000``.
            base: what the names of this library's collections begin with.

        Raises:
            SetupError: ``address`` is not one.
            Unavailable: the server cannot be reached.
        """
        self._base = base
        with translated():
            self._client = _client(address)

    def current(self) -> Generation | None:
        """What the pointer collection's metadata says."""
        with translated():
            found = self._named(self._base)
        if found is None or not (found.metadata or {}).get("id"):
            return None
        fields: dict[str, Any] = {name: found.metadata[name] for name in _FIELDS if name in found.metadata}
        return Generation(**fields)

    def open(self, key: str) -> Opened:
        """Open a generation's collection."""
        with translated():
            return Opened(self._client.get_collection(self._name(key), embedding_function=None))

    def create(self, key: str) -> Opened:
        """Make an empty collection."""
        with translated():
            collection = self._client.create_collection(
                self._name(key),
                metadata={"begun": time.time()},
                configuration=CONFIGURATION,
                embedding_function=None,
            )
        return Opened(collection)

    def switch(self, to: Generation) -> None:
        """Write the pointer's metadata."""
        with translated():
            self._client.get_collection(self._name(to.id), embedding_function=None).modify(metadata={"finished": True})
            pointer = self._client.get_or_create_collection(self._base, embedding_function=None)
            pointer.modify(metadata=dict(to.to_json()))

    def note(self, words: str) -> None:
        """Write them into the metadata of a small collection of their own."""
        with translated():
            kept = self._client.get_or_create_collection(f"{self._base}.note", embedding_function=None)
            kept.modify(metadata={"words": words})

    def noted(self) -> str | None:
        """What that metadata says."""
        with translated():
            found = self._named(f"{self._base}.note")
        words = (found.metadata or {}).get("words") if found is not None else None
        return None if words is None else str(words)

    def discard(self, key: str) -> None:
        """Delete a generation's collection."""
        from chromadb.errors import NotFoundError

        with translated(), suppress(NotFoundError):
            self._client.delete_collection(self._name(key))

    def sweep(self, keep: set[str]) -> None:
        """Delete finished generations but those to keep, and unfinished ones that were begun more than a day ago."""
        kept = {self._name(key) for key in keep}
        with translated():
            for collection in list(self._collections()):
                known = collection.metadata or {}
                over = known.get("finished") or time.time() - float(known.get("begun") or 0) > _WRECK_AFTER_S
                if collection.name.startswith(self._name("")) and collection.name not in kept and over:
                    self._client.delete_collection(collection.name)

    @contextmanager
    def alone(self, on_wait: Callable[[], None]) -> Iterator[None]:  # noqa: ARG002 - there is nothing to wait for
        """Nothing can be held: ``publish`` finds out."""
        yield

    def close(self) -> None:
        """End the connections; shelves that are still held cannot look for what is near any more."""
        self._client.close()
        self._client._server._session.close()  # type: ignore[attr-defined]  # Chroma leaves them open

    def _name(self, key: str) -> str:
        return f"{self._base}.g{key}"

    def _named(self, name: str) -> Any:
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    def _collections(self) -> Iterator[Any]:
        offset = 0
        while page := self._client.list_collections(limit=_PAGE, offset=offset):
            yield from page
            offset += len(page)


def _client(address: str) -> Client:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SetupError("HASHIRA_CHROMA_URL must look like http://host:8000.")
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        parts.hostname,
        parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=ChromaSettings(anonymized_telemetry=False),
    )
    return cast("Client", client)  # the type that is declared has no close()
