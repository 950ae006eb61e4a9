"""How much a slayer may say: by the minute, by their own day, and at once."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from hashiramart import chat_allowance
from hashiramart.chat_allowance import ChatBounds
from hashiramart.db import Database
from hashiramart.errors import TooMany
from hashiramart.models import Slayer, SlayerZone, Turn
from tests.shop import RunningShop

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
BOUNDS = ChatBounds(minute=3, day=5)


def say(database: Database, slayer_id: uuid.UUID, now: datetime, bounds: ChatBounds = BOUNDS) -> None:
    with database.session(slayer_id) as session:
        chat_allowance.take(session, slayer_id, bounds, now=now)


def wait_for(database: Database, slayer_id: uuid.UUID, now: datetime) -> int:
    """The seconds that a refused message is told to wait."""
    with pytest.raises(TooMany) as refused:
        say(database, slayer_id, now)
    return refused.value.retry_after


def test_minute_refills_message_by_message(database: Database, slayer: Slayer) -> None:
    for _ in range(3):
        say(database, slayer.id, NOW)
    assert wait_for(database, slayer.id, NOW) == 20
    say(database, slayer.id, NOW + timedelta(seconds=20))
    assert wait_for(database, slayer.id, NOW + timedelta(seconds=25)) == 15


def test_clock_that_goes_back_gives_nothing(database: Database, slayer: Slayer) -> None:
    for _ in range(3):
        say(database, slayer.id, NOW)
    assert wait_for(database, slayer.id, NOW - timedelta(hours=1)) == 20


def test_day_is_the_slayers_own(database: Database, slayer: Slayer) -> None:
    with database.service() as session:
        session.add(SlayerZone(slayer_id=slayer.id, since=NOW - timedelta(days=1), timezone="Asia/Tokyo"))
    late = datetime(2026, 3, 10, 14, 50, tzinfo=UTC)  # ten to midnight in Tokyo
    for number in range(5):
        say(database, slayer.id, late - timedelta(minutes=5 - number))
    assert wait_for(database, slayer.id, late) == 600
    say(database, slayer.id, late + timedelta(minutes=10))


def test_what_comes_at_once_is_counted_one_by_one(database: Database, slayer: Slayer) -> None:
    def attempt(_: int) -> bool:
        try:
            say(database, slayer.id, NOW)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(16))) == 3


@pytest.fixture
def terse(shop: RunningShop, monkeypatch: pytest.MonkeyPatch) -> RunningShop:
    """A shop in which one message a minute is answered."""
    monkeypatch.setattr(shop.settings, "chat_per_minute", 1)
    return shop


def test_who_says_too_much_is_told_when_to_go_on_and_leaves_no_turn_behind(terse: RunningShop) -> None:
    client = terse.slayer("talkative")
    first = client.post("/coach/chat", json={"message": "order the Recruit's Katana"}).json()
    for headers in ({}, {"Accept": "text/event-stream"}):
        refused = client.post(
            "/coach/chat", json={"message": "hello", "thread_id": first["thread_id"]}, headers=headers
        )
        assert refused.status_code == 429
        assert refused.headers["content-type"] == "application/problem+json"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert "ask again in" in refused.json()["detail"]
    with terse.database.service() as session:
        thread = uuid.UUID(first["thread_id"])
        assert session.exec(select(func.count()).select_from(Turn).where(Turn.thread_id == thread)).one() == 1

    # The yes to an offer is not kept back.
    resume = {"approval_id": first["approval"]["approval_id"], "approved": False}
    answered = client.post("/coach/chat", json={"thread_id": first["thread_id"], "resume": resume})
    assert answered.status_code == 200


def test_deleting_a_conversation_gives_nothing_back(terse: RunningShop) -> None:
    client = terse.slayer("tidy")
    first = client.post("/coach/chat", json={"message": "hello"}).json()
    assert client.delete(f"/threads/{first['thread_id']}").status_code == 204
    assert client.post("/coach/chat", json={"message": "hello"}).status_code == 429
