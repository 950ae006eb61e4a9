"""One chat turn: put on record, run, and its events handed out as they come (``agents.events``).

The turn belongs to the shop, not to the connection. When the client leaves, one that leaves something behind runs to its end and
its answer is on record, so nothing that it wrote is without an answer; one that only reads is cancelled. Turns of one thread run
one after the other (``agents/leases.py``). If its process dies, whoever comes next goes on with it (``agents/resume.py``).
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

import psycopg

from agents.events import DoneEvent, ErrorEvent, TurnEvent
from agents.leases import Lease
from agents.limits import Allowance
from agents.purchase import NO, YES, read_answer
from agents.resume import go_on
from agents.running import Agents, carry_out
from hashiramart import chat_allowance, threads, turns
from hashiramart.chat_allowance import ChatBounds
from hashiramart.errors import DatabaseAway
from hashiramart.models import Turn, utc_now

__all__ = ["Agents", "Resume", "answer_of", "start_turn"]

CLOSED = "The shop closes. Your message is kept: its answer will stand in this thread when the shop is open again."


@dataclass(frozen=True)
class Resume:
    """The slayer's answer to an offer."""

    approval_id: str
    approved: bool


async def start_turn(
    agents: Agents,
    caller: uuid.UUID,
    wish: str | Resume,
    thread_id: uuid.UUID | None,
    *,
    turn_id: uuid.UUID | None = None,
    opens: bool = False,
) -> AsyncGenerator[TurnEvent, None]:
    """Start a turn, or go on with one that waits for a yes or no, and return the stream of its events.

    Args:
        agents: the wired agents.
        caller: the slayer, as their session says.
        wish: what they wrote, or their answer to an offer. A plain yes or no in a thread with an open offer is an answer too;
            anything else lets the offer lapse.
        thread_id: their thread, or None for a new one.
        turn_id: never used before: the id that whoever asks will know the turn by. None makes one.
        opens: whether a thread of that id is opened where there is none.

    Raises:
        NotFound: no such thread, or someone else's.
        Conflict: nothing waits for that answer, the turn before still runs, or the turn's id is taken.
        TooMany: the slayer says too much (``hashiramart/chat_allowance.py``); nothing is on record.
        DatabaseAway: PostgreSQL cannot be reached; nothing is on record.
    """
    lease = await _lease(agents, caller, thread_id)
    try:
        turn = await _begun(agents, caller, wish, lease, turn_id or uuid.uuid4(), new=thread_id is None, opens=opens)
    except BaseException:
        await agents.leases.give_back(lease)
        raise
    events: asyncio.Queue[TurnEvent] = asyncio.Queue()
    allowance = Allowance(agents.limits)
    agents.keep(_run(agents, turn, lease, allowance, events))
    return _consume(events, allowance)


async def answer_of(events: AsyncIterator[TurnEvent]) -> DoneEvent | ErrorEvent:
    """Run a stream to its end; its last event."""
    last: TurnEvent | None = None
    async for event in events:
        last = event
    assert isinstance(last, (DoneEvent, ErrorEvent))
    return last


async def _lease(agents: Agents, caller: uuid.UUID, thread_id: uuid.UUID | None) -> Lease:
    """The lease of the thread, or of a new one. Only whose thread it is may wait for it."""
    lease = await agents.leases.try_take(thread_id or uuid.uuid4())
    if lease is None:
        assert thread_id is not None

        def must_be_theirs() -> None:
            with agents.shop.database.session(caller) as session:
                threads.get(session, caller, thread_id)

        await asyncio.to_thread(must_be_theirs)
        lease = await agents.leases.take(thread_id, wait_s=agents.shop.settings.turn_wait_s)
    return lease


async def _begun(
    agents: Agents, caller: uuid.UUID, wish: str | Resume, lease: Lease, turn_id: uuid.UUID, *, new: bool, opens: bool
) -> Turn:
    """The turn, on record, after the end of one before it that broke off."""
    while True:
        begun = await asyncio.to_thread(_begin, agents, caller, wish, lease.thread_id, turn_id, new=new, opens=opens)
        if isinstance(begun, uuid.UUID):
            if not await go_on(agents, begun):
                raise DatabaseAway
            continue
        turn, opened = begun
        if opened and opens:
            await _forget(agents, lease)
        return turn


async def _forget(agents: Agents, lease: Lease) -> None:
    """Whoever names a new thread may name it like a deleted one, of which nothing may come back."""
    try:
        await agents.checkpointer.adelete_thread(str(lease.thread_id))
    except psycopg.Error as error:
        raise DatabaseAway from error


def _begin(
    agents: Agents,
    caller: uuid.UUID,
    wish: str | Resume,
    thread_id: uuid.UUID,
    turn_id: uuid.UUID,
    *,
    new: bool,
    opens: bool,
) -> tuple[Turn, bool] | uuid.UUID:
    """The turn, on record, and whether its thread is new; or the id of the one before it that broke off.

    In the second case nothing is on record. With the lease held, so that of two answers at once the second finds nothing waiting.
    """
    now = utc_now()
    with agents.shop.database.session(caller) as session:
        thread = None
        if not new:
            look = threads.find if opens else threads.get
            thread = look(session, caller, thread_id)
        if thread is not None:
            unfinished = turns.running_in(session, thread_id)
            if unfinished is not None:
                return unfinished.id
        approved: bool | None = None
        if isinstance(wish, Resume):
            threads.awaiting(session, caller, thread_id, wish.approval_id)
            approved = wish.approved
            message = YES if approved else NO
        else:
            chat_allowance.take(session, caller, _bounds(agents), now=now)
            message = wish
            approved = read_answer(wish) if thread is not None and thread.approval_id else None
            known = None if thread is None else thread_id
            threads.open_thread(session, caller, known, wish, now=now, new_id=thread_id)
        return turns.begin(session, caller, thread_id, turn_id, message, approved=approved, now=now), thread is None


def _bounds(agents: Agents) -> ChatBounds:
    settings = agents.shop.settings
    return ChatBounds(settings.chat_per_minute, settings.chat_daily_quota)


async def _run(
    agents: Agents, turn: Turn, lease: Lease, allowance: Allowance, events: asyncio.Queue[TurnEvent]
) -> None:
    try:
        await carry_out(agents, turn, allowance, events.put_nowait)
    except BaseException:
        events.put_nowait(ErrorEvent(detail=CLOSED, correlation_id=str(turn.id)))
        raise
    finally:
        await agents.leases.give_back(lease)


async def _consume(events: asyncio.Queue[TurnEvent], allowance: Allowance) -> AsyncGenerator[TurnEvent, None]:
    try:
        while True:
            event = await events.get()
            yield event
            if isinstance(event, (DoneEvent, ErrorEvent)):
                return
    finally:
        allowance.leave()
