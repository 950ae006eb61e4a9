"""The tables. Rules about them live in the modules named after them (accounts, catalog, ledger, threads, images)."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel


def utc_now() -> datetime:
    """The time now, with its zone."""
    return datetime.now(UTC)


def _moment(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=nullable, index=index)


def _owner(*, primary_key: bool = False) -> Column[uuid.UUID]:
    """A column that names the slayer who owns the row; the row goes when the slayer goes."""
    return Column(
        ForeignKey("slayers.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False, index=not primary_key
    )


class Slayer(SQLModel, table=True):
    """A profile. Attributes 0-100, level 1-100, ``timezone`` an IANA name: a slayer's day is their local day."""

    __tablename__ = "slayers"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 100", name="slayers_level"),
        CheckConstraint(
            "strength BETWEEN 0 AND 100 AND dexterity BETWEEN 0 AND 100 AND stamina BETWEEN 0 AND 100",
            name="slayers_attributes",
        ),
    )

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    name: str = Field(sa_column=Column(Text, nullable=False))
    breathing_style: str = Field(sa_column=Column(Text, nullable=False))
    level: int = 1
    strength: float = 50
    dexterity: float = 50
    stamina: float = 50
    timezone: str = Field(default="UTC", sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Account(SQLModel, table=True):
    """Who may sign in as a slayer. ``handle`` is lower case; the password is an argon2 hash."""

    __tablename__ = "accounts"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    handle: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    password_hash: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class LoginSession(SQLModel, table=True):
    """A signed-in browser (``cookie``) or program (``token``). Only the SHA-256 of the secret is stored."""

    __tablename__ = "sessions"

    token_hash: str = Field(sa_column=Column(Text, primary_key=True))
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    kind: str = Field(sa_column=Column(Text, nullable=False))
    csrf_token: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    expires_at: datetime = Field(sa_column=_moment(index=True))


class Weapon(SQLModel, table=True):
    """A weapon of the catalogue. ``weight`` kg, ``sharpness`` 0-100, ``price`` coins, ``stock`` pieces."""

    __tablename__ = "weapons"
    __table_args__ = (CheckConstraint("price >= 0 AND stock >= 0 AND weight > 0", name="weapons_positive"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slug: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    weapon_type: str = Field(sa_column=Column(Text, nullable=False, index=True))
    weight: float
    sharpness: float
    price: int
    rarity: str = Field(sa_column=Column(Text, nullable=False))
    stock: int
    styles: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))


class Holding(SQLModel, table=True):
    """A weapon in a slayer's hands: bought, or on loan from the shop."""

    __tablename__ = "holdings"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    weapon_id: uuid.UUID = Field(foreign_key="weapons.id", primary_key=True)
    terms: str = Field(sa_column=Column(Text, nullable=False))
    since: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Event(SQLModel, table=True):
    """What was reported, once: the key is the reporter's own event id. ``answer`` is what they were told."""

    __tablename__ = "events"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    event_id: str = Field(sa_column=Column(Text, primary_key=True))
    type: str = Field(sa_column=Column(Text, nullable=False))
    fingerprint: str = Field(sa_column=Column(Text, nullable=False))
    minutes: int | None = None
    local_day: date = Field(description="The slayer's own day of occurred_at.")
    occurred_at: datetime = Field(sa_column=_moment())
    recorded_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    answer: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class LedgerEntry(SQLModel, table=True):
    """One movement of points. Append-only; a slayer's points are the sum."""

    __tablename__ = "points_ledger"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    event_id: str = Field(sa_column=Column(Text, nullable=False))
    points: int
    reason: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Gamification(SQLModel, table=True):
    """Points and rank, kept in the same transaction as the ledger they are derived from."""

    __tablename__ = "gamification"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    nichirin_points: int = 0
    rank: str = Field(default="Apprentice", sa_column=Column(Text, nullable=False))
    training_carry: int = Field(default=0, description="Minutes trained that have not made a full ten yet.")
    streak: int = Field(default=0, description="Local days in a row with a login, up to last_login_day.")
    last_login_day: date | None = None


class Interaction(SQLModel, table=True):
    """A battle's outcome with the slayer as they were then: the recommender's training data."""

    __tablename__ = "interactions"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    weapon_id: uuid.UUID = Field(foreign_key="weapons.id")
    event_id: str = Field(sa_column=Column(Text, nullable=False))
    success: bool
    level: int
    strength: float
    dexterity: float
    stamina: float
    breathing_style: str = Field(sa_column=Column(Text, nullable=False))
    occurred_at: datetime = Field(sa_column=_moment(index=True))


class Thread(SQLModel, table=True):
    """A conversation. Its memory is LangGraph's checkpoint of the same id."""

    __tablename__ = "threads"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    title: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    updated_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Turn(SQLModel, table=True):
    """One message and its answer as it was shown."""

    __tablename__ = "turns"
    __table_args__ = (Index("turns_of_thread", "thread_id", "created_at"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    thread_id: uuid.UUID = Field(sa_column=Column(ForeignKey("threads.id", ondelete="CASCADE"), nullable=False))
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    message: str = Field(sa_column=Column(Text, nullable=False))
    reply: str = Field(sa_column=Column(Text, nullable=False))
    route: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    citations: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    blocks: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    engine: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Image(SQLModel, table=True):
    """A picture asked for. ``status``: queued, painting, done or failed (then ``error`` says why)."""

    __tablename__ = "images"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    weapon_id: uuid.UUID = Field(foreign_key="weapons.id")
    prompt: str = Field(sa_column=Column(Text, nullable=False))
    seed: int = Field(sa_column=Column(BigInteger, nullable=False))
    status: str = Field(default="queued", sa_column=Column(Text, nullable=False))
    error: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    finished_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
