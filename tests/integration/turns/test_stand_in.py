"""The worker goes on with what broke off where no API is there to do so, and opens its agents for that alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from agents import resume, stand_in
from agents.running import Agents
from tests.integration.turns.dojo import Dojo, acts, say

TRAIN: dict[str, Any] = {"log_training": {"minutes": 10}}


@pytest.fixture
def opened(dojo: Dojo, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each time that the worker has opened its agents."""
    times: list[bool] = []

    @asynccontextmanager
    async def open_agents(*_: Any, **__: Any) -> AsyncIterator[Agents]:
        times.append(True)
        async with dojo.agents() as agents:
            yield agents

    monkeypatch.setattr(stand_in, "open_agents", open_agents)
    return times


def test_the_worker_ends_the_turns_of_a_dead_api(
    dojo: Dojo, opened: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    dojo.plans["train"] = acts("log_training", **TRAIN)

    async def work() -> None:
        first, second = dojo.slayer(), dojo.slayer()
        async with dojo.agents(dies_at=5) as api:
            await say(api, first, "train")
            await say(api, second, "train")
        done = asyncio.Event()

        async def told(agents: Agents) -> int:
            count = await resume.take_up_all(agents)
            done.set()
            return count

        monkeypatch.setattr(stand_in, "take_up_all", told)
        quick = dojo.settings.model_copy(update={"turn_look_s": 0.001})
        working = asyncio.create_task(stand_in.stand_in(quick, dojo.database))
        await asyncio.wait_for(done.wait(), 60)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        for slayer in (first, second):
            assert [turn.status for turn in dojo.turns(slayer)] == ["done"]
            assert dojo.events(slayer) == 1

    asyncio.run(work())
    assert opened == [True]


def test_what_an_api_is_at_work_on_is_no_business_of_the_workers(dojo: Dojo, opened: list[bool]) -> None:
    dojo.plans["train"] = acts("log_training", **TRAIN)

    async def work() -> None:
        slayer = dojo.slayer()
        async with dojo.agents(dies_at=5) as api:
            await say(api, slayer, "train")
        (turn,) = dojo.turns(slayer)
        async with dojo.agents() as api:
            lease = await api.leases.take(turn.thread_id, wait_s=30)
            assert await resume.orphans(dojo.database, api.leases) == []
            async with dojo.agents() as worker:
                assert await resume.orphans(dojo.database, worker.leases) == []
                assert await resume.take_up_all(worker) == 0
            await api.leases.give_back(lease)
            assert len(await resume.orphans(dojo.database, api.leases)) == 1

    asyncio.run(work())
    assert opened == []
