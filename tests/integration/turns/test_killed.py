"""A turn that is killed, at whatever point, ends as if it had not been, and writes once."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from agents.events import DoneEvent, ErrorEvent
from agents.resume import take_up_all
from agents.turn import Resume
from hashiramart import catalog, turns
from hashiramart.models import Thread, Turn, Weapon, utc_now
from tests.integration.turns.dojo import Dojo, acts, say

LOG, BUY = "log it all", "buy the blade"


@pytest.fixture
def weapon(dojo: Dojo, stocked: list[Weapon]) -> Weapon:
    """For sale, and the plans of both messages."""
    for_sale = max(stocked, key=lambda each: each.stock)
    slots = {
        "log_training": {"minutes": 30},
        "log_battle": {"weapon": None, "success": True, "count": 2},
        "buy": {"weapon": for_sale.slug},
    }
    dojo.plans[LOG] = acts("log_training", "log_battle", "status", **slots)
    dojo.plans[BUY] = acts("buy", "log_training", **slots)
    return for_sale


async def killed_and_resumed(dojo: Dojo, dies_at: int | None) -> tuple[uuid.UUID, int]:
    """The slayer, and how many touches their turn took."""
    slayer = dojo.slayer()
    async with dojo.agents(dies_at=dies_at) as agents:
        await say(agents, slayer, LOG)
    touched = dojo.touched
    async with dojo.agents() as agents:
        await take_up_all(agents)
    return slayer, touched


def test_killed_at_any_point_it_ends_with_the_same_answer_and_every_entry_once(dojo: Dojo, weapon: Weapon) -> None:
    async def all_points() -> None:
        whole, touches = await killed_and_resumed(dojo, None)
        (expected,) = dojo.turns(whole)
        assert expected.status == "done"
        assert dojo.events(whole) == 3
        assert touches > 20
        for point in range(1, touches + 1):
            slayer, _ = await killed_and_resumed(dojo, point)
            (turn,) = dojo.turns(slayer)
            told = {"status": turn.status, "reply": turn.reply, "route": turn.route, "events": dojo.events(slayer)}
            assert told == {"status": "done", "reply": expected.reply, "route": expected.route, "events": 3}, point

    asyncio.run(all_points())


def test_a_turn_that_only_reads_is_answered_the_same_wherever_it_was_killed(dojo: Dojo) -> None:
    dojo.plans["read"] = acts("status", "history")

    async def killed(point: int | None) -> tuple[Turn, int]:
        slayer = dojo.slayer()
        async with dojo.agents(dies_at=point) as agents:
            await say(agents, slayer, "read")
        touched = dojo.touched
        async with dojo.agents() as agents:
            await take_up_all(agents)
        (turn,) = dojo.turns(slayer)
        return turn, touched

    async def all_points() -> None:
        whole, touches = await killed(None)
        assert touches > 10
        for point in range(1, touches + 1):
            turn, _ = await killed(point)
            assert (turn.status, turn.reply, turn.route) == ("done", whole.reply, whole.route), point

    asyncio.run(all_points())


async def bought(dojo: Dojo, *, offer_dies_at: int | None, yes_dies_at: int | None) -> tuple[uuid.UUID, int, int]:
    """The buyer, and how many touches the offer and the yes took."""
    slayer = dojo.slayer()
    async with dojo.agents(dies_at=offer_dies_at) as agents:
        await say(agents, slayer, BUY)
    offered = dojo.touched
    async with dojo.agents() as agents:
        await take_up_all(agents)
    with dojo.database.service() as session:
        thread = session.exec(select(Thread).where(Thread.slayer_id == slayer)).one()
    assert thread.approval_id is not None
    async with dojo.agents(dies_at=yes_dies_at) as agents:
        await say(agents, slayer, Resume(thread.approval_id, approved=True), thread.id)
    agreed = dojo.touched
    async with dojo.agents() as agents:
        await take_up_all(agents)
    return slayer, offered, agreed


def test_a_purchase_killed_at_any_point_is_offered_once_and_placed_once(dojo: Dojo, weapon: Weapon) -> None:
    # After the yes the Coach is asked for the first care, and has no library here: the step is told as failed, plainly.
    async def all_points() -> None:
        _, offered, agreed = await bought(dojo, offer_dies_at=None, yes_dies_at=None)
        for point in range(1, max(offered, agreed) + 1):
            slayer, *_ = await bought(dojo, offer_dies_at=point, yes_dies_at=point)
            offer, placed = dojo.turns(slayer)
            assert (offer.status, placed.status) == ("done", "done"), point
            assert [block["type"] for block in offer.blocks] == ["approval"], point
            assert [order.weapon_id for order in dojo.orders(slayer)] == [weapon.id], point
            assert dojo.events(slayer) == 1, point
        buyers = max(offered, agreed) + 1
        with dojo.database.service() as session:
            assert catalog.get(session, weapon.id).stock == weapon.stock - buyers

    with dojo.database.service() as session:
        weapon.stock = 1_000
        session.add(session.merge(weapon))
    asyncio.run(all_points())


def test_what_broke_off_is_ended_before_the_next_message_is_answered(dojo: Dojo, weapon: Weapon) -> None:
    dojo.plans["how do I stand?"] = acts("status")

    async def goes_on() -> None:
        slayer = dojo.slayer()
        async with dojo.agents(dies_at=9) as agents:
            broken = await say(agents, slayer, LOG)
        assert isinstance(broken, ErrorEvent)
        (first,) = dojo.turns(slayer)
        assert first.status == "running"
        async with dojo.agents() as agents:
            answer = await say(agents, slayer, "how do I stand?", first.thread_id)
        assert isinstance(answer, DoneEvent)
        assert "23 Nichirin points" in answer.reply
        assert [turn.status for turn in dojo.turns(slayer)] == ["done", "done"]

    asyncio.run(goes_on())


def test_a_turn_that_breaks_off_again_and_again_is_given_up_with_one_clear_error(dojo: Dojo, weapon: Weapon) -> None:
    async def again_and_again() -> None:
        slayer = dojo.slayer()
        async with dojo.agents(dies_at=5) as agents:
            await say(agents, slayer, LOG)
        for _ in range(turns.MOST_ATTEMPTS - 1):
            async with dojo.agents(dies_at=1) as agents:
                await asyncio.gather(take_up_all(agents), return_exceptions=True)
        assert [turn.status for turn in dojo.turns(slayer)] == ["running"]
        async with dojo.agents() as agents:
            await take_up_all(agents)
            (turn,) = dojo.turns(slayer)
            assert (turn.status, turn.error) == ("failed", turns.GIVEN_UP)
            dojo.plans["and now?"] = acts("status")
            assert isinstance(await say(agents, slayer, "and now?", turn.thread_id), DoneEvent)

    asyncio.run(again_and_again())


def test_a_process_that_was_given_up_for_dead_writes_no_end(dojo: Dojo, weapon: Weapon) -> None:
    slayer = dojo.slayer()
    thread_id = uuid.uuid4()
    with dojo.database.session(slayer) as session:
        session.add(Thread(id=thread_id, slayer_id=slayer, title="t"))
        session.flush()
        zombie = turns.begin(session, slayer, thread_id, uuid.uuid4(), LOG, approved=None, now=utc_now())
    with dojo.database.service() as session:
        alive = turns.take_up(session, zombie.id)
    assert alive is not None
    answer = {"reply": "late", "route": [], "citations": [], "blocks": [], "engine": "embedded", "trace": []}
    with dojo.database.session(slayer) as session:
        assert not turns.finish(session, zombie, approval_id=None, **answer)
        assert not turns.break_off(session, zombie, "failed", "late")
        assert turns.finish(session, alive, approval_id=None, **{**answer, "reply": "in time"})
    assert [turn.reply for turn in dojo.turns(slayer)] == ["in time"]


def test_a_thread_cannot_have_two_running_turns_on_record(dojo: Dojo) -> None:
    slayer, thread_id = dojo.slayer(), uuid.uuid4()
    with dojo.database.session(slayer) as session:
        session.add(Thread(id=thread_id, slayer_id=slayer, title="t"))
        session.flush()
        turns.begin(session, slayer, thread_id, uuid.uuid4(), LOG, approved=None, now=utc_now())
    with pytest.raises(IntegrityError), dojo.database.session(slayer) as session:
        turns.begin(session, slayer, thread_id, uuid.uuid4(), LOG, approved=None, now=utc_now())
