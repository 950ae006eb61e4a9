"""How long a plan, on how many days, and whether a plan, a single session or a quiz is wanted."""

from __future__ import annotations

import pytest

from agents.planner.context import PlanContext
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.quantities import training_days, weeks
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("plan me six weeks", 6),
        ("a 4-week plan", 4),
        ("a month of training", 4),
        ("train me for the next month", 4),
        ("three months with the bow", 13),
        ("a couple of weeks", 2),
        ("plan a fortnight", 2),
        ("my schedule for this week", 1),
        ("thirty minutes three times a week", None),
        ("five days a week", None),
        ("twice a week for eight weeks", 8),
        ("a training plan", None),
        ("week by week", None),
        ("20 minutes", None),
    ],
)
def test_weeks_are_read_from_the_words(text: str, length: int | None) -> None:
    assert weeks(text) == length


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30 minutes three times a week", 3),
        ("five days a week", 5),
        ("twice a week", 2),
        ("an hour every day", 7),
        ("20 minutes a day", 7),
        ("six weeks", None),
        ("9 times a week", None),
    ],
)
def test_training_days_are_read_from_the_words(text: str, days: int | None) -> None:
    assert training_days(text) == days


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


@pytest.mark.parametrize(
    ("message", "intent", "length"),
    [
        ("plan me six weeks", "plan", 6),
        ("make me a 4 week training plan for my spear, 30 minutes three times a week", "plan", 4),
        ("I want a twelve week programme with the Oak Kanabo", "plan", 12),
        ("a training plan for a hundred weeks", "plan", 26),
        ("a 20 minute routine with the Heron Spear", "routine", None),
        ("plan a session for tonight", "routine", None),
        ("quiz me on my spear", "quiz", None),
        ("test my knowledge about the naginata", "quiz", None),
        ("ask me something about oiling", "quiz", None),
        ("how often should I oil the Heron Spear?", "how_often", None),
    ],
)
def test_a_wish_is_told_from_its_neighbours(
    planner: EmbeddedPlanner, message: str, intent: str, length: int | None
) -> None:
    (step,) = planner.plan(message).steps
    assert (step.specialist, step.intent, step.weeks) == ("coach", intent, length)


@pytest.mark.parametrize("message", ["why?", "explain that more simply", "tell me more"])
def test_talking_about_a_plan_orders_no_other(planner: EmbeddedPlanner, message: str) -> None:
    (step,) = planner.plan(message, PlanContext(last_route=["coach"], last_intent="plan")).steps
    assert step.intent == "general"


@pytest.mark.parametrize("message", ["make it eight weeks", "only twenty minutes a day", "5 days a week please"])
def test_a_plan_is_changed_by_its_measures(planner: EmbeddedPlanner, message: str) -> None:
    (step,) = planner.plan(message, PlanContext(last_route=["coach"], last_intent="plan")).steps
    assert step.intent == "plan"
