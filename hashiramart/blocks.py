"""The wire contract of what the screen shows beside text: a closed union of blocks, told apart by ``type``.

Tools emit blocks; a language model never writes one. The page has one component a type.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from hashiramart.events import EarnedFeat, FeatView, Standing
from hashiramart.models import Weapon


class WeaponView(BaseModel):
    """A weapon as the screen and the API show it. ``weight`` kg, ``sharpness`` 0-100, ``price`` coins."""

    model_config = ConfigDict(extra="forbid")

    weapon_id: uuid.UUID
    slug: str
    name: str
    weapon_type: str
    weight: float
    sharpness: float
    price: int
    rarity: str
    stock: int
    styles: list[str]
    picture: str = Field(description="Address of the weapon's picture (SVG).")

    @classmethod
    def fields_of(cls, weapon: Weapon) -> dict[str, Any]:
        """The view's fields, from a row of the catalogue."""
        return {
            **weapon.model_dump(exclude={"id"}),
            "weapon_id": weapon.id,
            "picture": f"/weapons/{weapon.id}/picture.svg",
        }

    @classmethod
    def of(cls, weapon: Weapon) -> WeaponView:
        """The view of a row of the catalogue."""
        return cls(**cls.fields_of(weapon))


class Recommendation(WeaponView):
    """A weapon the Recommender suggests."""

    score: float = Field(ge=0, le=1, description="Predicted probability that a battle with it is won.")
    reasons: list[str] = Field(description="Why, in plain words, the strongest first.")
    explored: bool = Field(description="Whether it is tried out, rather than expected to be among the best.")
    model_version: str = Field(description="The model that gave the score.")


class RecommendationsBlock(BaseModel):
    """Weapon cards, best first."""

    type: Literal["recommendations"] = "recommendations"
    model_version: str
    recommendations: list[Recommendation]


class PointsBlock(Standing):
    """Where the slayer stands, and by how much this turn moved it."""

    type: Literal["points"] = "points"
    delta: int


class AchievementBlock(FeatView):
    """A feat that the slayer has just done."""

    type: Literal["achievement"] = "achievement"


class RankUpBlock(BaseModel):
    """A new rank."""

    type: Literal["rank_up"] = "rank_up"
    rank: str
    previous: str


class BadgesBlock(BaseModel):
    """The slayer's feats: the earned ones, the latest first, and those that are left."""

    type: Literal["badges"] = "badges"
    earned: list[EarnedFeat]
    open: list[FeatView]


class LedgerLine(BaseModel):
    """One movement of points, and the points after it."""

    points: int
    reason: str
    recorded_at: datetime
    balance: int


class LedgerBlock(BaseModel):
    """The latest movements of points, the latest first."""

    type: Literal["ledger"] = "ledger"
    entries: list[LedgerLine]


class OrderBlock(BaseModel):
    """A weapon that the slayer has bought."""

    type: Literal["order"] = "order"
    order_id: uuid.UUID
    weapon: WeaponView
    price: int
    ordered_at: datetime


class ApprovalBlock(BaseModel):
    """Something that needs the slayer's yes before it is done."""

    type: Literal["approval"] = "approval"
    approval_id: str
    question: str
    weapon: WeaponView
    price: int


class RoutineDrill(BaseModel):
    """One drill of a routine."""

    name: str
    minutes: int
    focus: str
    steps: list[str]
    source: str


class RoutineBlock(BaseModel):
    """A routine whose drills add up to ``minutes``."""

    type: Literal["routine"] = "routine"
    title: str
    minutes: int
    weapon: str | None
    drills: list[RoutineDrill]


class TableBlock(BaseModel):
    """A comparison."""

    type: Literal["table"] = "table"
    title: str
    columns: list[str]
    rows: list[list[str]]


class ImageBlock(BaseModel):
    """A picture, finished or on its way; ``url`` answers with its state, ``events`` with a stream of it."""

    type: Literal["image"] = "image"
    image_id: uuid.UUID
    url: str
    events: str | None = Field(None, description="Address of the stream (Server-Sent Events) that tells how it goes.")
    status: Literal["queued", "painting", "done", "failed", "cancelled"]
    alt: str
    weapon: str | None = Field(None, description="Slug of the weapon in it.")
    scene: str | None = Field(None, description="The slayer's words.")
    seed: int | None = Field(
        None, description="Of the noise it starts from: the same seed and words give the same picture."
    )


class PlanBlock(BaseModel):
    """A training plan of several weeks, finished or on its way; ``url`` answers with its state, and with the finished plan."""

    type: Literal["plan"] = "plan"
    plan_id: uuid.UUID
    url: str
    status: Literal["queued", "writing", "done", "failed", "cancelled"]
    weeks: int
    title: str


class NoticeBlock(BaseModel):
    """Something the slayer should notice."""

    type: Literal["notice"] = "notice"
    level: Literal["info", "warning"]
    text: str


Block = Annotated[
    RecommendationsBlock
    | PointsBlock
    | AchievementBlock
    | RankUpBlock
    | BadgesBlock
    | LedgerBlock
    | OrderBlock
    | ApprovalBlock
    | RoutineBlock
    | TableBlock
    | ImageBlock
    | PlanBlock
    | NoticeBlock,
    Field(discriminator="type"),
]
_ADAPTER: TypeAdapter[Any] = TypeAdapter(Block)


def wire(block: BaseModel | dict[str, Any]) -> dict[str, Any]:
    """A block as JSON types, checked against the union."""
    checked = _ADAPTER.validate_python(block.model_dump() if isinstance(block, BaseModel) else block)
    wired: dict[str, Any] = checked.model_dump(mode="json")
    return wired


class Citation(BaseModel):
    """Where a sentence comes from. ``n`` is its number in the reply."""

    n: int
    source: str = Field(description="The document, such as manuals/tidebreaker-katana.md.")
    section: str = Field(description="The part of it, such as Maintenance > Intervals.")
    text: str = Field(description="The passage.")
    weapon: str | None = Field(None, description="Slug of the weapon the passage is about.")
