"""Which checkpoints a turn keeps, and what an earlier version kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from agents.checkpoints import serializer
from agents.events import DoneEvent
from agents.graph import SPECIALISTS, build_graph, passing
from agents.planner.plan import Plan, Step
from hashiramart.models import Turn
from tests.integration.turns.dojo import Dojo, MortalSaver, acts, say


def planned(plan: Plan, *, cursor: int = 0, engine: str = "embedded", calls: int = 0) -> dict[str, Any]:
    """The state before a step of ``plan``."""
    shown = plan.model_dump(mode="json")
    return {"noted": [], "plan": shown, "cursor": cursor, "engines": [engine], "model_calls": [{}] * calls}


def test_no_checkpoint_is_left_out_before_a_question_or_what_cannot_be_done_again() -> None:
    assert passing("recall", {})
    assert passing("reply", {"noted": []})
    assert passing("supervisor", {"noted": []})
    assert not passing("supervisor", {"noted": [{"effect": "new"}]})
    writes = planned(acts("status", "log_login"))
    assert not any(passing(node, writes) for node in (*SPECIALISTS, "decide"))


def test_before_the_first_step_of_a_plan_that_only_reads_nothing_is_kept_unless_a_language_model_made_it() -> None:
    reads = acts("status", "history")
    assert passing("quartermaster", planned(reads))
    assert not passing("quartermaster", planned(reads, cursor=1))
    assert not passing("quartermaster", planned(reads, engine="llm"))
    assert not passing("quartermaster", planned(reads, calls=1))
    assert not passing("decide", planned(reads))
    assert not passing("coach", planned(Plan(steps=[Step(specialist="coach", text="six weeks", intent="plan")])))


def test_a_turn_that_writes_keeps_one_checkpoint_a_step_and_one_at_its_end(
    dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    dojo.plans["two"] = acts("log_login", "history")
    left_out: list[bool] = []
    passes = MortalSaver._passes

    def counted(saver: MortalSaver, checkpoint: Any) -> bool:
        left_out.append(passes(saver, checkpoint))
        return left_out[-1]

    monkeypatch.setattr(MortalSaver, "_passes", counted)

    async def two() -> Turn:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            await say(agents, slayer, "two")
        (turn,) = dojo.turns(slayer)
        return turn

    turn = asyncio.run(two())
    assert left_out == [True, True, False, False, True, False]  # before: recall, supervisor, step, step, reply; the end
    assert dojo.checkpoints(turn.thread_id) | {"bytes": 0} == {
        "checkpoints": 1,
        "checkpoint_blobs": 0,
        "checkpoint_writes": 0,
        "bytes": 0,
    }


def test_a_thread_that_an_earlier_version_kept_goes_on(dojo: Dojo) -> None:
    dojo.plans |= {"before": acts("status"), "now": acts("history")}

    async def goes_on() -> None:
        slayer = dojo.slayer()
        async with dojo.agents() as agents:
            ours = agents.graph
            agents.graph = build_graph(AsyncPostgresSaver(agents.checkpointer._pool, serde=serializer()))
            assert isinstance(await say(agents, slayer, "before"), DoneEvent)
            (turn,) = dojo.turns(slayer)
            assert dojo.checkpoints(turn.thread_id)["checkpoint_blobs"] > 0
            agents.graph = ours
            assert isinstance(await say(agents, slayer, "now", turn.thread_id), DoneEvent)
            state = await ours.aget_state({"configurable": {"thread_id": str(turn.thread_id)}})
        assert [each["message"] for each in state.values["memory"]["history"]] == ["before", "now"]
        assert dojo.checkpoints(turn.thread_id)["checkpoint_blobs"] == 0
        assert dojo.checkpoints(turn.thread_id)["checkpoints"] == 1

    asyncio.run(goes_on())
