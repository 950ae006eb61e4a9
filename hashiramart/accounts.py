"""Accounts and sessions: who may come in, and as which slayer."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

import psycopg
from psycopg.rows import TupleRow
from pwdlib import PasswordHash
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hashiramart import seed
from hashiramart.catalog import lend_first_weapon
from hashiramart.db import act_for
from hashiramart.errors import Conflict, Unauthenticated
from hashiramart.models import Account, Gamification, LoginSession, Slayer, SlayerZone
from hashiramart.text import Line

DEMO_HANDLE = "demo"
SessionKind = Literal["token", "cookie"]

Handle = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{2,31}$")
]
Password = Annotated[str, StringConstraints(min_length=8, max_length=128)]


def _known_style(value: str) -> str:
    if value not in seed.style_names():
        raise ValueError(f"must be one of {', '.join(seed.style_names())}")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - {"localtime", "Factory"}  # the server's own zone, and a placeholder


def _known_zone(value: str) -> str:
    if value not in _zones():
        raise ValueError("must be an IANA time zone such as Asia/Tokyo")
    return value


def _style_without_suffix(value: str) -> str:
    """``"water breathing"`` -> ``"Water"``: people write the style either way."""
    return re.sub(r"\s+breathing$", "", value.strip(), flags=re.IGNORECASE).capitalize()


BreathingStyle = Annotated[str, AfterValidator(_style_without_suffix), AfterValidator(_known_style)]
Timezone = Annotated[str, AfterValidator(_known_zone)]
Attribute = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Registration(BaseModel):
    """A new slayer: how to sign in, and the profile."""

    model_config = ConfigDict(extra="forbid")

    handle: Handle = Field(description="Name to sign in with: 3-32 letters, digits and ._-", examples=["tanjiro"])
    password: Password = Field(description="8 to 128 characters.", examples=["wisteria-at-night"])
    name: Line = Field(description="Name the shop calls the slayer by.", examples=["Tanjiro"])
    breathing_style: BreathingStyle = Field(description="One of the breathing styles of GET /shop.", examples=["Water"])
    level: int = Field(1, ge=1, le=100, description="Experience level.")
    strength: Attribute = Field(50, description="0-100.")
    dexterity: Attribute = Field(50, description="0-100.")
    stamina: Attribute = Field(50, description="0-100.")
    timezone: Timezone = Field(
        "UTC", description="IANA zone; a slayer's day is their local day.", examples=["Asia/Tokyo"]
    )


@dataclass(frozen=True)
class Issued:
    """A new session. ``token`` is the secret itself, shown once."""

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


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _dummy_hash() -> str:
    """A hash of nothing anybody knows: an unknown handle costs as much time as a wrong password."""
    return _hasher().hash(secrets.token_urlsafe(16))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def register(session: Session, registration: Registration) -> Slayer:
    """Create a slayer with their account, an empty ledger and a first weapon on loan.

    Raises:
        Conflict: the handle is taken, or is the demo slayer's (anyone may enter that account).
    """
    if registration.handle == DEMO_HANDLE:
        raise _taken(registration.handle)
    return _enrol(session, registration)


def _taken(handle: str) -> Conflict:
    return Conflict("handle", f"The handle {handle} is taken.")


def _enrol(session: Session, registration: Registration) -> Slayer:
    slayer = Slayer(**registration.model_dump(exclude={"handle", "password"}))
    act_for(session, slayer.id)
    session.add(slayer)
    session.flush()
    session.add(Gamification(slayer_id=slayer.id))
    session.add(SlayerZone(slayer_id=slayer.id, since=slayer.created_at, timezone=slayer.timezone))
    session.add(
        Account(slayer_id=slayer.id, handle=registration.handle, password_hash=_hasher().hash(registration.password))
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise _taken(registration.handle) from error
    lend_first_weapon(session, slayer)
    return slayer


def check_password(session: Session, handle: str, password: str) -> uuid.UUID:
    """The slayer behind a handle and password.

    Raises:
        Unauthenticated: unknown handle or wrong password (not told apart, in words or in time).
    """
    name = handle.strip().lower()
    slayer_id, stored = _account_of(session, name) or (None, _dummy_hash())
    good = _hasher().verify(password.encode("utf-8", "surrogatepass"), stored)
    if slayer_id is None or not good:
        raise Unauthenticated("The handle or the password is wrong.")
    act_for(session, slayer_id)
    return slayer_id


def _account_of(session: Session, handle: str) -> tuple[uuid.UUID, str] | None:
    """The slayer behind a handle and their password's hash, before anybody has signed in."""
    if not (handle.isascii() and handle.isprintable()):
        return None  # no handle holds such, and PostgreSQL may refuse to compare
    row = session.connection().exec_driver_sql("SELECT slayer_id, password_hash FROM account_of(%s)", (handle,)).first()
    return (row[0], row[1]) if row else None


def handle_of(session: Session, slayer_id: uuid.UUID) -> str:
    """The handle a slayer signs in with."""
    return session.exec(select(Account.handle).where(Account.slayer_id == slayer_id)).one()


def open_session(session: Session, slayer_id: uuid.UUID, kind: SessionKind, *, now: datetime, days: int) -> Issued:
    """Start a session for a browser (``cookie``) or a program (``token``)."""
    token = secrets.token_urlsafe(32)
    csrf = secrets.token_urlsafe(24) if kind == "cookie" else None
    expires = now + timedelta(days=days)
    session.add(
        LoginSession(
            token_hash=_digest(token),
            slayer_id=slayer_id,
            kind=kind,
            csrf_token=csrf,
            created_at=now,
            expires_at=expires,
        )
    )
    return Issued(slayer_id=slayer_id, token=token, csrf_token=csrf, expires_at=expires)


_SESSION_OF = "SELECT slayer_id, kind, csrf_token, expires_at, id FROM session_of(%s)"


def caller_of(connection: psycopg.Connection[TupleRow], token: str, *, now: datetime) -> Caller:
    """Who holds a session's secret.

    Raises:
        Unauthenticated: no such session, or it has ended.
    """
    row = connection.execute(_SESSION_OF, [_digest(token)]).fetchone()
    if row is None or row[3] <= now:
        raise Unauthenticated("The session has ended or never was. Sign in again.")
    slayer_id, kind, csrf_token, _, session_id = row
    return Caller(slayer_id, "cookie" if kind == "cookie" else "token", csrf_token, session_id)


def close_session(session: Session, token: str) -> None:
    """End a session. Unknown ones are ended already."""
    session.execute(delete(LoginSession).where(col(LoginSession.token_hash) == _digest(token)))


def purge_sessions(session: Session, *, now: datetime) -> int:
    """Delete sessions that have ended; returns how many."""
    gone = session.execute(
        delete(LoginSession).where(col(LoginSession.expires_at) <= now).returning(col(LoginSession.token_hash))
    )
    return len(gone.all())


def ensure_demo_slayer(session: Session) -> uuid.UUID:
    """The demo slayer, made on first use. Nobody knows the password: it is entered by one click, in embedded mode only."""
    found = _account_of(session, DEMO_HANDLE)
    if found is not None:
        act_for(session, found[0])
        return found[0]
    profile = Registration(
        handle=DEMO_HANDLE,
        password=secrets.token_urlsafe(24),
        name="Kaede",
        breathing_style="Water",
        level=8,
        strength=48,
        dexterity=62,
        stamina=55,
    )
    try:
        with session.begin_nested():
            return _enrol(session, profile).id
    except Conflict:  # another click made it between our look and our write
        return ensure_demo_slayer(session)
