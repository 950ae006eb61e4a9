"""The page and the API's documentation: the built front end, served by the API itself in embedded mode."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

BUILT = Path(__file__).parent / "static"

_NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>HashiraMart</title>
<h1>HashiraMart</h1><p>The API runs, but the page is not built. Run <code>make run</code>, or <code>npm ci</code> and
<code>npm run build</code> in <code>frontend/</code>. The API's documentation is at <a href="/docs">/docs</a>.</p>"""


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
        app.mount("/", StaticFiles(directory=built), name="page")
