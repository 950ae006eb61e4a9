"""The language model, when an OpenAI-compatible endpoint is configured, behind one small door.

A turn must have its first word within 5 seconds whatever the endpoint does. So a call is given up

* when nothing comes for ``llm_silence_timeout_s`` (a byte that says nothing is nothing),
* when the slayer has read no word yet and has waited ``first_word_s`` since the turn began,
* after ``llm_total_timeout_s``, even while it flows.

This is also the one place that asks again: once, after what may pass (a connection that dropped, 429, 5xx), as long as nothing
of the answer was shown and there is time. What the endpoint does not take, it is not asked for again (``agents/dialect.py``).
After a failure the breaker keeps the endpoint at rest (``agents/breaker.py``), and the embedded path answers at once.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from agents.breaker import Breaker
from agents.dialect import Dialect, Otherwise, fit, learn
from agents.endpoint import Endpoint, Failed, Kind, Messages, Request
from agents.traced_calls import trace_call
from agents.usage import ModelCall, ModelUse, tokens_of
from hashiramart.config import Settings
from hashiramart.errors import Unavailable

__all__ = ["LanguageModel", "Messages", "ModelUnavailable"]

logger = logging.getLogger(__name__)

_FIRST_WORD = 1.6  # times the silence
_PAUSE_S = 0.3
_SHORTEST_S = 0.5  # with less time than this left, asking makes no sense
_DIALECTS = 6  # so many ways of putting a request are tried
_MOST_LETTERS = 40_000
_AWAY = "The language model is not reachable at the moment."


class ModelUnavailable(Unavailable):
    """The endpoint did not answer as it should; the embedded path takes over."""


@dataclass
class _Call:
    """One question under way: how it is put, what went out for it and what came back."""

    messages: Messages
    options: dict[str, Any]
    use: ModelUse
    share: float
    began: float
    otherwise: Otherwise
    whole: bool
    requests: int = 0
    heard: list[str] = field(default_factory=list)
    counted: tuple[int, int] = (0, 0)
    uncounted: list[tuple[int, int]] = field(default_factory=list)
    request: Request | None = None
    shown: bool = False


class LanguageModel:
    """A streaming chat model. Not configured, or its breaker open: ``available`` is False.

    Args:
        settings: which endpoint, and how long to wait for it.
        breaker: keeps it at rest after failures.
        clock: gives seconds.
        pause: waits for so many seconds before a request is repeated.
    """

    def __init__(
        self,
        settings: Settings,
        breaker: Breaker | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self.breaker = breaker or Breaker(settings.llm_rest_s)
        self._clock = clock
        self._pause = pause
        self._endpoint = Endpoint(settings)
        # OpenAI's own models know only the newer name of the limit; of the others all know the older one.
        self._dialect = Dialect(newer_limit=settings.openai_base_url is None)
        self._waiting: set[Request] = set()
        self._lock = Lock()

    @property
    def available(self) -> bool:
        """Whether asking makes sense now."""
        return self._settings.llm_configured and self.breaker.state != "open"

    @property
    def first_word_s(self) -> float:
        """Seconds that a slayer may wait for the first word of an answer before the embedded path gives it."""
        return self._settings.llm_first_word_timeout_s or _FIRST_WORD * self._settings.llm_silence_timeout_s

    def warm_up(self) -> None:
        """Load what the first request needs, which takes seconds, if an endpoint is configured. Nothing is sent."""
        if self._settings.llm_configured:
            with suppress(Exception):  # settings that no client takes: the first request says so
                self._endpoint.open()

    def close(self) -> None:
        """Cancel what is under way and close the connections."""
        self._endpoint.close()

    def stream(
        self,
        messages: Messages,
        *,
        use: ModelUse | None = None,
        purpose: str = "other",
        share: float = 1.0,
        whole: bool = False,
        **options: Any,
    ) -> Iterator[str]:
        """Ask, and yield the answer's text as it comes.

        Args:
            messages: the conversation, oldest first.
            use: the turn that it is for; the call is noted there. Without it the call is a turn of its own.
            purpose: what it is for, for the record.
            share: of ``first_word_s``, how much may have passed before the answer must be there.
            whole: yield the answer in one piece, so that it may be asked for again even when it broke off midway.
            options: passed to the endpoint (``temperature``, ``max_tokens``, ``response_format``), as far as it takes them.

        Raises:
            ModelUnavailable: not configured, at rest after a failure, or it did not answer as it should.
        """
        use = use or ModelUse(self._clock)
        call = _Call(messages, options, use, share, self._clock(), self._dialect.otherwise, whole)
        if not self._settings.llm_configured or self._left(call) < _SHORTEST_S or not self.breaker.enter():
            raise ModelUnavailable(_AWAY)
        outcome = "stopped"
        try:
            yield from self._answer(call)
            outcome = "answered"
        except Failed as error:
            outcome = error.kind
            self._gone_wrong(error)
            raise ModelUnavailable(_AWAY) from error
        finally:
            if outcome == "answered" or (outcome == "stopped" and call.heard):
                self.breaker.worked()
            elif outcome == "stopped":
                self.breaker.left()
            self._note(call, purpose, outcome)

    def _answer(self, call: _Call) -> Iterator[str]:
        """The answer, asked for a second time where that may help."""
        again = True
        while True:
            try:
                pieces = self._put(call)
                yield from ["".join(pieces)] if call.whole else pieces
            except Failed as error:
                wait_s = (_PAUSE_S if error.wait_s is None else error.wait_s) * random.uniform(1, 1.3)
                in_time = self._left(call) - wait_s >= _SHORTEST_S
                if not (again and error.passing and in_time and not call.shown):
                    raise
                logger.info("language model: asked again after: %s", error)
                again = False
                self._pause(wait_s)
            else:
                return

    def _put(self, call: _Call) -> Iterator[str]:
        """The answer to a request, put in other ways where the endpoint does not take one."""
        for _ in range(_DIALECTS):
            sent = fit({**call.options, "stream_options": {"include_usage": True}}, call.otherwise)
            try:
                yield from self._hear(call, sent)
            except Failed as error:
                otherwise = learn(error.words, sent, call.otherwise) if error.kind == "rejected" else None
                if otherwise is None:
                    raise
                call.otherwise = otherwise
            else:
                self._dialect.keep(call.otherwise)
                return
        raise Failed("rejected", "it takes no way of putting a request")

    def _hear(self, call: _Call, sent: dict[str, Any]) -> Iterator[str]:
        """One request, from its sending to its end."""
        # As a plain field of the request: given as an option, the client would want to parse the stream itself.
        options = {name: value for name, value in sent.items() if name != "response_format"}
        if "response_format" in sent:
            options["extra_body"] = {"response_format": sent["response_format"]}
        request = self._endpoint.ask(call.messages, options)
        call.requests += 1
        call.heard = []
        counted: tuple[int, int] | None = None
        letters, came = 0, False
        with self._lock:
            self._waiting.add(request)
        try:
            while (piece := request.next(*self._patience(call))) is not None:
                came = True
                counted = piece.tokens or counted
                if piece.text:
                    call.heard.append(piece.text)
                    letters += len(piece.text)
                    if letters > _MOST_LETTERS:
                        raise Failed("endless", f"more than {_MOST_LETTERS} letters")
                    call.shown = not call.whole
                    with self._lock:
                        self._waiting.discard(request)
                    yield piece.text
        finally:
            request.give_up()
            with self._lock:
                self._waiting.discard(request)
            if counted is not None:
                call.counted = (call.counted[0] + counted[0], call.counted[1] + counted[1])
            elif came:
                read = tokens_of([words for _, words in call.messages])
                call.uncounted.append((read, tokens_of(["".join(call.heard)])))

    def _patience(self, call: _Call) -> tuple[float, Kind]:
        """For how many seconds the next piece is waited for, and what it is when none comes."""
        silence, left = self._settings.llm_silence_timeout_s, self._left(call)
        return (silence, "silent") if silence < left else (left, "late")

    def _left(self, call: _Call) -> float:
        """How many seconds the call has left."""
        flows = self._settings.llm_total_timeout_s - (self._clock() - call.began)
        first = float("inf") if call.use.spoken else call.share * self.first_word_s - call.use.waited_s
        return min(flows, first)

    def _gone_wrong(self, error: Failed) -> None:
        logger.warning("language model: %s", error)
        if error.kind == "rejected":  # the next request may be taken
            self.breaker.left()
            return
        self.breaker.failed(error.wait_s or 0.0)
        if error.kind == "silent":  # and so it is to everybody who waits for a first word
            with self._lock:
                waiting = list(self._waiting)
            for request in waiting:
                request.give_up(Failed("silent", "it is silent to others too"))

    def _note(self, call: _Call, purpose: str, outcome: str) -> None:
        tokens_in, tokens_out = (sum(of) for of in zip(call.counted, *call.uncounted, strict=True))
        noted = ModelCall(
            purpose=purpose,
            model=self._settings.llm_model,
            requests=call.requests,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            estimated=bool(call.uncounted),
            ms=round((self._clock() - call.began) * 1000, 1),
            outcome=outcome,
        )
        call.use.calls.append(noted)
        trace_call(noted, call.messages, call.heard, self._settings)
