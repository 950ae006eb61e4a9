"""The clients of the load, in a process of their own: ``python -m evals.load.clients ORDER.json``.

They share the machine's cores with the server that is measured, so this is a hand-written HTTP/1.1 over asyncio streams that
costs next to nothing, and imports nothing of the shop. ``evals/load/crowd.py`` starts it; the order is a JSON document::

    {"port", "clients", "patient", "reports": FILE, "answers": FILE, "step"}

``reports`` has a line ``[token, body]`` a report. ``answers`` gets a line ``[number, status, ms, at, attempts, body]`` a report,
status 0 where none came. A patient client asks again, with the same body, until the shop has acknowledged. Standard output tells
the number of acknowledged reports every ``step`` of them, and at last how often what went wrong on the way.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

_ATTEMPT_S = 30.0
_PATIENCE_S = 300.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 1.0

Answer = tuple[int, bytes]


class Line:
    """One client's keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> Answer:
        """Send a request and read its whole answer.

        Raises:
            OSError, EOFError, TimeoutError: the connection failed; the next request opens another.
        """
        try:
            async with asyncio.timeout(_ATTEMPT_S):
                if self._ends is None:
                    self._ends = await asyncio.open_connection("127.0.0.1", self._port)
                reader, writer = self._ends
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = head.index(b"content-length:") + 15
                body = await reader.readexactly(int(head[length : head.index(b"\r\n", length)]))
                if b"connection: close" in head:
                    self.close()
                return int(head[9:12]), body
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None


class _Crowd:
    """All clients: they take reports from one queue until it is empty."""

    def __init__(self, order: dict[str, Any], answers: TextIO) -> None:
        self._order = order
        self._answers = answers
        self._requests = [_request(*json.loads(line)) for line in Path(order["reports"]).read_text().splitlines()]
        self._queue = deque(enumerate(self._requests))
        self._acknowledged = 0
        self._troubles: Counter[str] = Counter()
        self._samples: dict[str, str] = {}

    async def run(self) -> None:
        await asyncio.gather(*(self._client() for _ in range(self._order["clients"])))
        _tell({"troubles": self._troubles, "samples": self._samples})

    async def _client(self) -> None:
        line = Line(self._order["port"])
        while self._queue:
            number, request = self._queue.popleft()
            started = time.perf_counter()
            attempts, (status, body) = await self._deliver(line, request)
            took = (time.perf_counter() - started) * 1000
            row = [number, status, round(took, 3), time.time(), attempts, body.decode("utf-8", "replace")]
            self._answers.write(json.dumps(row) + "\n")
            if status == 200:
                self._acknowledged += 1
                if self._acknowledged % self._order["step"] == 0:
                    _tell(self._acknowledged)
        line.close()

    async def _deliver(self, line: Line, request: bytes) -> tuple[int, Answer]:
        """Send a report, again and again if we are patient; how often, and the last answer."""
        give_up = time.monotonic() + _PATIENCE_S
        attempts = 0
        pause = _FIRST_PAUSE_S
        while True:
            attempts += 1
            answer: Answer = (0, b"")
            try:
                answer = await line.ask(request)
            except (OSError, EOFError, TimeoutError, ValueError) as error:  # ValueError: not an answer as we read them
                self._trouble(type(error).__name__, str(error))
            if answer[0] >= 400:
                told = b'"status":%d' % answer[0] in answer[1]
                kind = str(answer[0]) if told else f"{answer[0]} without a problem document"
                self._trouble(kind, answer[1].decode("utf-8", "replace"))
            if 0 < answer[0] < 500 or not self._order["patient"] or time.monotonic() > give_up:
                return attempts, answer
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(_LONGEST_PAUSE_S, pause * 2)

    def _trouble(self, kind: str, text: str) -> None:
        self._troubles[kind] += 1
        self._samples.setdefault(kind, text[:2000])


def _request(token: str, body: str) -> bytes:
    return (
        "POST /events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _tell(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run clients to their end, on uvloop where there is one."""
    with suppress(ImportError):  # there is no uvloop for Windows
        import uvloop

        uvloop.run(work)
        return
    asyncio.run(work)


def main() -> None:
    """The entry point."""
    order = json.loads(Path(sys.argv[1]).read_text())
    try:
        with Path(order["answers"]).open("w") as answers:
            run(_Crowd(order, answers).run())
    except BrokenPipeError:
        os._exit(1)  # whoever started us is gone: nobody is left to be told, not even by a traceback


if __name__ == "__main__":
    main()
