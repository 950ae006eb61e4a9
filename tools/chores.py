"""What the worker does: paint pictures, and sweep up ended sessions every night."""

from __future__ import annotations

import logging
import uuid
from functools import cache

from procrastinate import App

from hashiramart import images
from hashiramart.accounts import purge_sessions
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import HashiraError
from hashiramart.jobs import PAINT
from hashiramart.models import Image, utc_now
from ml.artist.engine import Engine
from tools.paint import NO_MODEL

logger = logging.getLogger(__name__)


def register(app: App, settings: Settings, database: Database) -> None:
    """Tell the job queue how each job is done."""

    @app.task(name=PAINT)
    def paint(image_id: str) -> None:
        paint_image(settings, database, uuid.UUID(image_id))

    @app.periodic(cron="17 3 * * *")
    @app.task(name="purge_sessions", queueing_lock="purge_sessions")
    def purge(timestamp: int) -> None:
        with database.service() as session:
            logger.info("swept up %s ended sessions (job of %s)", purge_sessions(session, now=utc_now()), timestamp)


@cache
def _engine(model: str) -> Engine:
    return Engine.load(model)


def paint_image(settings: Settings, database: Database, image_id: uuid.UUID) -> None:
    """Paint a recorded picture and store it. A picture that is finished is left alone."""
    with database.service() as session:
        image = session.get(Image, image_id)
        if image is None or image.status in {"done", "failed"}:
            return
        image.status = "painting"
        session.add(image)
        prompt, seed = image.prompt, image.seed
    if not settings.image_model:
        _finish(database, image_id, NO_MODEL)
        return
    try:
        engine = _engine(settings.image_model)
        picture = engine.paint(prompt, seed=seed)
        settings.images_path.mkdir(parents=True, exist_ok=True)
        engine.save_png(picture, images.file_of(settings, image_id), {"prompt": prompt, "seed": str(seed)})
    except HashiraError as error:
        _finish(database, image_id, error.message)
    except Exception:
        logger.exception("painting %s failed", image_id)
        _finish(database, image_id, "The picture could not be painted.")
    else:
        _finish(database, image_id, None)


def _finish(database: Database, image_id: uuid.UUID, error: str | None) -> None:
    with database.service() as session:
        image = session.get_one(Image, image_id)
        image.status = "failed" if error else "done"
        image.error = error
        image.finished_at = utc_now()
        session.add(image)
