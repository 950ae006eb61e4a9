"""Sessions of browsers and programs, in the application's own role."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from hashiramart import accounts, sessions
from hashiramart.accounts import Registration
from hashiramart.db import Database
from hashiramart.errors import NotFound, Unauthenticated
from hashiramart.models import LoginSession, Slayer
from hashiramart.sessions import Caller, Issued, SessionKind

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def issue(database: Database, slayer: Slayer, kind: SessionKind = "token", days: int = 30, name: str = "log") -> Issued:
    with database.session(slayer.id) as session:
        return sessions.open_session(session, slayer.id, kind, now=NOW, days=days, name=name)


def caller_of(database: Database, token: str, now: datetime = NOW) -> Caller:
    with database.connection(None) as connection:
        return sessions.caller_of(connection, token, now=now)


@pytest.fixture
def stranger(database: Database, slayer: Slayer) -> Slayer:
    profile = Registration(handle="sanemi", password="12345678", name="Sanemi", breathing_style="Wind")
    with database.session(None) as session:
        return accounts.register(session, profile)


def test_a_token_names_its_holder_and_carries_no_csrf_token(database: Database, slayer: Slayer) -> None:
    issued = issue(database, slayer)
    assert issued.csrf_token is None
    assert caller_of(database, issued.token) == Caller(slayer.id, "token", None, issued.session_id)


def test_a_cookie_comes_with_a_csrf_token_of_its_own(database: Database, slayer: Slayer) -> None:
    first, second = issue(database, slayer, "cookie"), issue(database, slayer, "cookie")
    assert first.csrf_token is not None
    assert len({first.token, second.token, first.csrf_token, second.csrf_token}) == 4
    assert caller_of(database, first.token) == Caller(slayer.id, "cookie", first.csrf_token, first.session_id)


def test_the_database_does_not_hold_the_secret_of_a_session(database: Database, slayer: Slayer) -> None:
    issued = issue(database, slayer)
    with database.service() as session:
        row = session.exec(select(LoginSession)).one()
    assert issued.token not in row.model_dump_json()
    with pytest.raises(Unauthenticated):
        caller_of(database, row.token_hash)
    with pytest.raises(Unauthenticated):
        caller_of(database, str(row.id))


def test_a_session_ends_on_time(database: Database, slayer: Slayer) -> None:
    issued = issue(database, slayer, days=2)
    assert issued.expires_at == NOW + timedelta(days=2)
    caller_of(database, issued.token, issued.expires_at - timedelta(microseconds=1))
    with pytest.raises(Unauthenticated):
        caller_of(database, issued.token, issued.expires_at)


@pytest.mark.parametrize("token", ["", "nonsense", "\0", "\ud800", "x" * 10_000])
def test_an_unknown_token_is_no_session(token: str, database: Database) -> None:
    with pytest.raises(Unauthenticated):
        caller_of(database, token)


def test_signing_out_ends_this_session_and_no_other(database: Database, slayer: Slayer) -> None:
    here, there = issue(database, slayer, "cookie"), issue(database, slayer, "cookie")
    caller = caller_of(database, here.token)
    for _ in range(2):
        with database.session(slayer.id) as session:
            sessions.close_session(session, caller)
    with pytest.raises(Unauthenticated):
        caller_of(database, here.token)
    assert caller_of(database, there.token).slayer_id == slayer.id


def test_the_list_holds_what_has_not_ended_the_latest_first(
    database: Database, slayer: Slayer, stranger: Slayer
) -> None:
    issue(database, stranger)
    issue(database, slayer, days=1, name="short")
    with database.session(slayer.id) as session:
        sessions.open_session(session, slayer.id, "cookie", now=NOW + timedelta(hours=1), days=9)
    with database.session(slayer.id) as session:
        live = sessions.live_sessions(session, slayer.id, now=NOW)
        assert [(each.name, each.kind) for each in live] == [(None, "cookie"), ("short", "token")]
        later = sessions.live_sessions(session, slayer.id, now=NOW + timedelta(days=1))
        assert [each.name for each in later] == [None]


def test_a_revoked_session_is_refused_at_once_and_the_others_go_on(database: Database, slayer: Slayer) -> None:
    gone, kept = issue(database, slayer), issue(database, slayer)
    with database.session(slayer.id) as session:
        sessions.revoke(session, slayer.id, gone.session_id)
    with pytest.raises(Unauthenticated):
        caller_of(database, gone.token)
    assert caller_of(database, kept.token)


def test_someone_elses_session_cannot_be_revoked_and_is_not_found(
    database: Database, slayer: Slayer, stranger: Slayer
) -> None:
    issued = issue(database, slayer)
    for key in (issued.session_id, uuid.uuid4()):
        with pytest.raises(NotFound) as caught, database.session(stranger.id) as session:
            sessions.revoke(session, stranger.id, key)
        assert caught.value.field == "token_id"
    assert caller_of(database, issued.token)


def test_purging_deletes_what_has_ended_of_everybody_and_counts_it(
    database: Database, slayer: Slayer, stranger: Slayer
) -> None:
    for owner, days in ((slayer, 1), (stranger, 2), (slayer, 3)):
        issue(database, owner, days=days)
    with database.service() as session:
        assert sessions.purge_sessions(session, now=NOW) == 0
        assert sessions.purge_sessions(session, now=NOW + timedelta(days=2)) == 2
        assert session.exec(select(func.count()).select_from(LoginSession)).one() == 1
