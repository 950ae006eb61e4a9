"""A slayer who leaves takes everything along.

The rows go first, in one transaction: from its end on nothing of the slayer can be read by anybody. What lies outside of the
tables (the agents' memory of their threads) goes after it. Should the process die in between, or a turn that was still at work
leave something behind later, ``sweep`` finds what belongs to nobody, every night.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from hashiramart import sign_in
from hashiramart.db import Database
from hashiramart.models import Gamification, Slayer, Thread
from hashiramart.sessions import Caller

_MEMORY = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
"""LangGraph's tables, as its saver's own ``delete_thread`` empties them."""


@dataclass(frozen=True)
class Leftovers:
    """What lies outside of the tables and is still to be deleted."""

    threads: list[uuid.UUID]


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
        left = Leftovers(threads=list(session.exec(select(Thread.id).where(Thread.slayer_id == mine)).all()))
        session.execute(delete(Slayer).where(col(Slayer.id) == mine))
    return left


def sweep(session: Session) -> int:
    """Delete agents' memory of threads that are no more; returns of how many.

    Args:
        session: a transaction of the service role.
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
    return len(threads)
