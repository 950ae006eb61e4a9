"""Clients that ask for recommendations without a pause, in a process of their own: ``python -m evals.load.askers ORDER.json``.

Like ``evals.load.clients`` it imports nothing of the shop. ``evals/load/asking.py`` starts it; the order is a JSON document::

    {"port", "body", "tokens": [one a client], "answers": FILE}

``answers`` gets a line ``[client, started, ended, status, answer or error]`` a request, times in Unix seconds, status 0 where no
answer came. Standard output tells ``[model version, started, ended]`` of an answer by another model than the one before. It ends
with standard input, when every client has its last answer.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from evals.load.clients import Line, run

_VERSION = re.compile(rb'"model_version":"([^"]*)"')


class _Askers:
    """All clients: each asks again as soon as it has its answer."""

    def __init__(self, order: dict[str, Any], answers: TextIO) -> None:
        self._port: int = order["port"]
        self._requests = [_request(token, order["body"]) for token in order["tokens"]]
        self._answers = answers
        self._last = b""
        self._ended = False

    async def run(self) -> None:
        clients = [asyncio.create_task(self._ask(number, request)) for number, request in enumerate(self._requests)]
        await asyncio.to_thread(sys.stdin.read)
        self._ended = True
        await asyncio.gather(*clients)

    async def _ask(self, number: int, request: bytes) -> None:
        line = Line(self._port)
        while not self._ended:
            started, status, body = time.time(), 0, b""
            try:
                status, body = await line.ask(request)
            except (OSError, EOFError, TimeoutError, ValueError) as error:  # ValueError: not an answer as we read them
                body = type(error).__name__.encode()
                await asyncio.sleep(0.05)
            ended = time.time()
            row = [number, round(started, 6), round(ended, 6), status, body.decode("utf-8", "replace")]
            self._answers.write(json.dumps(row) + "\n")
            found = _VERSION.search(body) if status == 200 else None
            if found and found[1] != self._last:
                self._last = found[1]
                sys.stdout.write(json.dumps([found[1].decode(), started, ended]) + "\n")
                sys.stdout.flush()
        line.close()


def _request(token: str, body: str) -> bytes:
    return (
        "POST /recommend HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def main() -> None:
    """The entry point."""
    order = json.loads(Path(sys.argv[1]).read_text())
    with Path(order["answers"]).open("w") as answers:
        run(_Askers(order, answers).run())


if __name__ == "__main__":
    main()
