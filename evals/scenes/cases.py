"""Scenes: ``data/end_to_end.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from agents.planner.plan import Specialist
from evals.datasets import Dataset
from evals.scenes.cast import Role
from evals.scenes.state import State


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Slug = Annotated[str, StringConstraints(pattern=r"^(?:[a-z]+(?:-[a-z]+)*|card:\d|cheapest|first_card)$")]
"""A weapon of the catalogue, or one of the cards shown last: ``card:0`` is the first, ``cheapest`` the one of lowest price."""


class Cards(BaseModel):
    """What must hold of every recommended weapon."""

    model_config = ConfigDict(extra="forbid")

    count: int | None = None
    min: int | None = Field(None, description="Lowest price.")
    max: int | None = Field(None, description="Highest price.")
    types: list[str] = Field(default_factory=list, description="Only these.")
    without: list[str] = Field(default_factory=list, description="None of these.")
    best_first: bool = Field(False, description="The likeliest to win comes first: holds unless the price counts.")
    same_lead: bool = Field(
        False, description="Begins with the cards before: the best are the best, however many are wanted."
    )
    cheaper: bool = Field(False, description="All cheaper than the cheapest of the cards before.")


class Pictures(BaseModel):
    """What must hold of the pictures that are asked for in a turn."""

    model_config = ConfigDict(extra="forbid")

    count: int = 1
    weapon: Slug | None = None
    scene: Pattern | None = Field(None, description="Must be found in the scene's words.")
    seed: Literal["kept", "new"] | int | None = Field(
        None, description="That of the last picture before, one of its own, or this one."
    )


class SceneTurn(BaseModel):
    """What the slayer says, or their button on an offer, and what must come of it."""

    model_config = ConfigDict(extra="forbid")

    say: str | None = None
    answer: bool | None = Field(None, description="The button: yes or no to an offer.")
    of: int | None = Field(None, description="To the offer of which turn, from 0; else the open one.")
    new_thread: bool = Field(False, description="Said in another thread.")
    route: list[Specialist] | None = Field(
        description="Who acts, in order; one visit for two steps in a row. Empty: nobody. Null: whoever."
    )
    says: list[Pattern] = Field(default_factory=list, description="Must be found in the reply.")
    hides: list[Pattern] = Field(default_factory=list, description="Must not.")
    cites: list[Slug] | Literal["first_card"] = Field(
        default_factory=list, description="Whose manuals are cited, those and no others; empty: not looked at."
    )
    blocks: list[str] = Field(default_factory=list, description="Types of blocks that are shown, among others.")
    cards: Cards | None = None
    pictures: Pictures | None = None
    minutes: int | None = Field(None, description="Length of the routine, and the sum of its drills.")
    offer: Slug | None = Field(None, description="The weapon that is offered; none may be where none is named.")
    conflict: bool = Field(False, description="Refused: nothing waits for that answer any more.")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.say is None) == (self.answer is None):
            raise ValueError("a turn has either say or answer")
        return self


class SceneCase(BaseModel):
    """One scene."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^e\d{3}$")]
    slice: str
    slayer: Role = Field(default_factory=Role)
    turns: list[SceneTurn] = Field(min_length=1, max_length=5)
    state: State = Field(default_factory=State)


SCENES = Dataset("end_to_end.jsonl", SceneCase, "scene")
