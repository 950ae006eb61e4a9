"""Run the background worker: a queue for each kind of job, side by side, and a process of its own for pictures."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Collection, Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException

from cli import easel, logs
from cli.console import err
from hashiramart.config import Settings
from hashiramart.db import Database, open_database
from hashiramart.jobs import (
    HEARTBEAT_S,
    PICTURE_QUEUE,
    PLAN_QUEUE,
    QUEUES,
    QUICK_QUEUE,
    ask_for_retrain,
    worker_app,
)
from hashiramart.models import utc_now

logger = logging.getLogger(__name__)

_PARENT_CHECK_SECONDS = 1.0
_CATCH_UP_MINUTES = 10  # whoever has just opened the shop wants to use it first
_AGAIN_S = 1.0
_LAST_S = 30.0  # for what is under way when the parent is gone


def _leave_with(parent: int) -> None:
    """Stop when the process that started us is gone, so that a killed 'hashira up' leaves no worker behind."""
    gone = threading.Event()  # never set: only its timed wait is used
    while os.getppid() == parent:
        gone.wait(_PARENT_CHECK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    gone.wait(_LAST_S)
    os._exit(1)  # the database went with the parent: whatever still waits for it waits for ever


def run(settings: Settings, *, queues: Collection[str] = QUEUES, parent: int | None = None) -> None:
    """``hashira worker``.

    Args:
        settings: where the queues are.
        queues: those to work off. Pictures beside others are painted in a process of their own at low priority; a worker
            for pictures alone is that process.
        parent: process id to live and die with.
    """
    settings.check_production()
    logs.set_up(settings)
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    apart = PICTURE_QUEUE in queues and len(set(queues)) > 1 and settings.paints
    here = [queue for queue in queues if not (apart and queue == PICTURE_QUEUE)]
    with suppress(KeyboardInterrupt), open_database(settings) as database:
        asyncio.run(_work(settings, database, here, easel_apart=apart))


async def _work(
    settings: Settings, database: Database, queues: Collection[str] = QUEUES, *, easel_apart: bool = False
) -> None:
    """Work off queues in this process until a signal ends it."""
    async with AsyncExitStack() as stack:
        jobs: list[Coroutine[Any, Any, None]] = []
        for queue in dict.fromkeys(queues):
            app = await stack.enter_async_context(worker_app(database).open_async())
            jobs += await _jobs_of(queue, app, settings, database)
        if easel_apart:
            jobs.append(easel.keep(easel.painter()))
        workers = await stack.enter_async_context(asyncio.TaskGroup())
        running = [workers.create_task(job) for job in jobs]

        def stop() -> None:
            for worker in running:
                worker.cancel()

        loop = asyncio.get_running_loop()
        for way in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(way, stop)
        if set(queues) == {PICTURE_QUEUE}:
            easel.step_aside()  # not before: until now it was in nobody's way
        err().print("Worker ready.", highlight=False)


async def _jobs_of(queue: str, app: App, settings: Settings, database: Database) -> list[Coroutine[Any, Any, None]]:
    """What runs for a queue as long as the worker does. What other queues need is not loaded: a painter is there quickly."""
    if queue == QUICK_QUEUE:
        from agents.stand_in import stand_in
        from tools import chores

        chores.register(app, database)
        return [_take(app, queue, grace_s=None), stand_in(settings, database)]
    if queue == PICTURE_QUEUE:
        from tools import painting

        painting.register(app, settings, database)
        # A picture that is being painted is left to the next worker: it starts over, and comes out the same.
        return [_take(app, queue, grace_s=0, keep_jobs=False), painting.take_up_again(app, database)]
    if queue == PLAN_QUEUE:
        from agents import plan_jobs

        plan_jobs.register(app, settings, database)
        # A plan is left to the next worker. Two at once, as they wait for a language model more than they compute.
        return [_take(app, queue, grace_s=0, at_once=2), plan_jobs.take_up_again(app, database)]
    if not settings.retrain:
        return []
    from tools import chores

    chores.register_long(app, settings, database)
    if chores.missed_a_night(settings, now=utc_now()):
        await ask_for_retrain(app, in_minutes=_CATCH_UP_MINUTES, now=utc_now())
    # A retrain can be stopped at any moment and starts over the next night.
    return [_take(app, queue, grace_s=0)]


async def _take(app: App, queue: str, *, grace_s: float | None, at_once: int = 1, keep_jobs: bool = True) -> None:
    """Do a queue's jobs, ``at_once`` of them, until cancelled; one not done ``grace_s`` seconds later is asked to stop."""
    while True:
        try:
            await app.run_worker_async(
                queues=[queue],
                concurrency=at_once,
                install_signal_handlers=False,
                listen_notify=True,
                shutdown_graceful_timeout=grace_s,
                update_heartbeat_interval=HEARTBEAT_S,
                delete_jobs="never" if keep_jobs else "always",  # a picture's own row says what became of it
            )
        except ConnectorException as error:
            logger.warning("the queue %s cannot be reached: %s", queue, error)
        if (task := asyncio.current_task()) and task.cancelling():
            return  # a worker that is stopped while PostgreSQL is away tells of PostgreSQL, not of the stop
        # It ends by itself when PostgreSQL was away for a moment.
        await asyncio.sleep(_AGAIN_S)
