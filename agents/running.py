"""The run of one turn that is on record: through the graph, from wherever it stands, to its recorded end.

Each checkpoint is stamped with the turn that wrote it. So a turn that was broken off knows where it stands::

    the latest checkpoint is      of another turn  ->  nothing was done yet: enter the graph anew
                                  its own, unfinished  ->  go on from it; the step under way runs again, under the same key
                                  its own, at rest  ->  only the record of the answer was missing

What is no fault of the turn, a database that is away or a process that stops, leaves it running on record. Everything else
ends it.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import uuid
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, StateSnapshot, StreamMode

from agents.checkpoints import Checkpointer
from agents.events import ApprovalEvent, ChatAnswer, DoneEvent, Engine, ErrorEvent, RouteEvent, TurnEvent
from agents.graph import Graph
from agents.leases import Leases
from agents.limits import HARD, Abandoned, Allowance, Limits
from agents.models import LanguageModel
from agents.outbox import Outbox
from agents.planner.embedded import EmbeddedPlanner
from agents.state import TurnContext, TurnState
from agents.traced import told
from hashiramart import threads, turns
from hashiramart.errors import Conflict, DatabaseAway, HashiraError
from hashiramart.models import Turn
from hashiramart.turns import Ending
from tools.deps import Shop

logger = logging.getLogger(__name__)

Tell = Callable[[TurnEvent], None]

_INTERRUPT = (
    "__interrupt__"  # beside the state's own keys in what LangGraph tells, where a node asks the slayer something
)

OUR_FAULT = "Something went wrong on our side. What was logged before it is kept; please try again."
TOO_LONG = "This took too long and was given up. What was logged before it is kept; please try again."
BROKE_OFF = (
    "The database went away in the middle of this. Your message is kept: its answer will stand in this thread when the database "
    "is back, and nothing is written twice."
)


@dataclass
class Agents:
    """The wired agents of one process."""

    shop: Shop
    graph: Graph
    planner: EmbeddedPlanner
    model: LanguageModel
    leases: Leases
    outbox: Outbox | None = None
    """Takes traces of turns, where they are kept."""
    wake: Callable[[], None] = lambda: None
    """Has somebody look for turns that broke off, soon; from any thread."""
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def limits(self) -> Limits:
        """What one turn may cost."""
        return Limits.of(self.shop.settings)

    @property
    def checkpointer(self) -> Checkpointer:
        """Keeps each thread's memory. The graph has a copy of its own of the one that it was built with."""
        saver = self.graph.checkpointer
        assert isinstance(saver, Checkpointer)
        return saver

    def keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something to its end, whoever is still interested in it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def rest(self) -> None:
        """Wait until no turn runs any more."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def finish(self, seconds: float = 10) -> None:
        """Wait for the turns that still run, when the process is about to stop; the rest is left to the next one."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def forget(self, thread_ids: Sequence[uuid.UUID]) -> None:
        """Delete what is remembered of threads that are gone; a turn that still runs in one ends first.

        Raises:
            Unavailable: the database is away.
        """
        try:
            for thread_id in thread_ids:
                try:
                    async with self.leases.held(thread_id, wait_s=HARD * self.limits.seconds):
                        await self.checkpointer.adelete_thread(str(thread_id))
                except Conflict:
                    logger.warning("thread %s is busy; the nightly sweep forgets it", thread_id)
        except psycopg.Error as error:
            raise DatabaseAway from error
        finally:
            if self.outbox is not None:
                self.outbox.forget(thread_ids)


async def carry_out(agents: Agents, turn: Turn, allowance: Allowance, tell: Tell) -> bool:
    """Run a turn from where it stands, and record its end. Called with the thread's lease held.

    Args:
        agents: the wired agents.
        turn: begun just now, or taken up.
        allowance: what it may cost.
        tell: hears its events, the last of them ``done`` or ``error``.

    Returns:
        whether it has ended; if not, it is to be gone on with later.
    """
    with told(agents.outbox, turn, tell) as hear:
        return await _carry_out(agents, turn, allowance, hear)


async def _carry_out(agents: Agents, turn: Turn, allowance: Allowance, tell: Tell) -> bool:
    context = TurnContext(
        shop=agents.shop,
        planner=agents.planner,
        model=agents.model,
        caller=turn.slayer_id,
        thread_id=turn.thread_id,
        turn_id=turn.id,
        now=turn.created_at,
        allowance=allowance,
    )
    try:
        async with asyncio.timeout(HARD * allowance.limits.seconds):
            state = await _through_the_graph(agents, turn, context, tell)
        answer = _answer(context, state)
        await asyncio.to_thread(_record, agents.shop, turn, answer, state)
    except (DatabaseAway, psycopg.OperationalError, psycopg.InterfaceError) as error:
        logger.warning("turn %s broke off: %s", turn.id, type(error).__name__)
        tell(ErrorEvent(detail=BROKE_OFF, correlation_id=str(turn.id), cause=DatabaseAway(BROKE_OFF)))
        return False
    except Abandoned as error:
        return await _break_off(agents, turn, "cancelled", str(error), None, tell)
    except HashiraError as error:
        return await _break_off(agents, turn, "failed", error.message, error, tell)
    except TimeoutError:
        logger.warning("turn %s took too long", turn.id)
        return await _break_off(agents, turn, "failed", TOO_LONG, None, tell)
    except Exception:
        logger.exception("turn %s failed", turn.id)
        return await _break_off(agents, turn, "failed", OUR_FAULT, None, tell)
    if answer.approval:
        tell(ApprovalEvent(**answer.approval.model_dump()))
    tell(DoneEvent(**answer.model_dump()))
    return True


async def _through_the_graph(agents: Agents, turn: Turn, context: TurnContext, tell: Tell) -> TurnState:
    """The turn's state when the graph has come to rest."""
    config: RunnableConfig = {
        "configurable": {"thread_id": str(turn.thread_id)},
        "metadata": {"turn_id": str(turn.id)},
    }
    entry: TurnState | Command[None] | None
    entry = {"message": turn.message} if turn.approved is None else Command(resume={"approved": turn.approved})
    if turn.attempts > 1:
        stands = await agents.graph.aget_state(config)
        if (stands.metadata or {}).get("turn_id") == str(turn.id):
            if _at_rest(stands):
                return stands.values  # type: ignore[return-value]
            entry = None
    state: dict[str, Any] = {}
    modes: list[StreamMode] = ["custom", "values"]
    async for mode, said in agents.graph.astream(entry, config, context=context, stream_mode=modes, durability="sync"):
        if mode == "custom":
            tell(_route_shown(said))
        elif isinstance(said, dict):
            state |= said
    state.pop(_INTERRUPT, None)
    return state  # type: ignore[return-value]


def _at_rest(stands: StateSnapshot) -> bool:
    """Whether nothing is left to run: the end, or a question that waits for the slayer.

    Not by ``next``, which leaves out steps that are done and whose outcome is still to be taken over.
    """
    return not stands.tasks or bool(stands.interrupts)


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


def _record(shop: Shop, turn: Turn, answer: ChatAnswer, state: TurnState) -> None:
    shown = answer.model_dump(mode="json", include={"reply", "route", "citations", "blocks", "engine"})
    behind = {"trace": state.get("traces", []), "model_calls": state.get("model_calls", [])}
    with shop.database.session(turn.slayer_id) as session:
        waits_for = answer.approval.approval_id if answer.approval else None
        if not turns.finish(session, turn, approval_id=waits_for, **behind, **shown):
            threads.get(session, turn.slayer_id, turn.thread_id)  # it may be gone; then there is no answer to show


async def _break_off(
    agents: Agents, turn: Turn, how: Ending, sentence: str, cause: HashiraError | None, tell: Tell
) -> bool:
    """Record why there is no answer, and tell it."""

    def record() -> None:
        with agents.shop.database.session(turn.slayer_id) as session:
            turns.break_off(session, turn, how, sentence)

    ended = True
    try:
        await asyncio.to_thread(record)
    except DatabaseAway:
        ended = False  # whoever takes the turn up finds out again
    except HashiraError as error:
        logger.info("the end of turn %s is not on record: %s", turn.id, error.message)
    tell(ErrorEvent(detail=sentence, correlation_id=str(turn.id), cause=cause))
    return ended
