"""Coach cases: ``data/coach.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from agents.composer.models import Activity, Bout
from hashiramart.errors import InvalidInput


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


def coach_cases(data: Path | None = None) -> list[CoachCase]:
    """All cases, in the order of the file.

    Args:
        data: another file in the same schema; by default ``data/coach.jsonl``.

    Raises:
        InvalidInput: there is no such file, or a line does not follow the schema.
    """
    origin = files(__package__).joinpath("data", "coach.jsonl") if data is None else data
    try:
        lines = origin.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise InvalidInput("data", f"{data} cannot be read: {reason}.") from error
    return [_case(line, number, data) for number, line in enumerate(lines, 1) if line.strip()]


def _case(line: str, number: int, data: Path | None) -> CoachCase:
    try:
        fields: Any = json.loads(line)
        return CoachCase.model_validate(fields)
    except (ValueError, ValidationError) as error:
        where = data or "coach.jsonl"
        reason = str(error).splitlines()[0] if isinstance(error, json.JSONDecodeError) else _reason(error)
        raise InvalidInput("data", f"Line {number} of {where} is no case of the Coach: {reason}.") from error


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'the line'}: {first['msg']}"
    return str(error)


def _found(pattern: str, reply: str) -> bool:
    return re.search(pattern, reply, re.IGNORECASE | re.DOTALL) is not None
