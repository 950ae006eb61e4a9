"""What the worker does with a picture that was asked for: paint it, tell how far it is, keep it, or say why there is none.

A painter that is killed leaves its picture to the next one (``take_up_again``). The record decides who may finish
(``hashiramart/image_work.py``), so that nothing is painted to its end twice.
"""

from __future__ import annotations

import asyncio
import io
import logging
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from hashiramart import image_work, images
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import DatabaseAway, HashiraError, TooMany, Unavailable
from hashiramart.image_work import Claim
from hashiramart.jobs import PAINT, PICTURE_QUEUE, ask_for_picture_async, take_over_from_the_dead
from hashiramart.models import Image, utc_now
from ml.artist.aside import step_back
from ml.artist.choose import load_painter
from ml.artist.painter import Painter, PaintRequest, Progress
from ml.artist.png import png_bytes

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

logger = logging.getLogger(__name__)

FAILED = "The picture could not be painted; what went wrong is logged. Ask for it again."
MOST_TAKEN = 20
"""How often a picture is taken out of the queue, begun or not: after that it is what ends the process, or the model is."""

_LOOK_EVERY_S = 2.0
_UNQUEUED_S = 5.0
_TELL_EVERY_S = 0.25
_TRY_AGAIN_S = 5


class Unwanted(Exception):
    """Nobody waits for the picture any more, or somebody else has taken it up."""


class Interrupted(Exception):
    """The worker stops, and leaves the picture to the next one."""


class Later(Exception):
    """The picture is to be taken out of the queue again, in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"to be tried again in {seconds} s")
        self.seconds = seconds


class Easel:
    """Paints pictures in this process, one at a time. The model is loaded with the first one.

    Args:
        settings: which painter.
        database: where the pictures are.
        load: opens the painter.
    """

    def __init__(
        self, settings: Settings, database: Database, load: Callable[[Settings], Painter] = load_painter
    ) -> None:
        self._settings = settings
        self._database = database
        self._load = load
        self._lock = threading.Lock()
        self._painter: Painter | None = None

    def paint(self, image_id: uuid.UUID, *, taken: int = 0, stopping: Callable[[], bool] = lambda: False) -> None:
        """Paint a recorded picture and keep it. One that has ended is left alone.

        Args:
            image_id: which.
            taken: how often it was taken out of the queue before.
            stopping: whether this process is about to stop; the picture is then left to the next one.

        Raises:
            Later: it goes back into the queue.
            DatabaseAway: PostgreSQL cannot be reached; the record says how far it has come.
        """
        if taken >= MOST_TAKEN:
            self._fail(image_id, image_work.GIVEN_UP)
            return
        try:
            painter = self._opened()
        except HashiraError as error:
            self._fail(image_id, error.message)
            return
        except Exception:
            logger.exception("the image model could not be loaded for %s", image_id)
            self._fail(image_id, FAILED)
            return
        with self._database.service() as session:
            image = image_work.begin(session, image_id, painter.name, painter.fingerprint, now=utc_now())
        if image is not None:
            self._paint(painter, image, stopping)

    def _paint(self, painter: Painter, image: Image, stopping: Callable[[], bool]) -> None:
        claim = image_work.claim_of(image)
        try:
            picture = painter.paint(_request(image), Teller(self._database, claim, stopping))
            whole, small = png_bytes(picture), png_bytes(_shrunk(picture, images.THUMBNAIL_SIDE))
        except Unwanted:
            logger.info("the picture %s is not wanted any more", image.id)
        except Interrupted:
            self._put_back(claim, counts=False)
            raise Later(0) from None
        except DatabaseAway:
            raise
        except (Unavailable, TooMany) as error:
            if claim.attempt >= image_work.MOST_ATTEMPTS:
                self._fail(image.id, error.message, claim)
                return
            self._put_back(claim, counts=True)
            raise Later(error.retry_after if isinstance(error, TooMany) else _TRY_AGAIN_S) from error
        except HashiraError as error:
            self._fail(image.id, error.message, claim)
        except Exception:
            logger.exception("painting %s failed", image.id)
            self._fail(image.id, FAILED, claim)
        else:
            with self._database.service() as session:
                image_work.finish(session, claim, whole, small, now=utc_now())

    def _opened(self) -> Painter:
        with self._lock:
            if self._painter is None:
                self._painter = self._load(self._settings)
            return self._painter

    def _put_back(self, claim: Claim, *, counts: bool) -> None:
        with self._database.service() as session:
            image_work.put_back(session, claim, counts=counts)

    def _fail(self, image_id: uuid.UUID, error: str, claim: Claim | None = None) -> None:
        with self._database.service() as session:
            image_work.fail(session, image_id, error, now=utc_now(), claim=claim)


class Teller:
    """Told by the painter after each step; tells the record now and then, and stops the painter when it is to stop."""

    def __init__(self, database: Database, claim: Claim, stopping: Callable[[], bool]) -> None:
        self._database = database
        self._claim = claim
        self._stopping = stopping
        self._told_at = float("-inf")

    def __call__(self, progress: Progress) -> None:
        """Take one step note of.

        Raises:
            Interrupted: the worker stops.
            Unwanted: the picture was cancelled, or taken up by somebody else.
        """
        if self._stopping():
            raise Interrupted
        last = progress.done >= progress.total
        if not last and time.monotonic() - self._told_at < _TELL_EVERY_S:
            return
        preview = None if last or progress.preview is None else _jpeg(progress.preview())
        wanted = True
        try:
            with self._database.service() as session:
                wanted = image_work.advance(session, self._claim, progress.done, progress.total, preview)
        except Unavailable as error:  # it paints on: the record will be there again when it is done
            logger.warning("no word on how far %s is: %s", self._claim.image_id, error.message)
        if not wanted:
            raise Unwanted
        self._told_at = time.monotonic()


class _Again(BaseRetryStrategy):  # type: ignore[misc] # procrastinate is not followed
    """Jobs that ended with ``Later`` go back into the queue; whatever else breaks one off is found by ``take_up_again``."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002 - its interface
        return RetryDecision(retry_in={"seconds": exception.seconds}) if isinstance(exception, Later) else None


def register(app: App, settings: Settings, database: Database) -> None:
    """Tell the queue of pictures how one is painted."""
    easel = Easel(settings, database)

    def paint(context: JobContext, image_id: str) -> None:
        step_back()  # the model is loaded in this thread
        easel.paint(uuid.UUID(image_id), taken=context.job.attempts, stopping=context.should_abort)

    app.task(name=PAINT, queue=PICTURE_QUEUE, pass_context=True, retry=_Again())(paint)


async def take_up_again(app: App, database: Database) -> None:
    """Queue again what was left behind, now and every two seconds until cancelled.

    Their worker was killed, or whoever recorded them died before they were queued. Not a periodic job of the queue, which would
    leave a row behind each time.
    """
    while True:
        try:
            await take_over_from_the_dead(app, PICTURE_QUEUE)
            for image_id, number in await asyncio.to_thread(_unattended, database):
                await ask_for_picture_async(app, image_id, number)
        except (Unavailable, ConnectorException) as error:
            logger.warning("no look at the unfinished pictures: %s", error)
        await asyncio.sleep(_LOOK_EVERY_S)


def _unattended(database: Database) -> list[tuple[uuid.UUID, int]]:
    with database.service() as session:
        return list(image_work.unattended(session, now=utc_now(), after=timedelta(seconds=_UNQUEUED_S)))


def _request(image: Image) -> PaintRequest:
    return PaintRequest(
        prompt=image.prompt,
        negative_prompt=image.negative_prompt,
        seed=image.seed,
        steps=image.steps,
        guidance=image.guidance,
        width=image.width,
        height=image.height,
        pose=image.pose,
    )


def _shrunk(picture: Picture, side: int) -> Picture:
    small = picture.copy()
    small.thumbnail((side, side))
    small.info = {}
    return small


def _jpeg(picture: Picture) -> bytes:
    file = io.BytesIO()
    picture.convert("RGB").save(file, format="JPEG", quality=75)
    return file.getvalue()
