"""What the Coach remembers of a slayer across threads: injuries, goals, preferences and facts, in the slayer's own words.

A memory is about one thing (``subject``), of which there is one memory of a kind: who says it again changes nothing, who says
otherwise replaces it. What a sentence is about is found by ``agents/memory``; here it is only kept. A slayer has a bounded
number of them, each of bounded length, and may read, change and delete every one.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import CursorResult, case, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from hashiramart.errors import NotFound
from hashiramart.models import Memory, Turn

MemoryKind = Literal["injury", "goal", "preference", "fact"]
Effect = Literal["new", "again", "changed", "ended"]

MOST = 50
"""Memories of one slayer; beyond it those that were told longest ago go, injuries last."""

LONGEST = 200
"""Characters of one."""

_ORDER = ("injury", "goal", "preference", "fact")


@dataclass(frozen=True, slots=True)
class Note:
    """Something a slayer said of themselves.

    Args:
        kind: what sort of thing it is.
        subject: what it is about, such as ``knee:left`` or ``length``; one memory each.
        text: the slayer's words, 200 characters at most.
        over: subjects whose memories it makes obsolete.
        within: subjects whose memories say it already, more exactly; the first that is there is kept instead.
        ends: it is so no longer: the memories of ``subject`` and ``over`` end, all of the kind where ``subject`` is empty.
    """

    kind: MemoryKind
    subject: str
    text: str
    over: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note did to which memory; ``text`` is the memory's."""

    memory_id: uuid.UUID
    kind: MemoryKind
    subject: str
    text: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Kept:
    """A memory with the thread in which it was told, while that exists."""

    memory: Memory
    thread_id: uuid.UUID | None


def keep(
    session: Session, slayer_id: uuid.UUID, notes: Sequence[Note], *, turn_id: uuid.UUID | None, now: datetime
) -> list[Noted]:
    """Keep what a slayer said. The same again under the same turn changes nothing.

    Args:
        session: the slayer's transaction.
        slayer_id: whose words they are.
        notes: what was said, in order; of two that contradict each other the later holds.
        turn_id: the turn in which it was said; one that is not on record is left out.
        now: when.
    """
    source = session.exec(select(Turn.id).where(Turn.id == turn_id)).first() if turn_id else None
    noted: list[Noted] = []
    for note in notes:
        noted += _end(session, slayer_id, note) if note.ends else [_keep(session, slayer_id, note, source, now)]
    if any(one.effect == "new" for one in noted):
        _trim(session, slayer_id)
    return noted


def list_memories(session: Session, slayer_id: uuid.UUID) -> list[Kept]:
    """A slayer's memories: injuries, goals, preferences, facts; of each kind what was told latest first."""
    place = case({kind: number for number, kind in enumerate(_ORDER)}, value=col(Memory.kind))
    rows = session.exec(
        select(Memory, Turn.thread_id)
        .outerjoin(Turn, col(Turn.id) == col(Memory.turn_id))
        .where(Memory.slayer_id == slayer_id)
        .order_by(place, col(Memory.updated_at).desc(), col(Memory.id))
    )
    return [Kept(memory, thread_id) for memory, thread_id in rows]


def injuries(session: Session, slayer_id: uuid.UUID) -> list[str]:
    """What a slayer's injuries are about."""
    rows = session.exec(select(Memory.subject).where(Memory.slayer_id == slayer_id, Memory.kind == "injury"))
    return sorted(rows)


def get(session: Session, slayer_id: uuid.UUID, memory_id: uuid.UUID) -> Kept:
    """The caller's memory.

    Raises:
        NotFound: no such memory, or someone else's.
    """
    memory = session.get(Memory, memory_id)
    if memory is None or memory.slayer_id != slayer_id:
        raise NotFound("memory_id", "You have no memory with this id.")
    thread = session.exec(select(Turn.thread_id).where(Turn.id == memory.turn_id)).first() if memory.turn_id else None
    return Kept(memory, thread)


def as_note(memory: Memory) -> Note:
    """A memory as what was said."""
    return Note(cast("MemoryKind", memory.kind), memory.subject, memory.text)


def change(session: Session, slayer_id: uuid.UUID, memory_id: uuid.UUID, note: Note, *, now: datetime) -> Kept:
    """Put a memory in other words; one that is about the same thing then goes.

    Raises:
        NotFound: no such memory, or someone else's.
    """
    kept = get(session, slayer_id, memory_id)
    memory = kept.memory
    session.execute(
        delete(Memory).where(
            col(Memory.slayer_id) == slayer_id,
            col(Memory.kind) == note.kind,
            col(Memory.subject).in_([note.subject, *note.over]),
            col(Memory.id) != memory_id,
        )
    )
    memory.kind, memory.subject, memory.text, memory.updated_at = note.kind, note.subject, note.text, now
    session.add(memory)
    session.flush()
    return kept


def forget(session: Session, slayer_id: uuid.UUID, memory_id: uuid.UUID) -> None:
    """Delete a memory.

    Raises:
        NotFound: no such memory, or someone else's.
    """
    session.delete(get(session, slayer_id, memory_id).memory)
    session.flush()


def forget_these(session: Session, slayer_id: uuid.UUID, memory_ids: Collection[uuid.UUID] | None = None) -> int:
    """Delete a slayer's memories: those named, or all. Returns how many there were."""
    query = delete(Memory).where(col(Memory.slayer_id) == slayer_id)
    if memory_ids is not None:
        query = query.where(col(Memory.id).in_(memory_ids))
    return cast("CursorResult[tuple[()]]", session.execute(query)).rowcount


def _about(session: Session, slayer_id: uuid.UUID, kind: str, subjects: Collection[str] | None) -> list[Memory]:
    query = select(Memory).where(Memory.slayer_id == slayer_id, Memory.kind == kind)
    if subjects is not None:
        query = query.where(col(Memory.subject).in_(subjects))
    return list(session.exec(query.order_by(col(Memory.subject)).with_for_update()))


def _end(session: Session, slayer_id: uuid.UUID, note: Note) -> list[Noted]:
    subjects = [note.subject, *note.over] if note.subject else None
    ended = [_noted(memory, "ended") for memory in _about(session, slayer_id, note.kind, subjects)]
    forget_these(session, slayer_id, [one.memory_id for one in ended])
    return ended


def _keep(session: Session, slayer_id: uuid.UUID, note: Note, turn_id: uuid.UUID | None, now: datetime) -> Noted:
    known = {
        memory.subject: memory
        for memory in _about(session, slayer_id, note.kind, [note.subject, *note.over, *note.within])
    }
    same = next((known[subject] for subject in (note.subject, *note.within) if subject in known), None)
    gone = [memory.id for memory in known.values() if memory.subject in note.over and memory is not same]
    forget_these(session, slayer_id, gone)
    if same is not None and (same.text == note.text or same.subject != note.subject):
        same.updated_at = now
        session.add(same)
        session.flush()
        return _noted(same, "again")
    values = {"text": note.text, "turn_id": turn_id, "updated_at": now}
    row = session.execute(
        insert(Memory)
        .values(
            id=uuid.uuid4(), slayer_id=slayer_id, kind=note.kind, subject=note.subject, created_at=now, **values
        )  # another thread of the slayer may say the same at this moment
        .on_conflict_do_update(index_elements=["slayer_id", "kind", "subject"], set_=values)
        .returning(col(Memory.id))
    ).one()
    if same is not None:
        session.expire(same)
    effect: Effect = "changed" if same is not None or gone else "new"
    return Noted(row[0], note.kind, note.subject, note.text, effect)


def _noted(memory: Memory, effect: Effect) -> Noted:
    return Noted(memory.id, cast("MemoryKind", memory.kind), memory.subject, memory.text, effect)


def _trim(session: Session, slayer_id: uuid.UUID) -> None:
    beyond = session.exec(
        select(Memory.id)
        .where(Memory.slayer_id == slayer_id)
        .order_by((col(Memory.kind) == "injury").desc(), col(Memory.updated_at).desc(), col(Memory.id))
        .offset(MOST)
    )
    forget_these(session, slayer_id, list(beyond))
