"""A scripted images API of the OpenAI shape: each picture takes the same time, and its pixels depend on nothing but its words."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

_SIDE = 64


class Studio:
    """The API. ``asked`` counts the words that it was asked for; ``seconds`` is what a picture takes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked: Counter[str] = Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def base_url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def open(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def studio(seconds: float) -> Iterator[Studio]:
    """An open studio, closed afterwards."""
    opened = Studio(seconds)
    opened.open()
    try:
        yield opened
    finally:
        opened.close()


def _handler(owner: Studio) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = str(asked["prompt"])
            owner.asked[prompt] += 1
            time.sleep(owner.seconds)
            body = json.dumps({"data": [{"b64_json": base64.b64encode(_drawn(prompt)).decode()}]}).encode()
            with suppress(OSError):  # whoever asked may have been killed
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _drawn(prompt: str) -> bytes:
    from PIL import Image

    dice = Random(hashlib.sha256(prompt.encode()).digest())
    file = io.BytesIO()
    Image.frombytes("RGB", (_SIDE, _SIDE), dice.randbytes(_SIDE * _SIDE * 3)).save(file, format="PNG")
    return file.getvalue()
