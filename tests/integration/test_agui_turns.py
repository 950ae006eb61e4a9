"""What becomes of a turn over AG-UI when its client, its process or its planner goes away."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

import pytest
from ag_ui_validate.pytest_plugin import assert_valid_agui
from sqlmodel import delete

from agents import quartermaster
from agents.resume import take_up_all
from agents.running import OUR_FAULT, Agents
from agents.turn import start_turn
from api.agui.follow import GONE, follow
from api.agui.runs import LiveRun, Runs
from api.agui.script import Names, Script
from api.agui.told import Told
from hashiramart.errors import Conflict
from hashiramart.models import Thread
from tests.integration.agui import Event, parse, text, unmarked
from tests.integration.turns.conftest import dojo
from tests.integration.turns.dojo import Dojo, acts, ended

__all__ = ["dojo"]

TRAIN = {"log_training": {"minutes": 10}}


class Client:
    """A slayer's client; what it heard stays with it when it comes back."""

    def __init__(self, agents: Agents, runs: Runs, slayer: uuid.UUID, thread: uuid.UUID | None = None) -> None:
        self.agents, self.runs, self.slayer = agents, runs, slayer
        self.thread, self.turn = thread or uuid.uuid4(), uuid.uuid4()
        self.heard: list[Event] = []

    def begin(self, message: str) -> LiveRun:
        def start() -> Any:
            return start_turn(self.agents, self.slayer, message, self.thread, turn_id=self.turn, opens=True)

        return self.runs.begin(self.slayer, self.thread, self.turn, message, start)

    async def hear(self, *, until: str = "", modern: bool = True) -> Event:
        """Listen until the end or an event of that type, and leave."""
        told = Told.read(self.heard[-1]["id"]) if self.heard else Told()
        assert told is not None
        script = Script(Names(str(self.thread), str(self.turn), str(self.turn)), told, modern=modern)
        lines = follow(self.agents, self.slayer, self.turn, self.runs.find(self.slayer, self.turn), script)
        assert isinstance(lines, AsyncGenerator)
        async with aclosing(lines):
            async for line in lines:
                self.heard += parse(line.decode().splitlines())
                if self.heard[-1]["type"] == until:
                    break
        return self.heard[-1]


def run(dojo: Dojo, story: Callable[[Client], Awaitable[None]], *, return_s: float = 60, **settings: Any) -> uuid.UUID:
    slayer = dojo.slayer()

    async def told() -> None:
        async with dojo.agents(**settings) as agents:
            await story(Client(agents, Runs(return_s), slayer))

    asyncio.run(told())
    return slayer


def test_a_run_that_only_reads_is_cancelled_when_its_client_stays_away(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status", "badges", "history")

    async def story(client: Client) -> None:
        await client.begin("read").begun()
        await client.hear(until="STATE_SNAPSHOT")
        await ended(client.agents)
        (turn,) = dojo.turns(client.slayer)
        assert turn.status == "cancelled"
        old = Client(client.agents, client.runs, client.slayer, client.thread)
        old.turn = client.turn
        assert (await client.hear())["outcome"] == {"type": "cancelled"}
        assert (await old.hear(modern=False))["code"] == "cancelled"
        for heard in (client.heard, old.heard):
            assert_valid_agui(unmarked(heard), max_warnings=0)

    run(dojo, story, return_s=0)


def test_a_client_that_comes_back_in_time_hears_all_of_it(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status", "badges", "history")

    async def story(client: Client) -> None:
        await client.begin("read").begun()
        await client.hear(until="STATE_SNAPSHOT")
        assert (await client.hear())["outcome"] == {"type": "success"}
        assert text(client.heard) == dojo.turns(client.slayer)[0].reply
        assert_valid_agui(unmarked(client.heard), max_warnings=0)

    run(dojo, story)


def test_a_run_that_writes_goes_on_without_its_client_which_hears_the_rest_later(dojo: Dojo) -> None:
    dojo.plans["write"] = acts("status", "log_training", **TRAIN)

    async def story(client: Client) -> None:
        await client.begin("write").begun()
        await client.hear(until="TEXT_MESSAGE_CONTENT")
        await ended(client.agents)
        assert client.runs.find(client.slayer, client.turn) is None
        assert (await client.hear())["outcome"] == {"type": "success"}
        assert text(client.heard) == dojo.turns(client.slayer)[0].reply
        assert_valid_agui(unmarked(client.heard), max_warnings=0)

    assert dojo.events(run(dojo, story, return_s=0)) == 1


def test_stop_cancels_at_once_and_tells_who_listens(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status", "badges", "history")

    async def story(client: Client) -> None:
        live = client.begin("read")
        await live.begun()
        live.stop()
        assert (await client.hear())["outcome"] == {"type": "cancelled"}

    run(dojo, story)


def test_two_messages_in_one_thread_are_not_answered_at_once(dojo: Dojo) -> None:
    dojo.plans["write"] = acts("log_training", **TRAIN)

    async def story(client: Client) -> None:
        other = Client(client.agents, client.runs, client.slayer, client.thread)
        first = client.begin("write")
        await first.begun()
        with pytest.raises(Conflict):
            await other.begin("write").begun()
        await client.hear()
        await ended(client.agents)

    assert dojo.events(run(dojo, story, turn_wait_s=0)) == 1


@pytest.mark.parametrize("dies_at", [2, 4, 6])
def test_another_process_tells_the_rest_of_a_run_whose_process_died(dojo: Dojo, dies_at: int) -> None:
    dojo.plans["write"] = acts("status", "log_training", "history", **TRAIN)

    async def dies(client: Client) -> None:
        await client.begin("write").begun()
        await client.hear()
        assert client.heard.pop()["type"] == "RUN_ERROR"  # which nobody is there to say when a process is killed
        deaths.append(client)

    async def lives(agents: Agents, client: Client) -> None:
        client.agents, client.runs = agents, Runs(60)
        taken_up = asyncio.create_task(take_up_all(agents))
        assert (await client.hear())["outcome"] == {"type": "success"}
        await taken_up

    async def next_process(client: Client) -> None:
        async with dojo.agents() as agents:
            await lives(agents, client)

    deaths: list[Client] = []
    slayer = run(dojo, dies, dies_at=dies_at)
    (turn,) = dojo.turns(slayer)
    assert turn.status == "running"
    asyncio.run(next_process(deaths[0]))
    (turn,) = dojo.turns(slayer)
    assert text(deaths[0].heard) == turn.reply
    assert [event["type"] for event in deaths[0].heard].count("RUN_STARTED") == 1
    assert dojo.events(slayer) == 1
    assert_valid_agui(unmarked(deaths[0].heard), max_warnings=0)


def test_what_went_wrong_inside_is_told_to_nobody(dojo: Dojo, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: Any) -> Any:
        raise RuntimeError("secret: postgresql://owner:hunter2@db/hashira")

    async def story(client: Client) -> None:
        await client.begin("no plan for this").begun()
        await client.hear()
        assert {key: client.heard[-1][key] for key in ("type", "message", "code")} == {
            "type": "RUN_ERROR",
            "message": OUR_FAULT,
            "code": "failed",
        }
        # And where the telling itself breaks.
        monkeypatch.setattr("api.agui.record.read", breaks)
        again = Client(client.agents, client.runs, client.slayer, client.thread)
        again.turn = client.turn
        assert (await again.hear())["message"] == OUR_FAULT
        assert "secret" not in str(again.heard)

    run(dojo, story)


def test_one_specialist_that_breaks_says_so_plainly_and_the_rest_is_told(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    dojo.plans["both"] = acts("log_training", "status", **TRAIN)

    def breaks(*_args: Any) -> Any:
        raise RuntimeError("secret")

    async def story(client: Client) -> None:
        monkeypatch.setitem(quartermaster._ACTS, "log_training", breaks)
        await client.begin("both").begun()
        assert (await client.hear())["outcome"] == {"type": "success"}
        assert "a fault of ours" in text(client.heard)
        assert "secret" not in str(client.heard)

    run(dojo, story)


def test_a_conversation_that_was_deleted_meanwhile_is_said_to_be(dojo: Dojo) -> None:
    async def story(client: Client) -> None:
        assert (await client.hear())["message"] == GONE

    run(dojo, story)


def test_a_thread_named_like_a_deleted_one_remembers_nothing_of_it(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status")

    async def story(client: Client) -> None:
        await client.begin("read").begun()
        await client.hear()
        await ended(client.agents)
        with dojo.database.service() as session:  # as when its memory could not be deleted with it
            session.execute(delete(Thread))
        again = Client(client.agents, client.runs, client.slayer, client.thread)
        await again.begin("read").begun()
        await again.hear()
        await ended(client.agents)
        state = await client.agents.graph.aget_state({"configurable": {"thread_id": str(client.thread)}})
        assert len(state.values["memory"]["history"]) == 1

    run(dojo, story)


def test_nobody_opens_a_thread_under_somebody_elses_name_nor_touches_it(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status")

    async def story(client: Client) -> None:
        await client.begin("read").begun()
        await client.hear()
        await ended(client.agents)
        stranger = Client(client.agents, client.runs, dojo.slayer(), client.thread)
        with pytest.raises(Exception, match="You have no thread with this id"):
            await stranger.begin("read").begun()
        state = await client.agents.graph.aget_state({"configurable": {"thread_id": str(client.thread)}})
        assert len(state.values["memory"]["history"]) == 1

    run(dojo, story)
