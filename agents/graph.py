"""The graph of one chat turn, written by hand.

::

    START -> recall -> supervisor -> coach | recommender | artist | quartermaster -> … -> reply -> END
                                                                     quartermaster -> decide -> …

``recall`` loads the slayer and starts the turn; the supervisor plans; each step goes to its specialist, one after the other;
``decide`` waits for a yes or no before anything is bought (an interrupt);
``reply`` keeps what the thread should remember. Specialists write their words to the stream themselves, so what a slayer
reads is verbatim theirs.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents import artist, coach, purchase, quartermaster, recommender, supervisor
from agents.state import HISTORY, Memory, TurnContext, TurnState
from hashiramart import activity, catalog
from hashiramart.models import Slayer

SPECIALISTS = {
    "coach": coach.advise,
    "recommender": recommender.recommend,
    "artist": artist.paint,
    "quartermaster": quartermaster.keep_ledger,
}

Graph = CompiledStateGraph[TurnState, TurnContext, TurnState, TurnState]


def recall(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Load who is asking, and clear what belonged to the turn before."""
    context = runtime.context
    with context.shop.database.session(context.caller) as session:
        slayer = session.get_one(Slayer, context.caller)
        owned = [weapon.slug for weapon in catalog.owned(session, context.caller)]
        lately = activity.lately(session, slayer, now=context.now)
    profile: dict[str, Any] = slayer.model_dump(mode="json", exclude={"id", "created_at"})
    return {
        "profile": {**profile, "owned": owned, "activity": lately},
        "memory": state.get("memory", Memory()),
        "plan": {},
        "cursor": 0,
        "acted": [],
        "replies": [],
        "blocks": [],
        "citations": [],
        "engines": [],
        "traces": [],
        "offer": None,
    }


def dispatch(state: TurnState) -> str:
    """The slayer's decision while an offer is open, else the next step's specialist, or the reply when all have acted."""
    if state["offer"]:
        return "decide"
    steps = state["plan"]["steps"]
    cursor = state["cursor"]
    return str(steps[cursor]["specialist"]) if cursor < len(steps) else "reply"


def reply(state: TurnState) -> TurnState:
    """Keep what the thread should remember of this turn."""
    memory = state["memory"]
    history = [*memory.get("history", []), {"message": state["message"], "reply": "".join(state["replies"])}]
    return {"memory": {**memory, "route": state["acted"] or memory.get("route", []), "history": history[-HISTORY:]}}


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> Graph:
    """Wire the nodes. ``checkpointer`` keeps each thread's memory between turns and restarts."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("recall", recall)
    graph.add_node("supervisor", supervisor.supervise)
    graph.add_node("decide", purchase.decide)
    graph.add_node("reply", reply)
    for name, node in SPECIALISTS.items():
        graph.add_node(name, node)
    graph.add_edge(START, "recall")
    graph.add_edge("recall", "supervisor")
    targets: dict[Hashable, str] = {name: name for name in (*SPECIALISTS, "decide", "reply")}
    for name in ("supervisor", "decide", *SPECIALISTS):
        graph.add_conditional_edges(name, dispatch, targets)
    graph.add_edge("reply", END)
    return graph.compile(checkpointer=checkpointer)
