"""The API: ``create_app`` builds it, its lifespan is where everything is wired."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from agents.wiring import open_agents
from api import errors, page
from api.agui.runs import Runs
from api.errors import Problem
from api.middleware import Envelope
from api.routes import agui, auth, coach, events, feedback, health, images, me, memories, orders, plans, shop, threads
from hashiramart.config import Settings
from hashiramart.db import Database, open_database

TITLE = "HashiraMart"
SUMMARY = "A shop for demon slayers that you talk to."


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The whole API for one configuration. Nothing is opened before the app starts.

    Args:
        settings: the configuration.
        database: an open database that stays the caller's to close; None opens the configured one.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings.check_production()
        opened: AbstractContextManager[Database] = nullcontext(database) if database else open_database(settings)
        with opened as shop_database:
            async with open_agents(settings, shop_database) as agents:
                app.state.agents = agents
                app.state.runs = Runs(settings.turn_return_s)
                try:
                    yield
                finally:
                    app.state.runs.close()

    app = FastAPI(
        title=TITLE,
        summary=SUMMARY,
        version=version("hashiramart"),
        lifespan=lifespan,
        docs_url=None,  # ours is in api/page.py
        redoc_url=None,
    )
    app.state.settings = settings
    errors.install(app)
    app.add_middleware(Envelope)
    for room in (auth, me, memories, coach, agui, threads, feedback, shop, events, orders, images, plans, health):
        app.include_router(room.router)
    page.install(app)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _openapi(app: FastAPI) -> dict[str, object]:
    """The schema, with ``Problem`` in it and without FastAPI's own validation error, which we never send."""
    if app.openapi_schema is None:
        schema = get_openapi(title=TITLE, version=app.version, summary=SUMMARY, routes=app.routes)
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = schema
    return app.openapi_schema
