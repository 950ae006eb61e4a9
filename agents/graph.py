"""The graph of one chat turn, written by hand.

::

    START -> recall -> supervisor -> coach | recommender | artist | quartermaster -> … -> reply -> END
                                                                     quartermaster -> decide -> …

``recall`` loads the slayer and starts the turn; the supervisor plans; each step goes to its specialist, one after the other;
``decide`` waits for a yes or no before anything is bought (an interrupt);
``reply`` keeps what the thread should remember. Specialists write their words to the stream themselves, so what a slayer
reads is verbatim theirs. Each is one node and no graph of its own: a checkpoint within a step would be one more write to wait
for, and nothing to go on from, as a step has one effect with one key.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents import artist, coach, purchase, quartermaster, recommender, supervisor
from agents.guard import Node, guarded, only_reads
from agents.planner.plan import Specialist
from agents.remember import take_note
from agents.state import HISTORY, Memory, TurnContext, TurnState
from agents.traced import traced
from hashiramart import activity, catalog
from hashiramart.models import Slayer

SPECIALISTS: dict[Specialist, Node] = {
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
        known, noted = take_note(session, context, state["message"])
    profile: dict[str, Any] = slayer.model_dump(mode="json", exclude={"id", "created_at"})
    return {
        "profile": {**profile, "owned": owned, "activity": lately, "memories": known},
        "noted": noted,
        "memory": state.get("memory", Memory()),
        "plan": {},
        "cursor": 0,
        "acted": [],
        "replies": [],
        "blocks": [],
        "citations": [],
        "engines": [],
        "traces": [],
        "model_calls": [],
        "offer": None,
    }


def dispatch(state: TurnState) -> str:
    """The slayer's decision while an offer is open, else the next step's specialist, or the reply when all have acted."""
    if state["offer"]:
        return "decide"
    steps = state["plan"]["steps"]
    cursor = state["cursor"]
    return str(steps[cursor]["specialist"]) if cursor < len(steps) else "reply"


def passing(node: str, state: Mapping[str, Any]) -> bool:
    """Whether no checkpoint is needed before a node, as what led there may be done again and comes to the same.

    So before ``recall``, as the message stands in the turn's row, and before ``reply``, as a last step writes under its key. And
    before the supervisor, but not where something was noted: noted again, it would be told as known. And before the first step of
    a plan that only reads and that no language model made: the same words make the same plan.
    """
    if node == "supervisor":
        return not state["noted"]
    return node in ("recall", "reply") or (node in SPECIALISTS and _made_again(state))


def _made_again(state: Mapping[str, Any]) -> bool:
    """Whether the plan, of which nothing is done yet, is as easily made again as read from a checkpoint."""
    planned = state["cursor"] == 0 and state["engines"] == ["embedded"] and not state["model_calls"]
    return planned and only_reads(state["plan"])


def reply(state: TurnState) -> TurnState:
    """Keep what the thread should remember of this turn."""
    memory = state["memory"]
    history = [*memory.get("history", []), {"message": state["message"], "reply": "".join(state["replies"])}]
    return {"memory": {**memory, "route": state["acted"] or memory.get("route", []), "history": history[-HISTORY:]}}


async def _dispatched(state: TurnState) -> str:
    """``dispatch`` on the event loop: LangGraph gives a plain function a thread, and this one waits for nothing."""
    return dispatch(state)


async def _replied(state: TurnState) -> TurnState:
    """``reply``, likewise."""
    return reply(state)


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> Graph:
    """Wire the nodes. ``checkpointer`` keeps each thread's memory between turns and restarts."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("recall", traced("recall", "CHAIN", recall))
    graph.add_node("supervisor", traced("supervisor", "AGENT", supervisor.supervise))
    graph.add_node("decide", traced("decide", "CHAIN", purchase.decide))
    graph.add_node("reply", _replied)
    for specialist, node in SPECIALISTS.items():
        graph.add_node(specialist, guarded(specialist, traced(specialist, "AGENT", node)))
    graph.add_edge(START, "recall")
    graph.add_edge("recall", "supervisor")
    targets: dict[Hashable, str] = {name: name for name in (*SPECIALISTS, "decide", "reply")}
    for name in ("supervisor", "decide", *SPECIALISTS):
        graph.add_conditional_edges(name, _dispatched, targets)
    graph.add_edge("reply", END)
    return graph.compile(checkpointer=checkpointer)
