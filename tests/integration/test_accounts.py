"""Accounts on a real database: registering, the profile, and the demo slayer."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session, col, func, select

from hashiramart import accounts, catalog, ledger, passwords, sign_in
from hashiramart.accounts import ProfileChange, Registration
from hashiramart.db import Database
from hashiramart.errors import Conflict, Unauthenticated
from hashiramart.events import LoginEvent
from hashiramart.models import Account, Gamification, Slayer, SlayerZone, Weapon

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def profile(**changes: Any) -> Registration:
    return Registration(
        **{"handle": "shinobu", "password": "wisteria-night", "name": "Shinobu", "breathing_style": "Insect", **changes}
    )


def test_registering_makes_a_slayer_with_account_ledger_and_a_first_weapon(
    session: Session, stocked: list[Weapon]
) -> None:
    made = accounts.register(session, profile(level=7, dexterity=91.5, timezone="Asia/Tokyo"))
    assert (made.name, made.breathing_style, made.level, made.dexterity, made.timezone) == (
        "Shinobu",
        "Insect",
        7,
        91.5,
        "Asia/Tokyo",
    )
    totals = session.get_one(Gamification, made.id)
    assert (totals.nichirin_points, totals.rank, totals.streak) == (0, "Apprentice", 0)
    assert accounts.handle_of(session, made.id) == "shinobu"
    assert len(catalog.owned(session, made.id)) == 1


def test_a_password_is_stored_as_an_argon2_hash_only(session: Session, slayer: Slayer) -> None:
    stored = session.exec(select(Account.password_hash).where(Account.slayer_id == slayer.id)).one()
    assert stored.startswith("$argon2id$")
    assert "still-as-water" not in stored


@pytest.mark.parametrize("handle", ["giyu", "GIYU", " Giyu "])
def test_a_handle_is_taken_in_any_spelling(handle: str, database: Database, slayer: Slayer) -> None:
    with pytest.raises(Conflict) as caught, database.session(None) as session:
        accounts.register(session, profile(handle=handle))
    assert caught.value.field == "handle"
    with database.service() as session:
        assert session.exec(select(func.count()).select_from(Slayer)).one() == 1


def test_of_many_who_register_one_handle_at_once_one_succeeds(database: Database, stocked: list[Weapon]) -> None:
    together = threading.Barrier(6)

    def attempt(_: int) -> bool:
        together.wait(10)
        try:
            with database.session(None) as session:
                accounts.register(session, profile())
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(attempt, range(6))) == [False] * 5 + [True]
    with database.service() as session:
        for table in (Slayer, Account, Gamification):
            assert session.exec(select(func.count()).select_from(table)).one() == 1


def test_a_hash_that_was_made_beforehand_is_taken(database: Database, stocked: list[Weapon]) -> None:
    with database.session(None) as session:
        accounts.register(session, profile(), password_hash=passwords.hash_of("another-password"))
    assert sign_in.prove(database, "shinobu", "another-password", now=NOW)


# --- the profile ---


def change(database: Database, slayer: Slayer, **wanted: Any) -> Slayer:
    with database.session(slayer.id) as session:
        return accounts.change_profile(session, slayer.id, ProfileChange(**wanted), now=NOW)


def test_what_is_left_out_of_a_change_stays(database: Database, slayer: Slayer) -> None:
    before = slayer.model_dump()
    changed = change(database, slayer, name="Tomioka", breathing_style="flame breathing", level=21, stamina=0)
    assert changed.model_dump() == before | {
        "name": "Tomioka",
        "breathing_style": "Flame",
        "level": 21,
        "stamina": 0,
    }
    assert change(database, slayer, show_name=True).model_dump() == changed.model_dump() | {"show_name": True}


def test_moving_to_another_zone_is_kept_in_the_history(database: Database, slayer: Slayer) -> None:
    change(database, slayer, timezone="Asia/Tokyo", name="Traveller")
    with database.session(slayer.id) as session:
        zones = session.exec(select(SlayerZone.timezone).order_by(col(SlayerZone.since))).all()
        assert list(zones) == ["UTC", "Asia/Tokyo"]
        assert session.get_one(Slayer, slayer.id).timezone == "Asia/Tokyo"


def test_a_change_with_one_move_too_many_changes_nothing_at_all(database: Database, slayer: Slayer) -> None:
    for zone in ("Asia/Tokyo", "UTC") * 3:
        change(database, slayer, timezone=zone)
    with pytest.raises(Conflict) as caught:
        change(database, slayer, name="Restless", timezone="Asia/Tokyo")
    assert caught.value.field == "timezone"
    assert change(database, slayer, level=3).name == "Giyu"


def test_changes_and_reports_at_once_wait_for_each_other(database: Database, slayer: Slayer) -> None:
    together = threading.Barrier(8)

    def act(number: int) -> None:
        together.wait(10)
        if number % 2:
            change(database, slayer, level=number, timezone="Asia/Tokyo", strength=number)
        else:
            ledger.report(database, slayer.id, LoginEvent(type="login", event_id=f"e{number}"), now=NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(8)))
    with database.session(slayer.id) as session:
        assert session.exec(select(func.count()).select_from(SlayerZone)).one() == 2
        changed = session.get_one(Slayer, slayer.id)
        assert changed.level == changed.strength


def test_nobody_changes_the_profile_of_another(database: Database, slayer: Slayer) -> None:
    with database.session(None) as session:
        other = accounts.register(session, profile())
    with pytest.raises(Unauthenticated), database.session(other.id) as session:
        accounts.change_profile(session, slayer.id, ProfileChange(name="Mine"), now=NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (field, None)
        for field in ("name", "breathing_style", "level", "strength", "dexterity", "stamina", "timezone", "show_name")
    ]
    + [
        ("name", ""),
        ("name", "x" * 81),
        ("name", "Gi\0yu"),
        ("name", 7),
        ("level", 0),
        ("level", 2.5),
        ("strength", float("nan")),
        ("dexterity", 101),
        ("stamina", "strong"),
        ("breathing_style", "Lava"),
        ("timezone", "Mars/Olympus"),
        ("show_name", 1),
        ("handle", "tomioka"),
        ("nichirin_points", 10_000),
    ],
)
def test_a_wrong_change_is_refused_and_the_field_named(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        ProfileChange(**{"level": 5, field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]


def test_a_change_must_change_something() -> None:
    with pytest.raises(ValidationError, match="must change something: name, "):
        ProfileChange()


# --- the demo slayer ---


def test_the_demo_slayer_is_made_once_even_by_a_double_click(database: Database, stocked: list[Weapon]) -> None:
    together = threading.Barrier(4)

    def click(_: int) -> uuid.UUID:
        together.wait(10)
        with database.session(None) as session:
            return accounts.ensure_demo_slayer(session)

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(click, range(4)))
    with database.service() as session:
        assert made == {accounts.ensure_demo_slayer(session)}
        assert session.exec(select(func.count()).select_from(Slayer)).one() == 1


def test_nobody_can_register_as_the_demo_slayer(session: Session) -> None:
    with pytest.raises(Conflict):
        accounts.register(session, profile(handle="Demo"))
