"""Ask for a training plan of several weeks. The writing itself is a job of the worker (``agents/plan_jobs.py``)."""

from __future__ import annotations

import uuid

from sqlmodel import select

from hashiramart import plans
from hashiramart.blocks import PlanBlock
from hashiramart.errors import NotFound
from hashiramart.jobs import ask_for_plan
from hashiramart.models import TrainingPlan, Weapon
from hashiramart.training_plan import PlanWish
from tools.deps import ToolDeps


def order_plan(deps: ToolDeps, wish: PlanWish) -> TrainingPlan:
    """Record the wish and queue its writing. The same call again, or the same wish while one is written, is the same plan.

    Args:
        deps: the call's surroundings; the plan's id comes from its key.
        wish: what the plan should be for.

    Raises:
        NotFound: the weapon is unknown.
        Conflict: the slayer has as many unfinished plans as one may have.
    """
    with deps.shop.database.session(deps.caller) as session:
        name = None
        if wish.weapon:
            name = session.exec(select(Weapon.name).where(Weapon.slug == wish.weapon)).first()
            if name is None:
                raise NotFound("weapon", "There is no weapon of this name in the catalogue.")
        plan = plans.order(session, deps.caller, wish, uuid.uuid5(deps.caller, deps.key), now=deps.now)
    ask_for_plan(deps.shop.queue, plan.id)
    deps.emit(plan_block(plan, name))
    return plan


def plan_block(plan: TrainingPlan, weapon: str | None) -> PlanBlock:
    """The plan as the screen shows it."""
    wish = PlanWish.model_validate(plan.wish)
    weeks = f"{wish.weeks} {'week' if wish.weeks == 1 else 'weeks'}"
    return PlanBlock.model_validate(
        {
            "plan_id": plan.id,
            "url": f"/coach/plans/{plan.id}",
            "status": plan.status,
            "weeks": wish.weeks,
            "title": f"{weeks} with the {weapon}" if weapon else f"{weeks} of training",
        }
    )
