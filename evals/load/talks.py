"""Chats of one message each, over the stream: how long until the first word, and how it ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
from httpx_sse import EventSource

_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Talk:
    """One chat: times in Unix seconds; status 0 where no answer came.

    Attributes:
        started: when it was sent.
        first_word_s: seconds until the first word of the answer; the whole time where none came.
        seconds: until its end.
        status: of the response.
        last: kind of the last event: ``done``, ``error``, or nothing.
        answer: the data of that event.
    """

    started: float
    first_word_s: float
    seconds: float
    status: int
    last: str
    answer: dict[str, Any]

    @property
    def good(self) -> bool:
        """Whether it was answered from the manuals, with their passages."""
        return self.status == 200 and self.last == "done" and bool(self.answer["reply"] and self.answer["citations"])

    @property
    def engine(self) -> str:
        """Which path answered; empty where none did."""
        return str(self.answer.get("engine", ""))


class Talkers:
    """Slayers who chat when they are told to, each in a thread of their own."""

    def __init__(self, port: int, tokens: Sequence[str], message: str) -> None:
        self._address = f"http://127.0.0.1:{port}"
        self._tokens = tokens
        self._message = message
        self._turn = count()
        self._pool = ThreadPoolExecutor(64, thread_name_prefix="talker")

    def start(self) -> Future[Talk]:
        """Begin a chat in a new thread of the shop, the slayers taking turns."""
        return self._pool.submit(self._talk, self._tokens[next(self._turn) % len(self._tokens)])

    def talk(self, at_once: int = 1) -> list[Talk]:
        """So many chats at the same time, to their end."""
        return [each.result() for each in [self.start() for _ in range(at_once)]]

    def until(self, wanted: Callable[[Talk], bool], timeout_s: float) -> list[Talk]:
        """Chat, one after the other, until one is as wanted or the time is over; all of them."""
        deadline, talks = time.monotonic() + timeout_s, list[Talk]()
        while not talks or not (wanted(talks[-1]) or time.monotonic() > deadline):
            talks += self.talk()
        return talks

    def close(self) -> None:
        """Wait for the chats under way."""
        self._pool.shutdown()

    def _talk(self, token: str) -> Talk:
        headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        at, started, first, status = time.time(), time.perf_counter(), 0.0, 0
        last, answer = "", dict[str, Any]()
        try:
            with (
                httpx.Client(base_url=self._address, headers=headers, timeout=_TIMEOUT_S) as client,
                client.stream("POST", "/coach/chat", json={"message": self._message}) as response,
            ):
                status = response.status_code
                if status != 200:
                    answer = {"detail": response.read().decode("utf-8", "replace")[:300]}
                else:
                    for event in EventSource(response).iter_sse():
                        if event.event == "text":
                            first = first or time.perf_counter() - started
                        elif event.event in ("done", "error"):
                            last, answer = event.event, json.loads(event.data)
        except httpx.HTTPError as error:
            answer = {"detail": f"{type(error).__name__}: {error}"}
        seconds = time.perf_counter() - started
        return Talk(at, first or seconds, seconds, status, last, answer)
