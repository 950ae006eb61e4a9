"""The tables. Rules about them live in the modules named after them (accounts, catalog, impressions, ledger, threads, ...).

A table with a ``slayer_id`` belongs to that slayer: PostgreSQL shows and gives the application role only the rows of the
slayer it acts for (row-level security, ``hashiramart/roles.py``).
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL
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
    show_name: bool = Field(default=False, description="Whether the leaderboard may name them.")
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class SlayerZone(SQLModel, table=True):
    """From when a slayer lived in which zone. The first row holds for everything before it as well."""

    __tablename__ = "slayer_zones"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    since: datetime = Field(sa_column=Column(DateTime(timezone=True), primary_key=True))
    timezone: str = Field(sa_column=Column(Text, nullable=False))


class Account(SQLModel, table=True):
    """Who may sign in as a slayer. ``handle`` is lower case; the password an argon2 hash; for ``role`` see ``staff.py``."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("role IN ('slayer', 'staff')", name="accounts_role"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    handle: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    password_hash: str = Field(sa_column=Column(Text, nullable=False))
    role: str = Field(default="slayer", sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class StaffAction(SQLModel, table=True):
    """What somebody of the staff did to the shop. Never changed; of who has left for good only the name goes.

    ``subject`` is what it was done to, in words for people; ``before`` the champion that it replaced.
    """

    __tablename__ = "staff_actions"
    __table_args__ = (
        CheckConstraint("action IN ('promote', 'rollback', 'retry', 'cancel')", name="staff_actions_action"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    staff_id: uuid.UUID | None = Field(
        sa_column=Column(ForeignKey("slayers.id", ondelete="SET NULL"), nullable=True, index=True)
    )
    action: str = Field(sa_column=Column(Text, nullable=False))
    subject: str = Field(sa_column=Column(Text, nullable=False))
    before: str | None = Field(default=None, sa_column=Column(Text))
    acted_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class LoginSession(SQLModel, table=True):
    """A signed-in browser (``cookie``) or program (``token``). Only the SHA-256 of the secret is stored."""

    __tablename__ = "sessions"

    token_hash: str = Field(sa_column=Column(Text, primary_key=True))
    id: uuid.UUID = Field(default_factory=uuid.uuid4, unique=True, description="Names the session without opening it.")
    name: str | None = Field(default=None, sa_column=Column(Text), description="What the slayer calls a token.")
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    kind: str = Field(sa_column=Column(Text, nullable=False))
    csrf_token: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    expires_at: datetime = Field(sa_column=_moment(index=True))


class SignInAttempts(SQLModel, table=True):
    """Failed sign-ins of one handle, known or not; only its SHA-256 is stored."""

    __tablename__ = "sign_in_attempts"

    handle_hash: str = Field(sa_column=Column(Text, primary_key=True))
    failures: int
    last_at: datetime = Field(sa_column=_moment(index=True))


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


class Order(SQLModel, table=True):
    """A weapon bought. ``order_key`` is the buyer's own id for it: ordering again under it changes nothing."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("slayer_id", "order_key"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    order_key: str = Field(sa_column=Column(Text, nullable=False))
    weapon_id: uuid.UUID = Field(foreign_key="weapons.id")
    price: int = Field(description="Coins, as agreed.")
    ordered_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Event(SQLModel, table=True):
    """What was reported, once: the key is the reporter's own event id. ``answer`` is what they were told. Append-only.

    ``occurred_at`` of a training is its end; it took ``minutes``.
    """

    __tablename__ = "events"
    __table_args__ = (Index("events_of_slayer", "slayer_id", "type", "occurred_at"),)

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    event_id: str = Field(sa_column=Column(Text, primary_key=True))
    type: str = Field(sa_column=Column(Text, nullable=False))
    fingerprint: str = Field(sa_column=Column(Text, nullable=False))
    minutes: int | None = None
    points: int
    local_day: date = Field(description="The slayer's own day of occurred_at.")
    occurred_at: datetime = Field(sa_column=_moment())
    recorded_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    answer: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class LedgerEntry(SQLModel, table=True):
    """One movement of points. Append-only; a slayer's points are the sum, and the ``balance`` of their latest row."""

    __tablename__ = "points_ledger"
    __table_args__ = (
        UniqueConstraint("slayer_id", "event_id"),
        Index("points_ledger_of_slayer", "slayer_id", "id"),
        Index("points_ledger_by_time", "recorded_at", "slayer_id", postgresql_include=["points"]),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    slayer_id: uuid.UUID = Field(sa_column=Column(ForeignKey("slayers.id", ondelete="CASCADE"), nullable=False))
    event_id: str = Field(sa_column=Column(Text, nullable=False))
    points: int
    balance: int = Field(description="The slayer's points after this row.")
    reason: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Gamification(SQLModel, table=True):
    """Points, rank and counts: derived from ledger, events and zones in the same transaction (``hashira ledger verify``)."""

    __tablename__ = "gamification"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    version: int = Field(default=0, description="Raised by every writing, so that none is based on old totals.")
    nichirin_points: int = 0
    rank: str = Field(default="Apprentice", sa_column=Column(Text, nullable=False))
    battles_won: int = 0
    weapon_types: list[str] = Field(
        default_factory=list,
        sa_column=Column(ARRAY(Text), nullable=False),
        description="Types of the weapons that battles were fought with, sorted.",
    )
    minutes_trained: int = 0
    streak: int = Field(default=0, description="Local days in a row with a login, up to last_login_day.")
    best_streak: int = 0
    last_login_day: date | None = None


class Achievement(SQLModel, table=True):
    """A feat that a slayer has done, for the first time and for good."""

    __tablename__ = "achievements"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    feat: str = Field(sa_column=Column(Text, primary_key=True))
    event_id: str = Field(sa_column=Column(Text, nullable=False), description="The event that it was earned with.")
    earned_at: datetime = Field(sa_column=_moment())


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


class ShownList(SQLModel, table=True):
    """A list of weapons that was recommended, once: the key is the call's own. Append-only.

    It holds all that the policy which draws from a ranking depends on, so that each propensity can be worked out again: the list
    as it was ranked and then the weapons beside it (``candidates``), how likely those were drawn against each other
    (``weights``), and in which share of all lists one is drawn (``share``).
    """

    __tablename__ = "shown_lists"
    __table_args__ = (UniqueConstraint("slayer_id", "key"),)

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=Column(ForeignKey("slayers.id", ondelete="CASCADE"), nullable=False))
    key: str = Field(sa_column=Column(Text, nullable=False))
    model_version: str = Field(sa_column=Column(Text, nullable=False))
    prefer: str = Field(sa_column=Column(Text, nullable=False))
    level: int = Field(description="Of the slayer as they were shown the list; so are the next four.")
    strength: float
    dexterity: float
    stamina: float
    breathing_style: str = Field(sa_column=Column(Text, nullable=False))
    share: float
    candidates: list[uuid.UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    weights: list[float] = Field(sa_column=Column(ARRAY(Float), nullable=False))
    shown_at: datetime = Field(default_factory=utc_now, sa_column=_moment(index=True))


class Impression(SQLModel, table=True):
    """One place of a list that was shown. ``score`` is the predicted success, ``propensity`` how likely it was shown there."""

    __tablename__ = "impressions"
    __table_args__ = (Index("impressions_of_slayer", "slayer_id", "weapon_id"),)

    list_id: uuid.UUID = Field(sa_column=Column(ForeignKey("shown_lists.id", ondelete="CASCADE"), primary_key=True))
    position: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False), description="From 1.")
    slayer_id: uuid.UUID = Field(sa_column=Column(ForeignKey("slayers.id", ondelete="CASCADE"), nullable=False))
    weapon_id: uuid.UUID = Field(foreign_key="weapons.id")
    score: float
    propensity: float
    explored: bool = Field(description="Whether exploration put it there.")
    features: list[float] = Field(
        sa_column=Column(ARRAY(REAL), nullable=False), description="What the model saw, in its own order."
    )


class Thread(SQLModel, table=True):
    """A conversation. Its memory is LangGraph's checkpoint of the same id."""

    __tablename__ = "threads"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    title: str = Field(sa_column=Column(Text, nullable=False))
    approval_id: str | None = Field(
        default=None, sa_column=Column(Text), description="The offer that waits for the slayer's yes or no."
    )
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    updated_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class Turn(SQLModel, table=True):
    """One message and its answer as it was shown. ``status``: running, done, failed or cancelled (then ``error`` says why)."""

    __tablename__ = "turns"
    __table_args__ = (
        CheckConstraint("status IN ('running', 'done', 'failed', 'cancelled')", name="turns_status"),
        Index("turns_of_thread", "thread_id", "created_at"),
        Index("turns_under_way", "thread_id", unique=True, postgresql_where=text("status = 'running'")),
    )

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    thread_id: uuid.UUID = Field(sa_column=Column(ForeignKey("threads.id", ondelete="CASCADE"), nullable=False))
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    message: str = Field(sa_column=Column(Text, nullable=False))
    reply: str = Field(sa_column=Column(Text, nullable=False))
    route: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    citations: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    blocks: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    engine: str = Field(sa_column=Column(Text, nullable=False))
    trace: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSONB, nullable=False),
        description="For each answer of the Coach: what was looked for, what was found and why, and what was used.",
    )
    model_calls: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSONB, nullable=False),
        description="What a language model was asked for it, and the tokens that this cost.",
    )
    status: str = Field(default="done", sa_column=Column(Text, nullable=False))
    error: str | None = Field(default=None, sa_column=Column(Text))
    approved: bool | None = Field(default=None, description="The yes or no to an open offer that the message brings.")
    attempts: int = Field(
        default=1,
        sa_column=Column(SmallInteger, nullable=False),
        description="How often it was taken up: whoever did so last may write its end, and nobody else.",
    )
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    finished_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))


class Feedback(SQLModel, table=True):
    """What a slayer thinks of an answer: the latest word counts. Question, passages, answer and engine stand in the turn."""

    __tablename__ = "feedback"

    slayer_id: uuid.UUID = Field(sa_column=_owner())
    turn_id: uuid.UUID = Field(sa_column=Column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True))
    rating: int = Field(sa_column=Column(SmallInteger, nullable=False), description="1 for up, -1 for down.")
    comment: str | None = Field(default=None, sa_column=Column(Text))
    given_at: datetime = Field(default_factory=utc_now, sa_column=_moment(index=True))


class Memory(SQLModel, table=True):
    """What the Coach remembers of a slayer: one thing they said of themselves (``hashiramart/memories.py``)."""

    __tablename__ = "memories"
    __table_args__ = (
        CheckConstraint("kind IN ('injury', 'goal', 'preference', 'fact')", name="memories_kind"),
        CheckConstraint("char_length(text) BETWEEN 1 AND 200", name="memories_text"),
        UniqueConstraint("slayer_id", "kind", "subject"),
    )

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=Column(ForeignKey("slayers.id", ondelete="CASCADE"), nullable=False))
    kind: str = Field(sa_column=Column(Text, nullable=False))
    subject: str = Field(sa_column=Column(Text, nullable=False), description="What it is about; one memory each.")
    text: str = Field(sa_column=Column(Text, nullable=False), description="The slayer's own words.")
    turn_id: uuid.UUID | None = Field(
        default=None,
        sa_column=Column(ForeignKey("turns.id", ondelete="SET NULL"), index=True),
        description="The turn in which it was said, while that is on record.",
    )
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    updated_at: datetime = Field(default_factory=utc_now, sa_column=_moment())


class TrainingPlan(SQLModel, table=True):
    """A training plan asked for. ``status``: queued, writing, done, failed (then ``error`` says why) or cancelled."""

    __tablename__ = "training_plans"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    wish: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False), description="What was asked for.")
    status: str = Field(default="queued", sa_column=Column(Text, nullable=False))
    stage: str = Field(default="", sa_column=Column(Text, nullable=False), description="What is being done.")
    progress: float = Field(default=0.0, description="Share that is done, 0 to 1.")
    engine: str | None = Field(default=None, sa_column=Column(Text))
    plan: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    error: str | None = Field(default=None, sa_column=Column(Text))
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    finished_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))


class Image(SQLModel, table=True):
    """A picture asked for. ``status``: queued, painting, done, failed (then ``error`` says why) or cancelled.

    Its bytes are rows of ``image_files``. ``prompt`` to ``checkpoint_hash`` is all that its pixels depend on.
    """

    __tablename__ = "images"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'painting', 'done', 'failed', 'cancelled')", name="images_status"),
        UniqueConstraint("number"),
        Index("images_of_slayer", "slayer_id", "number"),
        Index("images_unfinished", "status", "number", postgresql_where=text("status IN ('queued', 'painting')")),
        Index("images_painted", "finished_at", postgresql_where=text("status = 'done'")),
        Index(
            "images_known",
            "slayer_id",
            "cache_key",
            unique=True,
            postgresql_where=text("status IN ('queued', 'painting', 'done')"),
        ),
    )

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    number: int | None = Field(
        default=None,
        sa_column=Column(BigInteger, Identity(), nullable=False),
        description="In the order in which pictures were asked for, which is that of their painting.",
    )
    slayer_id: uuid.UUID = Field(sa_column=Column(ForeignKey("slayers.id", ondelete="CASCADE"), nullable=False))
    weapon_id: uuid.UUID = Field(foreign_key="weapons.id")
    scene: str | None = Field(default=None, sa_column=Column(Text), description="The slayer's own words.")
    pose: str | None = Field(default=None, sa_column=Column(Text))
    prompt: str = Field(sa_column=Column(Text, nullable=False))
    negative_prompt: str = Field(default="", sa_column=Column(Text, nullable=False))
    seed: int = Field(sa_column=Column(BigInteger, nullable=False))
    steps: int = Field(default=0, description="Steps that were asked for.")
    guidance: float = 0.0
    width: int = Field(default=0, description="Pixels; so is the height.")
    height: int = 0
    checkpoint: str = Field(default="", sa_column=Column(Text, nullable=False))
    checkpoint_hash: str = Field(default="", sa_column=Column(Text, nullable=False))
    cache_key: str = Field(
        default_factory=lambda: uuid.uuid4().hex,
        sa_column=Column(Text, nullable=False),
        description="The same for the same request; a slayer has one picture of each, unless it came to nothing.",
    )
    status: str = Field(default="queued", sa_column=Column(Text, nullable=False))
    step: int = Field(default=0, description="Steps that are done.")
    steps_total: int = Field(default=0, description="Steps that it takes; some solvers take a few more than asked for.")
    preview_step: int | None = Field(default=None, description="The step after which the latest preview was taken.")
    attempts: int = Field(
        default=0,
        sa_column=Column(SmallInteger, nullable=False),
        description="How often it was begun: whoever did so last may finish it, and nobody else.",
    )
    error: str | None = Field(default=None, sa_column=Column(Text))
    local_day: date = Field(
        default_factory=lambda: utc_now().date(), description="The slayer's own day on which it was asked for."
    )
    created_at: datetime = Field(default_factory=utc_now, sa_column=_moment())
    started_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))
    finished_at: datetime | None = Field(default=None, sa_column=_moment(nullable=True))


class ImageFile(SQLModel, table=True):
    """The bytes of a picture. ``kind``: picture (PNG), thumbnail (PNG) or, while it is painted, preview (JPEG)."""

    __tablename__ = "image_files"
    __table_args__ = (CheckConstraint("kind IN ('picture', 'thumbnail', 'preview')", name="image_files_kind"),)

    image_id: uuid.UUID = Field(sa_column=Column(ForeignKey("images.id", ondelete="CASCADE"), primary_key=True))
    kind: str = Field(sa_column=Column(Text, primary_key=True))
    slayer_id: uuid.UUID = Field(sa_column=_owner())
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ChatAllowance(SQLModel, table=True):
    """What a slayer has said on their latest day, and how many messages may come at once as of ``at``."""

    __tablename__ = "chat_allowances"

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    local_day: date
    messages: int
    spare: float
    at: datetime = Field(sa_column=_moment())


class ImageDay(SQLModel, table=True):
    """How many pictures a slayer has asked for on one of their days, less those that cost nothing or came to nothing."""

    __tablename__ = "image_days"
    __table_args__ = (CheckConstraint("pictures >= 0", name="image_days_pictures"),)

    slayer_id: uuid.UUID = Field(sa_column=_owner(primary_key=True))
    local_day: date = Field(primary_key=True)
    pictures: int
