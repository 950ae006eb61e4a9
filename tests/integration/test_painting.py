"""What the worker does with a picture: paints it, tells how far it is, stops when it should, and takes up what others left."""

from __future__ import annotations

import asyncio
import io
import threading
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from PIL import Image as Pillow
from sqlmodel import select

from hashiramart import image_work, images, jobs
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import SetupError, ToolError, TooMany, Unavailable
from hashiramart.models import Image, ImageFile, Slayer, Weapon, utc_now
from tests.easel import Held, QuickPainter, ordered
from tools import painting
from tools.painting import Easel, Later


@pytest.fixture
def image(database: Database, slayer: Slayer, stocked: list[Weapon]) -> Image:
    with database.session(slayer.id) as session:
        return ordered(session, slayer.id, stocked[0].id, now=utc_now())


@pytest.fixture(autouse=True)
def _told_after_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "_TELL_EVERY_S", 0)


def row(database: Database, image: Image) -> Image:
    with database.service() as session:
        return session.get_one(Image, image.id)


def kept(database: Database, image: Image) -> dict[str, bytes]:
    with database.service() as session:
        rows = session.exec(select(ImageFile).where(ImageFile.image_id == image.id)).all()
        return {each.kind: each.data for each in rows}


def test_a_painted_picture_says_in_its_file_where_it_comes_from_and_nothing_else(
    database: Database, settings: Settings, image: Image
) -> None:
    painter = QuickPainter()
    Easel(settings, database, painter.load).paint(image.id)
    done = row(database, image)
    assert (done.status, done.step, done.error) == ("done", 4, None)
    picture = Pillow.open(io.BytesIO(kept(database, image)["picture"]))
    assert (picture.format, picture.size) == ("PNG", (64, 64))
    assert picture.info == {
        "prompt": "a slayer at dusk",
        "negative_prompt": "blurry",
        "seed": "7",
        "steps": "4",
        "guidance": "4",
        "model": "brush",
        "checkpoint": painter.fingerprint,
    }
    assert set(kept(database, image)) == {"picture", "thumbnail"}


def test_a_thumbnail_is_small_and_of_the_same_shape(
    database: Database, settings: Settings, slayer: Slayer, stocked: list[Weapon]
) -> None:
    with database.session(slayer.id) as session:
        image = ordered(session, slayer.id, stocked[0].id, width=512, height=256, now=utc_now())
    Easel(settings, database, QuickPainter().load).paint(image.id)
    assert Pillow.open(io.BytesIO(kept(database, image)["thumbnail"])).size == (128, 64)


def test_the_same_request_gives_the_same_bytes(
    database: Database, settings: Settings, slayer: Slayer, stocked: list[Weapon]
) -> None:
    seen = []
    for _ in range(2):
        with database.session(slayer.id) as session:
            image = ordered(session, slayer.id, stocked[0].id, now=utc_now())
        Easel(settings, database, QuickPainter().load).paint(image.id)
        seen.append(kept(database, image))
        with database.session(slayer.id) as session:
            images.delete(session, slayer.id, image.id, now=utc_now())
    assert seen[0] == seen[1]


def test_it_tells_each_step_with_a_frame(database: Database, settings: Settings, image: Image) -> None:
    seen: list[tuple[int, int, int | None, bytes | None]] = []

    def look(step: int) -> None:
        now = row(database, image)
        seen.append((step, now.step, now.preview_step, kept(database, image).get("preview")))

    Easel(settings, database, QuickPainter(before_step=look).load).paint(image.id)
    assert [told[:3] for told in seen] == [(1, 0, None), (2, 1, 1), (3, 2, 2), (4, 3, 3)]
    frame = Pillow.open(io.BytesIO(seen[-1][3] or b""))
    assert (frame.format, frame.size) == ("JPEG", (16, 16))


def test_a_painted_picture_is_not_painted_again(database: Database, settings: Settings, image: Image) -> None:
    painter = QuickPainter()
    easel = Easel(settings, database, painter.load)
    easel.paint(image.id)
    easel.paint(image.id)
    easel.paint(uuid.uuid4())
    assert len(painter.painted) == 1


def test_a_picture_called_off_stops_the_painter_at_its_next_step(
    database: Database, settings: Settings, image: Image, slayer: Slayer
) -> None:
    steps: list[int] = []

    def call_off(step: int) -> None:
        steps.append(step)
        if step == 2:
            with database.session(slayer.id) as session:
                images.cancel(session, slayer.id, image.id, now=utc_now())

    painter = QuickPainter(before_step=call_off)
    Easel(settings, database, painter.load).paint(image.id)
    assert (steps, painter.painted) == ([1, 2], [])
    assert row(database, image).status == "cancelled"


def test_a_painter_given_up_for_dead_stops_when_it_hears_that_another_has_begun(
    database: Database, settings: Settings, image: Image
) -> None:
    held = Held(at=3)
    slow, quick = QuickPainter(before_step=held), QuickPainter()
    thread = threading.Thread(target=Easel(settings, database, slow.load).paint, args=(image.id,))
    thread.start()
    assert held.reached.wait(20)
    Easel(settings, database, quick.load).paint(image.id)
    held.released.set()
    thread.join(20)
    assert (len(slow.painted), len(quick.painted)) == (0, 1)
    assert (row(database, image).status, row(database, image).attempts) == ("done", 2)


def test_a_worker_that_stops_leaves_the_picture_to_the_next_and_it_is_no_attempt(
    database: Database, settings: Settings, image: Image
) -> None:
    stopping = threading.Event()
    painter = QuickPainter(before_step=lambda step: stopping.set() if step == 3 else None)
    easel = Easel(settings, database, painter.load)
    with pytest.raises(Later) as caught:
        easel.paint(image.id, stopping=stopping.is_set)
    assert caught.value.seconds == 0
    assert (row(database, image).status, row(database, image).attempts, row(database, image).step) == ("queued", 0, 0)
    easel.paint(image.id)
    assert row(database, image).status == "done"


def failing(error: Exception) -> Callable[[int], None]:
    def fail(_step: int) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "wait_s"), [(Unavailable("The studio is closed."), 5), (TooMany("Not now.", 30), 30)]
)
def test_an_engine_that_is_away_is_tried_again_and_then_told_plainly(
    error: Any, wait_s: int, database: Database, settings: Settings, image: Image
) -> None:
    easel = Easel(settings, database, QuickPainter(before_step=failing(error)).load)
    for _ in range(image_work.MOST_ATTEMPTS - 1):
        with pytest.raises(Later) as caught:
            easel.paint(image.id)
        assert caught.value.seconds == wait_s
        assert row(database, image).status == "queued"
    easel.paint(image.id)
    assert (row(database, image).status, row(database, image).error) == ("failed", error.message)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ToolError("The safety checker held it back."), "The safety checker held it back."),
        (ZeroDivisionError(), painting.FAILED),
    ],
)
def test_what_cannot_be_painted_fails_with_one_sentence(
    error: Exception, told: str, database: Database, settings: Settings, image: Image
) -> None:
    Easel(settings, database, QuickPainter(before_step=failing(error)).load).paint(image.id)
    assert (row(database, image).status, row(database, image).error) == ("failed", told)
    assert kept(database, image) == {}


def test_a_model_that_does_not_load_fails_the_picture_and_is_tried_again_with_the_next(
    database: Database, settings: Settings, image: Image, slayer: Slayer, stocked: list[Weapon]
) -> None:
    tries: list[int] = []

    def load(_settings: Settings) -> QuickPainter:
        tries.append(1)
        if len(tries) == 1:
            raise SetupError("There is no image model folder x.")
        return QuickPainter()

    easel = Easel(settings, database, load)
    easel.paint(image.id)
    assert (row(database, image).status, row(database, image).error) == ("failed", "There is no image model folder x.")
    with database.session(slayer.id) as session:
        second = ordered(session, slayer.id, stocked[0].id, now=utc_now())
    easel.paint(second.id)
    assert row(database, second).status == "done"


def test_a_picture_that_ends_the_process_before_it_is_begun_is_given_up(
    database: Database, settings: Settings, image: Image
) -> None:
    painter = QuickPainter()
    Easel(settings, database, painter.load).paint(image.id, taken=painting.MOST_TAKEN)
    assert (row(database, image).status, row(database, image).error) == ("failed", image_work.GIVEN_UP)
    assert painter.painted == []


# --- the queue ---


def waiting(database: Database) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.conninfo) as connection:
        return connection.execute(
            "SELECT args->>'image_id', status::text FROM procrastinate.procrastinate_jobs ORDER BY id"
        ).fetchall()


def work(database: Database, settings: Settings, *, until: Callable[[], bool]) -> None:
    """Do what the process that paints does until something is so."""

    async def run() -> None:
        app = jobs.worker_app(database)
        painting.register(app, settings, database)
        async with app.open_async():
            worker = app.run_worker_async(
                queues=[jobs.PICTURE_QUEUE], install_signal_handlers=False, listen_notify=False,
                fetch_job_polling_interval=0.05, delete_jobs="always",
            )  # fmt: skip
            tasks = [asyncio.create_task(worker), asyncio.create_task(painting.take_up_again(app, database))]
            deadline = asyncio.get_running_loop().time() + 20
            while not await asyncio.to_thread(until) and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(run())


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> QuickPainter:
    """What the worker's processes paint with."""
    quick = QuickPainter()
    monkeypatch.setattr(Easel.__init__, "__defaults__", (quick.load,))
    return quick


def test_the_job_of_a_worker_without_a_sign_of_life_is_taken_up(
    database: Database, settings: Settings, image: Image, painter: QuickPainter
) -> None:
    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, image.id, image.number or 0)
    with psycopg.connect(database.conninfo_for("procrastinate")) as connection:  # as SIGKILL leaves it
        connection.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead",
            [jobs.SILENCE_S + 1],
        )
    with database.service() as session:
        image_work.begin(session, image.id, image.checkpoint, image.checkpoint_hash, now=utc_now())
    work(database, settings, until=lambda: row(database, image).status == "done")
    assert (row(database, image).attempts, len(painter.painted)) == (2, 1)
    assert waiting(database) == []


def test_the_job_of_a_living_worker_is_left_to_it(database: Database, settings: Settings, image: Image) -> None:
    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, image.id)
    with psycopg.connect(database.conninfo_for("procrastinate")) as connection:
        connection.execute(
            "WITH alive AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = alive.id FROM alive"
        )

    async def look() -> int:
        app = jobs.worker_app(database)
        async with app.open_async():
            return await jobs.take_over_from_the_dead(app, jobs.PICTURE_QUEUE)

    assert asyncio.run(look()) == 0
    assert [status for _, status in waiting(database)] == ["doing"]


def test_a_picture_that_nobody_queued_is_painted(
    database: Database, settings: Settings, image: Image, painter: QuickPainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painting, "_UNQUEUED_S", 0)
    work(database, settings, until=lambda: row(database, image).status == "done")
    assert row(database, image).status == "done"
    assert len(painter.painted) == 1


def test_pictures_are_painted_in_the_order_of_asking_and_one_put_back_keeps_its_place(
    database: Database, settings: Settings, slayer: Slayer, stocked: list[Weapon], painter: QuickPainter
) -> None:
    with database.session(slayer.id) as session:
        asked = [ordered(session, slayer.id, stocked[0].id, seed=seed, now=utc_now()) for seed in range(4)]
    with jobs.queue(database).open() as app:
        for image in (*asked[1:], asked[0]):  # the first one's job was lost, and it is queued again
            jobs.ask_for_picture(app, image.id, image.number or 0)
    work(database, settings, until=lambda: row(database, asked[-1]).status == "done")
    assert [request.seed for request in painter.painted] == [0, 1, 2, 3]


def test_a_job_put_off_is_done_later_under_the_same_attempts(
    database: Database, settings: Settings, image: Image, painter: QuickPainter
) -> None:
    away = [True]

    def closed(_step: int) -> None:
        if away:
            away.clear()
            raise TooMany("Not now.", 1)

    painter.before_step = closed
    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, image.id)
    work(database, settings, until=lambda: row(database, image).status == "done")
    assert (row(database, image).status, row(database, image).attempts) == ("done", 2)
