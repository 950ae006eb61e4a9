"""What a slayer has to show for a scene: points, events, orders, pictures, plans, memories, as the database has them."""

from __future__ import annotations

import uuid
from collections import Counter

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from hashiramart.db import Database
from hashiramart.models import Event, Gamification, Image, LedgerEntry, Memory, Order, TrainingPlan, Weapon


class State(BaseModel):
    """What is on record. What a case does not name must not be there."""

    model_config = ConfigDict(extra="forbid")

    points: int = 0
    battles: int = Field(0, description="Battles on record, won and lost.")
    won: int = 0
    trainings: int = Field(0, description="Entries of training.")
    minutes: int = Field(0, description="Minutes trained.")
    logins: int = 0
    orders: list[str] = Field(default_factory=list, description="Slugs of what was bought, in that order.")
    pictures: list[str] = Field(default_factory=list, description="Slugs of the weapons on pictures asked for.")
    plans: int = 0
    memories: dict[str, int] = Field(default_factory=dict, description="How many of each kind are remembered.")


def read_state(database: Database, slayer: uuid.UUID) -> State:
    """What is on record of a slayer."""
    with database.service() as session:
        totals = session.get_one(Gamification, slayer)
        events = Counter(session.exec(select(Event.type).where(Event.slayer_id == slayer)).all())
        entries = session.exec(select(LedgerEntry.points).where(LedgerEntry.slayer_id == slayer)).all()
        orders, pictures = _of(session, slayer, Order, "ordered_at"), _of(session, slayer, Image, "created_at")
        plans = len(session.exec(select(TrainingPlan.id).where(TrainingPlan.slayer_id == slayer)).all())
        memories = Counter(session.exec(select(Memory.kind).where(Memory.slayer_id == slayer)).all())
    return State(
        points=sum(entries) if sum(entries) == totals.nichirin_points else -1,  # the ledger must say the same
        battles=events["battle"],
        won=totals.battles_won,
        trainings=events["training"],
        minutes=totals.minutes_trained,
        logins=events["login"],
        orders=orders,
        pictures=pictures,
        plans=plans,
        memories=dict(memories),
    )


def _of(session: Session, slayer: uuid.UUID, table: type[Order | Image], moment: str) -> list[str]:
    query = select(Weapon.slug).join(table, col(table.weapon_id) == col(Weapon.id)).where(table.slayer_id == slayer)
    return list(session.exec(query.order_by(getattr(table, moment))).all())
