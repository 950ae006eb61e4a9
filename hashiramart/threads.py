"""Conversations as the page lists them. What the agents remember of one is LangGraph's checkpoint, not this."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from hashiramart.errors import Conflict, NotFound
from hashiramart.models import Thread, Turn

_TITLE = 60  # characters


def open_thread(
    session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID | None, message: str, *, now: datetime
) -> Thread:
    """The caller's thread, or a new one titled after its first message.

    Raises:
        NotFound: no such thread, or someone else's.
    """
    if thread_id is not None:
        thread = get(session, slayer_id, thread_id)
        thread.updated_at = now
        session.add(thread)
        return thread
    first = message.strip().splitlines()[0]
    title = first if len(first) <= _TITLE else first[: _TITLE - 1].rstrip() + "…"
    thread = Thread(slayer_id=slayer_id, title=title, created_at=now, updated_at=now)
    session.add(thread)
    session.flush()
    return thread


def get(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID) -> Thread:
    """The caller's thread.

    Raises:
        NotFound: no such thread, or someone else's.
    """
    thread = session.get(Thread, thread_id)
    if thread is None or thread.slayer_id != slayer_id:
        raise NotFound("thread_id", "You have no thread with this id.")
    return thread


def awaiting(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID, approval_id: str) -> Thread:
    """The caller's thread, if it waits for an answer to that offer.

    Raises:
        NotFound: no such thread, or someone else's.
        Conflict: it does not wait, or for something else by now.
    """
    thread = get(session, slayer_id, thread_id)
    if thread.approval_id != approval_id:
        raise Conflict("resume", "This offer no longer waits for an answer.")
    return thread


def list_threads(session: Session, slayer_id: uuid.UUID, *, limit: int = 100) -> list[Thread]:
    """A slayer's threads, the latest first."""
    rows = session.exec(
        select(Thread)
        .where(Thread.slayer_id == slayer_id)
        .order_by(col(Thread.updated_at).desc(), col(Thread.id))
        .limit(limit)
    )
    return list(rows.all())


def turns_of(session: Session, thread: Thread) -> list[Turn]:
    """A thread's turns, in order; without their traces, which are longer than all the rest and read one by one."""
    rows = session.exec(
        select(Turn).where(Turn.thread_id == thread.id).order_by(col(Turn.created_at)).options(defer(Turn.trace))  # type: ignore[arg-type]
    )
    return list(rows.all())


def turn(session: Session, slayer_id: uuid.UUID, turn_id: uuid.UUID, *, thread_id: uuid.UUID | None = None) -> Turn:
    """The caller's turn; with ``thread_id`` only if it is of that thread.

    Raises:
        NotFound: no such turn, or someone else's.
    """
    found = session.get(Turn, turn_id)
    if found is None or found.slayer_id != slayer_id or thread_id not in {None, found.thread_id}:
        raise NotFound("turn_id", "You have no answer with this id.")
    return found
