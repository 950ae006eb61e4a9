"""What slayers and programs report, and what they are told: battles, training and logins."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from hashiramart.text import Key

LONGEST_TRAINING = 24 * 60
"""Minutes of the longest session."""


class _Reported(BaseModel):
    model_config = ConfigDict(extra="forbid")

    event_id: Key = Field(description="The reporter's own id; the same id is never counted twice.", examples=["evt-1"])
    occurred_at: AwareDatetime | None = Field(
        None, description="When it happened, up to 48 hours back; now when left out."
    )


class BattleEvent(_Reported):
    """A battle fought with a weapon that the slayer owns or has on loan."""

    type: Literal["battle"]
    weapon_id: uuid.UUID
    success: bool = Field(description="Whether the slayer won.", strict=True)


class TrainingEvent(_Reported):
    """Time spent training. ``occurred_at`` is its end; without it, it is put into the latest free time up to now."""

    type: Literal["training"]
    minutes: int = Field(ge=1, le=LONGEST_TRAINING, strict=True, description="Minutes trained, 1-1440.")


class LoginEvent(_Reported):
    """The daily login."""

    type: Literal["login"]


AnyEvent = BattleEvent | TrainingEvent | LoginEvent
ReportedEvent = Annotated[AnyEvent, Field(discriminator="type")]


class Standing(BaseModel):
    """Where a slayer stands. ``points_to_next`` is None at the highest rank."""

    nichirin_points: int
    rank: str
    next_rank: str | None
    points_to_next: int | None
    streak: int


class FeatView(BaseModel):
    """A feat: something that a slayer does for the first time."""

    feat: str = Field(description="Its key.", examples=["first_blood"])
    name: str
    text: str = Field(description="What it is for.")


class EarnedFeat(FeatView):
    """A feat that was done, and when."""

    earned_at: datetime


class EventAnswer(Standing):
    """What the reporter of an event is told."""

    event_id: str
    points_awarded: int
    reason: str = Field(description="What the points are for, or why there are none.")
    rank_up: str | None = Field(description="The new rank, when this event brought one.")
    achievements: list[FeatView] = Field(description="Feats done with this event.")
    replayed: bool = Field(description="True when this event had been recorded before; the answer is the first one.")


def fingerprint(event: AnyEvent) -> str:
    """A digest of what was reported; the same moment told in another zone is the same report."""
    body: dict[str, Any] = event.model_dump(mode="json", exclude_none=True)
    if event.occurred_at is not None:
        body["occurred_at"] = event.occurred_at.timestamp()
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
