"""Everything that is kept about one slayer, as one document for them to take along.

What is not in it: the password's hash and the secrets of sessions, which open doors, and the bytes of pictures, which the
document links to.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime
from itertools import chain
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, SQLModel, col, select

from hashiramart import accounts, sign_in, staff
from hashiramart.errors import Unauthenticated
from hashiramart.feedback import StoredRating
from hashiramart.models import (
    Account,
    Achievement,
    ChatAllowance,
    Event,
    Feedback,
    Gamification,
    Holding,
    Image,
    ImageDay,
    Impression,
    Interaction,
    LedgerEntry,
    LoginSession,
    Memory,
    Order,
    ShownList,
    SlayerZone,
    Thread,
    TrainingPlan,
    Turn,
    Weapon,
)
from hashiramart.sessions import ENDED


class _Kept(BaseModel):
    """A row in the words of the document, which stay when the tables change."""

    model_config = ConfigDict(from_attributes=True)


class _KeptOfWeapon(_Kept):
    weapon_id: uuid.UUID
    weapon: str = Field("", description="Its name.")


class KeptAccount(_Kept):
    """How the slayer signs in."""

    slayer_id: uuid.UUID
    handle: str
    role: str
    created_at: datetime
    failed_sign_ins: int = Field(0, description="Wrong passwords for the handle since the last right one.")


class KeptProfile(_Kept):
    """What the slayer says about themselves."""

    name: str
    breathing_style: str
    level: int
    strength: float
    dexterity: float
    stamina: float
    timezone: str
    show_name: bool
    created_at: datetime


class KeptZone(_Kept):
    """From when the slayer lived in which zone."""

    since: datetime
    timezone: str


class KeptSession(_Kept):
    """A signed-in browser or program."""

    session_id: uuid.UUID = Field(validation_alias="id")
    name: str | None
    kind: str
    created_at: datetime
    expires_at: datetime


class KeptHolding(_KeptOfWeapon):
    """A weapon in the slayer's hands: ``own`` or ``loan``."""

    terms: str
    since: datetime


class KeptOrder(_KeptOfWeapon):
    """A weapon bought; the price in coins."""

    order_id: uuid.UUID = Field(validation_alias="id")
    order_key: str
    price: int
    ordered_at: datetime


class KeptEvent(_Kept):
    """An event as it was reported, and what its reporter was told."""

    event_id: str
    type: str
    minutes: int | None
    points: int
    local_day: date
    occurred_at: datetime
    recorded_at: datetime
    answer: dict[str, Any]


class KeptEntry(_Kept):
    """A movement of points, and the points after it."""

    id: int
    event_id: str
    points: int
    balance: int
    reason: str
    recorded_at: datetime


class KeptTotals(_Kept):
    """What events add up to."""

    nichirin_points: int
    rank: str
    battles_won: int
    weapon_types: list[str]
    minutes_trained: int
    streak: int
    best_streak: int
    last_login_day: date | None


class KeptFeat(_Kept):
    """A feat done, and the event it was done with."""

    feat: str
    event_id: str
    earned_at: datetime


class KeptBattle(_KeptOfWeapon):
    """A battle's outcome and the slayer as they were then: what the Recommender learns from."""

    event_id: str
    success: bool
    level: int
    strength: float
    dexterity: float
    stamina: float
    breathing_style: str
    occurred_at: datetime


class KeptPlace(_KeptOfWeapon):
    """A place of a list: the predicted success, how likely the weapon was to be shown there, and what the model saw."""

    position: int
    score: float
    propensity: float
    explored: bool
    features: list[float]


class KeptList(_Kept):
    """A list of weapons that was recommended, the slayer as they were then, and what it was drawn from."""

    list_id: uuid.UUID = Field(validation_alias="id")
    key: str
    model_version: str
    prefer: str
    level: int
    strength: float
    dexterity: float
    stamina: float
    breathing_style: str
    share: float
    candidates: list[uuid.UUID]
    weights: list[float]
    shown_at: datetime
    places: list[KeptPlace] = []


class KeptTurn(_Kept):
    """A message, its answer as it was shown (or why there is none), and how the Coach's part of it came about (``trace``)."""

    turn_id: uuid.UUID = Field(validation_alias="id")
    message: str
    reply: str
    route: list[str]
    citations: list[dict[str, Any]]
    blocks: list[dict[str, Any]]
    engine: str
    trace: list[dict[str, Any]]
    model_calls: list[dict[str, Any]]
    status: str
    error: str | None
    approved: bool | None
    created_at: datetime
    finished_at: datetime | None


class KeptThread(_Kept):
    """A conversation."""

    thread_id: uuid.UUID = Field(validation_alias="id")
    title: str
    created_at: datetime
    updated_at: datetime
    turns: list[KeptTurn] = []


class KeptFeedback(_Kept):
    """What the slayer said of an answer."""

    turn_id: uuid.UUID
    rating: StoredRating
    comment: str | None
    given_at: datetime


class KeptMemory(_Kept):
    """What the Coach remembers of the slayer, in their own words."""

    memory_id: uuid.UUID = Field(validation_alias="id")
    kind: str
    text: str
    turn_id: uuid.UUID | None
    created_at: datetime
    updated_at: datetime


class KeptPlan(_Kept):
    """A training plan asked for, and what became of it."""

    plan_id: uuid.UUID = Field(validation_alias="id")
    wish: dict[str, Any]
    status: str
    engine: str | None
    plan: dict[str, Any] | None
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class KeptImage(_KeptOfWeapon):
    """A picture asked for; ``file`` is its address once it is done."""

    image_id: uuid.UUID = Field(validation_alias="id")
    scene: str | None
    pose: str | None
    prompt: str
    negative_prompt: str
    seed: int
    steps: int
    guidance: float
    width: int
    height: int
    checkpoint: str
    checkpoint_hash: str
    status: str
    error: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    file: str | None = None


class KeptImageDay(_Kept):
    """How many pictures counted for a day of the slayer's."""

    local_day: date
    pictures: int


class KeptAllowance(_Kept):
    """How much was said on the latest day, and how many messages might come at once as of ``at``."""

    local_day: date
    messages: int
    spare: float
    at: datetime


class KeptAction(_Kept):
    """What the slayer did as one of the staff; it stays, without a name, when they leave."""

    action: str
    subject: str
    before: str | None
    acted_at: datetime


class PersonalData(BaseModel):
    """Everything that is kept about one slayer. Lists are in order of time, the oldest first."""

    exported_at: datetime
    account: KeptAccount
    profile: KeptProfile
    zones: list[KeptZone]
    sessions: list[KeptSession]
    holdings: list[KeptHolding]
    orders: list[KeptOrder]
    events: list[KeptEvent]
    ledger: list[KeptEntry]
    totals: KeptTotals
    feats: list[KeptFeat]
    battles: list[KeptBattle]
    recommendations: list[KeptList]
    threads: list[KeptThread]
    feedback: list[KeptFeedback]
    memories: list[KeptMemory]
    plans: list[KeptPlan]
    images: list[KeptImage]
    image_days: list[KeptImageDay]
    chat_allowance: KeptAllowance | None
    staff_actions: list[KeptAction]


View = TypeVar("View", bound=_Kept)


def export(session: Session, slayer_id: uuid.UUID, *, now: datetime) -> PersonalData:
    """Everything that is kept about a slayer.

    Raises:
        Unauthenticated: the slayer left a moment ago.
    """

    def kept(view: type[View], table: type[SQLModel], *order: Any) -> list[View]:
        rows = session.exec(select(table).where(table.slayer_id == slayer_id).order_by(*order))  # type: ignore[attr-defined]
        return [view.model_validate(row) for row in rows]

    account = session.exec(select(Account).where(Account.slayer_id == slayer_id)).first()
    if account is None:
        raise Unauthenticated(ENDED)
    data = PersonalData(
        exported_at=now,
        account=KeptAccount.model_validate(account),
        profile=KeptProfile.model_validate(accounts.profile_of(session, slayer_id)),
        zones=kept(KeptZone, SlayerZone, SlayerZone.since),
        sessions=kept(KeptSession, LoginSession, LoginSession.created_at, LoginSession.id),
        holdings=kept(KeptHolding, Holding, Holding.since, Holding.weapon_id),
        orders=kept(KeptOrder, Order, Order.ordered_at, Order.id),
        events=kept(KeptEvent, Event, Event.recorded_at, Event.event_id),
        ledger=kept(KeptEntry, LedgerEntry, LedgerEntry.id),
        totals=KeptTotals.model_validate(session.get_one(Gamification, slayer_id)),
        feats=kept(KeptFeat, Achievement, Achievement.earned_at, Achievement.feat),
        battles=kept(KeptBattle, Interaction, Interaction.id),
        recommendations=kept(KeptList, ShownList, ShownList.shown_at, ShownList.id),
        threads=kept(KeptThread, Thread, Thread.created_at, Thread.id),
        feedback=kept(KeptFeedback, Feedback, Feedback.given_at, Feedback.turn_id),
        memories=kept(KeptMemory, Memory, Memory.created_at, Memory.id),
        plans=kept(KeptPlan, TrainingPlan, TrainingPlan.created_at, TrainingPlan.id),
        images=kept(KeptImage, Image, Image.number),
        image_days=kept(KeptImageDay, ImageDay, ImageDay.local_day),
        chat_allowance=next(iter(kept(KeptAllowance, ChatAllowance)), None),
        staff_actions=[KeptAction.model_validate(row) for row in staff.done_by(session, slayer_id)],
    )
    data.account.failed_sign_ins = sign_in.failures_of(session, account.handle)
    turns: dict[uuid.UUID, list[KeptTurn]] = defaultdict(list)
    for turn in session.exec(select(Turn).where(Turn.slayer_id == slayer_id).order_by(col(Turn.created_at))):
        turns[turn.thread_id].append(KeptTurn.model_validate(turn))
    for thread in data.threads:
        thread.turns = turns[thread.thread_id]
    places: dict[uuid.UUID, list[KeptPlace]] = defaultdict(list)
    for place in session.exec(
        select(Impression).where(Impression.slayer_id == slayer_id).order_by(col(Impression.position))
    ):
        places[place.list_id].append(KeptPlace.model_validate(place))
    for shown in data.recommendations:
        shown.places = places[shown.list_id]
    for image in data.images:
        image.file = f"/images/{image.image_id}/file" if image.status == "done" else None
    names = dict(session.exec(select(Weapon.id, Weapon.name)).all())
    named: list[_KeptOfWeapon] = [*data.holdings, *data.orders, *data.battles, *data.images]
    named += chain.from_iterable(places.values())
    for item in named:
        item.weapon = names[item.weapon_id]
    return data
