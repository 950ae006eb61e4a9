"""A scripted OpenAI-compatible endpoint, healthy or with any of the faults that endpoints have.

``ScriptedModel`` answers ``POST /v1/chat/completions`` the way its script says, as JSON or as a stream, and keeps what it was
asked. It listens on a port of the loopback interface in threads of its own, and keeps the port while nobody can reach it.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, get_args

Fault = Literal[
    "none",
    # It cannot be reached.
    "dead",  # the connection is refused
    "deaf",  # the connection is never made
    "reset",  # the connection is made and dropped
    # It keeps us waiting.
    "hang",  # before the first header
    "hang_headers",  # in the middle of the headers
    "stalls",  # in the middle of the answer
    "trickle",  # a letter now and then
    "keepalive",  # comments, and never a word
    # It says that it cannot.
    "error_500",
    "error_503",
    "error_429",
    "rate_limited",  # 429, and it asks to be left alone for a while
    "busy_once",  # 503 to every other request
    "unauthorised",  # 401
    "error_event",  # an error in the middle of the stream
    # What it says is no answer.
    "truncated",
    "empty",
    "not_json",  # a gateway's page
    "bad_json",  # events that cannot be read
    "wrong_schema",  # JSON of another shape
    "bad_text",  # bytes that are no text
    "tool_calls",  # calls of tools that there are not
    "endless",  # an answer without an end
    "huge",  # one event of many megabytes
    "no_plan",  # a plan that is none
]
FAULTS: tuple[Fault, ...] = tuple(fault for fault in get_args(Fault) if fault != "none")
Script = Callable[[dict[str, Any]], str]
"""From the request's body to the text of the answer."""

RETRY_AFTER_S = 2
TRICKLE_S = 0.4
_HOLD_S = 60
_LOOK_S = 0.05
_PIECE = 7
_HUGE = 8_000_000
_REFUSALS: dict[Fault, tuple[int, str, dict[str, str]]] = {
    "error_500": (500, "no", {}),
    "error_503": (503, "no", {}),
    "error_429": (429, "too fast", {}),
    "rate_limited": (429, "too fast", {"Retry-After": str(RETRY_AFTER_S)}),
    "unauthorised": (401, "Incorrect API key provided.", {}),
}
_NO_ANSWERS: dict[Fault, bytes] = {
    "not_json": b"<html>a gateway's error page</html>",
    "bad_json": b'data: {"choices": [{"delta": \n\ndata: [DONE]\n\n',
    "wrong_schema": b'data: {"choices": {"delta": "words"}, "usage": "much"}\n\ndata: ["what", 7]\n\ndata: [DONE]\n\n',
    "bad_text": b'data: {"choices": [{"delta": {"content": "\xff\xfe\x80"}}]}\n\n',
}


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class ScriptedModel:
    """What the endpoint answers and what it was asked.

    Attributes:
        script: from request to answer.
        fault: of every answer.
        coach_fault: of the Coach's answers only. Both may be changed at any time.
        refuses: names of fields of a request that it refuses with 400, naming them or, ``in_words`` off, not.
        in_words: whether a refusal names the field.
        counts: whether it tells the tokens, where it is asked to.
        held: while it is not set, requests wait.
        requests: the bodies, in order.
        times: when each of them came, by ``time.monotonic``.
        released: lets requests go that are held.
        base_url: what OPENAI_BASE_URL should be.
        most_at_once: the largest number of requests that were under way at the same time.
        door: behind which it listens.
    """

    script: Script
    fault: Fault = "none"
    coach_fault: Fault = "none"
    refuses: set[str] = field(default_factory=set)
    in_words: bool = True
    counts: bool = True
    held: threading.Event = field(default_factory=_set)
    requests: list[dict[str, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    base_url: str = ""
    most_at_once: int = 0
    door: _Door | None = None
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def come(self, request: dict[str, Any]) -> int:
        """Note a request that came; its number."""
        with self._lock:
            self.requests.append(request)
            self.times.append(time.monotonic())
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            return len(self.requests)

    def go(self) -> None:
        """Note that one has been answered."""
        with self._lock:
            self._at_once -= 1

    def forget(self) -> None:
        """Forget what came so far."""
        with self._lock:
            self.requests.clear()
            self.times.clear()
            self.most_at_once = self._at_once

    def fault_of(self, request: dict[str, Any]) -> Fault:
        """What goes wrong with a request."""
        return self.fault if is_planning(request) or self.fault != "none" else self.coach_fault


def is_planning(request: dict[str, Any]) -> bool:
    """Whether a request asks for a plan rather than for the Coach's words."""
    return "You plan for HashiraMart" in str(request["messages"][0]["content"])


@contextmanager
def serve(script: Script) -> Iterator[ScriptedModel]:
    """Run a scripted endpoint until the block ends."""
    model = ScriptedModel(script)
    door = model.door = _Door(model)
    door.open()
    model.base_url = f"http://127.0.0.1:{door.port}/v1"
    try:
        yield model
    finally:
        model.released.set()  # lets hanging requests go
        door.shut()


@contextmanager
def unreachable(model: ScriptedModel, how: Literal["dead", "deaf"]) -> Iterator[None]:
    """Have nobody reach a running endpoint until the block ends.

    Args:
        model: of ``serve``.
        how: whether connections are refused, or never made.
    """
    door = model.door
    assert door is not None
    door.shut()
    try:
        with _deaf(door.port) if how == "deaf" else nullcontext():
            yield
    finally:
        door.open()


class _Door:
    """The listening server of a model, on the same port whenever it is open."""

    def __init__(self, model: ScriptedModel) -> None:
        self._model = model
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def open(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), _handler(self._model))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_LOOK_S,), daemon=True)
        self._thread.start()

    def shut(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what is tested here."""


@contextmanager
def _deaf(port: int) -> Iterator[None]:
    """A port whose queue of connections is full: whoever calls now is not heard."""
    with socket.socket() as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind(("127.0.0.1", port))
        ear.listen(0)
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        try:
            yield
        finally:
            for caller in callers:
                caller.close()


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(_Answering):
        scripted = model

    return Handler


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"  # the connection's end is the answer's end
    scripted: ScriptedModel

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        pass

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number = self.scripted.come(request)
        try:
            self.scripted.held.wait(_HOLD_S)
            self._answer(request, number)
        finally:
            self.scripted.go()

    def _answer(self, request: dict[str, Any], number: int) -> None:
        fault = self.scripted.fault_of(request)
        if refused := next((name for name in sorted(self.scripted.refuses) if name in request), None):
            named = f"Unsupported parameter: '{refused}' is not supported." if self.scripted.in_words else "Bad request"
            self._send_json(400, {"error": {"message": named, "type": "invalid_request_error"}})
        elif fault == "busy_once" and number % 2 == 1:
            self._send_json(503, {"error": {"message": "busy"}}, {"Retry-After": "0"})
        elif not self._without_words(fault):
            text = "" if fault == "empty" else self.scripted.script(request)
            if fault == "no_plan" and is_planning(request):
                text = '{"steps": "all of them", "small_talk": 7}'
            if request.get("stream"):
                asked = bool((request.get("stream_options") or {}).get("include_usage"))
                self._stream(text, fault, counted=asked and self.scripted.counts)
            else:
                self._send_json(200, _completion(text))

    def _without_words(self, fault: Fault) -> bool:
        """Answer with a fault that has no words of an answer in it; whether that is all."""
        match fault:
            case "hang":
                self._hold()
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "hang_headers":
                self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Ty")
                self._hold()
            case "keepalive":
                self._begin()
                self._repeat(b": keep-alive\n\n", 0.1)
            case "huge":
                self._begin()
                self._repeat(b"data: " + b" " * 65_536, 0, times=_HUGE // 65_536)
            case _ if fault in _REFUSALS:
                status, message, headers = _REFUSALS[fault]
                self._send_json(status, {"error": {"message": message}}, headers)
            case _ if fault in _NO_ANSWERS:
                self._send(200, "text/event-stream", _NO_ANSWERS[fault])
            case _:
                return False
        return True

    def _stream(self, text: str, fault: Fault, *, counted: bool) -> None:
        self._begin()
        if fault == "tool_calls":
            self._event(
                _chunk({"tool_calls": [{"index": 0, "id": "c7", "function": {"name": "buy", "arguments": "{"}}]})
            )
            self._event(_chunk({}, "tool_calls"))
            self.wfile.write(b"data: [DONE]\n\n")
            return
        if fault == "endless":
            self._repeat(f"data: {json.dumps(_chunk({'content': 'and on and on '}))}\n\n".encode(), 0)
            return
        size = 1 if fault == "trickle" else _PIECE  # no answer is so short that it comes in time
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        sent = {"truncated": len(pieces) // 2, "stalls": len(pieces) * 2 // 3, "error_event": len(pieces) // 2}
        for piece in pieces[: max(1, sent.get(fault, len(pieces)))]:
            self._event(_chunk({"content": piece}))
            if fault == "trickle" and self._gone(TRICKLE_S):
                return
        match fault:
            case "stalls":
                self._hold()
            case "error_event":
                self._event({"error": {"message": "the model fell over", "type": "server_error"}})
            case "truncated":
                pass
            case _:
                self._event(_chunk({}, "stop"))
                if counted:
                    self._event({**_chunk({}), "choices": [], "usage": _usage(text)})
                self.wfile.write(b"data: [DONE]\n\n")

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def _repeat(self, data: bytes, every_s: float, times: int | None = None) -> None:
        """Send the same again and again, while somebody listens."""
        with suppress(OSError):
            while times is None or times > 0:
                self.wfile.write(data)
                self.wfile.flush()
                times = None if times is None else times - 1
                if (every_s and self._gone(every_s)) or self.scripted.released.is_set():
                    return

    def _hold(self) -> None:
        """Keep the client waiting until it leaves or is released."""
        self.wfile.flush()
        self._gone(_HOLD_S)

    def _gone(self, within_s: float) -> bool:
        """Wait; whether the client has left, or was released, within that time."""
        deadline = time.monotonic() + within_s
        while (left := deadline - time.monotonic()) > 0:
            if self.scripted.released.is_set() or select.select([self.connection], [], [], min(_LOOK_S, left))[0]:
                return True
        return False

    def _event(self, data: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()

    def _send_json(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, "application/json", json.dumps(body).encode(), headers)

    def _send(self, status: int, media_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _usage(text: str) -> dict[str, int]:
    """Made-up counts that a test can tell from estimates."""
    return {"prompt_tokens": 1000, "completion_tokens": len(text), "total_tokens": 1000 + len(text)}


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": _usage(text),
    }


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
