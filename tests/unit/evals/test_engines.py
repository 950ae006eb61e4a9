"""Who plans in an evaluation, and what it costs."""

from __future__ import annotations

import json
from typing import Any

from agents.planner.context import PlanContext
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.vocabulary import Vocabulary
from evals import engines
from evals.load.scripted import serve
from hashiramart import seed
from hashiramart.config import Settings


def embedded() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


def plan_a_picture(_request: dict[str, Any]) -> str:
    return json.dumps({"steps": [{"specialist": "artist", "text": "draw me", "weapon": "oak-kanabo"}]})


def test_the_models_plan_is_scored_with_its_tokens() -> None:
    with serve(plan_a_picture) as model:
        settings = Settings(openai_base_url=model.base_url, openai_api_key="key")
        plans = engines.planner(engines.fitted(settings, "llm"), "llm", embedded())
        plan = plans.plan("draw me with the Oak Kanabo", PlanContext())
    used = engines.used_by(plans)
    assert [step.specialist for step in plan.steps] == ["artist"]
    assert used["calls"] == 1
    assert used["tokens_in"] > used["tokens_out"] > 0


def test_where_the_model_gives_no_plan_the_embedded_one_is_scored() -> None:
    with serve(lambda _request: "no plan") as model:
        settings = Settings(openai_base_url=model.base_url, openai_api_key="key")
        plans = engines.planner(settings, "llm", embedded())
        plan = plans.plan("log 30 minutes of training", PlanContext())
    assert [step.specialist for step in plan.steps] == ["quartermaster"]
    assert engines.used_by(plans)["calls"] == 2  # with one repair


def test_the_embedded_planner_costs_no_tokens() -> None:
    plans = engines.planner(engines.fitted(Settings(), "embedded"), "embedded", embedded())
    assert engines.used_by(plans) == {}
