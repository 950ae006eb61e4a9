"""Turns under way that clients leave and come back to."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from agents.events import ErrorEvent, StatusEvent, TurnEvent
from api.agui.runs import LiveRun, Runs
from hashiramart.errors import Conflict

CALLER, THREAD, TURN = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
LAST = ErrorEvent(detail="The end.", correlation_id="1")


def said(text: str) -> StatusEvent:
    return StatusEvent(specialist="coach", text=text)


class Stage:
    """A turn that says what it is told to, and notes when nobody listens any more."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[TurnEvent] = asyncio.Queue()
        self.left = asyncio.Event()
        self.times = 0

    async def begin(self) -> AsyncGenerator[TurnEvent, None]:
        self.times += 1
        return self._events()

    async def _events(self) -> AsyncGenerator[TurnEvent, None]:
        try:
            while True:
                yield await self.lines.get()
        finally:
            self.left.set()

    def say(self, *events: TurnEvent) -> None:
        for event in events:
            self.lines.put_nowait(event)


def run(story: Callable[[Runs, Stage], Awaitable[None]], return_s: float = 60) -> None:
    async def told() -> None:
        async with asyncio.timeout(10):
            await story(Runs(return_s), Stage())

    asyncio.run(told())


async def moment() -> None:
    """Let everything that is due run."""
    for _ in range(10):
        await asyncio.sleep(0)


def begin(runs: Runs, stage: Stage) -> LiveRun:
    return runs.begin(CALLER, THREAD, TURN, "hello", stage.begin)


async def hear(live: LiveRun, count: int) -> list[TurnEvent]:
    heard: list[TurnEvent] = []
    events = live.events()
    async for event in events:
        heard.append(event)
        if len(heard) == count:
            break
    await events.aclose()
    return heard


def test_everybody_hears_everything_from_the_start() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        await live.begun()
        early = asyncio.create_task(hear(live, 9))
        stage.say(said("1"), said("2"))
        assert await hear(live, 1) == [said("1")]
        again = runs.find(CALLER, TURN)
        assert again is live
        stage.say(said("3"), LAST)
        everything = [said("1"), said("2"), said("3"), LAST]
        assert await hear(live, 9) == everything
        assert await early == everything
        assert stage.times == 1

    run(story)


def test_the_same_run_twice_at_once_is_one_turn() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        assert begin(runs, stage) is begin(runs, stage)
        stage.say(LAST)
        assert await hear(begin(runs, stage), 9) == [LAST]
        assert stage.times == 1

    run(story)


def test_a_run_that_is_over_is_not_kept() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        stage.say(LAST)
        await hear(live, 9)
        await moment()
        assert runs.find(CALLER, TURN) is None
        await stage.left.wait()

    run(story)


def test_nobody_else_finds_a_run() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        begin(runs, stage)
        assert runs.find(uuid.uuid4(), TURN) is None
        stage.say(LAST)
        await stage.left.wait()

    run(story)


def test_a_turn_has_no_listener_any_more_when_nobody_comes_back() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        await live.begun()
        stage.say(said("1"))
        await hear(live, 1)
        await stage.left.wait()
        assert await hear(live, 9) == [said("1")]  # and no last event: the record has it

    run(story, return_s=0.01)


def test_nor_when_nobody_ever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.agui.runs.FIRST_S", 0.01)

    async def story(runs: Runs, stage: Stage) -> None:
        await begin(runs, stage).begun()
        await stage.left.wait()

    run(story, return_s=0.01)


def test_a_turn_keeps_its_listener_while_somebody_is_there() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        await live.begun()
        stays = asyncio.create_task(hear(live, 9))
        stage.say(said("1"))
        await hear(live, 1)
        await moment()
        assert not stage.left.is_set()
        stage.say(LAST)
        assert await stays == [said("1"), LAST]

    run(story, return_s=0)


def test_who_comes_back_in_time_stops_the_clock() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        await live.begun()
        stage.say(said("1"))
        await hear(live, 1)
        back = asyncio.create_task(hear(live, 9))
        await asyncio.sleep(0.1)
        assert not stage.left.is_set()
        stage.say(LAST)
        await back

    run(story, return_s=0.05)


def test_stop_leaves_at_once() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        await live.begun()
        hearing = asyncio.create_task(hear(live, 9))
        stage.say(said("1"))
        await asyncio.sleep(0)
        live.stop()
        await stage.left.wait()
        assert await hearing == [said("1")]

    run(story)


def test_a_process_that_stops_leaves_no_turn() -> None:
    async def story(runs: Runs, stage: Stage) -> None:
        live = begin(runs, stage)
        await live.begun()
        stage.say(said("1"))
        await hear(live, 1)
        runs.close()
        await asyncio.sleep(0.05)  # longer than it would wait for who has left
        assert not stage.left.is_set()
        stage.say(LAST)
        await stage.left.wait()

    run(story, return_s=0.01)


def test_a_turn_that_cannot_begin_says_so_to_everybody_who_asked() -> None:
    async def refused() -> AsyncGenerator[TurnEvent, None]:
        raise Conflict("thread_id", "busy")

    async def story(runs: Runs, stage: Stage) -> None:
        live = runs.begin(CALLER, THREAD, TURN, "hello", refused)
        for _ in range(2):
            with pytest.raises(Conflict, match="busy"):
                await live.begun()
        assert await hear(live, 9) == []
        await moment()
        assert runs.find(CALLER, TURN) is None

    run(story)
