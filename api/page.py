"""The page and the API's documentation: the built front end, served by the API itself in embedded mode."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static"
PRESSED = (("br", ".br"), ("gzip", ".gz"))
"""Encodings that the build lays beside its files, the smaller first, and how their names end."""

_NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>HashiraMart</title>
<h1>HashiraMart</h1><p>The API runs, but the page is not built. Run <code>make run</code>, or <code>npm ci</code> and
<code>npm run build</code> in <code>frontend/</code>. The API's documentation is at <a href="/docs">/docs</a>.</p>"""


class _Rooms(StaticFiles):
    """The built files; and for a browser that asks for one of the page's own addresses, such as ``/armoury``, the page itself.

    Which rooms there are is the page's to know: it also says that there is none. A program, or a missing file, gets its 404.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at a path, or the page."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            wanted = Headers(scope=scope).get("accept", "")
            if error.status_code != 404 or "text/html" not in wanted or "." in path.rsplit("/", 1)[-1]:
                raise
            return await super().get_response("index.html", scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file, pressed where the build did so and the browser takes it, with how long it may be kept.

        That is forever where its name holds a hash of its content; else the browser asks each time.
        """
        path = Path(full_path)
        encoding, found = _as_accepted(path, Headers(scope=scope).get("accept-encoding", ""))
        response = super().file_response(found, found.stat() if encoding else stat_result, scope, status_code)
        hashed = path.parent.name == "assets"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        if encoding is not None and response.status_code != 304:
            response.headers["Content-Encoding"] = encoding
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            response.headers["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        return response


def _as_accepted(path: Path, accepted: str) -> tuple[str | None, Path]:
    """Encoding and path of the smallest form of a file that an ``Accept-Encoding`` allows; None for the file as it is."""
    parts = (part.partition(";") for part in accepted.lower().split(","))
    allowed = {name.strip() for name, _, weight in parts if not _never(weight)}
    for encoding, ending in PRESSED:
        found = path.with_name(path.name + ending)
        if encoding in allowed and found.is_file():
            return encoding, found
    return None, path


def _never(weight: str) -> bool:
    """Whether a weight such as ``q=0.000`` says that an encoding is not wanted."""
    value = weight.replace(" ", "").removeprefix("q=")
    return value != "" and value.strip("0.") == ""


def install(app: FastAPI, built: Path = BUILT) -> None:
    """Serve the page at ``/``. Without a build, say how to make one."""
    rooms = _Rooms(directory=built, check_dir=False)

    @app.get("/", include_in_schema=False)
    async def index(request: Request) -> Response:
        if not (built / "index.html").is_file():
            return HTMLResponse(_NOT_BUILT)
        return await rooms.get_response("index.html", request.scope)

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        # Swagger UI comes out of the build, so that reading the documentation needs no other host.
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="HashiraMart API",
            swagger_js_url="/api-docs/swagger-ui-bundle.js",
            swagger_css_url="/api-docs/swagger-ui.css",
            swagger_favicon_url="/favicon.svg",
        )

    if built.is_dir():
        app.mount("/", rooms, name="page")
