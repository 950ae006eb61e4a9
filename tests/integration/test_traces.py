"""A chat turn as a trace in MLflow, through HTTP: one id in the answer, the header, the log and the trace."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse

from agents.outbox import Outbox
from hashiramart.config import Settings
from hashiramart.correlation import Correlated
from hashiramart.spans import Recording
from ml.turn_traces import NAME, trace_id
from tests.conftest import temporary_home
from tests.integration.conftest import Fill
from tests.llm_server import ScriptedModel, serve
from tests.shop import RunningShop, running

WISH = "log 30 minutes of training, then recommend me a blade under 400 coins"
ARRIVES_S = 60


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with serve(lambda _request: "I do not plan today.") as scripted:
        yield scripted


@pytest.fixture(scope="module")
def traced_shop(model: ScriptedModel, fill: Fill) -> Iterator[RunningShop]:
    with temporary_home() as home:
        fill(home)
        settings = Settings(home=home, traces=True, openai_base_url=model.base_url, openai_api_key="the-endpoints-key")
        with running(settings) as opened:
            yield opened


@pytest.fixture(scope="module")
def mlflow_client(traced_shop: RunningShop) -> Iterator[Any]:
    from ml.tracking import open_client

    with open_client(traced_shop.settings) as opened:
        yield opened


def outbox_of(shop: RunningShop) -> Outbox:
    outbox = shop.app.state.agents.outbox
    assert isinstance(outbox, Outbox)
    return outbox


def ask(shop: RunningShop, handle: str, message: str) -> httpx.Response:
    shop.breaker().worked()
    response = shop.slayer(handle).post("/coach/chat", json={"message": message})
    assert response.status_code == 200, response.text
    return response


class Lines(logging.Handler):
    """Keeps what is logged as (correlation id, words)."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.addFilter(Correlated())
        self.kept: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append((record.correlation, record.getMessage()))  # type: ignore[attr-defined]


@pytest.fixture
def log() -> Iterator[list[tuple[str, str]]]:
    logger, lines = logging.getLogger("agents"), Lines()
    before = logger.level
    logger.addHandler(lines)
    logger.setLevel(logging.INFO)
    yield lines.kept
    logger.removeHandler(lines)
    logger.setLevel(before)


def test_one_id_is_in_answer_header_log_and_trace(
    traced_shop: RunningShop, mlflow_client: Any, log: list[tuple[str, str]]
) -> None:
    response = ask(traced_shop, "trace-one", WISH)
    turn_id = response.json()["turn_id"]
    assert response.headers["X-Correlation-ID"] == turn_id
    assert outbox_of(traced_shop).flush(ARRIVES_S)
    assert any(correlation == turn_id and words.startswith("answered in") for correlation, words in log)
    trace = mlflow_client.get_trace(trace_id(uuid.UUID(turn_id)))
    assert trace.info.client_request_id == turn_id
    assert trace.info.state == "OK"


def test_the_trace_tells_supervisor_specialists_tools_and_model(traced_shop: RunningShop, mlflow_client: Any) -> None:
    answer = ask(traced_shop, "trace-tree", WISH).json()
    assert answer["route"] == ["quartermaster", "recommender"]
    assert outbox_of(traced_shop).flush(ARRIVES_S)
    spans = mlflow_client.get_trace(trace_id(uuid.UUID(answer["turn_id"]))).data.spans
    names = {each.span_id: each.name for each in spans}
    tree = [(names.get(each.parent_id), each.name) for each in sorted(spans, key=lambda each: each.start_time_ns)]
    assert tree == [
        (None, "turn"),
        ("turn", "recall"),
        ("turn", "supervisor"),
        ("supervisor", "model for plan"),
        ("supervisor", "model for plan"),
        ("turn", "quartermaster"),
        ("quartermaster", "log_training"),
        ("turn", "recommender"),
        ("recommender", "recommend_weapons"),
    ]
    by_name = {each.name: each for each in spans}
    assert by_name["log_training"].inputs == {"minutes": 30}
    assert by_name["log_training"].outputs["points_awarded"] == 3
    assert by_name["model for plan"].get_attribute("mlflow.chat.tokenUsage")["output_tokens"] > 0
    assert by_name["turn"].outputs["reply"] == answer["reply"]


def test_no_secret_of_a_message_or_of_the_shop_is_in_the_trace(traced_shop: RunningShop, mlflow_client: Any) -> None:
    message = "my password is rain-on-stone7, write to giyu@corps.example; and recommend me a blade"
    answer = ask(traced_shop, "trace-secret", message).json()
    assert outbox_of(traced_shop).flush(ARRIVES_S)
    told = json.dumps(mlflow_client.get_trace(trace_id(uuid.UUID(answer["turn_id"]))).to_dict())
    assert "recommend me a blade" in told
    for secret in ("rain-on-stone7", "giyu@corps.example", "the-endpoints-key"):
        assert secret not in told


def test_a_stream_bears_its_turns_id_too(traced_shop: RunningShop) -> None:
    client = traced_shop.slayer("trace-stream")
    headers = {"Accept": "text/event-stream"}
    with connect_sse(client, "POST", "/coach/chat", json={"message": "hello"}, headers=headers) as source:
        *_, last = list(source.iter_sse())
        assert source.response.headers["X-Correlation-ID"] == json.loads(last.data)["turn_id"]


def test_a_thread_that_is_deleted_leaves_no_trace(traced_shop: RunningShop, mlflow_client: Any) -> None:
    client = traced_shop.slayer("trace-gone")
    answer = client.post("/coach/chat", json={"message": "hello"}).json()
    outbox = outbox_of(traced_shop)
    assert outbox.flush(ARRIVES_S)
    experiment = mlflow_client.get_experiment_by_name(NAME).experiment_id
    of_thread = f"metadata.`mlflow.trace.session` = '{answer['thread_id']}'"
    assert len(mlflow_client.search_traces(locations=[experiment], filter_string=of_thread)) == 1
    assert client.delete(f"/threads/{answer['thread_id']}").status_code == 204
    assert outbox.flush(ARRIVES_S)
    assert len(mlflow_client.search_traces(locations=[experiment], filter_string=of_thread)) == 0


class Hanging:
    """A tracking server that takes a trace and never says that it has."""

    def __init__(self) -> None:
        self.asked, self.released = threading.Event(), threading.Event()

    def warm_up(self) -> None:
        pass

    def write(self, _recording: Recording) -> None:
        self.asked.set()
        self.released.wait(ARRIVES_S)

    def forget(self, _thread_ids: Sequence[uuid.UUID]) -> None:
        pass


def test_turns_are_answered_while_the_tracking_server_hangs(traced_shop: RunningShop) -> None:
    agents, server = traced_shop.app.state.agents, Hanging()
    before, agents.outbox = agents.outbox, Outbox(server)
    try:
        client = traced_shop.slayer("trace-hang")
        for _ in range(3):
            assert client.post("/coach/chat", json={"message": "hello"}).status_code == 200
        assert server.asked.wait(ARRIVES_S)
        assert not agents.outbox.flush(0)
    finally:
        server.released.set()
        agents.outbox.close()
        agents.outbox = before


def test_without_a_tracking_server_nothing_is_recorded_and_mlflow_not_loaded(shop: RunningShop) -> None:
    assert shop.app.state.agents.outbox is None
    code = "import sys, agents.wiring, api.main; print('mlflow' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "False"
