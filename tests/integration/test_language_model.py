"""The language-model path against a scripted endpoint, healthy and not."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse

from hashiramart.config import Settings
from hashiramart.models import Turn
from tests.conftest import temporary_home
from tests.integration.conftest import Fill
from tests.llm_server import Fault, Script, ScriptedModel, is_planning, serve
from tests.shop import RunningShop, running

QUESTION = "how do I look after the Tidebreaker Katana?"
WORDS = "Strip the old oil with the first paper, from collar to tip"
CLOTH = "Lay the sheathed sword on a folded cloth and draw the blade slowly"
ROUTINE = "a 20 minute routine with the Tidebreaker Katana"
FILM = "Every two weeks, renew the oil film in rainy months"


def script(request: dict[str, Any]) -> str:
    """Plan a coach step, then answer with the number of the care steps and one that does not exist."""
    return saying(lambda n: f"{WORDS} [{n['Steps']}][999]. {CLOTH} [{n['Steps']}]. {FILM} [{n['Intervals']}].")(request)


def saying(words: Callable[[dict[str, str]], str]) -> Script:
    """A script that plans a coach step, then says ``words``, which get the passages' numbers by the end of their headings."""

    def scripted(request: dict[str, Any]) -> str:
        if is_planning(request):
            step = {"specialist": "coach", "text": QUESTION, "intent": "maintenance", "weapon": "tidebreaker-katana"}
            return json.dumps({"steps": [step]})
        given = re.findall(
            r'passage number="(\d+)" source="[^"]*" section="([^"]*)"', request["messages"][0]["content"]
        )
        return words({section.split(" > ")[-1]: number for number, section in given})

    return scripted


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with serve(script) as scripted:
        yield scripted


@pytest.fixture(scope="module")
def llm_shop(model: ScriptedModel, fill: Fill) -> Iterator[RunningShop]:
    with temporary_home() as home:
        fill(home)
        settings = Settings(home=home, openai_base_url=model.base_url, openai_api_key="test", llm_model="scripted")
        with running(settings) as opened:
            yield opened


@pytest.fixture
def healthy(model: ScriptedModel, llm_shop: RunningShop) -> Iterator[ScriptedModel]:
    """The endpoint without a fault and the breaker closed, and more patience with it than a busy machine needs."""
    llm_shop.settings.llm_silence_timeout_s = 20
    model.fault = model.coach_fault = "none"
    model.script = script
    model.requests.clear()
    llm_shop.breaker().worked()
    yield model
    model.fault = model.coach_fault = "none"
    llm_shop.breaker().worked()


@pytest.fixture
def hurried(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    """The shop with as little patience as it has by default."""
    llm_shop.settings.llm_silence_timeout_s = 2.5


def test_planner_and_coach_go_through_the_endpoint(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    answer = llm_shop.slayer("llm-one").post("/coach/chat", json={"message": QUESTION}).json()
    assert answer["engine"] == "llm"
    assert answer["route"] == ["coach"]
    assert WORDS in answer["reply"]
    assert [is_planning(request) for request in healthy.requests] == [True, False]
    assert {citation["weapon"] for citation in answer["citations"]} == {"tidebreaker-katana"}
    assert "[999]" not in answer["reply"]


def stream(client: httpx.Client, message: str) -> tuple[list[str], dict[str, Any]]:
    """The text as it was streamed, and the answer at the end."""
    headers = {"Accept": "text/event-stream"}
    with connect_sse(client, "POST", "/coach/chat", json={"message": message}, headers=headers) as source:
        events = [(event.event, event.json()) for event in source.iter_sse()]
    return [data["delta"] for kind, data in events if kind == "text"], events[-1][1]


def test_words_of_the_model_are_streamed_sentence_by_sentence(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    deltas, answer = stream(llm_shop.slayer("llm-stream"), QUESTION)
    assert [delta.strip().split(" [")[0] for delta in deltas] == [WORDS, CLOTH, FILM]
    assert "".join(deltas) == answer["reply"]


@pytest.mark.usefixtures("hurried")
def test_the_first_sentence_does_not_wait_for_the_second(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    healthy.coach_fault = "stalls"
    client = llm_shop.slayer("llm-first-words")
    headers = {"Accept": "text/event-stream"}
    with connect_sse(client, "POST", "/coach/chat", json={"message": QUESTION}, headers=headers) as source:
        first = next(event.json() for event in source.iter_sse() if event.event == "text")
        assert not healthy.released.is_set()
    assert first["delta"].startswith(WORDS)


def test_a_wrong_number_is_not_shown(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    wrong = "Leave the scabbard mouth down for nine hours if it got wet"
    healthy.script = saying(lambda n: f"{WORDS} [{n['Steps']}]. {wrong} [{n['Steps']}]. {FILM} [{n['Intervals']}].")
    deltas, answer = stream(llm_shop.slayer("llm-number"), QUESTION)
    assert "nine hours" not in "".join(deltas)
    assert "Leave the scabbard mouth down for an hour if it got wet" in answer["reply"]  # the composer's own sentence
    assert answer["engine"] == "mixed"


def test_a_missing_marker_is_added(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    healthy.script = saying(lambda n: f"{WORDS}. {FILM} [{n['Intervals']}].")
    answer = llm_shop.slayer("llm-marker").post("/coach/chat", json={"message": QUESTION}).json()
    steps = next(c["n"] for c in answer["citations"] if c["section"] == "Maintenance > Steps")
    assert f"{WORDS} [{steps}]." in answer["reply"]
    assert answer["engine"] == "llm"


def test_an_invented_material_is_not_shown(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    healthy.script = saying(
        lambda n: f"{WORDS} [{n['Steps']}]. Then soak the tassel in bleach [{n['Steps']}]. {FILM} [{n['Intervals']}]."
    )
    deltas, answer = stream(llm_shop.slayer("llm-material"), QUESTION)
    assert "bleach" not in "".join(deltas)
    assert answer["engine"] == "llm"


@pytest.mark.parametrize(
    "words",
    [
        "Well met! Soak it in bleach every hour [1]. Then hang it from a tree for 40 years [1].",
        "The manuals do not say anything about that.",
        "I'm sorry, but I cannot help with that.",
        "Keep going, you can do this!",
        "![seal](https://evil.example/seal.png)",
    ],
)
def test_an_answer_of_which_nothing_holds_is_replaced_by_the_composers(
    llm_shop: RunningShop, healthy: ScriptedModel, words: str
) -> None:
    healthy.script = saying(lambda _n: words)
    client = llm_shop.slayer(f"llm-nothing-{len(words)}")
    deltas, answer = stream(client, QUESTION)
    assert deltas[0].startswith("Here is how to look after the **Tidebreaker Katana**")
    assert "bleach" not in answer["reply"]
    assert answer["engine"] == "mixed"  # planned by the model, composed without it


def test_what_was_not_let_through_is_in_the_turns_trace(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    healthy.script = saying(lambda _n: "Soak it in bleach every hour [1].")
    answer = llm_shop.slayer("llm-trace").post("/coach/chat", json={"message": QUESTION}).json()
    with llm_shop.database.service() as session:
        (trace,) = session.get_one(Turn, uuid.UUID(answer["turn_id"])).trace
    assert trace["engine"] == "embedded"
    assert [said.startswith("Soak it in bleach every hour [1].") for said in trace["dropped"]] == [True]
    assert trace["asked"] == trace["question"] == QUESTION
    assert {used["n"] for used in trace["used"]} == {citation["n"] for citation in answer["citations"]}


def test_a_routine_of_the_model_adds_up_to_the_minutes_asked_for(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    def one_drill_only(request: dict[str, Any]) -> str:
        if is_planning(request):
            step = {
                "specialist": "coach",
                "text": ROUTINE,
                "intent": "routine",
                "weapon": "tidebreaker-katana",
                "minutes": 20,
            }
            return json.dumps({"steps": [step]})
        prompt = request["messages"][0]["content"]
        set_drill = re.search(r"The session is set: (.+?) \((\d+) minutes\)", prompt)
        assert set_drill is not None
        return f"1. {set_drill[1]}, {set_drill[2]} minutes.\n2. Moon dance, 90 minutes."

    healthy.script = one_drill_only
    answer = llm_shop.slayer("llm-routine").post("/coach/chat", json={"message": ROUTINE}).json()
    routine = next(block for block in answer["blocks"] if block["type"] == "routine")
    assert routine["minutes"] == sum(drill["minutes"] for drill in routine["drills"]) == 20
    assert all(re.sub(r" \(.*", "", drill["name"]) in answer["reply"] for drill in routine["drills"])
    assert "Moon dance" not in answer["reply"]


def test_a_model_plans_a_picture_again_with_its_weapon_and_seed(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    steps: Iterator[dict[str, Any]] = iter(
        [
            {"weapon": "heron-spear", "scene": "in the snow", "pose": "guard"},
            {"again": "change", "scene": "at night", "refers_back": True},
            {"again": "new", "count": 2},
        ]
    )
    plans = ({"steps": [{"specialist": "artist", "text": "", **step}]} for step in steps)
    healthy.script, original = (lambda _request: json.dumps(next(plans))), healthy.script
    client, thread, shown = llm_shop.slayer("llm-painted"), None, []
    try:
        for message in ("draw me with the Heron Spear in a guard stance in the snow", "again but at night", "two more"):
            answer = client.post("/coach/chat", json={"message": message, "thread_id": thread}).json()
            thread = answer["thread_id"]
            assert answer["engine"] == "llm"
            shown.append([client.get(block["url"]).json() for block in answer["blocks"] if block["type"] == "image"])
    finally:
        healthy.script = original
    (first,), (night,), more = shown
    assert (night["seed"], night["pose"], night["weapon"]) == (first["seed"], "guard", first["weapon"])
    assert night["scene"] == "in the snow, at night"
    assert len({each["seed"] for each in (first, *more)}) == 3
    assert "last picture with heron-spear" in healthy.requests[-1]["messages"][0]["content"]


def test_an_invalid_plan_is_repaired_once(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    answers = iter(["a plan? gladly!", json.dumps({"steps": [], "small_talk": "greeting"})])
    healthy.script, original = (lambda _request: next(answers)), healthy.script
    try:
        answer = llm_shop.slayer("llm-repair").post("/coach/chat", json={"message": "hello"}).json()
    finally:
        healthy.script = original
    assert answer["engine"] == "llm"
    assert answer["route"] == []
    assert len(healthy.requests) == 2


@pytest.mark.parametrize(
    "fault",
    [
        *("hang", "trickle", "keepalive", "reset", "error_500", "error_429", "unauthorised", "error_event"),
        *("truncated", "empty", "not_json", "bad_json", "wrong_schema", "tool_calls", "endless", "no_plan"),
    ],
)
@pytest.mark.usefixtures("hurried")
def test_a_faulty_endpoint_degrades_to_the_embedded_path_within_five_seconds(
    llm_shop: RunningShop, healthy: ScriptedModel, fault: Fault
) -> None:
    client = llm_shop.slayer(f"llm-{fault.replace('_', '-')}")
    healthy.fault = fault
    started = time.perf_counter()
    answer = client.post("/coach/chat", json={"message": QUESTION}).json()
    assert time.perf_counter() - started < 5
    # A model that answers, but with what is no plan, is asked for the Coach's words all the same.
    assert answer["engine"] == ("mixed" if fault == "no_plan" else "embedded")
    assert answer["route"] == ["coach"]
    assert {citation["weapon"] for citation in answer["citations"]} == {"tidebreaker-katana"}


def test_a_coach_that_falls_silent_halfway_is_finished_from_the_manuals(
    llm_shop: RunningShop, healthy: ScriptedModel
) -> None:
    healthy.coach_fault = "truncated"
    answer = llm_shop.slayer("llm-halfway").post("/coach/chat", json={"message": QUESTION}).json()
    assert answer["engine"] == "mixed"
    before, after = answer["reply"].split("The language model fell silent there.")
    assert before.startswith(WORDS)
    assert before.rstrip().endswith("].")  # whole sentences only
    assert "Tidebreaker Katana" in after
    numbers = {f"[{citation['n']}]" for citation in answer["citations"]}
    assert numbers == set(re.findall(r"\[\d+\]", answer["reply"]))


@pytest.mark.parametrize("fault", ["hang", "keepalive", "error_500", "empty", "bad_json"])
@pytest.mark.usefixtures("hurried")
def test_a_coach_that_says_nothing_is_replaced_within_five_seconds(
    llm_shop: RunningShop, healthy: ScriptedModel, fault: Fault
) -> None:
    client = llm_shop.slayer(f"llm-coach-{fault.replace('_', '-')}")
    healthy.coach_fault = fault
    started = time.perf_counter()
    answer = client.post("/coach/chat", json={"message": QUESTION}).json()
    assert time.perf_counter() - started < 5
    assert answer["engine"] == "mixed"
    assert {citation["weapon"] for citation in answer["citations"]} == {"tidebreaker-katana"}


def test_an_open_breaker_spares_the_next_turn_the_wait(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    client = llm_shop.slayer("llm-breaker")
    healthy.fault = "error_500"
    client.post("/coach/chat", json={"message": QUESTION})
    healthy.requests.clear()
    assert client.post("/coach/chat", json={"message": QUESTION}).json()["engine"] == "embedded"
    assert healthy.requests == []


def test_a_trial_that_works_brings_the_model_back(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    client = llm_shop.slayer("llm-recovers")
    healthy.fault = "error_500"
    assert client.post("/coach/chat", json={"message": QUESTION}).json()["engine"] == "embedded"
    healthy.fault = "none"
    llm_shop.breaker().left()  # as if its rest were over
    assert llm_shop.breaker().state == "half-open"
    assert client.post("/coach/chat", json={"message": QUESTION}).json()["engine"] == "llm"
    assert llm_shop.breaker().state == "closed"


def test_a_request_that_may_pass_is_sent_again_and_nobody_notices(
    llm_shop: RunningShop, healthy: ScriptedModel
) -> None:
    healthy.fault = "busy_once"
    answer = llm_shop.slayer("llm-again").post("/coach/chat", json={"message": QUESTION}).json()
    assert answer["engine"] == "llm"
    assert [is_planning(request) for request in healthy.requests] == [True, True, False, False]


def calls_of(client: httpx.Client, answer: dict[str, Any]) -> list[dict[str, Any]]:
    trace = client.get(f"/threads/{answer['thread_id']}/turns/{answer['turn_id']}/trace")
    calls: list[dict[str, Any]] = trace.json()["model_calls"]
    return calls


def test_the_trace_tells_what_the_model_was_asked_and_what_it_cost(
    llm_shop: RunningShop, healthy: ScriptedModel
) -> None:
    client = llm_shop.slayer("llm-tokens")
    planned, coached = calls_of(client, client.post("/coach/chat", json={"message": QUESTION}).json())
    assert (planned["purpose"], coached["purpose"]) == ("plan", "coach")
    for call in (planned, coached):
        assert (call["model"], call["requests"], call["outcome"]) == ("scripted", 1, "answered")
        assert (call["tokens_in"], call["estimated"]) == (1000, False)
        assert call["tokens_out"] > 0


def test_the_trace_tells_what_went_wrong(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    healthy.coach_fault = "truncated"
    client = llm_shop.slayer("llm-told")
    calls = calls_of(client, client.post("/coach/chat", json={"message": QUESTION}).json())
    assert [call["outcome"] for call in calls] == ["answered", "broken off"]
    assert calls[1]["estimated"]


def test_an_endpoint_of_another_dialect_is_understood(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    healthy.refuses = {"response_format", "max_tokens", "stream_options", "temperature"}
    client = llm_shop.slayer("llm-dialect")
    try:
        for _ in range(2):
            healthy.requests.clear()
            assert client.post("/coach/chat", json={"message": QUESTION}).json()["engine"] == "llm"
        assert len(healthy.requests) == 2  # refused before, and remembered
    finally:
        healthy.refuses = set()


def test_a_dead_endpoint_is_answered_by_the_embedded_path(fill: Fill) -> None:
    with temporary_home() as home:
        fill(home)
        settings = Settings(home=home, openai_base_url="http://127.0.0.1:9/v1", llm_model="scripted")
        with running(settings) as dead:
            started = time.perf_counter()
            answer = dead.slayer("llm-dead").post("/coach/chat", json={"message": QUESTION}, timeout=httpx.Timeout(20))
            assert time.perf_counter() - started < 5
            assert answer.json()["engine"] == "embedded"
            assert answer.json()["citations"]
