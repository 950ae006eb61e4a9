"""Turns whose process died are gone on with, by whoever comes next.

A turn is running on record from before its first step until after its last, and its thread's lease is held for all that time. So
one that runs on record and whose lease is free has nobody at work on it, and whoever gets the lease may take it up. An API looks
when it starts, every few seconds, when such a thread is opened, and before it answers the next message in one; the worker looks
too (``agents/stand_in.py``).
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from contextlib import suppress
from datetime import datetime

from agents.events import TurnEvent
from agents.leases import Leases
from agents.limits import Allowance
from agents.running import Agents, carry_out
from hashiramart import turns
from hashiramart.db import Database
from hashiramart.errors import DatabaseAway
from hashiramart.models import Turn

logger = logging.getLogger(__name__)

_AT_ONCE = 4


async def orphans(
    database: Database, leases: Leases, *, before: datetime | None = None
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Turn and thread of the turns that nobody is at work on, the oldest first.

    Args:
        database: where the turns are.
        leases: of this process.
        before: only turns from before that time.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached.
    """

    def look() -> list[tuple[uuid.UUID, uuid.UUID, datetime]]:
        with database.service() as session:
            return list(turns.running(session))

    found = [(turn, thread) for turn, thread, since in await asyncio.to_thread(look) if not before or since < before]
    free = await leases.free([thread for _, thread in found]) if found else set()
    return [(turn, thread) for turn, thread in found if thread in free]


async def take_up_all(agents: Agents) -> int:
    """Take up every turn that nobody is at work on, and wait until each has ended or broken off again; how many there were.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached.
    """
    found = await orphans(agents.shop.database, agents.leases)
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(turn_id: uuid.UUID, thread_id: uuid.UUID) -> None:
        async with gate:
            lease = await agents.leases.try_take(thread_id)
            if lease is not None:  # nobody was quicker
                try:
                    await go_on(agents, turn_id)
                finally:
                    await agents.leases.give_back(lease)

    outcomes = await asyncio.gather(*(one(*each) for each in found), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return len(found)


async def go_on(agents: Agents, turn_id: uuid.UUID) -> bool:
    """Go on with a turn that broke off, with its thread's lease held and nobody listening; whether it has ended.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached.
    """

    def take_up() -> Turn | None:
        with agents.shop.database.service() as session:
            return turns.take_up(session, turn_id)

    turn = await asyncio.to_thread(take_up)
    if turn is None:
        return True
    logger.info("going on with turn %s, for the %sth time", turn.id, turn.attempts - 1)
    return await carry_out(agents, turn, Allowance(agents.limits), _nobody_hears)


def _nobody_hears(_event: TurnEvent) -> None:
    pass


class Watch:
    """Looks for turns that broke off, again and again, and at once when woken."""

    def __init__(self, agents: Agents, every_s: float) -> None:
        self._agents = agents
        self._every_s = every_s
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """Look soon. May be called from any thread."""
        self._loop.call_soon_threadsafe(self._woken.set)

    async def stand(self) -> None:
        """Look until cancelled."""
        while True:
            self._woken.clear()
            try:
                await take_up_all(self._agents)
            except DatabaseAway:
                logger.warning("no look at the turns that broke off: the database is away")
            except Exception:
                logger.exception("the look at the turns that broke off failed; the next one comes")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._every_s)
