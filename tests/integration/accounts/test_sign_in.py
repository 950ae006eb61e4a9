"""Passwords: who gets in, who has to wait, and that neither tells which handles exist."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from hashiramart import accounts, passwords, sessions, sign_in
from hashiramart.db import Database
from hashiramart.errors import Forbidden, InvalidInput, TooMany, Unauthenticated
from hashiramart.models import Account, LoginSession, SignInAttempts, Slayer
from hashiramart.sessions import Caller

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
RIGHT = "still-as-water"


def guess(database: Database, handle: str = "giyu", password: str = "a wrong one", now: datetime = NOW) -> str:
    """What comes of a sign-in: "in", "wrong", or the seconds to wait."""
    try:
        sign_in.sign_in(database, handle, password, "token", now=now, days=30)
    except Unauthenticated:
        return "wrong"
    except TooMany as error:
        return str(error.retry_after)
    return "in"


def caller(database: Database, slayer: Slayer) -> Caller:
    with database.session(slayer.id) as session:
        issued = sessions.open_session(session, slayer.id, "cookie", now=NOW, days=30)
    return Caller(slayer.id, "cookie", issued.csrf_token, issued.session_id)


def open_sessions(database: Database) -> int:
    with database.service() as session:
        return session.exec(select(func.count()).select_from(LoginSession)).one()


@pytest.mark.parametrize("handle", ["giyu", "GIYU", " giyu\n"])
def test_the_right_password_opens_a_session(handle: str, database: Database, slayer: Slayer) -> None:
    issued = sign_in.sign_in(database, handle, RIGHT, "cookie", now=NOW, days=3)
    assert (issued.slayer_id, issued.expires_at) == (slayer.id, NOW + timedelta(days=3))
    with database.connection(None) as connection:
        assert sessions.caller_of(connection, issued.token, now=NOW).slayer_id == slayer.id


@pytest.mark.parametrize(
    ("handle", "password"),
    [
        ("giyu", "still-as-wine"),
        ("giyu", "STILL-AS-WATER"),
        ("giyu", "still-as-water "),
        ("giyu", ""),
        ("giyu", "\ud800"),
        ("giyu", "\0"),
        ("giyu", "x" * 100_000),
        ("sabito", RIGHT),
        ("", ""),
        ("gi\0yu", RIGHT),
        ("gi\ud800yu", RIGHT),
        ("' OR 1=1 --", RIGHT),
        ("x" * 100_000, RIGHT),
    ],
    ids=lambda value: ascii(value[:16]),
)
def test_unknown_handle_and_wrong_password_are_answered_alike(
    handle: str, password: str, database: Database, slayer: Slayer
) -> None:
    with pytest.raises(Unauthenticated, match=r"^The handle or the password is wrong\.$"):
        sign_in.sign_in(database, handle, password, "token", now=NOW, days=1)
    assert open_sessions(database) == 0


@pytest.mark.parametrize("handle", ["giyu", "nobody"])
def test_the_work_is_the_same_for_a_handle_that_exists_and_one_that_does_not(
    handle: str, database: Database, slayer: Slayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    hasher = passwords._hasher()

    class Watched:
        def verify(self, password: bytes, stored: str) -> bool:
            looked.append(stored)
            return hasher.verify(password, stored)

    monkeypatch.setattr(passwords, "_hasher", Watched)
    assert guess(database, handle) == "wrong"
    assert len(looked) == 1
    assert looked[0].startswith("$argon2id$")


def test_no_connection_is_held_while_a_password_is_looked_at(
    database: Database, slayer: Slayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    out: Counter[str] = Counter()
    during: list[int] = []

    def watched(password: str, stored: str | None) -> bool:
        during.append(out["out"])
        return real(password, stored)

    event.listen(database.app, "checkout", checkout := lambda *_: out.update(["out"]))
    event.listen(database.app, "checkin", checkin := lambda *_: out.subtract(["out"]))
    real = passwords.fits
    monkeypatch.setattr(passwords, "fits", watched)
    try:
        assert guess(database, password=RIGHT) == "in"
    finally:
        event.remove(database.app, "checkout", checkout)
        event.remove(database.app, "checkin", checkin)
    assert during == [0]


# --- waiting ---


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (11, 900), (10**6, 900)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert sign_in.wait_after(failures) == timedelta(seconds=seconds)


@pytest.mark.parametrize("handle", ["giyu", "nobody", "gi\0yu", "gi\ud800yu"])
def test_after_five_failures_a_handle_waits_whether_anybody_has_it_or_not(
    handle: str, database: Database, slayer: Slayer
) -> None:
    assert [guess(database, handle) for _ in range(5)] == ["wrong"] * 5
    assert guess(database, handle) == "30"
    assert guess(database, handle.upper(), now=NOW + timedelta(seconds=29.5)) == "1"
    assert guess(database, handle, now=NOW + timedelta(seconds=30)) == "wrong"
    assert guess(database, handle, now=NOW + timedelta(seconds=31)) == "59"
    assert guess(database, "sanemi") == "wrong"


def test_while_a_handle_waits_the_right_password_is_refused_too(database: Database, slayer: Slayer) -> None:
    for _ in range(5):
        guess(database)
    assert guess(database, password=RIGHT) == "30"
    assert open_sessions(database) == 0
    assert guess(database, password=RIGHT, now=NOW + timedelta(seconds=30)) == "in"


def test_knocking_while_one_has_to_wait_makes_the_wait_no_longer(database: Database, slayer: Slayer) -> None:
    for _ in range(5):
        guess(database)
    for second in range(10):
        assert guess(database, now=NOW + timedelta(seconds=second)) == str(30 - second)
    assert guess(database, password=RIGHT, now=NOW + timedelta(seconds=30)) == "in"


def test_the_right_password_forgives_the_wrong_ones(database: Database, slayer: Slayer) -> None:
    for _ in range(3):
        assert [guess(database) for _ in range(4)] == ["wrong"] * 4
        assert guess(database, password=RIGHT) == "in"
    with database.service() as session:
        assert session.exec(select(func.count()).select_from(SignInAttempts)).one() == 0


def test_a_day_without_failures_forgets_them(database: Database, slayer: Slayer) -> None:
    for second in range(5):
        guess(database, now=NOW + timedelta(seconds=second))
    nearly = NOW + timedelta(seconds=4, hours=24) - timedelta(microseconds=1)
    assert guess(database, now=nearly) == "wrong"  # the sixth: it waits a minute
    assert guess(database, now=nearly + timedelta(seconds=1)) == "59"
    assert [guess(database, now=nearly + timedelta(days=1)) for _ in range(6)] == ["wrong"] * 5 + ["30"]


def test_a_clock_that_is_set_back_locks_nobody_out(database: Database, slayer: Slayer) -> None:
    for _ in range(5):
        guess(database, now=NOW + timedelta(hours=1))
    assert guess(database, password=RIGHT) == "in"


def test_of_fifty_guesses_at_once_five_are_looked_at(
    database: Database, slayer: Slayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = passwords.fits

    def watched(password: str, stored: str | None) -> bool:
        looked.append(password)
        return real(password, stored)

    monkeypatch.setattr(passwords, "fits", watched)
    together = threading.Barrier(25)

    def attempt(number: int) -> str:
        together.wait(30)
        return guess(database, password=f"guess {number}")

    with ThreadPoolExecutor(25) as pool:
        outcomes = Counter(pool.map(attempt, range(50)))
    assert outcomes == {"wrong": 5, "30": 45}
    assert len(looked) == 5


def test_the_table_of_failures_does_not_tell_which_handle(database: Database, slayer: Slayer) -> None:
    guess(database, "giyu")
    with database.service() as session:
        row = session.exec(select(SignInAttempts)).one()
    assert "giyu" not in row.model_dump_json()
    assert len(row.handle_hash) == 64


def test_old_failures_are_swept_up(database: Database, slayer: Slayer) -> None:
    guess(database, "giyu")
    guess(database, "nobody", now=NOW + timedelta(hours=1))
    with database.service() as session:
        assert sign_in.purge_attempts(session, now=NOW + timedelta(hours=23)) == 0
        assert sign_in.purge_attempts(session, now=NOW + timedelta(days=1)) == 1
        assert session.exec(select(func.count()).select_from(SignInAttempts)).one() == 1


# --- another password ---


def test_another_password_ends_every_session_but_this_one(database: Database, slayer: Slayer) -> None:
    here = caller(database, slayer)
    caller(database, slayer)
    sign_in.change_password(database, here, RIGHT, "deep-as-the-sea", now=NOW)
    with database.session(slayer.id) as session:
        assert [each.id for each in sessions.live_sessions(session, slayer.id, now=NOW)] == [here.session_id]
    assert guess(database, password=RIGHT) == "wrong"
    assert guess(database, password="deep-as-the-sea") == "in"


def test_a_wrong_current_password_changes_nothing_and_counts_as_a_sign_in(database: Database, slayer: Slayer) -> None:
    here = caller(database, slayer)
    caller(database, slayer)
    for _ in range(5):
        with pytest.raises(InvalidInput) as caught:
            sign_in.change_password(database, here, "a wrong one", "deep-as-the-sea", now=NOW)
        assert caught.value.field == "current"
    with pytest.raises(TooMany):
        sign_in.change_password(database, here, RIGHT, "deep-as-the-sea", now=NOW)
    assert guess(database, password=RIGHT) == "30"
    assert open_sessions(database) == 2
    assert guess(database, password=RIGHT, now=NOW + timedelta(minutes=1)) == "in"


def test_the_demo_slayer_has_no_password_to_change(database: Database, slayer: Slayer) -> None:
    with database.session(None) as session:
        demo = accounts.ensure_demo_slayer(session)
        issued = sessions.open_session(session, demo, "cookie", now=NOW, days=1)
    with pytest.raises(Forbidden):
        sign_in.change_password(database, Caller(demo, "cookie", "", issued.session_id), "x", "12345678", now=NOW)


@pytest.fixture
def meanwhile(database: Database, slayer: Slayer, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The password is changed after a rival has proved the old one and before they act on it."""
    real = passwords.fits
    changed: list[str] = []

    def slow(password: str, stored: str | None) -> bool:
        good = real(password, stored)
        if good and not changed:
            changed.append("deep-as-the-sea")
            with database.session(slayer.id) as session:
                account = session.exec(select(Account)).one()
                account.password_hash = passwords.hash_of(changed[0])
                session.add(account)
        return good

    monkeypatch.setattr(passwords, "fits", slow)
    yield changed
    assert changed


def test_a_sign_in_with_a_password_that_was_changed_meanwhile_is_refused(
    database: Database, meanwhile: list[str]
) -> None:
    assert guess(database, password=RIGHT) == "wrong"
    assert open_sessions(database) == 0


def test_of_two_changes_of_one_password_the_later_is_refused(
    database: Database, slayer: Slayer, meanwhile: list[str]
) -> None:
    here = caller(database, slayer)
    with pytest.raises(Unauthenticated):
        sign_in.change_password(database, here, RIGHT, "mine-instead", now=NOW)
    assert guess(database, password="deep-as-the-sea") == "in"
