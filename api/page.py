"""The page and the API's documentation: the built front end, served by the API itself in embedded mode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static"

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

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """A file with how long it may be kept: forever where its name holds a hash of its content, else ask each time."""
        response = super().file_response(*args, **kwargs)
        hashed = "/assets/" in str(args[0]).replace("\\", "/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response


def install(app: FastAPI, built: Path = BUILT) -> None:
    """Serve the page at ``/``. Without a build, say how to make one."""

    @app.get("/", include_in_schema=False)
    def index() -> Response:
        if not (built / "index.html").is_file():
            return HTMLResponse(_NOT_BUILT)
        return FileResponse(built / "index.html", headers={"Cache-Control": "no-cache"})

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
        app.mount("/", _Rooms(directory=built), name="page")
