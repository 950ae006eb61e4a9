"""Who may run a thread's turn: one at a time, over all processes of a shop.

A lease is an advisory lock of PostgreSQL, so it goes when its process ends, however it ends, or when the server does. All leases
of a process hang on one connection: a turn costs two small statements and no connection of its own. Within a process, where
PostgreSQL would give the same lock twice, an ``asyncio.Lock`` stands before it.

A connection may also break while process and server live. Its leases are gone then, and ``Lease.lost`` says so; that a turn which
goes on without knowing changes nothing any more is up to its row (``hashiramart/turns.py``).
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import psycopg
from psycopg.rows import TupleRow

from hashiramart import roles
from hashiramart.db import Database
from hashiramart.errors import Conflict, DatabaseAway

BUSY = "Your last message in this thread is still being answered. Wait for its answer, then say this again."

_LOOK_S = 0.1
_HELD = (
    "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 "
    "AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

Connection = psycopg.AsyncConnection[TupleRow]


async def _nothing() -> None:
    pass


@dataclass(frozen=True, eq=False)
class Lease:
    """The right to run a thread's turn, until it is given back."""

    thread_id: uuid.UUID
    _lock: asyncio.Lock
    _connection: Connection

    @property
    def lost(self) -> bool:
        """Whether the connection it hung on is gone, and the lease with it."""
        return self._connection.closed


class Leases:
    """The leases of one process.

    Args:
        database: whose locks they are.
        on_return: called when the server was away and is back, before anything else is asked of it.
    """

    def __init__(self, database: Database, on_return: Callable[[], Awaitable[None]] = _nothing) -> None:
        self._address = roles.sign_in_as(database.conninfo, "service")
        self._on_return = on_return
        self._locks: WeakValueDictionary[uuid.UUID, asyncio.Lock] = WeakValueDictionary()
        self._asking = asyncio.Lock()  # one statement at a time on the connection
        self._connection: Connection | None = None
        self._unwanted: set[asyncio.Task[None]] = set()

    def busy_here(self, thread_id: uuid.UUID) -> bool:
        """Whether this very process holds the thread's lease."""
        lock = self._locks.get(thread_id)
        return lock is not None and lock.locked()

    async def take(self, thread_id: uuid.UUID, *, wait_s: float) -> Lease:
        """Take a thread's lease, which is to be given back.

        Args:
            thread_id: whose turn is to be run.
            wait_s: how long to wait for another turn's end.

        Raises:
            Conflict: the other turn still runs.
            DatabaseAway: PostgreSQL cannot be reached.
        """
        give_up = time.monotonic() + wait_s
        while (lease := await self.try_take(thread_id)) is None:
            left = give_up - time.monotonic()
            if left <= 0:
                raise Conflict("thread_id", BUSY)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moment(thread_id), left)
        return lease

    async def try_take(self, thread_id: uuid.UUID) -> Lease | None:
        """Take a thread's lease if nobody has it.

        Raises:
            DatabaseAway: PostgreSQL cannot be reached.
        """
        lock = self._locks.setdefault(thread_id, asyncio.Lock())
        if lock.locked():
            return None
        await lock.acquire()
        asking = asyncio.create_task(self._ask_for(thread_id, lock))
        try:
            # Shielded: cut off in the middle, PostgreSQL would keep a lock that nobody knows of.
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            unwanted = asyncio.create_task(self._give_back_unwanted(asking))
            self._unwanted.add(unwanted)
            unwanted.add_done_callback(self._unwanted.discard)
            raise

    async def give_back(self, lease: Lease) -> None:
        """Let the next one have it; one that is lost is gone anyway."""
        with suppress(psycopg.Error):
            async with self._asking:
                if not lease.lost:
                    await lease._connection.execute("SELECT pg_advisory_unlock(%s)", [_key(lease.thread_id)])
        lease._lock.release()

    @asynccontextmanager
    async def held(self, thread_id: uuid.UUID, *, wait_s: float) -> AsyncIterator[Lease]:
        """Hold a thread's lease until the block ends; raises what ``take`` does."""
        lease = await self.take(thread_id, wait_s=wait_s)
        try:
            yield lease
        finally:
            await self.give_back(lease)

    async def free(self, thread_ids: list[uuid.UUID]) -> set[uuid.UUID]:
        """Those of some threads whose lease nobody has, in any process, at this moment.

        Raises:
            DatabaseAway: PostgreSQL cannot be reached.
        """
        rows = await self._rows(_HELD)
        held = {row[0] for row in rows}
        return {thread_id for thread_id in thread_ids if _key(thread_id) not in held and not self.busy_here(thread_id)}

    async def close(self) -> None:
        """Close the connection; all leases are gone."""
        async with self._asking:
            if self._connection is not None:
                await self._connection.close()

    async def _moment(self, thread_id: uuid.UUID) -> None:
        """Wait until it makes sense to try again."""
        lock = self._locks.get(thread_id)
        if lock is not None and lock.locked():
            async with lock:  # a turn of our own: told when it ends
                return
        await asyncio.sleep(_LOOK_S)  # another process's: PostgreSQL tells those who wait, but one who waits blocks all

    async def _ask_for(self, thread_id: uuid.UUID, lock: asyncio.Lock) -> Lease | None:
        """Ask PostgreSQL with our own lock held, which is let go again unless there is a lease."""
        lease = None
        try:
            async with self._asking:
                connection, rows = await self._execute("SELECT pg_try_advisory_lock(%s)", [_key(thread_id)])
            lease = Lease(thread_id, lock, connection) if rows[0][0] else None
        finally:
            if lease is None:
                lock.release()
        return lease

    async def _give_back_unwanted(self, asking: asyncio.Task[Lease | None]) -> None:
        with suppress(DatabaseAway):
            if lease := await asking:
                await self.give_back(lease)

    async def _rows(self, query: str) -> list[TupleRow]:
        async with self._asking:
            return (await self._execute(query, []))[1]

    async def _execute(self, query: str, parameters: list[Any]) -> tuple[Connection, list[TupleRow]]:
        """Run a statement, on a new connection where the old one turns out to be broken."""
        try:
            if self._connection is not None:
                with suppress(psycopg.OperationalError):
                    return self._connection, await _fetch(self._connection, query, parameters)
                await self._connection.close()
                self._connection = None
                await self._on_return()
            self._connection = await psycopg.AsyncConnection.connect(
                self._address, autocommit=True, connect_timeout=5, keepalives_idle=30
            )
            return self._connection, await _fetch(self._connection, query, parameters)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise DatabaseAway from error


async def _fetch(connection: Connection, query: str, parameters: list[Any]) -> list[TupleRow]:
    return await (await connection.execute(query, parameters)).fetchall()


def _key(thread_id: uuid.UUID) -> int:
    """What PostgreSQL knows a thread's lock by: a bigint, here never below zero."""
    return thread_id.int % 2**63
