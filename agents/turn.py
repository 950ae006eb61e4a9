"""One chat turn: runs the graph and yields the typed events of ``agents.events``.

The turn belongs to the shop, not to the connection: when the client leaves, it runs to its end and its answer is on record,
so nothing that it wrote is without an answer. Turns of one thread run one after the other.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.types import Command

from agents.events import ApprovalEvent, ChatAnswer, DoneEvent, Engine, ErrorEvent, RouteEvent, TurnEvent
from agents.graph import Graph
from agents.models import LanguageModel
from agents.planner.embedded import EmbeddedPlanner
from agents.purchase import NO, YES, read_answer
from agents.state import TurnContext, TurnState
from hashiramart import threads
from hashiramart.errors import HashiraError, Unavailable
from hashiramart.models import Turn, utc_now
from tools.deps import Shop

logger = logging.getLogger(__name__)


@dataclass
class Agents:
    """The wired agents of one process."""

    shop: Shop
    graph: Graph
    planner: EmbeddedPlanner
    model: LanguageModel
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _locks: WeakValueDictionary[uuid.UUID, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def lock(self, thread_id: uuid.UUID) -> AbstractAsyncContextManager[None]:
        """Held by the thread's running turn."""
        return self._locks.setdefault(thread_id, asyncio.Lock())

    async def finish(self, seconds: float = 10) -> None:
        """Wait for the turns that still run, when the process is about to stop."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)

    async def forget(self, thread_ids: Sequence[uuid.UUID]) -> None:
        """Delete what is remembered of threads that are gone; a turn that still runs in one ends first.

        Raises:
            Unavailable: the database is away.
        """
        saver = self.graph.checkpointer
        assert isinstance(saver, BaseCheckpointSaver)
        try:
            for thread_id in thread_ids:
                async with self.lock(thread_id):
                    await saver.adelete_thread(str(thread_id))
        except psycopg.Error as error:
            raise Unavailable("The database cannot be reached at the moment.") from error


@dataclass(frozen=True)
class Resume:
    """The slayer's answer to an offer."""

    approval_id: str
    approved: bool


async def start_turn(
    agents: Agents, caller: uuid.UUID, wish: str | Resume, thread_id: uuid.UUID | None
) -> AsyncIterator[TurnEvent]:
    """Start a turn, or go on with one that waits for a yes or no, and return the stream of its events.

    Args:
        agents: the wired agents.
        caller: the slayer, as their session says.
        wish: what they wrote, or their answer to an offer. A plain yes or no in a thread with an open offer is an answer too;
            anything else lets the offer lapse.
        thread_id: their thread, or None for a new one.

    Raises:
        NotFound: no such thread, or someone else's.
        Conflict: nothing waits for that answer.
    """
    now = utc_now()

    def open_thread() -> uuid.UUID:
        with agents.shop.database.session(caller) as session:
            if isinstance(wish, Resume):
                assert thread_id is not None
                return threads.awaiting(session, caller, thread_id, wish.approval_id).id
            return threads.open_thread(session, caller, thread_id, wish, now=now).id

    thread = await asyncio.to_thread(open_thread)
    context = TurnContext(
        shop=agents.shop,
        planner=agents.planner,
        model=agents.model,
        caller=caller,
        thread_id=thread,
        turn_id=uuid.uuid4(),
        now=now,
    )
    events: asyncio.Queue[TurnEvent | None] = asyncio.Queue()
    task = asyncio.create_task(_produce(agents, context, wish, events))
    agents._running.add(task)
    task.add_done_callback(agents._running.discard)
    return _consume(events)


async def answer_of(events: AsyncIterator[TurnEvent]) -> DoneEvent | ErrorEvent:
    """Run a stream to its end; its last event."""
    last: TurnEvent | None = None
    async for event in events:
        last = event
    assert isinstance(last, (DoneEvent, ErrorEvent))
    return last


async def _consume(events: asyncio.Queue[TurnEvent | None]) -> AsyncIterator[TurnEvent]:
    while (event := await events.get()) is not None:
        yield event


async def _produce(
    agents: Agents, context: TurnContext, wish: str | Resume, events: asyncio.Queue[TurnEvent | None]
) -> None:
    """Run the graph, queue its events, and record the turn."""
    config: RunnableConfig = {"configurable": {"thread_id": str(context.thread_id)}}
    try:
        async with agents.lock(context.thread_id):
            message, command = await asyncio.to_thread(_entry, context, wish)
            async for event in agents.graph.astream(
                command, config, context=context, stream_mode="custom", durability="sync"
            ):
                events.put_nowait(_route_shown(event))
            state: TurnState = (await agents.graph.aget_state(config)).values  # type: ignore[assignment]
            answer = _answer(context, state)
            traces = state.get("traces", [])
            await asyncio.to_thread(_record, agents.shop, context, message, answer, traces)
        if answer.approval:
            events.put_nowait(ApprovalEvent(**answer.approval.model_dump()))
        events.put_nowait(DoneEvent(**answer.model_dump()))
    except HashiraError as error:
        events.put_nowait(ErrorEvent(detail=error.message, correlation_id=str(context.turn_id), cause=error))
    except Exception:
        logger.exception("turn %s failed", context.turn_id)
        sentence = "Something went wrong on our side. What was logged before it is kept; please try again."
        events.put_nowait(ErrorEvent(detail=sentence, correlation_id=str(context.turn_id)))
    finally:
        events.put_nowait(None)


def _entry(context: TurnContext, wish: str | Resume) -> tuple[str, TurnState | Command[None]]:
    """The message as it goes on record, and how the graph is entered: anew, or where it waits for a yes or no.

    Called with the thread's lock held, so that of two answers at once the second finds nothing waiting.
    """
    with context.shop.database.session(context.caller) as session:
        if isinstance(wish, Resume):
            threads.awaiting(session, context.caller, context.thread_id, wish.approval_id)
            approved: bool | None = wish.approved
        else:
            waits = threads.get(session, context.caller, context.thread_id).approval_id
            approved = read_answer(wish) if waits else None
    if approved is None:
        return str(wish), {"message": str(wish)}
    message = (YES if approved else NO) if isinstance(wish, Resume) else wish
    return message, Command(resume={"approved": approved})


def _route_shown(event: Any) -> TurnEvent:
    """An event of the graph as the client gets it."""
    if isinstance(event, RouteEvent):
        return event.model_copy(update={"route": _without_repeats(event.route)})
    shown: TurnEvent = event
    return shown


def _without_repeats(route: Sequence[str]) -> list[str]:
    """Two steps of one specialist in a row are one visit."""
    return [specialist for specialist, _ in itertools.groupby(route)]


def _engine(engines: list[str]) -> Engine:
    used = set(engines)
    if used == {"llm"}:
        return "llm"
    return "mixed" if used & {"llm", "mixed"} else "embedded"


def _answer(context: TurnContext, state: TurnState) -> ChatAnswer:
    return ChatAnswer.model_validate(
        {
            "thread_id": context.thread_id,
            "turn_id": context.turn_id,
            "reply": "".join(state["replies"]),
            "route": _without_repeats(state["acted"]),
            "citations": state["citations"],
            "blocks": state["blocks"],
            "engine": _engine(state["engines"]),
            "approval": state["offer"],
        }
    )


def _record(shop: Shop, context: TurnContext, message: str, answer: ChatAnswer, traces: list[dict[str, Any]]) -> None:
    with shop.database.session(context.caller) as session:
        session.merge(
            Turn(
                id=context.turn_id,
                thread_id=context.thread_id,
                slayer_id=context.caller,
                message=message,
                trace=traces,
                created_at=context.now,
                **answer.model_dump(mode="json", include={"reply", "route", "citations", "blocks", "engine"}),
            )
        )
        thread = threads.get(session, context.caller, context.thread_id)
        thread.approval_id = answer.approval.approval_id if answer.approval else None
        session.add(thread)
