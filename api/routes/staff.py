"""For the staff: the night's report, the library, the queues, and what the staff did."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import ShopDep, StaffDep
from api.errors import documented
from hashiramart import queues, staff
from hashiramart.errors import Unavailable
from hashiramart.models import utc_now
from hashiramart.queues import JobState, JobStatus
from hashiramart.staff import Act
from knowledge.last_ingestion import LastIngestion
from ml.night import Drift, OffPolicy
from ml.verdict import Verdict
from tools.deps import Shop

router = APIRouter(prefix="/staff", tags=["staff"])

JobId = Annotated[int, Path(ge=1, lt=2**63)]


class NightView(BaseModel):
    """What the latest retrain had to tell: the gate's verdict, what its lists would have been worth, drift, calibration."""

    written_at: datetime
    verdict: Verdict | None = Field(description="None where the gate has not decided.")
    off_policy: OffPolicy
    drift: Drift
    report: str = Field(description="All of it, as Markdown.")


class NightReport(BaseModel):
    """The latest night, or why there is none to show."""

    night: NightView | None
    unavailable: str | None = Field(description="What is wrong with the report; none before the first one, too.")


class LibraryState(BaseModel):
    """What the library holds and which generation serves, or why that is not known."""

    documents: int
    weapons: int = Field(description="Weapons with a manual.")
    passages: int
    characters: int
    model: str = Field(description="That embeds.")
    generation: str | None
    made_at: datetime | None
    by_type: dict[str, int] = Field(description="Documents by the type of weapon; guides are `guides`.")
    last_ingestion: LastIngestion | None = Field(
        description="How the last ingestion ended; none where nobody noted it."
    )


class QueueView(BaseModel):
    """One queue."""

    model_config = ConfigDict(from_attributes=True)

    queue: str
    waiting: int
    scheduled: int = Field(description="Wait for their hour.")
    running: int
    failed: int
    oldest_s: float | None = Field(description="For how many seconds the oldest has waited.")


class JobView(BaseModel):
    """A job that failed, or one of the shop's own that waits or runs."""

    model_config = ConfigDict(from_attributes=True)

    job_id: int
    queue: str
    task: str
    status: JobStatus
    attempts: int
    scheduled_at: datetime | None
    since: datetime | None = Field(description="When it came into this state.")
    can_retry: bool
    can_cancel: bool


class PicturesView(BaseModel):
    """The pictures of all slayers, by their own record."""

    model_config = ConfigDict(from_attributes=True)

    waiting: int
    painting: int
    failed_today: int = Field(description="In the last 24 hours.")
    seconds_each: float | None = Field(description="That the last ones took; none before the first.")


class QueueBoard(BaseModel):
    """All queues. Each worker process has one worker a queue."""

    model_config = ConfigDict(from_attributes=True)

    queues: list[QueueView]
    jobs: list[JobView] = Field(description="Failed ones first; 30 at most.")
    pictures: PicturesView
    workers_alive: int
    last_sign: datetime | None = Field(description="The latest sign of life of any worker.")


class StaffActionView(BaseModel):
    """What somebody of the staff did."""

    action_id: int
    action: Act
    subject: str
    before: str | None = Field(description="The champion that it replaced.")
    by: str | None = Field(description="Their handle; none when they have left for good.")
    acted_at: datetime


class StaffActions(BaseModel):
    """The latest first."""

    items: list[StaffActionView]


@router.get("/report", responses=documented(401, 403, 503))
def report(_staff: StaffDep, shop: ShopDep) -> NightReport:
    """The report of the latest night, as `hashira report` shows it."""
    from ml import latest_night
    from ml.workspace import default_root

    try:
        night = latest_night.read(default_root(shop.settings))
    except Unavailable as error:
        return NightReport(night=None, unavailable=error.message)
    if night is None:
        return NightReport(night=None, unavailable=None)
    view = NightView(
        written_at=night.written_at,
        verdict=night.verdict,
        off_policy=night.off_policy,
        drift=night.drift,
        report=night.report,
    )
    return NightReport(night=view, unavailable=None)


@router.get("/library", responses=documented(401, 403, 503))
def library(_staff: StaffDep, shop: ShopDep) -> LibraryState:
    """What the library holds, and how the last ingestion ended."""
    from knowledge.census import count

    return LibraryState.model_validate({**asdict(count(shop.library)), "last_ingestion": shop.library.last_ingestion()})


@router.get("/queue", responses=documented(401, 403, 503))
def queue(_staff: StaffDep, shop: ShopDep) -> QueueBoard:
    """What waits, runs and has failed, by queue, and whether anybody works."""
    with shop.database.service() as session:
        return QueueBoard.model_validate(queues.overview(session))


@router.post("/jobs/{job_id}/retry", status_code=204, responses=documented(401, 403, 404, 409, 422, 503))
def retry(job_id: JobId, caller: StaffDep, shop: ShopDep) -> Response:
    """Put a failed job back into its queue."""
    return _act(shop, caller.slayer_id, "retry", job_id)


@router.post("/jobs/{job_id}/cancel", status_code=204, responses=documented(401, 403, 404, 409, 422, 503))
def cancel(job_id: JobId, caller: StaffDep, shop: ShopDep) -> Response:
    """Take one of the shop's own jobs out of its queue before it begins."""
    return _act(shop, caller.slayer_id, "cancel", job_id)


@router.get("/actions", responses=documented(401, 403, 422, 503))
def actions(
    _staff: StaffDep, shop: ShopDep, limit: Annotated[int, Query(ge=1, le=100, description="How many.")] = 20
) -> StaffActions:
    """What the staff did last."""
    with shop.database.service() as session:
        found = staff.latest(session, limit)
    items = [
        StaffActionView.model_validate(
            {**done.action.model_dump(exclude={"id", "staff_id"}), "action_id": done.action.id, "by": done.handle}
        )
        for done in found
    ]
    return StaffActions(items=items)


def _act(shop: Shop, staff_id: uuid.UUID, act: Act, job_id: int) -> Response:
    with shop.database.service() as session:
        staff.confirm(session, staff_id)
        found: JobState = queues.job(session, job_id)
        now = utc_now()
        staff.record(session, staff_id, act, f"{found.task}, job {found.job_id}", before=None, now=now)
        if act == "retry":
            queues.retry(shop.queue, found, now=now)
        else:
            queues.cancel(shop.queue, found)
    return Response(status_code=204)
