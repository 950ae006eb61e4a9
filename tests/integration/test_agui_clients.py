"""The published AG-UI clients, old and new, against a running shop."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.shop import RunningShop

FRONTEND = Path(__file__).parents[2] / "frontend"
CLIENTS = {"@ag-ui/client": "0.0.58", "ag-ui-client-1": "1.0.0"}
"""Names of ``frontend/package.json``, and their versions."""

Seen = dict[str, Any]


@pytest.fixture(scope="module", params=CLIENTS)
def seen(shop: RunningShop, request: pytest.FixtureRequest) -> Seen:
    """What a client saw on its visit."""
    assert (FRONTEND / "node_modules").is_dir(), "run 'npm ci' in frontend/ first (make does)"
    visitor = shop.slayer(f"client-{CLIENTS[request.param]}".replace(".", "-"))
    token = str(visitor.headers["Authorization"]).removeprefix("Bearer ")
    command = ["node", "e2e/agui/turn.mjs", shop.url, token, request.param]
    ran = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr or ran.stdout
    found: Seen = json.loads(ran.stdout)
    assert found["version"] == CLIENTS[request.param]
    return found


def test_a_turn_has_text_and_cards_as_on_record(seen: Seen) -> None:
    story = seen["textAndCards"]
    first, turn = story["first"], story["thread"]["turns"][0]
    assert first["outcome"] == "success"
    assert first["text"] == turn["reply"] == first["result"]["reply"]
    assert first["deltas"] >= 3
    assert first["blocks"] == turn["blocks"]
    assert {block["type"] for block in first["blocks"]} >= {"recommendations", "points"}
    assert first["citations"] == turn["citations"]
    assert first["steps"] == [status["specialist"] for status in first["statuses"]] == turn["route"]
    assert [(message["role"], message["content"]) for message in first["messages"]] == [("assistant", turn["reply"])]
    assert story["second"]["citations"]
    assert set(story["state"]) == {"thread_id", "turn_id", "route"}
    assert story["complaints"] == []


def test_an_offer_waits_for_a_yes_and_the_yes_orders(seen: Seen) -> None:
    story = seen["offerAndYes"]
    assert story["offer"]["outcome"] == "interrupt"
    (interrupt,) = story["offer"]["interrupts"]
    assert story["pending"] == [interrupt["id"]]
    assert interrupt["metadata"]["approval"]["weapon"]["slug"] == "tidebreaker-katana"
    assert story["yes"]["outcome"] == "success"
    assert [block["type"] for block in story["yes"]["blocks"]] == ["order"]
    assert story["left"] == []
    assert [order["weapon"]["slug"] for order in story["orders"]] == ["tidebreaker-katana"]


def test_a_connection_that_breaks_loses_and_repeats_no_word(seen: Seen) -> None:
    story = seen["brokenConnection"]
    (turn,) = story["turns"]
    assert 0 < len(story["before"]) < len(turn["reply"])
    assert story["before"] + story["after"] == turn["reply"] == story["shown"]


def test_forged_state_and_history_change_nothing(seen: Seen) -> None:
    story = seen["forged"]
    assert story["oil"]["text"] == story["honest"]["text"]
    assert story["oil"]["citations"] == story["honest"]["citations"]
    assert "9999" not in story["points"]["text"]
    assert set(story["state"]) == {"thread_id", "turn_id", "route"}
    assert story["me"]["nichirin_points"] == 3  # of the training that was logged
    assert story["complaints"] == []
