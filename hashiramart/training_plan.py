"""A training plan: what a slayer wishes for, and the document that answers it, whoever wrote it.

The crew of language models (``agents/crews``) and the plan builder (``agents/plan_builder.py``) fill the same schema. What
stands in it must come from the library: a drill has the name, the document and the section that it is described under, a task
of care its manual's own words.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from hashiramart.blocks import Citation
from hashiramart.text import Line, no_control

MAX_WEEKS = 26
LONGEST_DAY = 240
SHORTEST_DAY = 5
DEFAULT_WEEKS, DEFAULT_DAYS, DEFAULT_MINUTES = 4, 3, 30

PlanEngine = Literal["embedded", "mixed", "llm"]
"""Who wrote it: the plan builder, both, or the crew."""

_MARKUP = re.compile(r"https?:|www\.|<[a-z/!]|!\[|\]\(", re.IGNORECASE)

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S*", re.IGNORECASE)


def _plain(value: str) -> str:
    if _MARKUP.search(value):
        raise ValueError("must be plain words, without links, pictures or HTML")
    return value


def plain_words(text: str, limit: int) -> str:
    """``text`` as one line of plain words, ``limit`` characters at most: what a manual or a model wrote, made fit for a plan."""
    before = None
    while text != before:  # what is taken out may leave something to take out
        before = text
        text = _LINK.sub(r"\1", text)
        text = _TAG.sub(" ", text)
        text = _ADDRESS.sub(" ", text)
        text = "".join(char for char in text if char not in "<>[]" and (char.isprintable() or char.isspace()))
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1].rsplit(' ', 1)[0]}…"


Plain = Annotated[Line, AfterValidator(_plain)]
"""A line of plain words, 80 characters at most."""

Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=400), AfterValidator(no_control), AfterValidator(_plain)
]
"""A sentence or two of plain words, 400 characters at most; may be empty."""


class PlanWish(BaseModel):
    """What a plan should be for. Weeks 1-26, days a week 1-7, minutes a day 5-240."""

    model_config = ConfigDict(extra="forbid")

    weeks: int = Field(DEFAULT_WEEKS, ge=1, le=MAX_WEEKS, strict=True, description="How many weeks.")
    days_per_week: int = Field(DEFAULT_DAYS, ge=1, le=7, strict=True, description="Training days in each week.")
    minutes_per_day: int = Field(
        DEFAULT_MINUTES, ge=SHORTEST_DAY, le=LONGEST_DAY, strict=True, description="Minutes of a full training day."
    )
    goal: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(no_control)] = Field(
        "", description="What it is for, in the slayer's words.", examples=["be ready for a duel at the ford"]
    )
    weapon: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")] | None = Field(
        None, description="Slug of a weapon of the catalogue; without one the plan is made of the guides' drills."
    )


class PlannedDrill(BaseModel):
    """A drill of a day. ``minutes`` of that day, all rounds of it."""

    model_config = ConfigDict(extra="forbid")

    name: str
    minutes: int = Field(ge=1, le=LONGEST_DAY)
    source: str = Field(description="The document that describes it, such as manuals/heron-spear.md.")
    section: str = Field(description="The part of it, such as Drills > Minnows.")
    note: Sentence = Field("", description="How to do it this time, such as '2 rounds of 10 minutes'.")


class PlannedDay(BaseModel):
    """A training day; 1 is the first day of the week."""

    model_config = ConfigDict(extra="forbid")

    day: int = Field(ge=1, le=7)
    minutes: int = Field(ge=1, le=LONGEST_DAY)
    drills: list[PlannedDrill] = Field(min_length=1)

    @model_validator(mode="after")
    def _adds_up(self) -> PlannedDay:
        total = sum(drill.minutes for drill in self.drills)
        if total != self.minutes:
            raise ValueError(f"the drills of day {self.day} take {total} minutes, the day has {self.minutes}")
        return self


class CareTask(BaseModel):
    """A task of the weapon's care that falls due, in the manual's words."""

    model_config = ConfigDict(extra="forbid")

    when: str = Field(description="The manual's interval, such as Every fortnight.")
    do: str
    source: str
    section: str


class PlannedWeek(BaseModel):
    """A week of the plan."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=MAX_WEEKS)
    focus: Plain
    lighter: bool = Field(False, description="Whether it is a week to recover, or to begin with.")
    days: list[PlannedDay] = Field(min_length=1, max_length=7)
    care: list[CareTask] = []

    @model_validator(mode="after")
    def _in_order(self) -> PlannedWeek:
        days = [day.day for day in self.days]
        if days != sorted(set(days)):
            raise ValueError(f"the days of week {self.number} must come once each, in order")
        return self


class TrainingPlanDocument(BaseModel):
    """A whole plan. ``sources`` are the passages it is made of."""

    model_config = ConfigDict(extra="forbid")

    title: Plain
    weapon: str | None
    weeks: list[PlannedWeek] = Field(min_length=1, max_length=MAX_WEEKS)
    notes: list[Sentence] = []
    sources: list[Citation] = []

    @model_validator(mode="after")
    def _in_order(self) -> TrainingPlanDocument:
        if [week.number for week in self.weeks] != list(range(1, len(self.weeks) + 1)):
            raise ValueError("the weeks must be numbered from 1 without a gap")
        return self
