"""What one turn may cost, what a step that fails costs the others, and what a thread keeps."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from agents import quartermaster
from agents.checkpoints import serializer
from agents.events import ApprovalEvent, DoneEvent, ErrorEvent, RouteEvent, StatusEvent
from agents.planner.plan import Plan, Step
from agents.resume import take_up_all
from agents.running import BROKE_OFF
from agents.turn import Resume, answer_of, start_turn
from hashiramart.errors import DatabaseAway
from hashiramart.models import Weapon
from tests.integration.turns.dojo import Dojo, acts, ended, listen, say

TRAIN: dict[str, Any] = {"log_training": {"minutes": 10}}


def test_the_steps_of_one_message_are_bounded_and_it_says_so(dojo: Dojo) -> None:
    dojo.plans["much"] = acts("log_training", "status", "status", "log_training", **TRAIN)

    async def much() -> None:
        slayer = dojo.slayer()
        async with dojo.agents(turn_steps=2) as agents:
            answer = await say(agents, slayer, "much")
        assert isinstance(answer, DoneEvent)
        assert "as much as I do in one go" in answer.reply
        assert answer.route == ["quartermaster"]
        assert dojo.events(slayer) == 1

    asyncio.run(much())


def test_the_calls_of_tools_are_bounded_and_the_rest_of_the_steps_say_so(dojo: Dojo) -> None:
    dojo.plans["many"] = acts("log_training", "log_training", **TRAIN)

    async def many() -> None:
        slayer = dojo.slayer()
        async with dojo.agents(turn_tool_calls=1) as agents:
            answer = await say(agents, slayer, "many")
        assert isinstance(answer, DoneEvent)
        assert "more than I can do in one go" in answer.reply
        assert dojo.events(slayer) == 1

    asyncio.run(many())


def test_a_turn_that_hangs_ends_with_one_clear_error_and_the_thread_goes_on(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    release = threading.Event()

    def hang(*_: object) -> str:
        release.wait(30)
        return ""

    dojo.plans |= {"hang": acts("status"), "and now?": acts("history")}
    monkeypatch.setitem(quartermaster._ACTS, "status", hang)

    async def hangs() -> None:
        slayer = dojo.slayer()
        async with dojo.agents(turn_seconds=0.1) as agents:
            answer = await say(agents, slayer, "hang")
            assert isinstance(answer, ErrorEvent)
            assert "took too long" in answer.detail
            (turn,) = dojo.turns(slayer)
            assert (turn.status, turn.error) == ("failed", answer.detail)
        async with dojo.agents() as agents:
            assert isinstance(await say(agents, slayer, "and now?", turn.thread_id), DoneEvent)
        release.set()

    asyncio.run(hangs())


def test_a_step_that_fails_is_told_plainly_and_the_others_still_run(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> str:
        raise RuntimeError("a secret of ours")

    dojo.plans["all three"] = acts("log_training", "badges", "status", **TRAIN)
    monkeypatch.setitem(quartermaster._ACTS, "badges", fails)

    async def all_three() -> None:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            answer = await say(agents, slayer, "all three")
        assert isinstance(answer, DoneEvent)
        logged, failed, standing = answer.reply.split("\n\n")
        assert logged.startswith("Logged 10 minutes")
        assert failed == (
            "The Quartermaster could not finish this: a fault of ours, which is logged. Please ask for it again."
        )
        assert standing.startswith("You have 1 Nichirin point")

    asyncio.run(all_three())
    assert "a secret of ours" in caplog.text


def test_a_database_that_goes_away_within_a_step_is_no_answer_and_the_turn_goes_on_later(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    train = quartermaster._ACTS["log_training"]

    def goes_away(*anything: Any) -> str:
        train(*anything)  # on record, and nobody hears of it
        raise DatabaseAway

    dojo.plans["train"] = acts("log_training", **TRAIN)

    async def away() -> None:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            with monkeypatch.context() as patch:
                patch.setitem(quartermaster._ACTS, "log_training", goes_away)
                answer = await say(agents, slayer, "train")
            assert isinstance(answer, ErrorEvent)
            assert answer.detail == BROKE_OFF
            assert [turn.status for turn in dojo.turns(slayer)] == ["running"]
            await ended(agents)
            assert await take_up_all(agents) == 1
        (turn,) = dojo.turns(slayer)
        assert (turn.status, dojo.events(slayer)) == ("done", 1)
        assert turn.reply.startswith("Logged 10 minutes of training: +1 Nichirin point")

    asyncio.run(away())


def test_a_turn_that_only_reads_is_cancelled_when_nobody_listens_any_more(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status", "badges", "history")

    async def leave() -> None:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            events = await start_turn(agents, slayer, "read", None)
            await listen(events, lambda event: isinstance(event, RouteEvent))
            await events.aclose()
            await ended(agents)
            (turn,) = dojo.turns(slayer)
            assert turn.status == "cancelled"
            assert "Nobody was listening" in (turn.error or "")
            assert isinstance(await say(agents, slayer, "read", turn.thread_id), DoneEvent)

    asyncio.run(leave())


def test_a_turn_that_writes_runs_to_its_end_when_nobody_listens_any_more(dojo: Dojo) -> None:
    dojo.plans["write"] = acts("status", "log_training", **TRAIN)

    async def leave() -> None:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            events = await start_turn(agents, slayer, "write", None)
            await listen(events, lambda event: isinstance(event, StatusEvent))
            await events.aclose()
            await ended(agents)
        (turn,) = dojo.turns(slayer)
        assert (turn.status, dojo.events(slayer)) == ("done", 1)
        assert "Logged 10 minutes" in turn.reply

    asyncio.run(leave())


def test_a_long_thread_keeps_no_more_checkpoints_than_a_short_one(dojo: Dojo) -> None:
    dojo.plans["train"] = acts("log_training", **TRAIN)
    kept = []

    async def long() -> None:
        slayer, thread = dojo.slayer(), None
        async with dojo.agents() as agents:
            for _ in range(30):
                answer = await say(agents, slayer, "train", thread)
                assert isinstance(answer, DoneEvent)
                thread = answer.thread_id
                await ended(agents)
                kept.append(dojo.checkpoints(thread))
        assert len(dojo.turns(slayer)) == 30

    asyncio.run(long())
    assert {each["checkpoints"] for each in kept} == {1}
    assert max(each["checkpoint_writes"] for each in kept) <= 2
    assert kept[-1]["checkpoint_blobs"] == kept[0]["checkpoint_blobs"]
    assert kept[-1]["bytes"] <= kept[14]["bytes"] * 1.1  # the history that a thread carries is full after 12 turns


def test_an_offer_outlives_the_pruning_of_its_thread(dojo: Dojo, stocked: list[Weapon]) -> None:
    weapon = max(stocked, key=lambda each: each.stock)
    dojo.plans["buy"] = acts("buy", buy={"weapon": weapon.slug})

    async def agree() -> None:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            offer = await say(agents, slayer, "buy")
            assert isinstance(offer, DoneEvent)
            assert offer.approval is not None
            await ended(agents)
            assert dojo.checkpoints(offer.thread_id)["checkpoints"] == 1
        async with dojo.agents() as agents:
            yes = Resume(offer.approval.approval_id, approved=True)
            last = await answer_of(await start_turn(agents, slayer, yes, offer.thread_id))
            assert isinstance(last, DoneEvent)
        assert [order.weapon_id for order in dojo.orders(slayer)] == [weapon.id]

    asyncio.run(agree())


def test_an_event_of_approval_comes_once(dojo: Dojo, stocked: list[Weapon]) -> None:
    weapon = max(stocked, key=lambda each: each.stock)
    dojo.plans["buy"] = acts("buy", buy={"weapon": weapon.slug})

    async def offers() -> None:
        async with dojo.agents() as agents:
            events = [event async for event in await start_turn(agents, dojo.slayer(), "buy", None)]
        assert [event.kind for event in events if isinstance(event, (ApprovalEvent, DoneEvent))] == ["approval", "done"]

    asyncio.run(offers())


def test_a_checkpoint_brings_no_object_of_another_kind_to_life() -> None:
    kind, packed = JsonPlusSerializer().dumps_typed(Plan(steps=[Step(specialist="coach", text="x")]))
    assert not isinstance(serializer().loads_typed((kind, packed)), Plan)
