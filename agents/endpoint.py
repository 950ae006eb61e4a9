"""One request to the language-model endpoint, on a thread of its own so that it can be given up at any moment.

Whatever the endpoint does, or its name server, its proxy, its TLS, a request that nobody waits for any more is cancelled and its
connection closed. What comes is handed over as ``Piece``s; what goes wrong, as one ``Failed`` of a known kind.
"""

from __future__ import annotations

import asyncio
import queue
import ssl
import threading
import weakref
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from hashiramart.config import Settings

if TYPE_CHECKING:
    import httpx
    from langchain_core.messages import AIMessageChunk
    from langchain_openai.chat_models.base import BaseChatOpenAI

Messages = Sequence[tuple[str, str]]
"""(role, content) pairs; roles ``system``, ``human``, ``ai``."""

Kind = Literal[
    "unreachable", "silent", "late", "overloaded", "rejected", "refused", "nonsense", "broken off", "empty", "endless"
]

MOST_BYTES = 4_000_000
"""Of one answer, as it comes over the wire; a page of text has some 100,000 with all its wrapping."""

_PASSING = {408, 409, 425, 429, 500, 502, 503, 504, 529}
_ABOUT_THE_REQUEST = {400, 413, 415, 422, 501}
_WORDS_KEPT = 600
_END_S = 5
_AHEAD, _WAIT_S = 100, 0.01


class Failed(Exception):
    """The endpoint did not answer as it should.

    Args:
        kind: ``rejected`` is about this request and says nothing of the endpoint; ``refused`` will not pass by itself; ``late``
            is what comes but not in the time that there was.
        words: what is known, for the log.
        passing: whether asking again soon may help.
        wait_s: how long the endpoint asks to be left alone.
    """

    def __init__(self, kind: Kind, words: str, *, passing: bool = False, wait_s: float | None = None) -> None:
        super().__init__(f"{kind}: {words[:200]}")
        self.kind = kind
        self.words = words
        self.passing = passing
        self.wait_s = wait_s


@dataclass(frozen=True)
class Piece:
    """A part of an answer. ``tokens`` are those asked and answered so far, where the endpoint counts."""

    text: str
    finished: bool
    tokens: tuple[int, int] | None


class Request:
    """One request under way, heard from the thread that waits for it."""

    def __init__(self) -> None:
        self.pieces: queue.SimpleQueue[Piece | Failed | None] = queue.SimpleQueue()
        self.task: Future[None] | None = None

    def next(self, timeout_s: float, without: Kind) -> Piece | None:
        """The next piece; None at the end.

        Raises:
            Failed: it went wrong, or nothing came in time, which is of the kind ``without``.
        """
        try:
            piece = self.pieces.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            raise Failed(without, f"nothing came for {timeout_s:.1f} s") from None
        if isinstance(piece, Failed):
            raise piece
        return piece

    def give_up(self, why: Failed | None = None) -> None:
        """Cancel it; whoever waits for it hears why. May be called from any thread."""
        if self.task is not None:
            self.task.cancel()
        if why is not None:
            self.pieces.put(why)


class Endpoint:
    """The configured endpoint. Nothing is opened before the first request. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: BaseChatOpenAI | None = None
        self._end: weakref.finalize[Any, Any] | None = None

    def ask(self, messages: Messages, options: Mapping[str, Any]) -> Request:
        """Send a request; its answer is streamed.

        Raises:
            Failed: no client takes these settings.
        """
        request = Request()
        try:
            client, loop = self.open()
        except Exception as error:
            raise Failed("refused", f"{type(error).__name__}: {error}") from error
        request.task = asyncio.run_coroutine_threadsafe(_hear(client, messages, options, request), loop)
        return request

    def close(self) -> None:
        """Cancel what is under way and close the connections. The next request opens new ones."""
        with self._lock:
            if self._end is not None:
                self._end()
            self._loop = self._client = self._end = None

    def open(self) -> tuple[BaseChatOpenAI, asyncio.AbstractEventLoop]:
        """Load what requests need; nothing is sent."""
        with self._lock:
            if self._client is None or self._loop is None:
                http = _http_client()
                self._client = _client(self._settings, http)
                self._loop = asyncio.new_event_loop()
                thread = threading.Thread(target=self._loop.run_forever, name="language-model", daemon=True)
                thread.start()
                self._end = weakref.finalize(self, _end, self._loop, thread, http)
            return self._client, self._loop


def _end(loop: asyncio.AbstractEventLoop, thread: threading.Thread, http: httpx.AsyncClient) -> None:
    async def finish() -> None:
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await http.aclose()
        await loop.shutdown_asyncgens()

    if threading.current_thread() is thread:  # the collector came by here: nobody could wait
        loop.stop()
        return
    with suppress(TimeoutError):
        asyncio.run_coroutine_threadsafe(finish(), loop).result(_END_S)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(_END_S)
    if not thread.is_alive():
        loop.close()  # without waiting for look-ups of names


def _http_client() -> httpx.AsyncClient:
    import httpx

    class Bounded(httpx.AsyncByteStream):
        """Ends an answer that goes on and on."""

        def __init__(self, stream: httpx.AsyncByteStream) -> None:
            self._stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            read = 0
            async for part in self._stream:
                read += len(part)
                if read > MOST_BYTES:
                    raise Failed("endless", f"more than {MOST_BYTES} bytes")
                yield part

        async def aclose(self) -> None:
            await self._stream.aclose()

    async def bound(response: httpx.Response) -> None:
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = Bounded(response.stream)

    # A hook and no transport of our own, which would switch off the proxies that the environment names.
    return httpx.AsyncClient(event_hooks={"response": [bound]}, follow_redirects=True, max_redirects=3)


def _client(settings: Settings, http: httpx.AsyncClient) -> BaseChatOpenAI:
    import httpx

    # Not its subclass ChatOpenAI, which renames max_tokens whatever the endpoint takes (agents/dialect.py).
    from langchain_openai.chat_models.base import BaseChatOpenAI

    return BaseChatOpenAI(
        model=settings.llm_model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or "none",
        timeout=httpx.Timeout(settings.llm_total_timeout_s, connect=settings.llm_connect_timeout_s),
        max_retries=0,  # agents/models.py alone asks again
        stream_usage=False,  # asked for by name, as not every endpoint takes it
        http_async_client=http,
    )


async def _hear(client: BaseChatOpenAI, messages: Messages, options: Mapping[str, Any], request: Request) -> None:
    """Put the answer's pieces into the request, and last None or what went wrong."""
    finished = said = False
    try:
        async for chunk in client.astream([*messages], **options):
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            said = said or bool(chunk.text)
            request.pieces.put(Piece(chunk.text, finished, _tokens(chunk)))
            # A flood of pieces must leave room to whoever gives it up, and may not run ahead of who reads it.
            await asyncio.sleep(0 if request.pieces.qsize() < _AHEAD else _WAIT_S)
    except Exception as error:  # noqa: BLE001 - whatever an endpoint does wrong, the shop goes on without it
        request.pieces.put(_as_failed(error))
        return
    if not finished:
        request.pieces.put(Failed("broken off", "the answer has no end", passing=True))
    elif not said:
        request.pieces.put(Failed("empty", "the answer has no text"))
    else:
        request.pieces.put(None)


def _tokens(chunk: AIMessageChunk) -> tuple[int, int] | None:
    used = chunk.usage_metadata
    return (used["input_tokens"], used["output_tokens"]) if used else None


def _as_failed(error: Exception) -> Failed:
    import httpx
    import openai

    known = next((each for each in _causes(error) if isinstance(each, Failed)), None)
    if known is not None:
        return known
    words = " ".join(f"{type(each).__name__}: {each}" for each in _causes(error))[:_WORDS_KEPT]
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, words)
    if any(isinstance(each, (openai.APITimeoutError, httpx.TimeoutException, TimeoutError)) for each in _causes(error)):
        return Failed("silent", words)
    if any(isinstance(each, httpx.TransportError) for each in _causes(error)):
        by_certificate = any(isinstance(each, ssl.SSLError) for each in _causes(error))
        return Failed("unreachable", words, passing=not by_certificate)
    if isinstance(error, openai.APIConnectionError):
        return Failed("unreachable", words, passing=True)
    return Failed("nonsense", words)


def _of_status(error: Any, words: str) -> Failed:
    status: int = error.status_code
    if status in _ABOUT_THE_REQUEST:
        return Failed("rejected", words)
    if status in _PASSING:
        return Failed("overloaded", words, passing=True, wait_s=_retry_after(error.response.headers))
    return Failed("refused", words)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint asks to be left alone; its dates are not read."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or each.__context__
