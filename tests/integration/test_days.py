"""The slayer's days, by their own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.shop import RunningShop


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_what_was_done_stands_on_the_slayers_own_day(shop: RunningShop, zone: str) -> None:
    slayer = shop.slayer(f"days-{zone[8:12].lower()}", timezone=zone)
    moment = datetime.now(UTC) - timedelta(minutes=1)
    events = [
        {"type": "training", "event_id": "a", "minutes": 25, "occurred_at": moment.isoformat()},
        {"type": "login", "event_id": "b", "occurred_at": moment.isoformat()},
    ]
    assert slayer.post("/events/batch", json={"events": events}).json()["recorded"] == 2
    found = slayer.get("/me/days", params={"days": 7}).json()
    local = moment.astimezone(ZoneInfo(zone)).date().isoformat()
    assert found["items"] == [{"day": local, "minutes": 25, "trainings": 1, "battles": 0, "login": True}]
    assert found["today"] == datetime.now(ZoneInfo(zone)).date().isoformat()


def test_days_are_the_callers_alone_and_at_most_a_year(shop: RunningShop) -> None:
    busy, idle = shop.slayer("days-busy"), shop.slayer("days-idle")
    busy.post("/events", json={"type": "login", "event_id": "x"})
    assert len(busy.get("/me/days").json()["items"]) == 1
    assert idle.get("/me/days").json()["items"] == []
    assert idle.get("/me/days", params={"days": 372}).status_code == 422
