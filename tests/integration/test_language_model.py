"""The language-model path against a scripted endpoint, healthy and not."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse

from hashiramart.config import Settings
from tests.conftest import temporary_home
from tests.integration.conftest import Fill
from tests.llm_server import Fault, ScriptedModel, is_planning, serve
from tests.shop import RunningShop, running

QUESTION = "how do I look after the Tidebreaker Katana?"
WORDS = "Wipe the blade with paper, then oil it with care"


def script(request: dict[str, Any]) -> str:
    """Plan a coach step, then answer with the first passage's number and one that does not exist."""
    if is_planning(request):
        step = {"specialist": "coach", "text": QUESTION, "intent": "maintenance", "weapon": "tidebreaker-katana"}
        return json.dumps({"steps": [step]})
    first = re.search(r'passage number="(\d+)"', request["messages"][0]["content"])
    assert first is not None
    return f"{WORDS} [{first[1]}]. So it is said [999]."


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
    """The endpoint without a fault and the breaker closed."""
    model.fault = model.coach_fault = "none"
    model.requests.clear()
    llm_shop.breaker().worked()
    yield model
    model.fault = model.coach_fault = "none"
    llm_shop.breaker().worked()


def test_planner_and_coach_go_through_the_endpoint(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    answer = llm_shop.slayer("llm-one").post("/coach/chat", json={"message": QUESTION}).json()
    assert answer["engine"] == "llm"
    assert answer["route"] == ["coach"]
    assert WORDS in answer["reply"]
    assert [is_planning(request) for request in healthy.requests] == [True, False]
    assert [citation["weapon"] for citation in answer["citations"]] == ["tidebreaker-katana"]
    assert "[999]" not in answer["reply"]


def test_words_of_the_model_are_streamed(llm_shop: RunningShop, healthy: ScriptedModel) -> None:
    client = llm_shop.slayer("llm-stream")
    headers = {"Accept": "text/event-stream"}
    with connect_sse(client, "POST", "/coach/chat", json={"message": QUESTION}, headers=headers) as source:
        events = [(event.event, event.json()) for event in source.iter_sse()]
    deltas = [data["delta"] for kind, data in events if kind == "text"]
    assert len(deltas) > 3
    assert "".join(deltas) == events[-1][1]["reply"]


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


@pytest.mark.parametrize("fault", ["hang", "error_500", "error_429", "truncated", "empty", "not_json"])
def test_a_faulty_endpoint_degrades_to_the_embedded_path_within_five_seconds(
    llm_shop: RunningShop, healthy: ScriptedModel, fault: Fault
) -> None:
    client = llm_shop.slayer(f"llm-{fault.replace('_', '-')}")
    healthy.fault = fault
    started = time.perf_counter()
    answer = client.post("/coach/chat", json={"message": QUESTION}).json()
    assert time.perf_counter() - started < 5
    assert answer["engine"] == "embedded"
    assert answer["route"] == ["coach"]
    assert {citation["weapon"] for citation in answer["citations"]} == {"tidebreaker-katana"}


def test_a_coach_that_falls_silent_halfway_is_finished_from_the_manuals(
    llm_shop: RunningShop, healthy: ScriptedModel
) -> None:
    healthy.coach_fault = "truncated"
    answer = llm_shop.slayer("llm-halfway").post("/coach/chat", json={"message": QUESTION}).json()
    assert answer["engine"] == "mixed"
    before, after = answer["reply"].split("The language model fell silent there.")
    assert WORDS.startswith(before.strip())
    assert "Tidebreaker Katana" in after
    numbers = {f"[{citation['n']}]" for citation in answer["citations"]}
    assert numbers == set(re.findall(r"\[\d+\]", answer["reply"]))


@pytest.mark.parametrize("fault", ["hang", "error_500", "empty"])
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
