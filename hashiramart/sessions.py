"""Sessions: signed-in browsers (``cookie``) and programs (``token``). Of a session's secret only the SHA-256 is stored."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hashiramart.errors import NotFound, Unauthenticated
from hashiramart.models import LoginSession

SessionKind = Literal["token", "cookie"]

ENDED = "The session has ended or never was. Sign in again."


@dataclass(frozen=True)
class Issued:
    """A new session. ``token`` is the secret itself, shown once."""

    session_id: uuid.UUID
    slayer_id: uuid.UUID
    token: str
    csrf_token: str | None
    expires_at: datetime


@dataclass(frozen=True)
class Caller:
    """Who is calling, as their session says."""

    slayer_id: uuid.UUID
    kind: SessionKind
    csrf_token: str | None
    session_id: uuid.UUID


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(
    session: Session, slayer_id: uuid.UUID, kind: SessionKind, *, now: datetime, days: int, name: str | None = None
) -> Issued:
    """Start a session inside a transaction that acts for the slayer.

    Args:
        session: the transaction.
        slayer_id: whose session it is.
        kind: ``cookie`` for a browser, ``token`` for a program.
        now: the time.
        days: how long it lives.
        name: what the slayer calls it.

    Raises:
        Unauthenticated: the slayer left a moment ago.
    """
    token = secrets.token_urlsafe(32)
    opened = LoginSession(
        token_hash=_digest(token),
        slayer_id=slayer_id,
        kind=kind,
        name=name,
        csrf_token=secrets.token_urlsafe(24) if kind == "cookie" else None,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(opened)
    try:
        session.flush()
    except IntegrityError as error:
        raise Unauthenticated(ENDED) from error
    return Issued(opened.id, slayer_id, token, opened.csrf_token, opened.expires_at)


_SESSION_OF = "SELECT slayer_id, kind, csrf_token, expires_at, id FROM session_of(%s)"


def caller_of(connection: psycopg.Connection[TupleRow], token: str, *, now: datetime) -> Caller:
    """Who holds a session's secret.

    Raises:
        Unauthenticated: no such session, or it has ended.
    """
    row = connection.execute(_SESSION_OF, [_digest(token)]).fetchone()
    if row is None or row[3] <= now:
        raise Unauthenticated(ENDED)
    slayer_id, kind, csrf_token, _, session_id = row
    return Caller(slayer_id, "cookie" if kind == "cookie" else "token", csrf_token, session_id)


def live_sessions(session: Session, slayer_id: uuid.UUID, *, now: datetime) -> list[LoginSession]:
    """A slayer's sessions that have not ended, the latest first."""
    rows = session.exec(
        select(LoginSession)
        .where(LoginSession.slayer_id == slayer_id, col(LoginSession.expires_at) > now)
        .order_by(col(LoginSession.created_at).desc(), col(LoginSession.id))
    )
    return list(rows.all())


def revoke(session: Session, slayer_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """End one session of a slayer.

    Raises:
        NotFound: no such session, or someone else's.
    """
    ended = session.execute(
        delete(LoginSession)
        .where(col(LoginSession.id) == session_id, col(LoginSession.slayer_id) == slayer_id)
        .returning(col(LoginSession.id))
    )
    if ended.first() is None:
        raise NotFound("token_id", "You have no session with this id.")


def close_session(session: Session, caller: Caller) -> None:
    """End the caller's own session. One that is gone has ended already."""
    session.execute(delete(LoginSession).where(col(LoginSession.id) == caller.session_id))


def end_others(session: Session, caller: Caller) -> None:
    """End every session of the caller but the one they call with."""
    session.execute(
        delete(LoginSession).where(
            col(LoginSession.slayer_id) == caller.slayer_id, col(LoginSession.id) != caller.session_id
        )
    )


def purge_sessions(session: Session, *, now: datetime) -> int:
    """Delete the sessions that have ended, of everybody; returns how many."""
    gone = session.execute(
        delete(LoginSession).where(col(LoginSession.expires_at) <= now).returning(col(LoginSession.id))
    )
    return len(gone.all())
