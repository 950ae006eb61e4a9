"""A turn in AG-UI's words, from wherever the client broke off."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from ag_ui_validate.pytest_plugin import assert_valid_agui, validate_agui
from hypothesis import given
from hypothesis import strategies as st

from agents.events import (
    ApprovalEvent,
    BlockEvent,
    CitationEvent,
    DoneEvent,
    ErrorEvent,
    RouteEvent,
    StatusEvent,
    TextEvent,
    TurnEvent,
)
from api.agui.record import Recorded
from api.agui.script import Names, Restated, Script
from api.agui.told import Told
from hashiramart.errors import Conflict, DatabaseAway, ToolError
from hashiramart.models import Turn

THREAD, TURN = uuid.uuid4(), uuid.uuid4()
NAMES = Names("thread-1", "run-1", str(TURN))
WEAPON = {
    "weapon_id": str(uuid.uuid4()),
    "slug": "tidebreaker-katana",
    "name": "Tidebreaker Katana",
    "weapon_type": "katana",
    "weight": 1.2,
    "sharpness": 80,
    "price": 380,
    "rarity": "rare",
    "stock": 3,
    "styles": ["Water"],
    "picture": "/weapons/x/picture.svg",
}
NOTICES = [{"type": "notice", "level": "info", "text": text} for text in "abc"]
CITATIONS = [{"n": n, "source": "manuals/x.md", "section": "S", "text": "…", "weapon": None} for n in (1, 2)]
REPLY = "These 3 suit you… \n\nLogged.\n\nOil it [1] weekly [2]. 水"
OFFER = {"type": "approval", "approval_id": "offer", "question": "Shall I?", "weapon": WEAPON, "price": 380}


def done(**fields: Any) -> DoneEvent:
    whole = {
        "thread_id": THREAD,
        "turn_id": TURN,
        "reply": REPLY,
        "route": ["recommender", "quartermaster", "coach"],
        "citations": CITATIONS,
        "blocks": NOTICES,
        "engine": "embedded",
    }
    return DoneEvent.model_validate(whole | fields)


LIVE: list[TurnEvent] = [
    RouteEvent(thread_id=THREAD, turn_id=TURN, route=["recommender", "quartermaster", "coach"]),
    StatusEvent(specialist="recommender", text="Asking the Recommender…"),
    TextEvent(specialist="recommender", delta="These 3 "),
    TextEvent(specialist="recommender", delta="suit you… "),
    BlockEvent(block=NOTICES[0]),
    StatusEvent(specialist="quartermaster", text="Asking the Quartermaster…"),
    TextEvent(specialist="quartermaster", delta="\n\nLogged."),
    BlockEvent(block=NOTICES[1]),
    BlockEvent(block=NOTICES[2]),
    StatusEvent(specialist="coach", text="Asking the Coach…"),
    StatusEvent(specialist="coach", text="Reading on…"),
    TextEvent(specialist="coach", delta="\n\nOil it [1] weekly [2]. 水"),
    CitationEvent.model_validate(CITATIONS[0]),
    CitationEvent.model_validate(CITATIONS[1]),
    done(),
]


def turn(**fields: Any) -> Turn:
    kept: dict[str, Any] = {
        "id": TURN,
        "thread_id": THREAD,
        "slayer_id": uuid.uuid4(),
        "message": "recommend, log, care",
        "reply": REPLY,
        "route": ["recommender", "quartermaster", "coach"],
        "citations": CITATIONS,
        "blocks": NOTICES,
        "engine": "embedded",
        "status": "done",
    }
    return Turn(**(kept | fields))


RECORDED = list(Recorded(turn(), None).events())


def lines(events: list[TurnEvent], told: Told | None = None, *, modern: bool = True) -> Iterator[bytes]:
    script = Script(NAMES, told or Told(), modern=modern)
    yield from script.opening()
    for event in events:
        yield from script.tell(event)


def parsed(line: bytes) -> dict[str, Any]:
    mark, data, *empty = line.decode().split("\n")
    assert empty == ["", ""]
    assert mark.startswith("id: ")
    event: dict[str, Any] = json.loads(data.removeprefix("data: "))
    assert event.pop("timestamp") > 1_700_000_000_000
    return {"id": mark.removeprefix("id: "), **event}


def told(stream: Iterator[bytes]) -> list[dict[str, Any]]:
    return [parsed(line) for line in stream]


def text(events: list[dict[str, Any]]) -> str:
    return "".join(event["delta"] for event in events if event["type"] == "TEXT_MESSAGE_CONTENT")


def customs(events: list[dict[str, Any]], name: str) -> list[Any]:
    return [event["value"] for event in events if event.get("name") == f"hashira.{name}"]


def unmarked(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in event.items() if key != "id"} for event in events]


WHOLE = told(lines(LIVE))


def test_a_turn_is_told_in_order_and_whole() -> None:
    assert [event["type"] for event in WHOLE] == [
        "RUN_STARTED",
        "STATE_SNAPSHOT",
        *("STEP_STARTED", "CUSTOM", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT", "CUSTOM"),
        *("STEP_FINISHED", "STEP_STARTED", "CUSTOM", "TEXT_MESSAGE_CONTENT", "CUSTOM", "CUSTOM"),
        *("STEP_FINISHED", "STEP_STARTED", "CUSTOM", "CUSTOM", "TEXT_MESSAGE_CONTENT", "CUSTOM", "CUSTOM"),
        *("TEXT_MESSAGE_END", "STEP_FINISHED", "RUN_FINISHED"),
    ]
    assert text(WHOLE) == REPLY
    assert customs(WHOLE, "block") == NOTICES
    assert customs(WHOLE, "citation") == CITATIONS
    assert [said["text"] for said in customs(WHOLE, "status")] == [
        event.text for event in LIVE if isinstance(event, StatusEvent)
    ]
    finished = WHOLE[-1]
    assert (finished["threadId"], finished["runId"]) == ("thread-1", "run-1")
    assert finished["outcome"] == {"type": "success"}
    assert finished["result"] == done().model_dump(mode="json", exclude={"kind"})


def test_the_state_is_the_shops_own() -> None:
    assert WHOLE[1]["snapshot"] == {
        "thread_id": str(THREAD),
        "turn_id": str(TURN),
        "route": ["recommender", "quartermaster", "coach"],
    }


def test_the_validator_finds_nothing() -> None:
    assert_valid_agui(unmarked(WHOLE), max_warnings=0)
    assert_valid_agui(unmarked(told(lines(RECORDED))), max_warnings=0)
    # And it would find something.
    assert validate_agui(unmarked(WHOLE[:-2])).summary.errors > 0


@pytest.mark.parametrize("rest", [LIVE, RECORDED], ids=["live", "on record"])
@pytest.mark.parametrize("heard", range(len(WHOLE) + 1))
def test_who_comes_back_hears_the_rest_without_repetition_or_loss(heard: int, rest: list[TurnEvent]) -> None:
    before = WHOLE[:heard]
    mark = before[-1]["id"] if before else None
    both = before + told(lines(rest, Told.read(mark)))
    assert text(both) == REPLY
    assert customs(both, "block") == NOTICES
    assert customs(both, "citation") == CITATIONS
    assert [event["type"] for event in both].count("RUN_STARTED") == 1
    assert both[-1]["type"] == "RUN_FINISHED"
    assert_valid_agui(unmarked(both), max_warnings=0)
    if rest is LIVE:
        assert unmarked(both) == unmarked(WHOLE)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_who_comes_back_again_and_again_misses_nothing(cuts: list[int]) -> None:
    both: list[dict[str, Any]] = []
    for cut, source in zip([*cuts, 99], [LIVE, RECORDED] * 4, strict=False):
        both += told(lines(source, Told.read(both[-1]["id"]) if both else None))[:cut]
    both += told(lines(RECORDED, Told.read(both[-1]["id"]) if both else None))
    assert text(both) == REPLY
    assert customs(both, "block") == NOTICES
    assert_valid_agui(unmarked(both), max_warnings=0)


@pytest.mark.parametrize("held", ["", "These", "These 3 suit you… ", REPLY])
@pytest.mark.parametrize("events", [LIVE, RECORDED], ids=["live", "on record"])
def test_a_client_without_marks_gets_the_words_after_those_that_it_holds(held: str, events: list[TurnEvent]) -> None:
    rest = told(lines(events, Told.of(held)))
    assert held + text(rest) == REPLY
    assert customs(rest, "block") == NOTICES
    assert_valid_agui(unmarked(rest), max_warnings=0)


@pytest.mark.parametrize("held", ["Those", REPLY + "!", "x" * 1000])
def test_an_answer_that_went_another_way_is_not_told_on(held: str) -> None:
    with pytest.raises(Restated):
        told(lines(RECORDED, Told.of(held)))


def test_an_offer_ends_the_run_with_an_interrupt() -> None:
    asked = [LIVE[0], TextEvent(specialist="quartermaster", delta="Shall I?"), ApprovalEvent.model_validate(OFFER)]
    live = told(lines([*asked, done(reply="Shall I?", blocks=[OFFER], approval=OFFER)]))
    on_record = told(lines(list(Recorded(turn(reply="Shall I?", blocks=[OFFER], citations=[]), "offer").events())))
    for events in (live, on_record):
        (interrupt,) = events[-1]["outcome"]["interrupts"]
        assert (interrupt["id"], interrupt["reason"], interrupt["message"]) == ("offer", "confirmation", "Shall I?")
        assert interrupt["responseSchema"]["required"] == ["approved"]
        assert interrupt["metadata"] == {"approval": OFFER}
        assert (events[-1]["result"]["reply"], events[-1]["result"]["approval"]) == ("Shall I?", OFFER)
        assert customs(events, "approval") == [OFFER]
        assert customs(events, "block") == []
        assert_valid_agui(unmarked(events), max_warnings=0)


def test_an_offer_that_waits_no_more_is_no_interrupt() -> None:
    events = told(lines(list(Recorded(turn(blocks=[OFFER]), None).events())))
    assert events[-1]["outcome"] == {"type": "success"}
    assert customs(events, "approval") == []


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (None, "failed"),
        (Conflict("x", "taken"), "conflict"),
        (DatabaseAway(), "unavailable"),
        (ToolError("no"), "refused"),
    ],
)
def test_a_failure_is_a_plain_sentence_and_a_code(cause: Any, code: str) -> None:
    failed = ErrorEvent(detail="It was too much.", correlation_id=str(TURN), cause=cause)
    events = told(lines([*LIVE[:4], failed, *LIVE[4:]]))
    assert unmarked(events)[-1] == {"type": "RUN_ERROR", "message": "It was too much.", "code": code}
    assert_valid_agui(unmarked(events), max_warnings=0)


def test_a_run_that_was_stopped_is_cancelled_and_an_error_to_older_clients() -> None:
    for modern in (True, False):
        script = Script(NAMES, Told(), modern=modern)
        events = told(iter([line for event in LIVE[:4] for line in script.tell(event)]))
        events += told(script.cancelled("Nobody listened."))
        assert told(script.cancelled("Nobody listened.")) == []
        last = unmarked(events)[-1]
        if modern:
            assert last["outcome"] == {"type": "cancelled"}
            assert [event["type"] for event in events[-3:-1]] == ["TEXT_MESSAGE_END", "STEP_FINISHED"]
        else:
            assert last == {"type": "RUN_ERROR", "message": "Nobody listened.", "code": "cancelled"}


@pytest.mark.parametrize("mark", [None, "", "x", "4.0.0.0.0.0.0.0.", "1.2.3", "1.0.0.0.-5.0.0.0.coach", "9" * 500])
def test_what_is_no_mark_is_none(mark: str | None) -> None:
    assert Told.read(mark) is None


@given(st.text(max_size=30), st.integers(0, 30))
def test_a_mark_survives_the_way_there_and_back(words: str, count: int) -> None:
    said = Told.of(words)
    said.blocks, said.step = count, "coach"
    assert Told.read(said.mark()) == said
