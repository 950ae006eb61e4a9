"""The Artist: has a picture of the slayer with a weapon painted, or says plainly that the forge has no model yet."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.focus import weapon_in_focus
from agents.planner.plan import Step
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import catalog
from hashiramart.blocks import NoticeBlock
from hashiramart.errors import DatabaseAway, HashiraError, NotConfigured
from tools import registry
from tools.paint import PaintArgs


def paint(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step with a picture on its way."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("artist", state, runtime.stream_writer)
    stage.status("Asking the Artist for a picture…")
    slug = weapon_in_focus(state, step)
    with context.shop.database.session(context.caller) as session:
        weapon = catalog.by_slug(session, slug) if slug else None
    if weapon is None:
        stage.say("With which weapon shall I paint you? Name one of the catalogue.")
        return stage.leave(state)
    try:
        deps = stage.deps(context, state["cursor"])
        registry.call("artist", registry.PAINT, deps, PaintArgs(weapon_id=weapon.id, scene=step.scene))
        where = f", {step.scene}" if step.scene else ""
        stage.say(f"The Artist is painting you with the **{weapon.name}**{where}.")
    except NotConfigured as error:
        stage.say(f"I would paint you with the **{weapon.name}**, but the forge has no image model yet.")
        stage.show(NoticeBlock(level="info", text=error.message))
    except DatabaseAway:
        raise
    except HashiraError as error:
        stage.say(error.message)
    update = stage.leave(state)
    update["memory"] = {**state["memory"], "weapon": weapon.slug}
    return update
