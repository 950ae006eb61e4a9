"""Batches over HTTP: each event is judged by itself, in order, and told what is wrong with it."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest

from hashiramart import audit
from tests.shop import RunningShop


@pytest.fixture
def client(shop: RunningShop) -> httpx.Client:
    return shop.slayer(f"batch-{uuid.uuid4().hex[:8]}")


def login(event_id: str = "login", **more: Any) -> dict[str, Any]:
    return {"type": "login", "event_id": event_id, **more}


def training(event_id: str, minutes: Any = 30, **more: Any) -> dict[str, Any]:
    return {"type": "training", "event_id": event_id, "minutes": minutes, **more}


def send(client: httpx.Client, *events: Any) -> dict[str, Any]:
    answer = client.post("/events/batch", json={"events": list(events)})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_five_hundred_events_are_recorded_together(client: httpx.Client, shop: RunningShop) -> None:
    body = send(client, *(training(f"drill-{n}", minutes=2) for n in range(500)))
    assert (body["recorded"], body["replayed"], body["refused"]) == (500, 0, 0)
    assert [result["event_id"] for result in body["results"]] == [f"drill-{n}" for n in range(500)]
    assert body["results"][-1]["answer"]["nichirin_points"] == 100
    assert client.get("/me").json()["nichirin_points"] == 100
    assert audit.verify(shop.database) == []


@pytest.mark.parametrize("number", [0, 501])
def test_an_empty_batch_and_one_of_501_are_refused_whole(number: int, client: httpx.Client) -> None:
    answer = client.post("/events/batch", json={"events": [training(f"drill-{n}", minutes=1) for n in range(number)]})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["events"]
    assert client.get("/me/ledger").json()["items"] == []


@pytest.mark.parametrize("body", [[], {}, {"events": None}, {"events": {}}, {"events": [], "all": True}, "events"])
def test_what_is_no_batch_is_refused(body: Any, client: httpx.Client) -> None:
    answer = client.post("/events/batch", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    ("event", "event_id", "fields"),
    [
        (None, None, ["body"]),
        (7, None, ["body"]),
        ("login", None, ["body"]),
        ([], None, ["body"]),
        ({}, None, ["body"]),
        ({"type": "dance", "event_id": "a"}, "a", ["body"]),
        ({"type": "login"}, None, ["event_id"]),
        ({"type": "login", "event_id": 7}, None, ["event_id"]),
        ({"type": "login", "event_id": "a b"}, "a b", ["event_id"]),
        (login("a", points=500), "a", ["points"]),
        (login("a", slayer_id=str(uuid.UUID(int=1))), "a", ["slayer_id"]),
        (login("a", occurred_at="yesterday"), "a", ["occurred_at"]),
        (login("a", occurred_at="2026-03-08T12:00:00"), "a", ["occurred_at"]),
        (login("a", occurred_at="0001-01-01T00:00:00Z"), "a", ["occurred_at"]),
        (login("a", occurred_at="9999-12-31T23:59:59Z"), "a", ["occurred_at"]),
        (training("a", minutes=0), "a", ["minutes"]),
        (training("a", minutes=1441), "a", ["minutes"]),
        (training("a", minutes="30"), "a", ["minutes"]),
        (training("a", minutes=None), "a", ["minutes"]),
        ({"type": "battle", "event_id": "a", "weapon_id": "katana", "success": True}, "a", ["weapon_id"]),
        ({"type": "battle", "event_id": "a"}, "a", ["weapon_id", "success"]),
        ({"type": "battle", "event_id": "a", "weapon_id": str(uuid.UUID(int=1)), "success": True}, "a", ["weapon_id"]),
    ],
    ids=str,
)
def test_a_wrong_event_is_explained_and_the_others_count(
    event: Any, event_id: str | None, fields: list[str], client: httpx.Client
) -> None:
    body = send(client, training("first"), event, login())
    assert [result["status"] for result in body["results"]] == ["recorded", "refused", "recorded"]
    refused = body["results"][1]
    assert (refused["event_id"], refused["answer"]) == (event_id, None)
    assert [error["field"] for error in refused["errors"]] == fields
    assert all(error["message"] for error in refused["errors"])
    assert body["results"][2]["answer"]["nichirin_points"] == 8


def test_an_event_twice_in_one_batch_counts_once(client: httpx.Client) -> None:
    body = send(client, training("same"), training("same"), training("same", minutes=31))
    assert [result["status"] for result in body["results"]] == ["recorded", "replayed", "refused"]
    first, second, third = body["results"]
    assert second["answer"] == {**first["answer"], "replayed": True}
    assert [error["field"] for error in third["errors"]] == ["event_id"]
    assert client.get("/me").json()["nichirin_points"] == 3


def test_a_batch_sent_again_changes_nothing(client: httpx.Client) -> None:
    events = [training("a"), login("b"), training("c", minutes=1441)]
    first, again = send(client, *events), send(client, *events)
    assert [result["status"] for result in again["results"]] == ["replayed", "replayed", "refused"]
    for one, two in zip(first["results"][:2], again["results"][:2], strict=True):
        assert two["answer"] == {**one["answer"], "replayed": True}
    assert (again["recorded"], again["replayed"], again["refused"]) == (0, 2, 1)


def test_a_batch_of_which_nothing_is_an_event_records_nothing(client: httpx.Client) -> None:
    body = send(client, None, 7, {})
    assert (body["recorded"], body["replayed"], body["refused"]) == (0, 0, 3)


def test_events_of_a_batch_are_judged_one_after_the_other(client: httpx.Client) -> None:
    """What is refused leaves no minutes; what is recorded carries them on."""
    end = "2026-01-01T12:00:00Z"
    body = send(client, training("late", occurred_at=end), training("a", minutes=7), training("b", minutes=3))
    assert [result["status"] for result in body["results"]] == ["refused", "recorded", "recorded"]
    assert [result["answer"]["points_awarded"] for result in body["results"][1:]] == [0, 1]


def test_a_batch_needs_a_session(shop: RunningShop) -> None:
    assert shop.client().post("/events/batch", json={"events": [login()]}).status_code == 401
