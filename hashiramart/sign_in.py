"""Proving a password: sign-in, and the lock-out of whoever guesses.

A handle has a few free failures; each one after that makes it wait longer, the right password included, until it is left alone
for a day. Handles that nobody has are treated alike, so that neither words nor waits nor time tell which exist. Sessions that
are open already go on.

An attempt is charged before the password is looked at and given back when it was right: of many guesses at once, only the free
ones are looked at. The look itself takes long, so it holds no transaction; ``settle`` makes sure that what it proved still holds.
"""

from __future__ import annotations

import hashlib
import math
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from hashiramart import accounts, passwords, sessions
from hashiramart.db import Database
from hashiramart.errors import Forbidden, InvalidInput, TooMany, Unauthenticated
from hashiramart.models import Account, SignInAttempts
from hashiramart.sessions import Caller, Issued, SessionKind

_FREE = 5
"""Failures in a row that cost no wait."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_MEMORY = timedelta(days=1)
_WRONG = "The handle or the password is wrong."


@dataclass(frozen=True)
class Proof:
    """A password was right: whose it is, and which hash it was compared with."""

    slayer_id: uuid.UUID
    password_hash: str
    attempts: str


def wait_after(failures: int) -> timedelta:
    """How long a handle waits after so many failures in a row: nothing, then 30 s, doubling up to 15 minutes."""
    if failures < _FREE:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(failures - _FREE, 10)), _LONGEST_WAIT)


def prove(database: Database, handle: str, password: str, *, now: datetime) -> Proof:
    """Look whether a handle and a password belong together. ``settle`` must follow where something is done with the proof.

    Raises:
        Unauthenticated: unknown handle or wrong password (not told apart, in words or in time).
        TooMany: the handle has to wait.
    """
    name = handle.strip().lower()
    key = _key(name)
    with database.session(None) as session:
        _charge(session, key, now)
        slayer_id, stored = accounts.account_of(session, name) or (None, None)
    if not passwords.fits(password, stored) or slayer_id is None or stored is None:
        raise Unauthenticated(_WRONG)
    return Proof(slayer_id, stored, key)


def _key(handle: str) -> str:
    return hashlib.sha256(handle.encode("utf-8", "surrogatepass")).hexdigest()


def _charge(session: Session, key: str, now: datetime) -> None:
    """Count an attempt as failed until it is settled. Attempts of one handle wait here for each other."""
    attempts = session.execute(
        insert(SignInAttempts)
        .values(handle_hash=key, failures=0, last_at=now)
        .on_conflict_do_update(index_elements=["handle_hash"], set_={"failures": col(SignInAttempts.failures)})
        .returning(col(SignInAttempts.failures), col(SignInAttempts.last_at))
    ).one()
    passed = abs(now - attempts.last_at)  # a rival may be a moment ahead; a clock that was set back locks nobody out
    failures = 0 if passed >= _MEMORY else attempts.failures
    wait = wait_after(failures)
    if passed < wait:
        seconds = math.ceil((wait - passed).total_seconds())
        raise TooMany(f"Too many wrong passwords for this handle. Try again in {seconds} seconds.", seconds)
    session.execute(
        update(SignInAttempts).where(col(SignInAttempts.handle_hash) == key).values(failures=failures + 1, last_at=now)
    )


def settle(session: Session, proof: Proof) -> None:
    """Inside a transaction that acts for the slayer: the password is still theirs, until the end; the failures are forgotten.

    Raises:
        Unauthenticated: it was changed, or the slayer left, since it was proved.
    """
    stored = session.exec(
        select(Account.password_hash).where(Account.slayer_id == proof.slayer_id).with_for_update()
    ).first()
    if stored != proof.password_hash:
        raise Unauthenticated(_WRONG)
    session.execute(delete(SignInAttempts).where(col(SignInAttempts.handle_hash) == proof.attempts))


def sign_in(database: Database, handle: str, password: str, kind: SessionKind, *, now: datetime, days: int) -> Issued:
    """Open a session for whoever knows the password.

    Raises:
        Unauthenticated: unknown handle or wrong password.
        TooMany: the handle has to wait.
    """
    proof = prove(database, handle, password, now=now)
    with database.session(proof.slayer_id) as session:
        settle(session, proof)
        return sessions.open_session(session, proof.slayer_id, kind, now=now, days=days)


def confirm(database: Database, caller: Caller, password: str, *, field: str, now: datetime) -> Proof:
    """Have a caller who is signed in prove their password once more. It counts like a sign-in.

    Args:
        database: the shop's database.
        caller: who is asked.
        password: what they answer.
        field: the name under which they sent it.
        now: the time.

    Raises:
        Forbidden: the demo slayer, who has no password.
        InvalidInput: it is wrong.
        TooMany: their handle has to wait.
    """
    with database.session(caller.slayer_id) as session:
        handle = accounts.handle_of(session, caller.slayer_id)
    if handle == accounts.DEMO_HANDLE:
        raise Forbidden("The demo slayer has no password, and is everybody's.")
    try:
        return prove(database, handle, password, now=now)
    except Unauthenticated as error:
        raise InvalidInput(field, "This is not your password.") from error


def change_password(database: Database, caller: Caller, current: str, new: str, *, now: datetime) -> None:
    """Give the caller another password, and end every session but the one they call with.

    Raises:
        Forbidden: the demo slayer, who has no password.
        InvalidInput: ``current`` is wrong.
        TooMany: their handle has to wait.
    """
    proof = confirm(database, caller, current, field="current", now=now)
    hashed = passwords.hash_of(new)
    with database.session(caller.slayer_id) as session:
        settle(session, proof)
        session.execute(update(Account).where(col(Account.slayer_id) == caller.slayer_id).values(password_hash=hashed))
        sessions.end_others(session, caller)


def failures_of(session: Session, handle: str) -> int:
    """Wrong passwords for a handle since the last right one."""
    return session.exec(select(SignInAttempts.failures).where(SignInAttempts.handle_hash == _key(handle))).first() or 0


def purge_attempts(session: Session, *, now: datetime) -> int:
    """Delete failures that are forgotten; returns of how many handles."""
    gone = session.execute(
        delete(SignInAttempts)
        .where(col(SignInAttempts.last_at) <= now - _MEMORY)
        .returning(col(SignInAttempts.handle_hash))
    )
    return len(gone.all())
