"""Around every request: a correlation id, security headers, and a limit on what a body may weigh."""

from __future__ import annotations

import uuid

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from hashiramart.correlation import bound

MAX_BODY = 1_000_000  # bytes; the longest legitimate message is a few kilobytes
TOO_LARGE = f"The request's body is larger than {MAX_BODY} bytes."

# Chat answers are rendered by the page's own code: nothing else may run, and nothing comes from elsewhere.
CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
_NO_CSP = "/docs"  # Swagger UI starts from an inline script


class Envelope:
    """ASGI middleware; plain, so that streams pass through unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        correlation = str(uuid.uuid4())
        scope.setdefault("state", {})["correlation_id"] = correlation
        request = Request(scope)
        announced = request.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > MAX_BODY:
            await problem(request, 413, TOO_LARGE)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise HTTPException(413, TOO_LARGE)
            return message

        async def enveloped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Correlation-ID"] = scope["state"]["correlation_id"]  # a chat turn may have one of its own
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                if not scope["path"].startswith(_NO_CSP):
                    headers["Content-Security-Policy"] = CSP
            await send(message)

        with bound(correlation):
            await self._app(scope, counted, enveloped)
