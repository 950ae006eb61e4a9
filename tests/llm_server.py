"""A scripted OpenAI-compatible server: the endpoint that the language-model path is tested against.

``ScriptedModel`` answers ``POST /v1/chat/completions`` the way its script says, as JSON or as a stream, and keeps what it was
asked. It listens on a free port of the loopback interface in a thread of its own.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Fault = Literal["none", "hang", "error_500", "error_429", "truncated", "stalls", "empty", "not_json"]
Script = Callable[[dict[str, Any]], str]
"""From the request's body to the text of the answer."""


@dataclass
class ScriptedModel:
    """What the server answers and what it was asked. ``fault`` is of every answer, ``coach_fault`` of the Coach's only; both may
    be changed at any time. A stream that ``stalls`` sends two thirds of its text and waits until it is ``released``."""

    script: Script
    fault: Fault = "none"
    coach_fault: Fault = "none"
    requests: list[dict[str, Any]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    base_url: str = ""


def is_planning(request: dict[str, Any]) -> bool:
    """Whether a request asks for a plan rather than for the Coach's words."""
    return bool(request.get("response_format"))


@contextmanager
def serve(script: Script) -> Iterator[ScriptedModel]:
    """Run a scripted endpoint; ``base_url`` is what OPENAI_BASE_URL should be."""
    model = ScriptedModel(script)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(model))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        model.released.set()  # lets hanging requests go
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # the connection's end is the answer's end

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.requests.append(request)
            fault = model.fault if is_planning(request) or model.fault != "none" else model.coach_fault
            match fault:
                case "hang":
                    model.released.wait(60)
                    return
                case "error_500" | "error_429":
                    self._send(int(fault.removeprefix("error_")), "application/json", b'{"error": {"message": "no"}}')
                    return
                case "not_json":
                    self._send(200, "text/event-stream", b"<html>a gateway's error page</html>")
                    return
            text = "" if fault == "empty" else model.script(request)
            if request.get("stream"):
                self._stream(text, fault)
            else:
                self._send(200, "application/json", json.dumps(_completion(text)).encode())

        def _stream(self, text: str, fault: Fault) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            pieces = [text[start : start + 7] for start in range(0, len(text), 7)]
            sent = {"truncated": len(pieces) // 2, "stalls": len(pieces) * 2 // 3}.get(fault, len(pieces))
            for piece in pieces[: max(1, sent)]:
                self._event(_chunk({"content": piece}, None))
            if fault == "stalls":
                model.released.wait(60)
            elif fault != "truncated":
                self._event(_chunk({}, "stop"))
                self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, data: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
            self.wfile.flush()

        def _send(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }


def _chunk(delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
