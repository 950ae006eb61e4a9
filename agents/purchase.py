"""Buying in the chat: the Quartermaster offers, the slayer says yes or no, and only then is anything ordered.

The offer ends the turn; the graph stops in front of ``decide`` (an interrupt), and its checkpoint keeps the offer, through a
restart too. The slayer's yes or no comes as the resume value: from a button, or from their own words in the chat
(``read_answer``). No model takes part in it. The order carries the offer's key, so that a yes that arrives twice buys once.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agents.events import RouteEvent
from agents.focus import weapon_in_focus
from agents.plain import plain_block
from agents.planner.plan import Step
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import catalog
from hashiramart.blocks import ApprovalBlock, WeaponView, wire
from hashiramart.errors import DatabaseAway, HashiraError, ToolError
from tools import registry
from tools.quartermaster import BuyArgs

YES, NO = "Yes, order it.", "No, leave it."

_YES = re.compile(
    r"(?:oh |ok(?:ay)?[, ]+)?"
    r"(?:y|yes|yep|yeah|aye|sure|certainly|of course|ok|okay|please do|do it|do so|go ahead|agreed|deal)"
    r"(?:[, ]+(?:please|pls|plz|order it|buy it|do it|go ahead|i'?ll take it|thank you|thanks))*"
    r"|(?:please )?(?:order|buy) it|i'?ll take it",
)
_NO = re.compile(
    r"(?:(?:n|no|nope|nah|no way|never mind|cancel|cancel it|stop|leave it|don'?t|do not|not now|rather not)"
    r"(?:[, ]+(?:please|pls|plz|thanks|thank you|leave it|don'?t|cancel it|not now|never mind|do not))*)?"
    r"(?:[,. ]*(?:i (?:don'?t|do not) (?:want|need) (?:it|that|this)(?: one)?(?: any ?more)?|"
    r"i(?:'ve| have)? changed my mind|forget (?:it|that)))?",
)


def read_answer(message: str) -> bool | None:
    """The slayer's words as a yes or no to an open offer; None when they are something else."""
    words = message.strip().lower().replace("’", "'").strip(" .!")
    if _YES.fullmatch(words):
        return True
    return False if words and _NO.fullmatch(words) else None


def offer(state: TurnState, step: Step, context: TurnContext, stage: Stage) -> TurnState:
    """Offer the weapon that a step is about. The update leaves the step open until the slayer has decided.

    Raises:
        ToolError: there is nothing to offer; says why.
    """
    # An order is never guessed: not the weapon last talked about, nor the only one in hand, unless the slayer points at it.
    slug = weapon_in_focus(state, step) if step.weapon or step.refers_back else None
    with context.shop.database.session(context.caller) as session:
        weapon = catalog.by_slug(session, slug) if slug else None
        terms = catalog.terms_of(session, context.caller, weapon.id) if weapon else None
    if weapon is None:
        raise ToolError("Which weapon shall I order for you? Name it, and I tell you the price.")
    if terms == "own":
        raise ToolError(f"The {weapon.name} is yours already.")
    if weapon.stock < 1:
        raise ToolError(f"The {weapon.name} is sold out.")
    question = f"Shall I order the {weapon.name} for you, at {weapon.price} coins?"
    stage.say(f"{question} Say yes or no.")
    approval = ApprovalBlock(
        approval_id=context.key(state["cursor"]), question=question, weapon=WeaponView.of(weapon), price=weapon.price
    )
    update = stage.leave(state)
    # Not streamed as a block: the turn's ``approval`` event says it. On record it is one, for a page that is loaded again.
    shown = {**plain_block(wire(approval)), "approval_id": approval.approval_id}
    update["blocks"] = [*update["blocks"], shown]
    update["cursor"] = state["cursor"]
    update["offer"] = shown
    update["memory"] = {**state["memory"], "weapon": weapon.slug}
    return update


def decide(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Wait for the slayer's yes or no, then order or leave it. What follows is a part of the turn of its own."""
    offered = state["offer"]
    assert offered is not None
    approved: bool = interrupt(offered)["approved"]
    context = runtime.context
    said = {"message": state["message"], "reply": "".join(state["replies"])}
    part: TurnState = {
        **state,
        "message": YES if approved else NO,
        "acted": [],
        "replies": [],
        "blocks": [],
        "citations": [],
        "engines": [],
        "model_calls": [],
        "offer": None,
    }
    stage = Stage("quartermaster", part, runtime.stream_writer)
    plan = _with_first_care(state, offered["weapon"]) if approved else state["plan"]
    ahead = [step["specialist"] for step in plan["steps"][state["cursor"] :]]
    runtime.stream_writer(RouteEvent(thread_id=context.thread_id, turn_id=context.turn_id, route=ahead))
    if approved:
        stage.status("Asking the Quartermaster to order it…")
        if not _order(part, context, stage, offered):
            plan = state["plan"]
    else:
        stage.say(f"As you wish; the {offered['weapon']['name']} stays on its shelf.")
    memory = state["memory"]
    return {
        **part,
        **stage.leave(part),
        "plan": plan,
        "memory": {**memory, "history": [*memory.get("history", []), said]},
    }


def _order(state: TurnState, context: TurnContext, stage: Stage, offered: dict[str, Any]) -> bool:
    """Place the order that was offered; whether it could be."""
    weapon = offered["weapon"]
    deps = replace(stage.deps(context, state["cursor"]), key=offered["approval_id"], agreed_price=offered["price"])
    try:
        registry.call("quartermaster", registry.BUY, deps, BuyArgs(weapon_id=uuid.UUID(weapon["weapon_id"])))
    except DatabaseAway:
        raise
    except HashiraError as error:
        stage.say(error.message)
        return False
    stage.say(f"The {weapon['name']} is yours, for {offered['price']} coins. Here is its first care.")
    return True


def _with_first_care(state: TurnState, weapon: dict[str, Any]) -> dict[str, Any]:
    """The plan with two more steps, next: how to look after the new weapon, and which accessories suit it."""
    plan, done = state["plan"], state["cursor"] + 1
    steps = plan["steps"]
    slug, name = weapon["slug"], weapon["name"]
    asked = {step["intent"] for step in steps[done:] if step["specialist"] == "coach"}
    care = [
        Step(specialist="coach", text=text, intent=intent, weapon=slug).model_dump(mode="json")
        for intent, text in (
            ("maintenance", f"How do I look after the {name}?"),
            ("accessories", f"Which accessories suit the {name}?"),
        )
        if intent not in asked
    ]
    return {**plan, "steps": [*steps[:done], *care, *steps[done:]]}
