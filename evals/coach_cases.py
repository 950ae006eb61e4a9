"""Coach cases: ``data/coach.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from agents.composer.models import Activity, Bout
from evals.datasets import Dataset


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class BoutCase(BaseModel):
    """A reported battle; the fields of ``agents.composer.models.Bout``."""

    model_config = ConfigDict(extra="forbid")

    weapon: str
    won: bool
    hours_ago: float = Field(ge=0)


class ActivityCase(BaseModel):
    """What the slayer has done lately; the fields of ``agents.composer.models.Activity``."""

    model_config = ConfigDict(extra="forbid")

    rank: str = "Apprentice"
    points: int = 0
    streak: int = 0
    bouts: list[BoutCase] = Field(default_factory=list)
    minutes_today: int = 0
    minutes_week: int = 0

    def activity(self) -> Activity:
        """As the composer takes it."""
        return Activity(
            **{**self.model_dump(exclude={"bouts"}), "bouts": tuple(Bout(**bout.model_dump()) for bout in self.bouts)}
        )


class ProfileCase(BaseModel):
    """Who asks. What is left out is that of an ordinary slayer who owns nothing."""

    model_config = ConfigDict(extra="forbid")

    style: str = "Water"
    level: int = Field(20, ge=1, le=100)
    owned: list[str] = Field(default_factory=list)
    name: str = "Ren"
    activity: ActivityCase | None = None


class CoachCase(BaseModel):
    """One message to the Coach and what its answer must hold."""

    model_config = ConfigDict(extra="forbid")

    id: str
    split: Literal["dev", "test"]
    slice: str
    text: str
    thread: list[str] = Field(default_factory=list)
    profile: ProfileCase = Field(default_factory=ProfileCase)
    facts: list[Pattern] = Field(default_factory=list)
    absent: list[Pattern] = Field(default_factory=list)
    minutes: int | None = None
    differs_from: ProfileCase | None = None

    def missing(self, reply: str) -> list[str]:
        """The asked-for facts that are not in a reply."""
        return [pattern for pattern in self.facts if not _found(pattern, reply)]

    def unwanted(self, reply: str) -> list[str]:
        """What must not be in a reply and is."""
        return [pattern for pattern in self.absent if _found(pattern, reply)]


COACH = Dataset("coach.jsonl", CoachCase, "case of the Coach")


def coach_cases(data: Path | None = None) -> list[CoachCase]:
    """All cases, in the order of the file; see ``Dataset.load``."""
    return COACH.load(data)


def _found(pattern: str, reply: str) -> bool:
    return re.search(pattern, reply, re.IGNORECASE | re.DOTALL) is not None
