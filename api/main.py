"""The API: ``create_app`` builds it, its lifespan is where everything is wired."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from importlib.metadata import version

from fastapi import FastAPI

from agents.wiring import open_agents
from api import errors, page
from api.agui.runs import Runs
from api.document import describe
from api.middleware import Envelope
from api.routes import (
    agui,
    auth,
    coach,
    days,
    events,
    feedback,
    health,
    images,
    manuals,
    me,
    memories,
    orders,
    plans,
    shop,
    staff,
    staff_models,
    threads,
)
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
    for room in (
        days,
        manuals,
        auth,
        me,
        memories,
        coach,
        agui,
        threads,
        feedback,
        shop,
        events,
        orders,
        images,
        plans,
        staff_models,
        staff,
        health,
    ):
        app.include_router(room.router)
    page.install(app)
    app.openapi = lambda: describe(app, TITLE, SUMMARY)  # type: ignore[method-assign]
    return app
