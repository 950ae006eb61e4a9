"""Turns: the row of each message, from the moment it is accepted to its end.

::

    running -> done | failed | cancelled

A turn is on record before anything is done for it, with all that is needed to go on: whoever finds it running and nobody at work
on it (``agents/leases.py``) may take it up. Each taking up counts; only whoever did so last may write the end, so that a process
that was given up for dead and was not changes nothing any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from psycopg.errors import UniqueViolation
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hashiramart.errors import Conflict
from hashiramart.models import Thread, Turn, utc_now

Ending = Literal["failed", "cancelled"]

MOST_ATTEMPTS = 5
"""After which a turn that keeps breaking off is given up: it may be what ends the process."""

GIVEN_UP = "The answer to this broke off again and again, so it is given up. What was logged is kept; please ask again."


def begin(
    session: Session,
    slayer_id: uuid.UUID,
    thread_id: uuid.UUID,
    turn_id: uuid.UUID,
    message: str,
    *,
    approved: bool | None,
    now: datetime,
) -> Turn:
    """Record that a message is being answered.

    Args:
        session: the slayer's transaction, which sees no other running turn of the thread.
        slayer_id: whose message it is.
        thread_id: where it was said.
        turn_id: the turn's id, from which the keys of its effects come.
        message: as it is shown.
        approved: the yes or no that it brings to the thread's open offer, if it does.
        now: when it was said.

    Raises:
        Conflict: another turn has that id.
    """
    turn = Turn(
        id=turn_id,
        thread_id=thread_id,
        slayer_id=slayer_id,
        message=message,
        reply="",
        route=[],
        citations=[],
        blocks=[],
        engine="embedded",
        status="running",
        approved=approved,
        created_at=now,
    )
    session.add(turn)
    try:
        session.flush()
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation) and error.orig.diag.constraint_name == "turns_pkey":
            raise Conflict("turn_id", "Another message has this id already.") from error
        raise
    return turn


def running_in(session: Session, thread_id: uuid.UUID) -> Turn | None:
    """The running turn of a thread, of which there is one at most."""
    return session.exec(select(Turn).where(Turn.thread_id == thread_id, Turn.status == "running")).first()


def running(session: Session) -> Sequence[tuple[uuid.UUID, uuid.UUID, datetime]]:
    """Turn, thread and time of all running turns that the session sees, the oldest first."""
    rows = session.exec(
        select(Turn.id, Turn.thread_id, Turn.created_at)
        .where(Turn.status == "running")
        .order_by(col(Turn.created_at), col(Turn.id))
    )
    return list(rows.all())


def take_up(session: Session, turn_id: uuid.UUID) -> Turn | None:
    """Take up a turn that broke off; None when it has ended since, or is given up hereby."""
    turn = session.get(Turn, turn_id, with_for_update=True)
    if turn is None or turn.status != "running":
        return None
    if turn.attempts >= MOST_ATTEMPTS:
        break_off(session, turn, "failed", GIVEN_UP)
        return None
    turn.attempts += 1
    session.add(turn)
    session.flush()
    return turn


def finish(session: Session, turn: Turn, *, approval_id: str | None, **answer: Any) -> bool:
    """Keep the answer, and the offer that it waits with; false when somebody else has taken the turn up, or it is gone."""
    return _end(session, turn, approval_id, status="done", **answer)


def break_off(session: Session, turn: Turn, how: Ending, error: str) -> bool:
    """Keep why there is no answer; false when somebody else has taken the turn up, or it is gone.

    An offer that was open has lapsed: nobody can tell how far the answer to it has come.
    """
    return _end(session, turn, None, status=how, error=error)


def _end(session: Session, turn: Turn, approval_id: str | None, **values: Any) -> bool:
    ended = session.execute(
        update(Turn)
        .where(col(Turn.id) == turn.id, col(Turn.status) == "running", col(Turn.attempts) == turn.attempts)
        .values(finished_at=utc_now(), **values)
        .returning(col(Turn.id))
        .execution_options(synchronize_session=False)
    )
    if ended.first() is None:
        return False
    waits = update(Thread).where(col(Thread.id) == turn.thread_id).values(approval_id=approval_id)
    session.execute(waits.execution_options(synchronize_session=False))
    return True
