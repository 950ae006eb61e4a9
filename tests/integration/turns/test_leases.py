"""One running turn a thread, over all processes of a shop. Each ``Leases`` stands for a process."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from agents.leases import Leases
from agents.turn import start_turn
from hashiramart.db import Database
from hashiramart.errors import Conflict, DatabaseAway, NotFound
from tests.integration.turns.dojo import Dojo, acts, ended, say


@asynccontextmanager
async def two(database: Database) -> AsyncIterator[tuple[Leases, Leases]]:
    first, second = Leases(database), Leases(database)
    try:
        yield first, second
    finally:
        await first.close()
        await second.close()


def cut_off_everybody(database: Database) -> None:
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND query LIKE '%advisory%'"
        )


def test_a_thread_is_leased_once_over_two_processes_and_within_one(database: Database) -> None:
    async def crowd() -> None:
        thread, other = uuid.uuid4(), uuid.uuid4()
        async with two(database) as (first, second):
            lease = await first.take(thread, wait_s=0)
            assert await second.try_take(thread) is None
            assert await first.try_take(thread) is None
            assert await second.try_take(other) is not None
            assert await second.free([thread, other]) == set()
            await first.give_back(lease)
            assert await second.free([thread]) == {thread}
            assert await second.try_take(thread) is not None

    asyncio.run(crowd())


def test_whoever_waits_gets_it_next_or_is_told_to_come_back(database: Database) -> None:
    async def wait() -> None:
        thread = uuid.uuid4()
        async with two(database) as (first, second):
            for waiting in (first, second):
                lease = await first.take(thread, wait_s=0)
                with pytest.raises(Conflict, match="still being answered"):
                    await waiting.take(thread, wait_s=0.01)
                patient = asyncio.create_task(waiting.take(thread, wait_s=30))
                await asyncio.sleep(0)
                await first.give_back(lease)
                await waiting.give_back(await patient)

    asyncio.run(wait())


def test_a_process_that_dies_leaves_no_lease_behind(database: Database) -> None:
    async def die() -> None:
        thread = uuid.uuid4()
        async with two(database) as (first, second):
            await first.take(thread, wait_s=0)
            await first.close()  # as the kernel closes the sockets of the dead
            assert await second.take(thread, wait_s=30)

    asyncio.run(die())


def test_a_broken_connection_loses_its_leases_and_is_made_anew(database: Database) -> None:
    returned = []

    async def back() -> None:
        returned.append(True)

    async def broken() -> None:
        leases = Leases(database, on_return=back)
        lease = await leases.take(uuid.uuid4(), wait_s=0)
        cut_off_everybody(database)
        again = await leases.take(uuid.uuid4(), wait_s=0)
        assert lease.lost
        assert not again.lost
        assert returned == [True]
        await leases.give_back(lease)
        await leases.close()

    asyncio.run(broken())


def test_who_gives_up_asking_keeps_nothing(database: Database) -> None:
    async def give_up() -> None:
        thread = uuid.uuid4()
        async with two(database) as (first, second):
            asking = asyncio.create_task(first.try_take(thread))
            await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await second.give_back(await second.take(thread, wait_s=30))
            assert await first.take(thread, wait_s=30)

    asyncio.run(give_up())


def test_a_server_that_is_not_there_is_said_plainly(database: Database) -> None:
    nowhere = psycopg.conninfo.make_conninfo(database.conninfo, host="127.0.0.1", port=1)

    async def ask() -> None:
        from dataclasses import replace

        with pytest.raises(DatabaseAway):
            await Leases(replace(database, conninfo=nowhere)).try_take(uuid.uuid4())

    asyncio.run(ask())


def test_a_second_message_waits_its_time_and_is_told_so(dojo: Dojo) -> None:
    dojo.plans["how do I stand?"] = acts("status")

    async def hasty() -> None:
        slayer, stranger = dojo.slayer(), dojo.slayer()
        async with dojo.agents(turn_wait_s=0.01) as agents, dojo.agents(turn_wait_s=0.01) as elsewhere:
            thread = (await say(agents, slayer, "how do I stand?")).thread_id  # type: ignore[union-attr]
            await ended(agents)
            lease = await agents.leases.take(thread, wait_s=1)
            for process in (agents, elsewhere):
                with pytest.raises(Conflict, match="still being answered"):
                    await start_turn(process, slayer, "how do I stand?", thread)
                with pytest.raises(NotFound):  # and learns nothing about it
                    await start_turn(process, stranger, "how do I stand?", thread)
            await agents.leases.give_back(lease)
            await say(elsewhere, slayer, "how do I stand?", thread)
        assert len(dojo.turns(slayer)) == 2

    asyncio.run(hasty())
