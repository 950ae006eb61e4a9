"""A slayer who leaves takes everything along.

The rows go first, in one transaction: from its end on nothing of the slayer can be read by anybody. What lies outside of the
tables (the agents' memory of their threads, the files of their pictures) goes after it. Should the process die in between, or a
turn or a brush that was still at work leave something behind later, ``sweep`` finds what belongs to nobody, every night.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from hashiramart import images, sign_in
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.models import Gamification, Image, Slayer, Thread
from hashiramart.sessions import Caller

logger = logging.getLogger(__name__)

_MEMORY = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
"""LangGraph's tables, as its saver's own ``delete_thread`` empties them."""


@dataclass(frozen=True)
class Leftovers:
    """What lies outside of the tables and is still to be deleted."""

    threads: list[uuid.UUID]
    images: list[uuid.UUID]


@dataclass(frozen=True)
class Swept:
    """How much belonged to nobody."""

    threads: int
    pictures: int


def remove(database: Database, caller: Caller, password: str, *, now: datetime) -> Leftovers:
    """Delete the caller and every row of theirs.

    Raises:
        Forbidden: the demo slayer, who is everybody's.
        InvalidInput: the password is wrong.
        TooMany: their handle has to wait.
    """
    proof = sign_in.confirm(database, caller, password, field="password", now=now)
    mine = caller.slayer_id
    with database.session(mine) as session:
        # Everything else that writes for a slayer locks in this order too: account, totals, slayer (which whatever belongs to
        # them does when it is added), the rest. Once the slayer is locked, nothing of theirs can be added.
        sign_in.settle(session, proof)
        session.exec(select(Gamification.slayer_id).where(Gamification.slayer_id == mine).with_for_update()).all()
        session.exec(select(Slayer.id).where(Slayer.id == mine).with_for_update()).all()
        left = Leftovers(
            threads=list(session.exec(select(Thread.id).where(Thread.slayer_id == mine)).all()),
            images=list(session.exec(select(Image.id).where(Image.slayer_id == mine)).all()),
        )
        session.execute(delete(Slayer).where(col(Slayer.id) == mine))
    return left


def remove_pictures(settings: Settings, image_ids: Iterable[uuid.UUID]) -> int:
    """Delete the files of pictures; those that are gone are gone. Returns how many there were."""
    removed = 0
    for image_id in image_ids:
        try:
            images.file_of(settings, image_id).unlink()
            removed += 1
        except FileNotFoundError:
            continue
        except OSError:
            logger.exception("the picture %s could not be deleted; the next sweep tries again", image_id)
    return removed


def sweep(session: Session, settings: Settings) -> Swept:
    """Delete agents' memory of threads that are no more, and files of pictures that are no more.

    Args:
        session: a transaction of the service role.
        settings: where the pictures lie.
    """
    threads: set[str] = set()
    for table in _MEMORY:
        found = session.connection().exec_driver_sql("SELECT to_regclass(%s)::text", (f"langgraph.{table}",)).scalar()
        if found is None:
            continue  # no chat has been here yet
        gone = session.connection().exec_driver_sql(
            f"DELETE FROM {found} m WHERE NOT EXISTS (SELECT 1 FROM threads t WHERE t.id::text = m.thread_id) "  # noqa: S608
            "RETURNING m.thread_id"
        )
        threads.update(thread for (thread,) in gone)
    # The files are looked at first: a picture has its row before it has its file.
    files = {key for file in settings.images_path.glob("*.png") if (key := _picture(file.stem)) is not None}
    known = set(session.exec(select(Image.id)).all())
    return Swept(threads=len(threads), pictures=remove_pictures(settings, files - known))


def _picture(stem: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(stem)
    except ValueError:
        return None
