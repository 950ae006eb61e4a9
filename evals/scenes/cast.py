"""Passing slayers: made for one scene, with what they own and have done, and gone after it, their purchases back on the shelf."""

from __future__ import annotations

import secrets
import uuid

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete, update
from sqlmodel import col, select

from hashiramart import ledger
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.events import TrainingEvent
from hashiramart.models import Holding, Order, Slayer, Weapon, utc_now

_NO_PASSWORD = "!"  # noqa: S105 - no argon2 hash: nobody signs in as them


class Role(BaseModel):
    """Who a scene's slayer is. A Water slayer has the Pilgrim Staff on loan."""

    model_config = ConfigDict(extra="forbid")

    name: str = "Giyu"
    breathing_style: str = "Water"
    level: int = 20
    owned: list[str] = Field(default_factory=list, description="Slugs of weapons that are theirs already.")
    trained: int = Field(0, ge=0, description="Minutes of training on record already.")


def enter(database: Database, role: Role) -> uuid.UUID:
    """Make a slayer."""
    profile = Registration(
        handle=f"scene-{secrets.token_hex(8)}",
        password=secrets.token_urlsafe(16),
        name=role.name,
        breathing_style=role.breathing_style,
        level=role.level,
    )
    with database.session(None) as session:
        slayer = register(session, profile, password_hash=_NO_PASSWORD).id
    with database.session(slayer) as session:
        for slug in role.owned:
            weapon = session.exec(select(Weapon).where(Weapon.slug == slug)).one()
            session.merge(Holding(slayer_id=slayer, weapon_id=weapon.id, terms="own"))
    if role.trained:
        event = TrainingEvent(type="training", event_id="before", minutes=role.trained)
        ledger.report_all(database, slayer, [event], now=utc_now())
    return slayer


def leave(database: Database, slayer: uuid.UUID) -> None:
    """Delete a slayer and all that is theirs, and put back on the shelf what they bought."""
    with database.service() as session:
        for weapon_id in session.exec(select(Order.weapon_id).where(Order.slayer_id == slayer)).all():
            session.execute(update(Weapon).where(col(Weapon.id) == weapon_id).values(stock=col(Weapon.stock) + 1))
        session.execute(delete(Slayer).where(col(Slayer.id) == slayer))
