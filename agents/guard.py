"""Around every specialist's step: whether it may begin, whether anybody listens, and what becomes of a step that fails.

A step that fails is told in plain words, and the others still run. Not so where the database is away: whether the step's writing
counts is not known then, and words about it could be wrong. The turn stops there, and goes on from its last checkpoint later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import psycopg
from langgraph.errors import GraphBubbleUp
from langgraph.runtime import Runtime

from agents.events import TextEvent, TurnEvent
from agents.limits import Abandoned
from agents.planner.plan import WRITING, Specialist
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart.errors import DatabaseAway, HashiraError

logger = logging.getLogger(__name__)


class Node(Protocol):
    """A node of the graph: from the turn's state to an update of it."""

    def __call__(self, state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
        """Run it."""


_LASTING = {"plan", "remember", "forget"}
_PASSES = (GraphBubbleUp, DatabaseAway, Abandoned, psycopg.OperationalError, psycopg.InterfaceError)


def guarded(specialist: Specialist, node: Node) -> Node:
    """A specialist's node within the limits of its turn."""

    def step(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
        allowance = runtime.context.allowance
        idle = only_reads(state["plan"])
        said: list[str] = []

        def write(event: TurnEvent) -> None:
            if idle and not allowance.heard:
                raise Abandoned("Nobody was listening any more, so this was not answered. Please ask again.")
            if isinstance(event, TextEvent):
                said.append(event.delta)
            runtime.stream_writer(event)

        if words := allowance.spent(len(state["acted"])):
            return _end_here(state, words, write)
        try:
            return node(state, runtime.override(stream_writer=write))
        except _PASSES:
            raise
        except HashiraError as error:
            return _told(specialist, state, write, said, error.message)
        except Exception:
            logger.exception("the %s failed in turn %s", specialist, runtime.context.turn_id)
            sentence = f"The {specialist.title()} could not finish this: a fault of ours, which is logged."
            return _told(specialist, state, write, said, f"{sentence} Please ask for it again.")

    return step


def only_reads(plan: dict[str, Any]) -> bool:
    """Whether no step of a plan leaves something behind."""
    return not any(map(_leaves_something, plan["steps"]))


def _leaves_something(step: dict[str, Any]) -> bool:
    """Whether a step leaves something behind: an entry, an order, a picture, a training plan, something to remember or forget."""
    return step["action"] in WRITING or step["specialist"] == "artist" or step["intent"] in _LASTING


def _told(
    specialist: Specialist, state: TurnState, write: Callable[[TurnEvent], None], said: Sequence[str], sentence: str
) -> TurnState:
    """The step ends with a sentence, after what it had said already."""
    stage = Stage(specialist, state, write)
    stage.heard(said)
    stage.say(f"\n\n{sentence}" if said else sentence)
    return stage.leave(state)


def _end_here(state: TurnState, words: str, write: Callable[[TurnEvent], None]) -> TurnState:
    """No further step of the turn runs."""
    words = f"\n\n{words}" if state["replies"] else words
    write(TextEvent(specialist=None, delta=words))
    return {"replies": [*state["replies"], words], "cursor": len(state["plan"]["steps"])}
