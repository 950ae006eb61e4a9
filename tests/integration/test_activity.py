"""What a slayer did lately, as the Coach is told."""

from __future__ import annotations

import time
from datetime import timedelta

from sqlmodel import select

from hashiramart import activity
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.events import AnyEvent, BattleEvent, LoginEvent, TrainingEvent
from hashiramart.ledger import Refusal, report_all
from hashiramart.models import Holding, Slayer, Weapon, utc_now


def lately(database: Database, slayer: Slayer) -> dict[str, object]:
    with database.session(slayer.id) as session:
        return activity.lately(session, session.get_one(Slayer, slayer.id), now=utc_now())


def test_a_new_slayer_did_nothing(database: Database, slayer: Slayer) -> None:
    assert lately(database, slayer) == {
        "rank": "Apprentice",
        "points": 0,
        "streak": 0,
        "bouts": [],
        "minutes_today": 0,
        "minutes_week": 0,
    }


def test_battles_and_training_are_told_with_how_long_ago(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    now = utc_now()
    first, second = stocked[:2]
    with database.service() as session:
        session.get_one(Slayer, slayer.id).created_at = now - timedelta(days=30)
        held = session.exec(select(Holding.weapon_id).where(Holding.slayer_id == slayer.id)).all()
        session.add_all(
            Holding(slayer_id=slayer.id, weapon_id=each.id, terms="own")
            for each in (first, second)
            if each.id not in held
        )
    events: list[AnyEvent] = [
        BattleEvent(
            type="battle", event_id="b1", weapon_id=first.id, success=True, occurred_at=now - timedelta(hours=47)
        ),
        TrainingEvent(type="training", event_id="t1", minutes=40, occurred_at=now - timedelta(hours=40)),
        TrainingEvent(type="training", event_id="t2", minutes=30, occurred_at=now - timedelta(hours=4)),
        BattleEvent(
            type="battle", event_id="b2", weapon_id=second.id, success=False, occurred_at=now - timedelta(hours=2)
        ),
        LoginEvent(type="login", event_id="l1", occurred_at=now),
    ]
    outcomes = report_all(database, slayer.id, events, now=now)
    assert not [outcome.error for outcome in outcomes if isinstance(outcome, Refusal)]
    told = lately(database, slayer)
    assert told["bouts"] == [
        {"weapon": second.slug, "won": False, "hours_ago": 2.0},
        {"weapon": first.slug, "won": True, "hours_ago": 47.0},
    ]
    assert (told["minutes_today"], told["minutes_week"], told["streak"]) == (30, 70, 1)
    assert told["points"]


def test_another_slayers_deeds_are_not_told(database: Database, slayer: Slayer) -> None:
    profile = Registration(handle="sabito", password="still-as-water", name="Sabito", breathing_style="Water")
    with database.session(None) as session:
        other = register(session, profile)
    now = utc_now()
    report_all(database, other.id, [TrainingEvent(type="training", event_id="t", minutes=30, occurred_at=now)], now=now)
    assert lately(database, slayer)["minutes_today"] == 0


def test_it_is_one_quick_query(database: Database, slayer: Slayer) -> None:
    with database.session(slayer.id) as session:
        row = session.get_one(Slayer, slayer.id)
        activity.lately(session, row, now=utc_now())
        started = time.perf_counter()
        for _ in range(50):
            activity.lately(session, row, now=utc_now())
        assert (time.perf_counter() - started) / 50 < 0.01
