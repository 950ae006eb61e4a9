"""The job queue: Procrastinate on the shop's own PostgreSQL.

The API only puts jobs in, by name; ``hashira worker`` takes them out. What a job does is registered by the worker
(``tools/chores.py``, ``tools/painting.py``, ``agents/plan_jobs.py``), because jobs use rooms above the kernel.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import JobDeferrer

from hashiramart.db import Database
from hashiramart.errors import DatabaseAway

PAINT = "paint"
RETRAIN = "retrain"
PLAN = "plan"

QUICK_QUEUE = "default"
"""Of sweeping up."""

PICTURE_QUEUE = "pictures"
"""Of pictures: painting takes all the processor that it gets, so it has a process of its own."""

LONG_QUEUE = "long"
"""Of jobs that take minutes."""

PLAN_QUEUE = "plans"
"""Of training plans. With a language model one takes minutes, most of them spent waiting for its endpoint: a retrain in the
same queue would keep it waiting for the processor."""

QUEUES = (QUICK_QUEUE, PICTURE_QUEUE, PLAN_QUEUE, LONG_QUEUE)

HEARTBEAT_S = 2.0
"""Seconds between two signs of life of a worker."""

SILENCE_S = 10.0
"""Seconds without one after which a worker is given up for dead, and its jobs are taken up by others."""

_LOWEST = -(2**31)


def queue(database: Database) -> App:
    """An app that can put jobs in; open it with ``.open()``."""
    return App(connector=SyncPsycopgConnector(conninfo=database.conninfo_for("procrastinate"), min_size=1, max_size=2))


def worker_app(database: Database) -> App:
    """An app that can run jobs; open it with ``.open_async()``."""
    return App(connector=PsycopgConnector(conninfo=database.conninfo_for("procrastinate"), min_size=1, max_size=4))


@contextmanager
def _putting_in() -> Iterator[None]:
    """Around the putting in of a job that may wait already."""
    try:
        with suppress(AlreadyEnqueued):
            yield
    except ConnectorException as error:
        raise DatabaseAway from error


async def ask_for_retrain(app: App, *, in_minutes: int, now: datetime) -> None:
    """Queue a retrain for a little later; one that waits already is enough."""
    task = app.configure_task(
        name=RETRAIN, queue=LONG_QUEUE, queueing_lock=RETRAIN, schedule_in={"minutes": in_minutes}
    )
    with _putting_in():
        await task.defer_async(timestamp=int(now.timestamp()))


def ask_for_picture(app: App, image_id: uuid.UUID, number: int = 0) -> None:
    """Queue the painting of a recorded picture, in the order of the pictures' numbers; asking twice queues it once."""
    with _putting_in():
        _picture(app, image_id, number).defer(image_id=str(image_id))


async def ask_for_picture_async(app: App, image_id: uuid.UUID, number: int) -> None:
    """``ask_for_picture`` from the worker's own app."""
    with _putting_in():
        await _picture(app, image_id, number).defer_async(image_id=str(image_id))


def _picture(app: App, image_id: uuid.UUID, number: int) -> JobDeferrer:
    key = f"image-{image_id}"  # as a lock: one picture is never painted by two at once
    return app.configure_task(
        name=PAINT, queue=PICTURE_QUEUE, lock=key, queueing_lock=key, priority=max(-number, _LOWEST)
    )


async def take_over_from_the_dead(app: App, queue: str) -> int:
    """Put jobs of a queue whose worker gives no sign of life back into it; returns how many."""
    taken = 0
    for job in await app.job_manager.get_stalled_jobs(queue=queue, seconds_since_heartbeat=SILENCE_S):
        with suppress(ConnectorException):  # another worker was quicker
            await app.job_manager.retry_job(job)
            taken += 1
    return taken


def ask_for_plan(app: App, plan_id: uuid.UUID) -> None:
    """Queue the writing of a recorded training plan; asking twice queues it once."""
    with _putting_in():
        app.configure_task(name=PLAN, queue=PLAN_QUEUE, queueing_lock=f"plan-{plan_id}").defer(plan_id=str(plan_id))


async def ask_for_plan_async(app: App, plan_id: uuid.UUID) -> None:
    """``ask_for_plan`` from the worker's own app."""
    with _putting_in():
        task = app.configure_task(name=PLAN, queue=PLAN_QUEUE, queueing_lock=f"plan-{plan_id}")
        await task.defer_async(plan_id=str(plan_id))
