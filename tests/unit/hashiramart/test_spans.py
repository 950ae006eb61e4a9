"""Spans follow the tree of calls, and cost nothing where nobody listens."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from hashiramart.spans import MOST_SPANS, Recording, note, span


@pytest.fixture
def recording() -> Recording:
    return Recording(uuid.uuid4(), uuid.uuid4())


def tree(recording: Recording) -> dict[str, str | None]:
    names = {each.number: each.name for each in recording.spans}
    return {each.name: None if each.parent is None else names[each.parent] for each in recording.spans}


def test_without_a_recording_nothing_is_kept() -> None:
    with span("tool", "TOOL") as here:
        assert here is None
    assert note("model", "CHAT_MODEL", ms=1) is None


def test_spans_stand_below_the_one_that_was_under_way(recording: Recording) -> None:
    with recording.under_way("turn"):
        with span("coach", "AGENT"), span("search", "RETRIEVER"):
            note("model", "CHAT_MODEL", ms=5)
        with span("reply", "CHAIN"):
            pass
    assert tree(recording) == {"turn": None, "coach": "turn", "search": "coach", "model": "search", "reply": "turn"}
    assert all(each.ended_ns >= each.started_ns > 0 for each in recording.spans)


def test_the_tree_holds_across_threads_and_tasks(recording: Recording) -> None:
    def tool() -> None:
        with span("tool", "TOOL"):
            pass

    async def turn() -> None:
        with recording.under_way("turn"), span("step", "AGENT"):
            await asyncio.gather(asyncio.to_thread(tool), asyncio.create_task(asyncio.to_thread(tool)))

    asyncio.run(turn())
    assert [each.parent for each in recording.spans if each.name == "tool"] == [1, 1]


def test_two_turns_at_once_do_not_mix() -> None:
    async def turn(recording: Recording) -> None:
        with recording.under_way("turn"):
            for _ in range(3):
                with span("step", "AGENT"):
                    await asyncio.sleep(0)

    async def both(pair: tuple[Recording, Recording]) -> None:
        await asyncio.gather(*map(turn, pair))

    pair = Recording(uuid.uuid4(), uuid.uuid4()), Recording(uuid.uuid4(), uuid.uuid4())
    asyncio.run(both(pair))
    assert [len(each.spans) for each in pair] == [4, 4]
    assert all(each.parent == 0 for recording in pair for each in recording.spans[1:])


def test_a_failure_is_noted_and_passed_on(recording: Recording) -> None:
    with pytest.raises(KeyError), recording.under_way("turn"), span("tool", "TOOL"):
        raise KeyError("gone")
    assert [each.failed for each in recording.spans] == ["KeyError: 'gone'", "KeyError: 'gone'"]


def test_what_is_no_failure_is_passed_on_without_a_word(recording: Recording) -> None:
    with recording.under_way("turn"), pytest.raises(StopIteration), span("ask", "CHAIN", calm=(StopIteration,)):
        raise StopIteration
    assert recording.spans[1].failed is None


def test_a_recording_does_not_grow_without_bound(recording: Recording) -> None:
    with recording.under_way("turn"):
        for _ in range(2 * MOST_SPANS):
            with span("step", "TOOL"):
                pass
    assert len(recording.spans) == MOST_SPANS
