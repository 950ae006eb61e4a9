"""A chat turn as it is told to the log and, where traces are kept, to the tracking server."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from langgraph.errors import GraphBubbleUp
from langgraph.runtime import Runtime

from agents.events import DoneEvent, ErrorEvent, TurnEvent
from agents.guard import Node
from agents.outbox import Outbox
from agents.state import TurnContext, TurnState
from hashiramart import correlation
from hashiramart.models import Turn
from hashiramart.spans import Kind, Recording, Span, span

logger = logging.getLogger(__name__)

Tell = Callable[[TurnEvent], None]

NAME = "turn"


@contextmanager
def told(outbox: Outbox | None, turn: Turn, tell: Tell) -> Iterator[Tell]:
    """Note what one turn does while the block runs.

    Args:
        outbox: takes its trace; None keeps none.
        turn: as it is on record.
        tell: hears the turn's events.

    Yields:
        what is to hear the turn's events instead.
    """
    started = time.perf_counter()

    def logged(event: TurnEvent) -> None:
        if isinstance(event, DoneEvent):
            ms = (time.perf_counter() - started) * 1000
            logger.info("answered in %.0f ms by %s (%s)", ms, ", ".join(event.route) or "the supervisor", event.engine)
        tell(event)

    with correlation.bound(str(turn.id)):
        if outbox is None:
            yield logged
            return
        recording = Recording(turn.id, turn.thread_id, turn.attempts)
        ended = False
        try:
            with recording.under_way(NAME, {"message": turn.message}) as root:

                def noted(event: TurnEvent) -> None:
                    nonlocal ended
                    if isinstance(event, DoneEvent | ErrorEvent):  # what follows keeps nobody waiting
                        ended = True
                        _end(root, event)
                        outbox.put(recording)
                    logged(event)

                yield noted
        finally:
            if not ended:
                outbox.put(recording)


def traced(name: str, kind: Kind, node: Node) -> Node:
    """A node of the graph that notes what it does, where its turn is traced."""

    def noting(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
        with span(name, kind, _given(state), calm=(GraphBubbleUp,)) as here:
            update = node(state, runtime)
            if here is not None:
                here.outputs = _came_of_it(state, update)
            return update

    return noting


def _given(state: TurnState) -> dict[str, Any]:
    """What a node acts on: its step, where there is a plan with one, else the message."""
    steps, cursor = state.get("plan", {}).get("steps", []), state.get("cursor", 0)
    return {"step": steps[cursor]} if cursor < len(steps) else {"message": state["message"]}


def _came_of_it(state: TurnState, update: TurnState) -> dict[str, Any]:
    """What is new in an update: words, and what a reader of a trace asks about."""
    outcome: dict[str, Any] = {key: value for key in ("plan", "noted", "offer") if (value := update.get(key))}
    outcome["reply"] = "".join(_fresh(state, update, "replies"))
    outcome["engine"] = _fresh(state, update, "engines")
    outcome["blocks"] = [block.get("type") for block in _fresh(state, update, "blocks")]
    outcome["citations"] = [f"{each['source']}: {each['section']}" for each in _fresh(state, update, "citations")]
    return {key: value for key, value in outcome.items() if value}


def _fresh(state: TurnState, update: TurnState, key: str) -> list[Any]:
    before, after = state.get(key) or [], update.get(key) or []
    assert isinstance(before, list)
    assert isinstance(after, list)
    return after[len(before) :]


def _end(root: Span, event: DoneEvent | ErrorEvent) -> None:
    """The turn's last event is its outcome."""
    root.ended_ns = time.time_ns()
    if isinstance(event, ErrorEvent):
        root.failed = event.detail
    else:
        root.outputs = {
            "reply": event.reply,
            "route": event.route,
            "engine": event.engine,
            "citations": [f"{each.source}: {each.section}" for each in event.citations],
            "blocks": [block.get("type") for block in event.blocks],
            "approval": event.approval.question if event.approval else None,
        }
