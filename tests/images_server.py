"""A scripted images API of the OpenAI shape, with the answers that such APIs give, good and bad."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


def picture(size: tuple[int, int] = (1024, 1024), kind: str = "PNG") -> bytes:
    """The file of a picture that is not blank."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, format=kind)
    return file.getvalue()


def as_base64(raw: bytes) -> Answer:
    """The answer that carries a picture."""
    return _json(200, {"created": 1, "data": [{"b64_json": base64.b64encode(raw).decode()}]})


def as_address(url: str) -> Answer:
    """The answer that tells where a picture lies."""
    return _json(200, {"created": 1, "data": [{"url": url}]})


def refusal(status: int, code: str, **headers: str) -> Answer:
    """The answer that there will be none."""
    return _json(status, {"error": {"code": code, "message": f"No: {code}.", "type": "x"}}, **headers)


def _json(status: int, body: dict[str, Any], **headers: str) -> Answer:
    return status, {"Content-Type": "application/json", **headers}, json.dumps(body).encode()


@dataclass
class ImagesApi:
    """What the API answers and what it was asked.

    Attributes:
        script: from the number of the request (from 0 on) and its body to the answer.
        files: what it gives for other addresses, by path.
        requests: bodies and headers, in order.
        fetched: paths of other addresses that were asked for.
        held: while it is not set, requests wait.
        base_url: what HASHIRA_IMAGE_BASE_URL should be.
    """

    script: Callable[[int, dict[str, Any]], Answer]
    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[dict[str, Any], dict[str, str]]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    base_url: str = ""


@contextmanager
def serve(script: Callable[[int, dict[str, Any]], Answer]) -> Iterator[ImagesApi]:
    """The API on a port of the loopback interface while the block runs."""
    api = ImagesApi(script)
    api.held.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            api.requests.append((body, dict(self.headers)))
            number = len(api.requests) - 1
            api.held.wait(30)
            self._send(*api.script(number, body))

        def do_GET(self) -> None:
            api.fetched.append(self.path)
            raw = api.files.get(self.path)
            self._send(200 if raw else 404, {}, raw or b"")

        def _send(self, status: int, headers: dict[str, str], raw: bytes) -> None:
            try:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(raw))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(raw)
            except OSError:
                pass  # the caller has hung up

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    api.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield api
    finally:
        api.held.set()
        server.shutdown()
        server.server_close()
        thread.join()
