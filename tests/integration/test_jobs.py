"""Jobs: put in by the API, taken out by the worker, on the shop's own PostgreSQL."""

from __future__ import annotations

import asyncio
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from hashiramart import jobs
from hashiramart.db import Database


def waiting(database: Database) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.conninfo) as connection:
        rows = connection.execute(
            "SELECT task_name, args, status::text FROM procrastinate.procrastinate_jobs ORDER BY id"
        )
        return rows.fetchall()


def test_a_picture_asked_for_is_a_job_of_the_queue(database: Database) -> None:
    image = uuid.uuid4()
    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, image)
    assert waiting(database) == [("paint", {"image_id": str(image)}, "todo")]


def test_asking_twice_queues_one_job_a_picture(database: Database) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    with jobs.queue(database).open() as app:
        for image in (first, first, second, first):
            jobs.ask_for_picture(app, image)
    assert [args["image_id"] for _, args, _ in waiting(database)] == [str(first), str(second)]


def test_asking_from_many_threads_at_once_queues_one_job(database: Database) -> None:
    image = uuid.uuid4()
    together = threading.Barrier(4)

    with jobs.queue(database).open() as app, ThreadPoolExecutor(4) as pool:

        def ask(_: int) -> None:
            together.wait(10)
            jobs.ask_for_picture(app, image)

        list(pool.map(ask, range(4)))
    assert len(waiting(database)) == 1


def test_a_worker_does_the_job_and_the_picture_can_be_asked_for_again(database: Database) -> None:
    image = uuid.uuid4()
    painted: list[str] = []

    async def work() -> None:
        app = jobs.worker_app(database)

        @app.task(name=jobs.PAINT)
        def paint(image_id: str) -> None:
            painted.append(image_id)

        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, image)
        asyncio.run(work())
        assert painted == [str(image)]
        assert [status for *_, status in waiting(database)] == ["succeeded"]
        jobs.ask_for_picture(app, image)
    assert [status for *_, status in waiting(database)] == ["succeeded", "todo"]
