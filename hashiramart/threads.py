"""Conversations as the page lists them. What the agents remember of one is LangGraph's checkpoint, not this."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from psycopg.errors import UniqueViolation
from sqlalchemy import ColumnElement, func, literal_column, or_, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from hashiramart import turns
from hashiramart.errors import Conflict, NotFound
from hashiramart.models import Thread, Turn

_TITLE = 60  # characters
_ENGLISH: ColumnElement[str] = literal_column("'english'")
_SAID = func.to_tsvector(_ENGLISH, col(Turn.message) + " " + col(Turn.reply))
_HEADLINE = "StartSel='', StopSel='', MaxFragments=1, MaxWords=24, MinWords=8"


def open_thread(
    session: Session,
    slayer_id: uuid.UUID,
    thread_id: uuid.UUID | None,
    message: str,
    *,
    now: datetime,
    new_id: uuid.UUID | None = None,
) -> Thread:
    """The caller's thread, or a new one titled after its first message, of that id if one is given.

    Raises:
        NotFound: no such thread, or someone else's; also where a new one is to get the id of someone else's.
    """
    if thread_id is not None:
        thread = get(session, slayer_id, thread_id)
        thread.updated_at = now
        session.add(thread)
        return thread
    first = message.strip().splitlines()[0]
    title = first if len(first) <= _TITLE else first[: _TITLE - 1].rstrip() + "…"
    thread = Thread(id=new_id or uuid.uuid4(), slayer_id=slayer_id, title=title, created_at=now, updated_at=now)
    session.add(thread)
    try:
        session.flush()
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation):
            raise _unknown() from error
        raise
    return thread


def find(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID) -> Thread | None:
    """The caller's thread; None where they have none of this id."""
    thread = session.get(Thread, thread_id)
    return thread if thread is not None and thread.slayer_id == slayer_id else None


def get(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID) -> Thread:
    """The caller's thread.

    Raises:
        NotFound: no such thread, or someone else's.
    """
    thread = find(session, slayer_id, thread_id)
    if thread is None:
        raise _unknown()
    return thread


def _unknown() -> NotFound:
    return NotFound("thread_id", "You have no thread with this id.")


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


def list_threads(
    session: Session,
    slayer_id: uuid.UUID,
    *,
    words: str | None = None,
    before: uuid.UUID | None = None,
    limit: int = 100,
) -> list[Thread]:
    """A page of a slayer's threads, the latest first.

    Args:
        session: the slayer's transaction.
        slayer_id: whose.
        words: only those that hold these words in their title, or in one message and its answer; as search engines read them.
        before: the thread that the page follows.
        limit: how many.

    Raises:
        NotFound: ``before`` is no thread of the slayer.
    """
    query = select(Thread).where(Thread.slayer_id == slayer_id)
    if words:
        asked = func.websearch_to_tsquery(_ENGLISH, words)
        said = select(Turn.thread_id).where(Turn.slayer_id == slayer_id, _SAID.bool_op("@@")(asked))
        named = func.to_tsvector(_ENGLISH, col(Thread.title)).bool_op("@@")(asked)
        query = query.where(or_(named, col(Thread.title).icontains(words, autoescape=True), col(Thread.id).in_(said)))
    if before is not None:
        last = get(session, slayer_id, before)
        query = query.where(tuple_(col(Thread.updated_at), col(Thread.id)) < (last.updated_at, last.id))
    rows = session.exec(query.order_by(col(Thread.updated_at).desc(), col(Thread.id).desc()).limit(limit))
    return list(rows.all())


def excerpts(session: Session, thread_ids: Sequence[uuid.UUID], words: str) -> dict[uuid.UUID, str]:
    """The words around what was found, of the latest message or answer that holds it; none where only the title does."""
    asked = func.websearch_to_tsquery(_ENGLISH, words)
    found = (
        select(Turn.thread_id, Turn.message, Turn.reply)
        .where(col(Turn.thread_id).in_(thread_ids), _SAID.bool_op("@@")(asked))
        .ext(distinct_on(col(Turn.thread_id)))
        .order_by(col(Turn.thread_id), col(Turn.created_at).desc())
        .subquery()
    )
    text = found.c.message + " " + found.c.reply
    rows = session.execute(select(found.c.thread_id, func.ts_headline(_ENGLISH, text, asked, _HEADLINE)))
    return {thread_id: " ".join(excerpt.split()) for thread_id, excerpt in rows}


def rename(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID, title: str) -> Thread:
    """Give a thread another title; it keeps its place in the list.

    Raises:
        NotFound: no such thread, or someone else's.
    """
    thread = get(session, slayer_id, thread_id)
    thread.title = title
    session.add(thread)
    session.flush()
    return thread


def delete(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID) -> None:
    """Delete a thread with its turns, their traces and what was said of them. Its checkpoints are the caller's to forget.

    Raises:
        NotFound: no such thread, or someone else's.
        Conflict: a message in it is being answered.
    """
    thread = get(session, slayer_id, thread_id)
    if turns.running_in(session, thread.id) is not None:
        raise Conflict(
            "thread_id", "A message in this conversation is being answered. Delete it when the answer is there."
        )
    session.delete(thread)
    session.flush()


def turns_of(session: Session, thread: Thread) -> list[Turn]:
    """A thread's turns, in order; without their traces, which are longer than all the rest and read one by one."""
    rows = session.exec(
        select(Turn)
        .where(Turn.thread_id == thread.id)
        .order_by(col(Turn.created_at))
        .options(defer(Turn.trace), defer(Turn.model_calls))  # type: ignore[arg-type]
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
