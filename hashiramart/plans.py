"""Training plans asked for: the row of each, and how its state moves.

::

    queued -> writing -> done | failed
    queued | writing -> cancelled

Whoever writes a plan holds its lock (``sole_writer``), which PostgreSQL lets go when the writer dies: a plan that is not
finished and whose lock is free may be taken up by anybody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from hashiramart.db import Database
from hashiramart.errors import Conflict, NotFound
from hashiramart.models import Slayer, TrainingPlan, utc_now
from hashiramart.training_plan import PlanEngine, PlanWish, TrainingPlanDocument

UNFINISHED = ("queued", "writing")
MOST_AT_ONCE = 3
"""Unfinished plans of one slayer: each may keep a language model busy for minutes."""

LONGEST = timedelta(hours=1)
"""After which a plan that keeps breaking off is given up."""

GIVEN_UP = "The writing of this plan broke off again and again. Ask for a new one, perhaps of fewer weeks."
_LISTED = 50


def order(session: Session, slayer_id: uuid.UUID, wish: PlanWish, plan_id: uuid.UUID, *, now: datetime) -> TrainingPlan:
    """Record that a plan is wanted. The same id again, or the same wish while it is being answered, is the same plan.

    Raises:
        Conflict: the slayer has as many unfinished plans as one may have.
    """
    session.exec(select(Slayer.id).where(Slayer.id == slayer_id).with_for_update()).one()
    known = session.get(TrainingPlan, plan_id)
    if known is not None:
        return known
    wanted = wish.model_dump(mode="json")
    waiting = session.exec(
        select(TrainingPlan).where(TrainingPlan.slayer_id == slayer_id, col(TrainingPlan.status).in_(UNFINISHED))
    ).all()
    for plan in waiting:
        if plan.wish == wanted:
            return plan
    if len(waiting) >= MOST_AT_ONCE:
        raise Conflict("plan", f"{MOST_AT_ONCE} plans of yours are being written. Wait for one, or cancel one.")
    plan = TrainingPlan(id=plan_id, slayer_id=slayer_id, wish=wanted, stage="waiting for the dojo", created_at=now)
    session.add(plan)
    session.flush()
    return plan


def get(session: Session, slayer_id: uuid.UUID, plan_id: uuid.UUID) -> TrainingPlan:
    """The caller's plan.

    Raises:
        NotFound: no such plan, or someone else's.
    """
    plan = session.get(TrainingPlan, plan_id)
    if plan is None or plan.slayer_id != slayer_id:
        raise NotFound("plan_id", "You have no training plan with this id.")
    return plan


def list_plans(session: Session, slayer_id: uuid.UUID) -> Sequence[TrainingPlan]:
    """The slayer's latest 50 plans, the latest first."""
    return session.exec(
        select(TrainingPlan)
        .where(TrainingPlan.slayer_id == slayer_id)
        .order_by(col(TrainingPlan.created_at).desc(), col(TrainingPlan.id))
        .limit(_LISTED)
    ).all()


def cancel(session: Session, slayer_id: uuid.UUID, plan_id: uuid.UUID, *, now: datetime) -> TrainingPlan:
    """Cancel the caller's plan; one that has ended stays as it is.

    Raises:
        NotFound: no such plan, or someone else's.
    """
    plan = get(session, slayer_id, plan_id)
    session.refresh(plan, with_for_update=True)
    if plan.status in UNFINISHED:
        plan.status, plan.stage, plan.finished_at = "cancelled", "", now
        session.add(plan)
        session.flush()
    return plan


@contextmanager
def sole_writer(database: Database, plan_id: uuid.UUID) -> Iterator[bool]:
    """Whether this process may write the plan: false while another one does. Held until the block ends, or the process dies."""
    key = {"key": _lock_key(plan_id)}
    with database.service_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar_one())
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def has_writer(session: Session, plan_id: uuid.UUID) -> bool:
    """Whether some process holds the plan's lock."""
    held = text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND (classid::bigint << 32) | objid::bigint = :key "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return bool(session.execute(held, {"key": _lock_key(plan_id)}).scalar_one())


def begin(session: Session, plan_id: uuid.UUID, *, now: datetime) -> TrainingPlan | None:
    """Take up an unfinished plan; None when it is finished, cancelled, gone with its slayer, or has broken off for too long."""
    plan = session.get(TrainingPlan, plan_id, with_for_update=True)
    if plan is None or plan.status not in UNFINISHED:
        return None
    session.add(plan)
    if plan.status == "writing" and now - plan.created_at > LONGEST:
        plan.status, plan.stage, plan.error, plan.finished_at = "failed", "", GIVEN_UP, now
        return None
    plan.status, plan.stage, plan.progress = "writing", "opening the manuals", 0.0
    return plan


def advance(session: Session, plan_id: uuid.UUID, stage: str, progress: float) -> bool:
    """Tell how far the writing is; false when nobody waits for it any more."""
    return _move(session, plan_id, stage=stage, progress=progress)


def put_back(session: Session, plan_id: uuid.UUID) -> bool:
    """Leave a plan to the next writer."""
    return _move(session, plan_id, status="queued", stage="waiting for the dojo", progress=0.0)


def finish(session: Session, plan_id: uuid.UUID, document: TrainingPlanDocument, engine: PlanEngine) -> bool:
    """Keep the written plan; false when nobody waits for it any more."""
    written = document.model_dump(mode="json")
    return _move(
        session, plan_id, status="done", stage="", progress=1.0, engine=engine, plan=written, finished_at=utc_now()
    )


def fail(session: Session, plan_id: uuid.UUID, error: str) -> bool:
    """Keep why the plan could not be written."""
    return _move(session, plan_id, status="failed", stage="", error=error, finished_at=utc_now())


def being_written(session: Session, plan_id: uuid.UUID) -> bool:
    """Whether somebody still waits for the plan."""
    found = session.exec(select(TrainingPlan.status).where(TrainingPlan.id == plan_id)).first()
    return found == "writing"


def unfinished(session: Session) -> Sequence[TrainingPlan]:
    """Everybody's unfinished plans, the oldest first (service role)."""
    return session.exec(
        select(TrainingPlan)
        .where(col(TrainingPlan.status).in_(UNFINISHED))
        .order_by(col(TrainingPlan.created_at), col(TrainingPlan.id))
    ).all()


def _lock_key(plan_id: uuid.UUID) -> int:
    """What PostgreSQL knows the plan's lock by: a bigint, here never below zero."""
    return plan_id.int % 2**63


def _move(session: Session, plan_id: uuid.UUID, **values: object) -> bool:
    moved = session.execute(
        update(TrainingPlan)
        .where(col(TrainingPlan.id) == plan_id, col(TrainingPlan.status) == "writing")
        .values(**values)
        .returning(col(TrainingPlan.id))
    )
    return moved.first() is not None
