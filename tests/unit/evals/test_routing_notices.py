"""The routing suite: the product meets its floors, and a broken planner does not."""

from __future__ import annotations

import pytest

from agents.planner.context import PlanContext
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.plan import Plan, Step
from agents.planner.vocabulary import Vocabulary
from evals.suites.routing import score
from hashiramart import seed


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


class Broken:
    """The planner with a fault."""

    def __init__(self, planner: EmbeddedPlanner, fault: str) -> None:
        self._planner = planner
        self._fault = fault

    def plan(self, message: str, context: PlanContext) -> Plan:
        plan = self._planner.plan(message, context)
        match self._fault:
            case "always coach":
                return Plan(steps=[Step(specialist="coach", text=message[:4000])])
            case "steps reversed":
                return plan.model_copy(update={"steps": plan.steps[::-1]})
            case "first step lost":
                return plan.model_copy(update={"steps": plan.steps[1:]})
            case "minutes and budget swapped":
                steps = [
                    step.model_copy(update={"minutes": step.budget, "budget": step.minutes}) for step in plan.steps
                ]
                return plan.model_copy(update={"steps": steps})
            case _:
                return plan


def test_the_product_meets_its_floors(planner: EmbeddedPlanner) -> None:
    report = score(planner)
    assert report.ok, (report.missed, report.figures)


@pytest.mark.parametrize("fault", ["always coach", "steps reversed", "first step lost", "minutes and budget swapped"])
def test_a_broken_planner_fails_the_suite(planner: EmbeddedPlanner, fault: str) -> None:
    assert not score(Broken(planner, fault)).ok
