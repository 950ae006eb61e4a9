"""Training plans of the caller: ask for one, look how it goes, read it, cancel it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.deps import CallerDep, SessionDep, ShopDep, tool_deps
from api.errors import documented
from hashiramart import plans
from hashiramart.models import TrainingPlan, utc_now
from hashiramart.training_plan import PlanEngine, PlanWish, TrainingPlanDocument
from tools.training_plans import order_plan

router = APIRouter(tags=["coach"])


class PlanSummary(BaseModel):
    """A training plan on its way or finished, without its weeks."""

    plan_id: uuid.UUID
    url: str = Field(description="This plan's state, and the plan itself when it is done.")
    wish: PlanWish
    status: Literal["queued", "writing", "done", "failed", "cancelled"]
    stage: str = Field(description="What is being done at the moment, in a few words.")
    progress: float = Field(ge=0, le=1, description="Share that is done.")
    engine: PlanEngine | None = Field(description="Who wrote it: the plan builder, the language-model crew, or both.")
    error: str | None = Field(description="Why it failed.")
    created_at: datetime
    finished_at: datetime | None


class PlanState(PlanSummary):
    """A training plan, with its weeks once it is done."""

    plan: TrainingPlanDocument | None


class PlanList(BaseModel):
    """The caller's latest 50 plans, the latest first."""

    items: list[PlanSummary]


def _fields(plan: TrainingPlan) -> dict[str, object]:
    fields = plan.model_dump(exclude={"id", "slayer_id", "plan"})
    return {**fields, "plan_id": plan.id, "url": f"/coach/plans/{plan.id}"}


def _state(plan: TrainingPlan) -> PlanState:
    return PlanState.model_validate({**_fields(plan), "plan": plan.plan})


@router.post(
    "/coach/plans",
    status_code=202,
    responses={
        202: {"headers": {"Location": {"description": "The plan's state.", "schema": {"type": "string"}}}},
        **documented(401, 403, 404, 409, 413, 422, 503),
    },
)
def ask_for_plan(body: PlanWish, caller: CallerDep, shop: ShopDep, response: Response) -> PlanState:
    """Queue a training plan. The same wish while it is being written is the same plan; 409 where three are being written."""
    state = _state(order_plan(tool_deps(shop, caller), body))
    response.headers["Location"] = state.url
    return state


@router.get("/coach/plans", responses=documented(401, 503))
def plan_list(caller: CallerDep, session: SessionDep) -> PlanList:
    """The caller's plans."""
    found = plans.list_plans(session, caller.slayer_id)
    return PlanList(items=[PlanSummary.model_validate(_fields(plan)) for plan in found])


@router.get("/coach/plans/{plan_id}", responses=documented(401, 404, 422, 503))
def plan_state(plan_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> PlanState:
    """How a plan of the caller goes; the plan itself once it is done."""
    return _state(plans.get(session, caller.slayer_id, plan_id))


@router.post("/coach/plans/{plan_id}/cancel", responses=documented(401, 403, 404, 422, 503))
def cancel_plan(plan_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> PlanState:
    """Cancel a plan that is waiting or being written; one that has ended stays as it is."""
    return _state(plans.cancel(session, caller.slayer_id, plan_id, now=utc_now()))
