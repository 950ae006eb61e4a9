"""The supervisor: makes the plan, announces the route, and speaks itself when no specialist is needed."""

from __future__ import annotations

import logging
from typing import Any

from langgraph.runtime import Runtime

from agents.events import RouteEvent, TextEvent
from agents.models import ModelUnavailable
from agents.planner.context import PlanContext
from agents.planner.llm import LanguageModelPlanner
from agents.planner.plan import Plan
from agents.state import TurnContext, TurnState

logger = logging.getLogger(__name__)


def supervise(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Plan the turn and announce which specialists will act."""
    context = runtime.context
    plan, engine = _plan(state, context)
    route = [step.specialist for step in plan.steps]
    runtime.stream_writer(RouteEvent(thread_id=context.thread_id, turn_id=context.turn_id, route=route))
    update: TurnState = {"plan": plan.model_dump(mode="json"), "cursor": 0, "engines": [engine]}
    if not plan.steps:
        words = _small_talk(plan, state["profile"])
        runtime.stream_writer(TextEvent(specialist=None, delta=words))
        update["replies"] = [words]
    return update


def _plan(state: TurnState, context: TurnContext) -> tuple[Plan, str]:
    memory = state["memory"]
    known = PlanContext(
        last_route=memory.get("route", []),
        last_weapon=memory.get("weapon"),
        last_weapons=memory.get("weapons", []),
        last_intent=memory.get("intent"),  # type: ignore[arg-type]
        owned=state["profile"]["owned"],
    )
    if context.model.available:
        try:
            return LanguageModelPlanner(context.model, context.planner).plan(state["message"], known), "llm"
        except ModelUnavailable as error:
            logger.info("planning with the embedded planner: %s", error)
    return context.planner.plan(state["message"], known), "embedded"


def _small_talk(plan: Plan, profile: dict[str, Any]) -> str:
    name = profile["name"]
    match plan.small_talk:
        case "greeting":
            return f"Well met, {name}. Ask me for a weapon, a drill, a picture of you with your blade, or your points."
        case "thanks":
            return f"Gladly, {name}. Train well."
        case "clarify":
            return plan.question or "Could you say in a few more words what you would like to do?"
        case "refused":
            return (
                "That I cannot do. Points come only from battles, training and logins that you report, and nobody's "
                "account but yours is open to you here."
            )
        case "off_topic":
            return (
                "That lies outside the dojo. I know weapons: which one suits you, how to handle and look after it, your "
                "training, your points, and pictures of you with it."
            )
        case _:
            return (
                "Here is what I can do:\n\n"
                "- **Recommend** a weapon that suits you, within a budget: *recommend me a blade under 400 coins*\n"
                "- **Coach** you from the manuals: *a 10-minute routine with my katana*, *how often do I oil it?*\n"
                "- **Log** battles, training and logins, and tell your points and rank: *log 30 minutes of training*\n"
                "- **Paint** you with your weapon: *draw me with it at night in the snow*"
            )
