"""The job queue: Procrastinate on the shop's own PostgreSQL.

The API only puts jobs in, by name; ``hashira worker`` takes them out. What a job does is registered by the worker
(``tools/chores.py``, ``agents/plan_jobs.py``), because jobs use rooms above the kernel.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from hashiramart.db import Database
from hashiramart.errors import DatabaseAway

PAINT = "paint"
RETRAIN = "retrain"
PLAN = "plan"

QUICK_QUEUE = "default"
"""Of jobs that somebody waits for, and of sweeping up."""

LONG_QUEUE = "long"
"""Of jobs that take minutes: nobody's picture waits behind one."""

PLAN_QUEUE = "plans"
"""Of training plans. With a language model one takes minutes, most of them spent waiting for its endpoint: a retrain in the
same queue would keep it waiting for the processor, and it would keep a picture waiting that needs seconds."""


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


def ask_for_picture(app: App, image_id: uuid.UUID) -> None:
    """Queue the painting of a recorded picture; asking twice queues it once."""
    with _putting_in():
        app.configure_task(name=PAINT, queueing_lock=f"image-{image_id}").defer(image_id=str(image_id))


def ask_for_plan(app: App, plan_id: uuid.UUID) -> None:
    """Queue the writing of a recorded training plan; asking twice queues it once."""
    with _putting_in():
        app.configure_task(name=PLAN, queue=PLAN_QUEUE, queueing_lock=f"plan-{plan_id}").defer(plan_id=str(plan_id))


async def ask_for_plan_async(app: App, plan_id: uuid.UUID) -> None:
    """``ask_for_plan`` from the worker's own app."""
    with _putting_in():
        task = app.configure_task(name=PLAN, queue=PLAN_QUEUE, queueing_lock=f"plan-{plan_id}")
        await task.defer_async(plan_id=str(plan_id))
