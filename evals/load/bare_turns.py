"""A chat turn as whoever has no graph would write it: plain calls of the same tools, one after the other, in one thread.

It reads who is asking (profile, weapons, what they did lately, what they told of themselves), plans, calls the tool or the
composer, and keeps message and answer in a thread: what a slayer finds again tomorrow is the same. Nothing of it streams, is
bounded, waits its turn, or goes on after a crash.
"""

from __future__ import annotations

import uuid

from langgraph.runtime import Runtime

from agents.composer.answer import compose
from agents.composer.models import CoachQuestion
from agents.graph import recall
from agents.planner.context import PlanContext
from agents.planner.plan import Step
from agents.running import Agents
from agents.state import TurnContext
from hashiramart import threads, turns
from hashiramart.blocks import wire
from hashiramart.models import utc_now
from tools import registry
from tools.deps import ToolDeps
from tools.recommend import RecommendArgs


def tools_only(agents: Agents, slayer: uuid.UUID, message: str) -> None:
    """Plan and call, and keep no more than the tool itself does."""
    step = agents.planner.plan(message, PlanContext()).steps[0]
    _call(agents, slayer, step, {"breathing_style": "Water", "level": 10, "owned": [], "name": "Bench"})


def whole(agents: Agents, slayer: uuid.UUID, message: str) -> None:
    """The whole turn: read, plan, call, keep."""
    now, thread_id, turn_id = utc_now(), uuid.uuid4(), uuid.uuid4()
    context = TurnContext(
        shop=agents.shop,
        planner=agents.planner,
        model=agents.model,
        caller=slayer,
        thread_id=thread_id,
        turn_id=turn_id,
        now=now,
    )
    with agents.shop.database.session(slayer) as session:
        threads.open_thread(session, slayer, None, message, now=now, new_id=thread_id)
        turn = turns.begin(session, slayer, thread_id, turn_id, message, approved=None, now=now)
    profile = recall({"message": message}, Runtime(context=context))["profile"]
    step = agents.planner.plan(message, PlanContext(owned=profile["owned"])).steps[0]
    reply, shown = _call(agents, slayer, step, profile)
    with agents.shop.database.session(slayer) as session:
        turns.finish(session, turn, approval_id=None, reply=reply, route=[step.specialist], **shown)


def _call(agents: Agents, slayer: uuid.UUID, step: Step, who: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The tool's words, and what is shown beside them."""
    if step.specialist == "recommender":
        deps = ToolDeps(
            shop=agents.shop, caller=slayer, now=utc_now(), key=f"bench:{uuid.uuid4()}", emit=lambda _block: None
        )
        found = registry.RECOMMEND.run(deps, RecommendArgs(top_k=3, budget=step.budget, weapon_types=step.weapon_types))
        return "\n".join(each.name for each in found.recommendations), {"blocks": [wire(found)]}
    question = CoachQuestion(
        text=step.text,
        intent=step.intent,
        weapon=step.weapon,
        style=str(who["breathing_style"]),
        level=int(str(who["level"])),
        name=str(who["name"]),
    )
    answer = compose(question, agents.shop.library.shelf())
    cited = [citation.model_dump() for citation in answer.citations]
    return "".join(answer.parts), {"citations": cited, "blocks": [wire(block) for block in answer.blocks]}
