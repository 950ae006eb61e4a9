"""A turn's recording becomes a trace of MLflow that its page and its search can show, without a secret in it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from agents.traced_calls import trace_call
from agents.usage import ModelCall
from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from hashiramart.spans import Recording, span
from ml.turn_traces import NAME, TurnTraces, trace_id

CALL = ModelCall("coach", "scripted", 1, 120, 30, estimated=False, ms=12.5, outcome="answered")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("traces")
    return Settings(home=home, traces=True, openai_api_key="the-endpoints-key", llm_price_in=1, llm_price_out=2)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Any]:
    from ml.tracking import open_client

    with open_client(settings) as opened:
        yield opened


def recorded(settings: Settings, *, attempt: int = 1, failed: str | None = None) -> Recording:
    recording = Recording(uuid.uuid4(), uuid.uuid4(), attempt)
    with recording.under_way("turn", {"message": "log 30 minutes, my password is hunter22"}) as root:
        with span("quartermaster", "AGENT", {"step": {"action": "log_training"}}):
            with span("log_training", "TOOL", {"minutes": 30}) as tool:
                assert tool is not None
                tool.outputs = {"points_awarded": 3}
            trace_call(CALL, [("system", "Key: the-endpoints-key"), ("human", "hi")], ["Well ", "met."], settings)
        root.failed = failed
        root.outputs = {"reply": "Logged."}
    return recording


def test_a_turn_is_found_under_its_own_id_with_its_tree(settings: Settings, client: Any) -> None:
    recording = recorded(settings)
    TurnTraces(settings).write(recording)
    trace = client.get_trace(trace_id(recording.turn_id))
    assert trace.info.client_request_id == str(recording.turn_id)
    assert trace.info.tags["turn_id"] == str(recording.turn_id)
    assert trace.info.trace_metadata["mlflow.trace.session"] == str(recording.thread_id)
    assert trace.info.state == "OK"
    spans = {each.name: each for each in trace.data.spans}
    names = {each.span_id: each.name for each in trace.data.spans}
    parents = {name: names.get(each.parent_id) for name, each in spans.items()}
    assert parents == {
        "turn": None,
        "quartermaster": "turn",
        "log_training": "quartermaster",
        "model for coach": "quartermaster",
    }
    assert spans["log_training"].span_type == "TOOL"
    assert spans["log_training"].inputs == {"minutes": 30}
    assert spans["log_training"].outputs == {"points_awarded": 3}
    assert spans["turn"].start_time_ns == recording.spans[0].started_ns


def test_a_call_of_the_model_tells_its_tokens_and_their_price(settings: Settings, client: Any) -> None:
    recording = recorded(settings)
    TurnTraces(settings).write(recording)
    trace = client.get_trace(trace_id(recording.turn_id))
    call = next(each for each in trace.data.spans if each.span_type == "CHAT_MODEL")
    assert call.get_attribute("mlflow.chat.tokenUsage")["total_tokens"] == 150
    assert call.get_attribute("mlflow.llm.cost")["total_cost"] == pytest.approx(180 / 1e6)
    assert call.outputs["choices"][0]["message"]["content"] == "Well met."
    assert trace.info.token_usage["total_tokens"] == 150


def test_no_secret_is_in_a_trace(settings: Settings, client: Any) -> None:
    recording = recorded(settings, failed="401 for the-endpoints-key")
    TurnTraces(settings).write(recording)
    trace = client.get_trace(trace_id(recording.turn_id))
    everything = json.dumps(trace.to_dict())
    assert "hunter22" not in everything
    assert "the-endpoints-key" not in everything
    assert "log 30 minutes" in everything


def test_a_turn_that_failed_is_a_trace_that_failed(settings: Settings, client: Any) -> None:
    recording = recorded(settings, failed="This took too long.")
    TurnTraces(settings).write(recording)
    trace = client.get_trace(trace_id(recording.turn_id))
    assert trace.info.state == "ERROR"
    assert trace.info.response_preview == "This took too long."


def test_each_process_that_worked_on_a_turn_has_a_trace_of_its_own(settings: Settings, client: Any) -> None:
    first = recorded(settings, failed="The database went away.")
    second = Recording(first.turn_id, first.thread_id, 2, first.spans)
    traces = TurnTraces(settings)
    traces.write(first)
    traces.write(second)
    experiment = client.get_experiment_by_name(NAME).experiment_id
    found = client.search_traces(locations=[experiment], filter_string=f"tags.turn_id = '{first.turn_id}'")
    assert {each.info.tags["attempt"] for each in found} == {"1", "2"}


def test_traces_of_a_thread_that_is_gone_are_deleted_and_no_others(settings: Settings, client: Any) -> None:
    gone, kept = recorded(settings), recorded(settings)
    traces = TurnTraces(settings)
    for each in (gone, kept):
        traces.write(each)
    traces.forget([gone.thread_id])
    experiment = client.get_experiment_by_name(NAME).experiment_id
    left = {each.info.client_request_id for each in client.search_traces(locations=[experiment])}
    assert str(kept.turn_id) in left
    assert str(gone.turn_id) not in left


def test_a_server_that_is_away_is_told_as_that(settings: Settings) -> None:
    away = settings.model_copy(update={"mlflow_tracking_uri": "http://127.0.0.1:9"})
    with pytest.raises(Unavailable, match="cannot be reached"):
        TurnTraces(away).write(recorded(settings))
