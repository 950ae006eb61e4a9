"""Requests for recommendations and reports of events at an even pace, whatever becomes of the ones before."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from threading import Event, Thread

import httpx

from evals.load.plan import Sent

_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class Served:
    """One request: when it was sent (Unix time), how long it took, and the status, 0 where no answer came."""

    path: str
    at: float
    ms: float
    status: int


class Shoppers:
    """Two clients at work, one for each path."""

    def __init__(self, port: int, every_s: float, tokens: Sequence[str], reports: Sequence[Sent]) -> None:
        self.served: list[Served] = []
        self._address = f"http://127.0.0.1:{port}"
        self._every_s = every_s
        self._ended = Event()
        asked = ((token, '{"top_k": 5}') for token in cycle(tokens))
        told = ((report.token, report.body) for report in cycle(reports))
        self._threads = [
            Thread(target=self._send, args=("/recommend", asked), daemon=True),
            Thread(target=self._send, args=("/events", told), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each have its last answer, and stop."""
        self._ended.set()
        for thread in self._threads:
            thread.join(_TIMEOUT_S)

    def _send(self, path: str, requests: Iterator[tuple[str, str]]) -> None:
        due = time.monotonic()
        with httpx.Client(base_url=self._address, timeout=_TIMEOUT_S) as client:
            for token, body in requests:
                due = max(due + self._every_s, time.monotonic() - self._every_s)
                if self._ended.wait(max(0.0, due - time.monotonic())):
                    return
                headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
                at, started = time.time(), time.perf_counter()
                try:
                    status = client.post(path, content=body, headers=headers).status_code
                except httpx.HTTPError:
                    status = 0
                self.served.append(Served(path, at, (time.perf_counter() - started) * 1000, status))


@contextmanager
def shopping(port: int, every_s: float, tokens: Sequence[str], reports: Sequence[Sent]) -> Iterator[Shoppers]:
    """Clients at work until the block ends.

    Args:
        port: where the shop listens on this machine.
        every_s: seconds between two requests to each path.
        tokens: of those who ask for recommendations.
        reports: events to report, again from the first when all are reported.
    """
    shoppers = Shoppers(port, every_s, tokens, reports)
    try:
        yield shoppers
    finally:
        shoppers.end()
