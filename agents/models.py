"""The language model, when an OpenAI-compatible endpoint is configured, behind one small door.

A turn must be answered within 5 seconds whatever the endpoint does. So silence is what is timed: the endpoint is given up
when it cannot be reached, or says nothing for ``llm_silence_timeout_s``, while an answer that flows may take its time. After
a failure the breaker stays open for a while and the embedded path answers at once; then one call is let through to see.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from hashiramart.config import Settings
from hashiramart.errors import Unavailable

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

logger = logging.getLogger(__name__)

Messages = Sequence[tuple[str, str]]
"""(role, content) pairs; roles ``system``, ``human``, ``ai``."""

OPEN_SECONDS = 30.0


class ModelUnavailable(Unavailable):
    """The endpoint did not answer as it should; the embedded path takes over."""


class Breaker:
    """Open after a failure for a while, then lets one call through. ``clock`` gives seconds."""

    def __init__(self, open_seconds: float = OPEN_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._open_seconds = open_seconds
        self._clock = clock
        self._retry_at = 0.0
        self._lock = Lock()

    @property
    def closed(self) -> bool:
        """Whether calls may go through now, without claiming the trial call."""
        return self._clock() >= self._retry_at

    def enter(self) -> bool:
        """Whether this call may go through. While it is on trial after a failure, others may not."""
        with self._lock:
            if not self.closed:
                return False
            if self._retry_at:
                self._retry_at = self._clock() + self._open_seconds
            return True

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._retry_at = self._clock() + self._open_seconds

    def worked(self) -> None:
        """A call worked."""
        with self._lock:
            self._retry_at = 0.0


class LanguageModel:
    """A streaming chat model. Not configured, or its breaker open: ``available`` is False."""

    def __init__(self, settings: Settings, breaker: Breaker | None = None) -> None:
        self._settings = settings
        self.breaker = breaker or Breaker()
        self._client: ChatOpenAI | None = None
        self._lock = Lock()

    @property
    def available(self) -> bool:
        """Whether asking makes sense now."""
        return self._settings.llm_configured and self.breaker.closed

    def stream(self, messages: Messages, **options: Any) -> Iterator[str]:
        """Ask, and yield the answer's text as it comes.

        Args:
            messages: the conversation, oldest first.
            options: passed to the endpoint (``temperature``, ``max_tokens``, ``response_format``).

        Raises:
            ModelUnavailable: not configured, unreachable, silent, refusing, broken off, or empty.
        """
        if not self._settings.llm_configured or not self.breaker.enter():
            raise ModelUnavailable("The language model is not reachable at the moment.")
        try:
            yield from self._flow(messages, options)
        except GeneratorExit:
            raise
        except Exception as error:  # whatever an endpoint does wrong, the shop goes on without it
            self.breaker.failed()
            logger.warning("language model: %s: %s", type(error).__name__, str(error)[:200])
            raise ModelUnavailable("The language model is not reachable at the moment.") from error
        self.breaker.worked()

    def _flow(self, messages: Messages, options: dict[str, Any]) -> Iterator[str]:
        started = time.monotonic()
        said = finished = False
        for chunk in self._chat().stream([*messages], **options):
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            if time.monotonic() - started > self._settings.llm_total_timeout_s:
                raise TimeoutError("the answer took too long")
            if chunk.text:
                said = True
                yield chunk.text
        if not said:
            raise ConnectionError("the answer was empty")
        if not finished:
            raise ConnectionError("the answer broke off")

    def _chat(self) -> ChatOpenAI:
        with self._lock:
            if self._client is None:
                import httpx
                from langchain_openai import ChatOpenAI

                settings = self._settings
                self._client = ChatOpenAI(
                    model=settings.llm_model,
                    base_url=settings.openai_base_url,
                    api_key=settings.openai_api_key or "none",
                    timeout=httpx.Timeout(settings.llm_silence_timeout_s, connect=settings.llm_connect_timeout_s),
                    max_retries=0,
                    stream_usage=False,
                )
            return self._client
