"""What the worker does: paint pictures, sweep up every night, and retrain the Recommender every night."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from functools import cache

from procrastinate import App, JobContext

from hashiramart import images, removal
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import HashiraError
from hashiramart.jobs import LONG_QUEUE, PAINT, RETRAIN
from hashiramart.models import Image, utc_now
from hashiramart.sessions import purge_sessions
from hashiramart.sign_in import purge_attempts
from ml.artist.engine import Engine
from ml.repro import Cancelled, never
from tools.paint import NO_MODEL

logger = logging.getLogger(__name__)

_A_NIGHT_AGO = timedelta(hours=20)


def register(app: App, settings: Settings, database: Database) -> None:
    """Tell the job queue how each job is done."""

    @app.task(name=PAINT)
    def paint(image_id: str) -> None:
        paint_image(settings, database, uuid.UUID(image_id))

    @app.periodic(cron="17 3 * * *")
    @app.task(name="purge_sessions", queueing_lock="purge_sessions")  # the queues of running shops know it by this name
    def purge(timestamp: int) -> None:
        logger.info("nightly sweep (job of %s)", timestamp)
        sweep_up(settings, database)


def register_long(app: App, settings: Settings, database: Database) -> None:
    """Tell the queue of long jobs how each is done."""

    @app.periodic(cron="40 3 * * *")
    @app.task(name=RETRAIN, queue=LONG_QUEUE, queueing_lock=RETRAIN, pass_context=True)
    def retrain(context: JobContext, timestamp: int) -> None:
        logger.info("nightly retrain (job of %s)", timestamp)
        learn(settings, database, cancelled=context.should_abort)


def missed_a_night(settings: Settings, *, now: datetime) -> bool:
    """Whether no retrain has run to its end for most of a day: a laptop sleeps at night, and is not to learn nothing for that."""
    from ml.retrain import last_finished
    from ml.workspace import default_root

    last = last_finished(default_root(settings))
    return settings.retrain and (last is None or now - last > _A_NIGHT_AGO)


def learn(settings: Settings, database: Database, *, cancelled: Cancelled = never) -> None:
    """Retrain the Recommender, unless this installation does not want to; a night that fails is logged with its reason."""
    if not settings.retrain:
        logger.info("no retrain: HASHIRA_RETRAIN is off")
        return
    from ml.retrain import retrain

    try:
        retrain(settings, database, cancelled=cancelled)
    except HashiraError as error:
        logger.error("this night's retrain failed: %s", error.message)  # noqa: TRY400 - the reason says it all


def sweep_up(settings: Settings, database: Database) -> None:
    """Delete what has ended and what belongs to nobody any more."""
    with database.service() as session:
        logger.info("swept up %s ended sessions", purge_sessions(session, now=utc_now()))
    with database.service() as session:
        logger.info("swept up failed sign-ins of %s handles", purge_attempts(session, now=utc_now()))
    with database.service() as session:
        swept = removal.sweep(session, settings)
        logger.info("swept up the memory of %s threads and %s pictures", swept.threads, swept.pictures)


@cache
def _engine(model: str) -> Engine:
    return Engine.load(model)


def paint_image(settings: Settings, database: Database, image_id: uuid.UUID) -> None:
    """Paint a recorded picture and store it. A picture that is finished is left alone."""
    with database.service() as session:
        image = session.get(Image, image_id, with_for_update=True)
        if image is None or image.status in {"done", "failed"}:
            return
        image.status = "painting"
        session.add(image)
        prompt, seed = image.prompt, image.seed
    if not settings.image_model:
        _finish(settings, database, image_id, NO_MODEL)
        return
    try:
        engine = _engine(settings.image_model)
        picture = engine.paint(prompt, seed=seed)
        settings.images_path.mkdir(parents=True, exist_ok=True)
        engine.save_png(picture, images.file_of(settings, image_id), {"prompt": prompt, "seed": str(seed)})
    except HashiraError as error:
        _finish(settings, database, image_id, error.message)
    except Exception:
        logger.exception("painting %s failed", image_id)
        _finish(settings, database, image_id, "The picture could not be painted.")
    else:
        _finish(settings, database, image_id, None)


def _finish(settings: Settings, database: Database, image_id: uuid.UUID, error: str | None) -> None:
    with database.service() as session:
        image = session.get(Image, image_id, with_for_update=True)
        if image is not None:
            image.status = "failed" if error else "done"
            image.error = error
            image.finished_at = utc_now()
            session.add(image)
    if image is None:  # the slayer left while it was painted
        removal.remove_pictures(settings, [image_id])
