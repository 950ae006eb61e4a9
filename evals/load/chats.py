"""Chat with a shop through many clients, and tell from which edition of a manual they are answered.

Every passage of the manual names its edition: an answer that names two was put together from two generations.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Event, Thread

import httpx

QUESTION = "How do I look after the Heron Spear, and how often?"
SOURCE = "heron-spear.md"

_EDITION = re.compile(r"edition (\d+)")
_TIMEOUT_S = 60
_MANUAL = """---
weapon: heron-spear
name: Heron Spear
type: spear
styles: [Water]
---

# Heron Spear

## Overview
The Heron Spear is a spear for Water Breathing, as edition {n} of this manual describes it.

## Maintenance
### Intervals
- After each use: Wipe the shaft of the Heron Spear with the cloth of edition {n}.
- Weekly: Oil the shaft of the Heron Spear with the linseed oil of edition {n}.
- Monthly: Check the socket of the Heron Spear against the chart of edition {n}.
### Steps
1. Dry the shaft with the towel of edition {n}.
2. Rub the linseed oil of edition {n} into the shaft.
3. Leave the spear on the rack of edition {n} for a night.

## Storage
Keep the Heron Spear on the upright rack of edition {n}, away from heat.
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """One chat: times in Unix seconds, status 0 where no answer came, the editions that the answer names."""

    client: int
    started: float
    ended: float
    status: int
    editions: frozenset[int]
    trouble: str

    @property
    def ms(self) -> float:
        """How long it took."""
        return (self.ended - self.started) * 1000


def write_manual(folder: Path, edition: int) -> None:
    """Write an edition of the manual; odd ones have a section more."""
    more = f"\n## History\nEdition and edition {edition} again: the herons of the north.\n" if edition % 2 else ""
    (folder / SOURCE).write_text(_MANUAL.format(n=edition) + more, encoding="utf-8")


class Chats:
    """Clients at work, each in a thread: whoever has an answer asks again."""

    def __init__(self, port: int, tokens: Sequence[str]) -> None:
        self.heard: list[Heard] = []
        self._address = f"http://127.0.0.1:{port}"
        self._ended = Event()
        self._changed = Condition()
        self._threads = [Thread(target=self._ask, args=each, daemon=True) for each in enumerate(tokens)]
        for thread in self._threads:
            thread.start()

    def wait_for(self, edition: int, timeout_s: float) -> float | None:
        """Wait until an edition is answered from; the Unix time of the first such answer, None when none came in time."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while True:
                found = [each.ended for each in self.heard if edition in each.editions]
                if found:
                    return min(found)
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    return None

    def wait_rounds(self, rounds: int, timeout_s: float) -> None:
        """Wait until every client has begun and ended so many chats from now on, or the time is over."""
        since, deadline = time.time(), time.monotonic() + timeout_s
        with self._changed:
            while time.monotonic() < deadline:
                counts = [0] * len(self._threads)
                for each in self.heard:
                    counts[each.client] += each.started >= since
                if min(counts) >= rounds:
                    return
                self._changed.wait(max(0.0, deadline - time.monotonic()))

    def end(self) -> None:
        """Let every client hear its answer to the end, and stop."""
        self._ended.set()
        for thread in self._threads:
            thread.join(_TIMEOUT_S)

    def _ask(self, client: int, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=self._address, headers=headers, timeout=_TIMEOUT_S) as session:
            while not self._ended.is_set():
                started, status, text = time.time(), 0, ""
                try:
                    answer = session.post("/coach/chat", json={"message": QUESTION})
                    status, text = answer.status_code, answer.text
                except httpx.HTTPError as error:
                    text = f"{type(error).__name__}: {error}"
                    time.sleep(0.05)
                editions = frozenset(map(int, _EDITION.findall(text)))
                trouble = "" if status == 200 and editions else text[:300]
                with self._changed:
                    self.heard.append(Heard(client, started, time.time(), status, editions, trouble))
                    self._changed.notify_all()


@contextmanager
def chatting(port: int, tokens: Sequence[str]) -> Iterator[Chats]:
    """Clients that chat until the block ends."""
    chats = Chats(port, tokens)
    try:
        yield chats
    finally:
        chats.end()
