"""The job that writes a training plan: the crew where a language model is configured and answers, else the plan builder."""

from __future__ import annotations

import asyncio
import logging
import threading
import uuid
from collections.abc import Callable

from procrastinate import App, JobContext

from agents.breaker import Breaker
from agents.crews.brief import brief_of
from agents.crews.process import CrewFailed, NobodyWaits, run_crew
from agents.memory.known import hurt_parts
from agents.plan_builder import build
from agents.plan_material import PlanMaterial, Trainee, gather
from agents.plan_review import review
from hashiramart import memories, plans
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import HashiraError, Unavailable
from hashiramart.jobs import PLAN, PLAN_QUEUE, ask_for_plan_async
from hashiramart.models import Slayer, utc_now
from hashiramart.training_plan import PlanEngine, PlanWish, TrainingPlanDocument
from knowledge.embed import load_embedder
from knowledge.shelf import Shelf
from knowledge.store import Library, open_library

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 30.0
_FAILED = "The plan could not be written; what went wrong is logged. Ask for it again."


class PlanWriter:
    """Writes plans in this process. The library is opened with the first one; threads may share it.

    Args:
        settings: where the library and the language model are.
        database: where the plans are.
        library: an open library; by default that of the settings.
    """

    def __init__(self, settings: Settings, database: Database, library: Library | None = None) -> None:
        self._settings = settings
        self._database = database
        self._library = library
        self._lock = threading.Lock()
        self.breaker = Breaker(settings.llm_rest_s)

    def write(self, plan_id: uuid.UUID, *, stopping: Callable[[], bool] = lambda: False) -> None:
        """Write a recorded plan and keep it. One that is finished, cancelled or in another's hands is left alone.

        Args:
            plan_id: which.
            stopping: whether this process is about to stop; the plan then waits for the next one.
        """
        with plans.sole_writer(self._database, plan_id) as mine:
            if mine:
                self._write(plan_id, stopping)

    def _write(self, plan_id: uuid.UUID, stopping: Callable[[], bool]) -> None:
        with self._database.service() as session:
            plan = plans.begin(session, plan_id, now=utc_now())
            if plan is None:
                return
            slayer = session.get_one(Slayer, plan.slayer_id)
            hurt = hurt_parts(memories.injuries(session, slayer.id))
            trainee = Trainee(slayer.name, slayer.breathing_style, slayer.level, hurt)
        try:
            material = gather(PlanWish.model_validate(plan.wish), trainee, self._shelf())
            document, engine = self._compose(plan_id, material, stopping)
        except NobodyWaits:
            with self._database.service() as session:
                plans.put_back(session, plan_id)  # unless it was cancelled
        except HashiraError as error:
            self._fail(plan_id, error.message)
        except Exception:
            logger.exception("writing the plan %s failed", plan_id)
            self._fail(plan_id, _FAILED)
        else:
            with self._database.service() as session:
                plans.finish(session, plan_id, document, engine)

    def _compose(
        self, plan_id: uuid.UUID, material: PlanMaterial, stopping: Callable[[], bool]
    ) -> tuple[TrainingPlanDocument, PlanEngine]:
        def wanted() -> bool:
            with self._database.service() as session:
                return not stopping() and plans.being_written(session, plan_id)

        if self._settings.llm_configured and self.breaker.enter():
            try:
                answer = run_crew(
                    self._settings,
                    brief_of(material).as_json(),
                    on_stage=lambda stage, progress: self._tell(plan_id, stage, progress),
                    wanted=wanted,
                )
            except NobodyWaits:
                self.breaker.left()
                raise
            except CrewFailed as error:
                self.breaker.failed()
                logger.warning("the crew wrote no plan, the builder does: %s", error)
            else:
                self.breaker.worked()
                self._tell(plan_id, "checking it against the manuals", 0.95)
                return review(answer, material)
        self._tell(plan_id, "fitting drills into your days", 0.5)
        return build(material), "embedded"

    def _tell(self, plan_id: uuid.UUID, stage: str, progress: float) -> None:
        with self._database.service() as session:
            plans.advance(session, plan_id, stage, progress)

    def _fail(self, plan_id: uuid.UUID, error: str) -> None:
        with self._database.service() as session:
            plans.fail(session, plan_id, error)

    def _shelf(self) -> Shelf:
        with self._lock:
            if self._library is None:
                self._library = open_library(self._settings, load_embedder(self._settings))
        return self._library.shelf()


def register(app: App, settings: Settings, database: Database) -> None:
    """Tell the queue of plans how one is written."""
    writer = PlanWriter(settings, database)

    def plan(context: JobContext, plan_id: str) -> None:
        writer.write(uuid.UUID(plan_id), stopping=context.should_abort)

    app.task(name=PLAN, queue=PLAN_QUEUE, pass_context=True)(plan)


async def take_up_again(app: App, database: Database) -> None:
    """Queue the unfinished plans that nobody writes, now and every half minute until cancelled.

    Their worker was killed, or whoever recorded them died before they were queued. Not a periodic job of the queue, which would
    leave a row a minute behind.
    """
    while True:
        try:
            for plan_id in await asyncio.to_thread(_orphans, database):
                await ask_for_plan_async(app, plan_id)
        except Unavailable as error:
            logger.warning("no look at the unfinished plans: %s", error.message)
        await asyncio.sleep(_LOOK_EVERY_S)


def _orphans(database: Database) -> list[uuid.UUID]:
    with database.service() as session:
        return [plan.id for plan in plans.unfinished(session) if not plans.has_writer(session, plan.id)]
