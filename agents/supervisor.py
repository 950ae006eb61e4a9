"""The supervisor: makes the plan, announces the route, and speaks itself when no specialist is needed."""

from __future__ import annotations

import logging
from typing import Any

from langgraph.runtime import Runtime

from agents.events import RouteEvent, TextEvent
from agents.memory.notes import only_tells
from agents.models import ModelUnavailable
from agents.plain import plain
from agents.planner.context import PlanContext
from agents.planner.llm import LanguageModelPlanner
from agents.planner.plan import Plan
from agents.refusals import means_themselves, refusal
from agents.remember import acknowledged, recognised
from agents.state import TurnContext, TurnState

logger = logging.getLogger(__name__)

_ANSWERED = frozenset({"plan", "routine", "remember", "forget", "memories"})
_SURE_OF_A_WISH = 0.75
_UNCLEAR = ("clarify", "off_topic", None)


def supervise(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Plan the turn and announce which specialists will act."""
    context = runtime.context
    if means_themselves(state["message"]):
        plan, engine = Plan(small_talk="refused", confidence=1.0), "embedded"
    else:
        plan, engine = _plan(state, context)
    told = state.get("noted", [])
    noted = acknowledged(told) or (recognised(told) if only_tells(state["message"]) else "")
    plan = _heard(plan, state, noted)
    route = [step.specialist for step in plan.steps]
    runtime.stream_writer(RouteEvent(thread_id=context.thread_id, turn_id=context.turn_id, route=route))
    update: TurnState = {"plan": plan.model_dump(mode="json"), "cursor": 0, "engines": [engine]}
    update["model_calls"] = context.model_calls(state)
    if not plan.steps:
        words = _small_talk(plan, state["profile"], state["message"])
        if noted:
            only = only_tells(state["message"]) and plan.small_talk in _UNCLEAR
            words = f"{noted} Say *forget that* if I should not." if only else f"{noted}\n\n{words}"
        words = plain(words)  # it holds the slayer's name and words of theirs
        runtime.stream_writer(TextEvent(specialist=None, delta=words))
        update["replies"] = [words]
    elif noted and not any(step.intent == "remember" for step in plan.steps):
        noted = plain(noted)
        runtime.stream_writer(TextEvent(specialist=None, delta=noted))
        update["replies"] = [noted]
    if state.get("noted"):
        ids = [one["memory_id"] for one in state["noted"] if one["effect"] != "ended"]
        update["memory"] = {**state["memory"], "noted": ids}
    return update


def _heard(plan: Plan, state: TurnState, noted: str) -> Plan:
    """The plan of a message that tells something of the slayer: where it does nothing else, hearing it is the answer.

    An injury may want advice, where the plan is sure of it, and time or weeks a session or a plan; those steps stay.
    """
    hurt = any(one["kind"] == "injury" and one["effect"] != "ended" for one in state.get("noted", []))
    hurt = hurt and plan.confidence >= _SURE_OF_A_WISH
    if not noted or not plan.steps or hurt or not only_tells(state["message"]):
        return plan
    kept = [step for step in plan.steps if step.intent in _ANSWERED]
    return plan.model_copy(update={"steps": kept, "small_talk": None if kept else "clarify"})


def _plan(state: TurnState, context: TurnContext) -> tuple[Plan, str]:
    memory = state["memory"]
    known = PlanContext(
        last_route=memory.get("route", []),
        last_weapon=memory.get("weapon"),
        last_weapons=memory.get("weapons", []),
        last_intent=memory.get("intent"),  # type: ignore[arg-type]
        last_minutes=memory["question"]["minutes"] if "question" in memory else None,
        last_picture=memory["picture"]["weapon"] if "picture" in memory else None,
        owned=state["profile"]["owned"],
    )
    if context.model.available:
        try:
            planner = LanguageModelPlanner(context.model, context.planner)
            return planner.plan(state["message"], known, context.use), "llm"
        except ModelUnavailable as error:
            logger.info("planning with the embedded planner: %s", error)
    return context.planner.plan(state["message"], known), "embedded"


def _small_talk(plan: Plan, profile: dict[str, Any], message: str) -> str:
    name = profile["name"]
    match plan.small_talk:
        case "greeting":
            return f"Well met, {name}. Ask me for a weapon, a drill, a picture of you with your blade, or your points."
        case "thanks":
            return f"Gladly, {name}. Train well."
        case "clarify":
            return plan.question or "Could you say in a few more words what you would like to do?"
        case "refused":
            return refusal(message)
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
