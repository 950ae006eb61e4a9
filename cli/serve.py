"""Serve the API with uvicorn."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from api.main import create_app
from cli import logs
from cli.console import address, err
from hashiramart.config import Settings
from hashiramart.db import Database

_GRACE_SECONDS = 8


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    on_ready: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Start, then say so."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            # Half a million objects of the libraries live as long as the process: the collector need not visit them again.
            gc.collect()
            gc.freeze()
            self.on_ready()


def serve(settings: Settings, database: Database | None, on_ready: Callable[[], None]) -> bool:
    """Serve until a signal ends it.

    Args:
        settings: where to listen.
        database: an open database, or None to open the configured one.
        on_ready: called once requests are answered.

    Returns:
        whether it had started.
    """
    logs.set_up(settings)
    config = uvicorn.Config(
        create_app(settings, database),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        proxy_headers=True,
    )
    server = _Server(config)
    server.on_ready = on_ready
    with suppress(KeyboardInterrupt):  # uvicorn has shut down by then, and passes the signal on
        server.run()
    return server.started


def run(settings: Settings) -> None:
    """``hashira serve``."""
    serve(settings, None, lambda: err().print(f"Serving at {address(settings)}", highlight=False))
