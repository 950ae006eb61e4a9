"""What the worker does every night: sweep up, and retrain the Recommender. Pictures: ``tools/painting.py``."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from procrastinate import App, JobContext

from hashiramart import image_orders, removal
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import HashiraError
from hashiramart.jobs import LONG_QUEUE, RETRAIN
from hashiramart.models import utc_now
from hashiramart.sessions import purge_sessions
from hashiramart.sign_in import purge_attempts
from ml.repro import Cancelled, never

logger = logging.getLogger(__name__)

_A_NIGHT_AGO = timedelta(hours=20)


def register(app: App, database: Database) -> None:
    """Tell the job queue how each job is done."""

    @app.periodic(cron="17 3 * * *")
    @app.task(name="purge_sessions", queueing_lock="purge_sessions")  # the queues of running shops know it by this name
    def purge(timestamp: int) -> None:
        logger.info("nightly sweep (job of %s)", timestamp)
        sweep_up(database)


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


def sweep_up(database: Database) -> None:
    """Delete what has ended and what belongs to nobody any more."""
    with database.service() as session:
        logger.info("swept up %s ended sessions", purge_sessions(session, now=utc_now()))
    with database.service() as session:
        logger.info("swept up failed sign-ins of %s handles", purge_attempts(session, now=utc_now()))
    with database.service() as session:
        logger.info("swept up what was counted for %s days", image_orders.forget_days(session, now=utc_now()))
    with database.service() as session:
        logger.info("swept up the memory of %s threads", removal.sweep(session))
