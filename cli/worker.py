"""Run the background worker: three queues side by side, so that a retrain of minutes keeps nobody's picture or plan waiting."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import suppress

from procrastinate import App

from agents import plan_jobs
from agents.stand_in import stand_in
from cli import logs
from cli.console import err
from hashiramart.config import Settings
from hashiramart.db import Database, open_database
from hashiramart.jobs import LONG_QUEUE, PLAN_QUEUE, QUICK_QUEUE, ask_for_retrain, worker_app
from hashiramart.models import utc_now
from tools import chores

_PARENT_CHECK_SECONDS = 1.0
_CATCH_UP_MINUTES = 10  # whoever has just opened the shop wants to use it first


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
    logs.set_up(settings)
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()

    with suppress(KeyboardInterrupt), open_database(settings) as database:
        asyncio.run(_work(settings, database))


async def _work(settings: Settings, database: Database) -> None:
    quick, long, planning = worker_app(database), worker_app(database), worker_app(database)
    chores.register(quick, settings, database)
    plan_jobs.register(planning, settings, database)
    if settings.retrain:
        chores.register_long(long, settings, database)
    async with quick.open_async(), long.open_async(), planning.open_async(), asyncio.TaskGroup() as workers:
        if chores.missed_a_night(settings, now=utc_now()):
            await ask_for_retrain(long, in_minutes=_CATCH_UP_MINUTES, now=utc_now())
        running = [workers.create_task(_take(quick, QUICK_QUEUE, grace_s=None))]
        # A plan is left to the next worker. Two at once, as they wait for a language model more than they compute.
        running.append(workers.create_task(_take(planning, PLAN_QUEUE, grace_s=0, at_once=2)))
        running.append(workers.create_task(plan_jobs.take_up_again(planning, database)))
        running.append(workers.create_task(stand_in(settings, database)))
        if settings.retrain:
            # A retrain can be stopped at any moment and starts over the next night; a picture is finished first.
            running.append(workers.create_task(_take(long, LONG_QUEUE, grace_s=0)))

        def stop() -> None:
            for worker in running:
                worker.cancel()

        loop = asyncio.get_running_loop()
        for way in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(way, stop)
        err().print("Worker ready.", highlight=False)


async def _take(app: App, queue: str, *, grace_s: float | None, at_once: int = 1) -> None:
    """Do a queue's jobs, ``at_once`` of them, until cancelled; one not done ``grace_s`` seconds later is asked to stop."""
    await app.run_worker_async(
        queues=[queue],
        concurrency=at_once,
        install_signal_handlers=False,
        listen_notify=True,
        shutdown_graceful_timeout=grace_s,
    )
