"""Accounts and sessions on a real database."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from hashiramart import accounts, catalog
from hashiramart.accounts import Registration
from hashiramart.db import Database
from hashiramart.errors import Conflict, Unauthenticated
from hashiramart.models import Account, Gamification, LoginSession, Slayer, Weapon

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
    with pytest.raises(Conflict) as caught, database.session() as session:
        accounts.register(session, profile(handle=handle))
    assert caught.value.field == "handle"
    with database.session() as session:
        assert session.exec(select(func.count()).select_from(Slayer)).one() == 1


def test_of_many_who_register_one_handle_at_once_one_succeeds(database: Database, stocked: list[Weapon]) -> None:
    together = threading.Barrier(6)

    def attempt(_: int) -> bool:
        together.wait(10)
        try:
            with database.session() as session:
                accounts.register(session, profile())
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(attempt, range(6))) == [False] * 5 + [True]
    with database.session() as session:
        for table in (Slayer, Account, Gamification):
            assert session.exec(select(func.count()).select_from(table)).one() == 1


@pytest.mark.parametrize("handle", ["giyu", "GIYU", " giyu\n"])
def test_the_right_password_names_the_slayer(handle: str, session: Session, slayer: Slayer) -> None:
    assert accounts.check_password(session, handle, "still-as-water") == slayer.id


@pytest.mark.parametrize(
    ("handle", "password"),
    [
        ("giyu", "still-as-wine"),
        ("giyu", "STILL-AS-WATER"),
        ("giyu", "still-as-water "),
        ("giyu", ""),
        ("giyu", "\ud800"),
        ("giyu", "x" * 100_000),
        ("sabito", "still-as-water"),
        ("", ""),
        ("gi\0yu", "still-as-water"),
        ("gi\ud800yu", "still-as-water"),
        ("' OR 1=1 --", "still-as-water"),
    ],
)
def test_unknown_handle_and_wrong_password_are_answered_alike(
    handle: str, password: str, session: Session, slayer: Slayer
) -> None:
    with pytest.raises(Unauthenticated, match=r"^The handle or the password is wrong\.$"):
        accounts.check_password(session, handle, password)


def test_a_token_names_its_holder_and_carries_no_csrf_token(session: Session, slayer: Slayer) -> None:
    issued = accounts.open_session(session, slayer.id, "token", now=NOW, days=30)
    assert issued.csrf_token is None
    assert accounts.caller_of(session, issued.token, now=NOW) == accounts.Caller(slayer.id, "token", None)


def test_a_cookie_comes_with_a_csrf_token_of_its_own(session: Session, slayer: Slayer) -> None:
    first = accounts.open_session(session, slayer.id, "cookie", now=NOW, days=30)
    second = accounts.open_session(session, slayer.id, "cookie", now=NOW, days=30)
    assert first.csrf_token is not None
    assert second.csrf_token is not None
    assert len({first.token, second.token, first.csrf_token, second.csrf_token}) == 4
    assert accounts.caller_of(session, first.token, now=NOW) == accounts.Caller(slayer.id, "cookie", first.csrf_token)


def test_the_database_does_not_hold_the_secret_of_a_session(session: Session, slayer: Slayer) -> None:
    issued = accounts.open_session(session, slayer.id, "token", now=NOW, days=30)
    session.flush()
    row = session.exec(select(LoginSession)).one()
    assert issued.token not in row.model_dump_json()
    with pytest.raises(Unauthenticated):
        accounts.caller_of(session, row.token_hash, now=NOW)


def test_a_session_ends_on_time(session: Session, slayer: Slayer) -> None:
    issued = accounts.open_session(session, slayer.id, "token", now=NOW, days=2)
    assert issued.expires_at == NOW + timedelta(days=2)
    accounts.caller_of(session, issued.token, now=issued.expires_at - timedelta(microseconds=1))
    with pytest.raises(Unauthenticated):
        accounts.caller_of(session, issued.token, now=issued.expires_at)


@pytest.mark.parametrize("token", ["", "nonsense", "\0", "\ud800", "x" * 10_000])
def test_an_unknown_token_is_no_session(token: str, session: Session) -> None:
    with pytest.raises(Unauthenticated):
        accounts.caller_of(session, token, now=NOW)


def test_signing_out_ends_this_session_and_no_other(session: Session, slayer: Slayer) -> None:
    here = accounts.open_session(session, slayer.id, "cookie", now=NOW, days=30)
    there = accounts.open_session(session, slayer.id, "cookie", now=NOW, days=30)
    accounts.close_session(session, here.token)
    accounts.close_session(session, here.token)
    with pytest.raises(Unauthenticated):
        accounts.caller_of(session, here.token, now=NOW)
    assert accounts.caller_of(session, there.token, now=NOW).slayer_id == slayer.id


def test_purging_deletes_what_has_ended_and_counts_it(session: Session, slayer: Slayer) -> None:
    for days in (1, 2, 3):
        accounts.open_session(session, slayer.id, "token", now=NOW, days=days)
    assert accounts.purge_sessions(session, now=NOW) == 0
    assert accounts.purge_sessions(session, now=NOW + timedelta(days=2)) == 2
    assert session.exec(select(func.count()).select_from(LoginSession)).one() == 1


def test_a_slayer_who_goes_takes_everything_along(database: Database, slayer: Slayer) -> None:
    with database.session() as session:
        accounts.open_session(session, slayer.id, "token", now=NOW, days=1)
    with database.session() as session:
        session.delete(session.get_one(Slayer, slayer.id))
    with database.session() as session:
        for table in (Slayer, Account, Gamification, LoginSession):
            assert session.exec(select(func.count()).select_from(table)).one() == 0


def test_the_demo_slayer_is_made_once_even_by_a_double_click(database: Database, stocked: list[Weapon]) -> None:
    together = threading.Barrier(4)

    def click(_: int) -> uuid.UUID:
        together.wait(10)
        with database.session() as session:
            return accounts.ensure_demo_slayer(session)

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(click, range(4)))
    with database.session() as session:
        assert made == {accounts.ensure_demo_slayer(session)}
        assert session.exec(select(func.count()).select_from(Slayer)).one() == 1


def test_nobody_can_register_as_the_demo_slayer(session: Session) -> None:
    with pytest.raises(Conflict):
        accounts.register(session, profile(handle="Demo"))
