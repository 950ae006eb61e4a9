"""The staff decides which model serves: the alias moves, the API follows, it is on record, and nobody is overruled unseen."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hashiramart.config import Settings
from hashiramart.locks import SUCCESSION, lock
from ml import registry
from tests.integration.staff.conftest import House, get


def champion(house: House) -> str | None:
    found = registry.champion(house.settings)
    return None if found is None else found.version


def test_the_book_tells_versions_decisions_and_what_serves(house: House) -> None:
    book = get(house.keeper, "/staff/models")
    assert (book["champion"], book["previous"], book["unavailable"]) == ("2", "1", None)
    assert [each["version"] for each in book["items"]] == ["3", "2", "1"]
    assert [each["decision"] for each in book["items"]] == ["hold", "release", "release"]
    assert book["items"][1]["aliases"] == ["champion"]
    assert book["served"]["version"] == "2"
    assert house.keeper.post("/recommend", json={}).json()["model_version"] == book["served"]["model_version"]


def test_a_rollback_moves_the_alias_the_api_follows_and_it_is_on_record(house: House) -> None:
    answer = house.keeper.post("/staff/models/rollback", json={"champion": "2"})
    assert (answer.status_code, answer.json()) == (200, {"champion": "1", "before": "2"})
    assert champion(house) == "1"
    house.until_served("1")
    assert house.slayer.post("/recommend", json={}).json()["model_version"].startswith("v1-")
    latest = get(house.keeper, "/staff/actions?limit=1")["items"][0]
    told = {key: latest[key] for key in ("action", "subject", "before", "by")}
    assert told == {"action": "rollback", "subject": "version 1", "before": "version 2", "by": "keeper"}


def test_a_promotion_makes_a_version_on_record_the_champion(house: House) -> None:
    answer = house.keeper.post("/staff/models/promote", json={"version": "1", "champion": "2"})
    assert (answer.status_code, answer.json()["champion"]) == (200, "1")
    house.until_served("1")
    book = get(house.keeper, "/staff/models")
    assert (book["champion"], book["previous"]) == ("1", "2")
    assert get(house.keeper, "/staff/actions")["items"][0]["action"] == "promote"


def test_who_saw_another_champion_is_told_and_changes_nothing(house: House) -> None:
    before = get(house.keeper, "/staff/actions")
    for path, body in (
        ("rollback", {"champion": "1"}),
        ("promote", {"version": "1", "champion": "1"}),
        ("promote", {"version": "1", "champion": None}),
    ):
        answer = house.keeper.post(f"/staff/models/{path}", json=body)
        assert answer.status_code == 409
        assert "version 2 is the champion now" in answer.json()["detail"]
    assert champion(house) == "2"
    assert get(house.keeper, "/staff/actions") == before


@pytest.mark.parametrize(("version", "status", "why"), [("3", 409, "held back"), ("99", 404, "no version 99")])
def test_what_may_not_serve_is_refused_and_not_on_record(house: House, version: str, status: int, why: str) -> None:
    before = get(house.keeper, "/staff/actions")
    answer = house.keeper.post("/staff/models/promote", json={"version": version, "champion": "2"})
    assert answer.status_code == status
    assert why in answer.json()["detail"]
    assert (champion(house), get(house.keeper, "/staff/actions")) == ("2", before)


def test_of_two_who_decide_at_once_one_is_told_to_look_again(house: House) -> None:
    with lock(house.shop.database, SUCCESSION):
        answer = house.keeper.post("/staff/models/rollback", json={"champion": "2"})
    assert answer.status_code == 409
    assert "Somebody else decides" in answer.json()["detail"]
    assert champion(house) == "2"


@contextmanager
def registry_at(house: House, address: str) -> Iterator[None]:
    """Let the API look for its registry elsewhere for a while."""
    settings: Settings = house.shop.app.state.agents.shop.settings
    before = settings.mlflow_tracking_uri
    settings.mlflow_tracking_uri = address
    try:
        yield
    finally:
        settings.mlflow_tracking_uri = before


@contextmanager
def silent_server() -> Iterator[str]:
    """A server that takes every connection and never says a word."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    held.append(listener.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        for each in held:
            each.close()


def assert_unavailable_within(house: House, seconds: float) -> None:
    started = time.monotonic()
    book = get(house.keeper, "/staff/models")
    assert book["unavailable"]
    assert (book["items"], book["champion"], book["served"]["version"]) == ([], None, "2")
    decided = house.keeper.post("/staff/models/rollback", json={"champion": "2"})
    assert decided.status_code == 503
    assert decided.json()["detail"]
    assert time.monotonic() - started < seconds


def test_a_registry_that_is_away_is_said_to_be_and_what_serves_is_told_all_the_same(house: House) -> None:
    before = get(house.keeper, "/staff/actions")
    with registry_at(house, "http://127.0.0.1:9"):
        assert_unavailable_within(house, 10)
    assert (champion(house), get(house.keeper, "/staff/actions")) == ("2", before)


def test_a_registry_that_never_answers_is_not_waited_for(house: House) -> None:
    with silent_server() as address, registry_at(house, address):
        assert_unavailable_within(house, 20)
    assert champion(house) == "2"
