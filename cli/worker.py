"""Run the background worker."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress

from cli.console import err
from hashiramart.config import Settings
from hashiramart.db import open_database
from hashiramart.jobs import worker_app
from tools import chores

_PARENT_CHECK_SECONDS = 1.0


def _leave_with(parent: int) -> None:
    """Stop when the process that started us is gone, so that a killed 'hashira up' leaves no worker behind."""
    gone = threading.Event()  # never set: only its timed wait is used
    while os.getppid() == parent:
        gone.wait(_PARENT_CHECK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def run(settings: Settings, *, parent: int | None = None) -> None:
    """``hashira worker``.

    Args:
        settings: where the queue is.
        parent: process id to live and die with.
    """
    settings.check_production()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()

    async def work() -> None:
        with open_database(settings) as database:
            app = worker_app(database)
            chores.register(app, settings, database)
            async with app.open_async():
                err().print("Worker ready.", highlight=False)
                await app.run_worker_async(concurrency=1, install_signal_handlers=True, listen_notify=True)

    with suppress(KeyboardInterrupt):
        asyncio.run(work())
