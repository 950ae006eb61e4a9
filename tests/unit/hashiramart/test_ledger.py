"""What an event may look like, and when two reports are the same."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from hashiramart.events import BattleEvent, LoginEvent, ReportedEvent, TrainingEvent, fingerprint

EVENT: TypeAdapter[BattleEvent | TrainingEvent | LoginEvent] = TypeAdapter(ReportedEvent)
WEAPON = str(uuid.UUID(int=1))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"type": "battle", "event_id": "e", "weapon_id": WEAPON, "success": True}, BattleEvent),
        ({"type": "training", "event_id": "e", "minutes": 1440}, TrainingEvent),
        ({"type": "login", "event_id": "e", "occurred_at": "2026-03-08T12:00:00+09:00"}, LoginEvent),
    ],
)
def test_an_event_is_told_apart_by_its_type(body: dict[str, Any], kind: type[Any]) -> None:
    assert isinstance(EVENT.validate_python(body), kind)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "dance", "event_id": "e"}, None),
        ({"event_id": "e"}, None),
        ({"type": "login"}, "event_id"),
        ({"type": "login", "event_id": "a b"}, "event_id"),
        ({"type": "login", "event_id": "e", "points": 500}, "points"),
        ({"type": "login", "event_id": "e", "slayer_id": WEAPON}, "slayer_id"),
        ({"type": "login", "event_id": "e", "occurred_at": "2026-03-08T12:00:00"}, "occurred_at"),
        ({"type": "login", "event_id": "e", "occurred_at": "yesterday"}, "occurred_at"),
        ({"type": "training", "event_id": "e"}, "minutes"),
        ({"type": "training", "event_id": "e", "minutes": 0}, "minutes"),
        ({"type": "training", "event_id": "e", "minutes": -10}, "minutes"),
        ({"type": "training", "event_id": "e", "minutes": 1441}, "minutes"),
        ({"type": "training", "event_id": "e", "minutes": 30.5}, "minutes"),
        ({"type": "training", "event_id": "e", "minutes": "30"}, "minutes"),
        ({"type": "training", "event_id": "e", "minutes": True}, "minutes"),
        ({"type": "battle", "event_id": "e", "success": True}, "weapon_id"),
        ({"type": "battle", "event_id": "e", "weapon_id": "katana", "success": True}, "weapon_id"),
        ({"type": "battle", "event_id": "e", "weapon_id": WEAPON}, "success"),
        ({"type": "battle", "event_id": "e", "weapon_id": WEAPON, "success": 1}, "success"),
        ({"type": "battle", "event_id": "e", "weapon_id": WEAPON, "success": "yes"}, "success"),
    ],
)
def test_a_wrong_event_is_refused_and_the_field_named(body: dict[str, Any], field: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        EVENT.validate_python(body)
    assert field is None or caught.value.errors()[0]["loc"][-1] == field


def of(**body: Any) -> str:
    return fingerprint(EVENT.validate_python({"type": "training", "event_id": "e", "minutes": 30, **body}))


@pytest.mark.parametrize(
    "twin",
    [
        {"occurred_at": "2026-03-08T12:00:00+00:00"},
        {"occurred_at": "2026-03-08T21:00:00+09:00"},
        {"occurred_at": "2026-03-08T12:00:00.000000Z"},
    ],
)
def test_the_same_moment_in_other_words_is_the_same_report(twin: dict[str, Any]) -> None:
    assert of(**twin) == of(occurred_at="2026-03-08T12:00:00Z")


@pytest.mark.parametrize(
    "other",
    [
        {"occurred_at": "2026-03-08T12:00:00.000001Z"},
        {"occurred_at": "2026-03-08T12:00:00+09:00"},
        {"occurred_at": "2026-03-08T12:00:00Z", "minutes": 31},
        {"occurred_at": "2026-03-08T12:00:00Z", "event_id": "f"},
        {},
    ],
    ids=["a microsecond", "another zone", "minutes", "id", "no moment"],
)
def test_anything_else_is_another_report(other: dict[str, Any]) -> None:
    assert of(**other) != of(occurred_at="2026-03-08T12:00:00Z")
