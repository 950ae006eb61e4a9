"""Ways to break the planner."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from evals.mutate.mutation import ROUTES, SLOTS, Mutation, replaced

if TYPE_CHECKING:
    from agents.planner.plan import Plan


def _plans(change: Callable[[Plan, str], Plan]) -> AbstractContextManager[Any]:
    """Every plan of the embedded planner is changed; ``change`` gets it and the message."""
    from agents.planner.embedded import EmbeddedPlanner

    def make(plan: Any) -> Any:
        def changed(self: EmbeddedPlanner, message: str, *more: Any, **named: Any) -> Plan:
            return change(plan(self, message, *more, **named), message)

        return changed

    return replaced(EmbeddedPlanner, "plan", make)


def _always_coach() -> AbstractContextManager[Any]:
    from agents.planner.plan import Plan, Step

    return _plans(lambda _plan, message: Plan(steps=[Step(specialist="coach", text=message[:4000])]))


def _backwards() -> AbstractContextManager[Any]:
    return _plans(lambda plan, _message: plan.model_copy(update={"steps": plan.steps[::-1]}))


def _swapped() -> AbstractContextManager[Any]:
    def swap(plan: Plan, _message: str) -> Plan:
        steps = [step.model_copy(update={"minutes": step.budget, "budget": step.minutes}) for step in plan.steps]
        return plan.model_copy(update={"steps": steps})

    return _plans(swap)


def _gate_off() -> AbstractContextManager[Any]:
    from agents.planner.plan import Plan, Step

    def through(plan: Plan, message: str) -> Plan:
        if plan.small_talk not in {"off_topic", "refused"}:
            return plan
        return Plan(steps=[Step(specialist="coach", text=message[:4000])])

    return _plans(through)


def _forgetful() -> AbstractContextManager[Any]:
    """No step refers back to anything."""

    def forget(plan: Plan, _message: str) -> Plan:
        steps = [step.model_copy(update={"refers_back": False, "ordinal": None}) for step in plan.steps]
        return plan.model_copy(update={"steps": steps})

    return _plans(forget)


MUTATIONS = (
    Mutation(
        "planner_always_coach",
        "Whatever is asked, the planner sends it to the Coach.",
        (ROUTES,),
        _always_coach,
    ),
    Mutation("steps_backwards", "A message's steps are done in the reverse order.", (ROUTES,), _backwards),
    Mutation(
        "slots_swapped",
        "The planner takes minutes for the budget and the budget for minutes.",
        (SLOTS,),
        _swapped,
    ),
    Mutation(
        "gate_off",
        "Off-topic and hostile messages go to the Coach instead of being turned away.",
        (ROUTES,),
        _gate_off,
    ),
    Mutation("references_lost", '"It" and "the second one" mean nothing to the planner.', (ROUTES,), _forgetful),
)
