"""Messages and the steps that they ask for: what the router is trained on, and the cases that it is scored on.

They stand in ``data/routing_train.jsonl`` and ``data/routing_test.jsonl``; ``data/README.md`` explains the fields.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agents.planner.context import PlanContext
from agents.planner.plan import CoachIntent, Specialist, Step
from evals.datasets import Dataset

Slice = Literal["single", "multi", "off_topic", "greeting", "hostile", "typo", "follow_up"]


SmallTalk = Literal["greeting", "thanks", "off_topic", "help", "refused", "clarify", "statement"]
"""Why nobody acts. A ``statement`` is said before or after a request and asks for nothing; it occurs in training only."""


class ThreadContext(BaseModel):
    """The thread before the message; the fields of ``PlanContext``."""

    model_config = ConfigDict(extra="forbid")

    last_route: list[str] = Field(default_factory=list)
    last_weapon: str | None = None
    last_weapons: list[str] = Field(default_factory=list)
    last_intent: CoachIntent | None = None
    last_minutes: int | None = None
    last_picture: str | None = None
    owned: list[str] = Field(default_factory=list)

    def plan_context(self) -> PlanContext:
        """As the planners take it."""
        return PlanContext(**self.model_dump())


class Utterance(BaseModel):
    """A message and the plan that it should get.

    Attributes:
        family: the way of speaking that it stands for; a family is trained on or tested with, never both.
    """

    model_config = ConfigDict(extra="forbid")

    family: str = Field(min_length=1)
    slice: Slice
    text: str
    route: list[Specialist]
    slots: list[dict[str, Any]] = Field(default_factory=list)
    small_talk: SmallTalk | None = None
    context: ThreadContext = Field(default_factory=ThreadContext)

    @model_validator(mode="after")
    def _slots_fit_the_route(self) -> Self:
        if self.slots and len(self.slots) != len(self.route):
            raise ValueError(f"{self.text!r}: {len(self.slots)} slot lists for {len(self.route)} steps")
        unknown = {name for slots in self.slots for name in slots} - set(Step.model_fields)
        if unknown:
            raise ValueError(f"{self.text!r}: {sorted(unknown)} are no slots of a step")
        return self

    @property
    def words(self) -> list[str]:
        """The route, or the word for why nobody acts."""
        return list(self.route) or [self.small_talk or NOBODY]


class RoutingCase(Utterance):
    """A message that the planner is scored on. ``test`` and ``fresh`` are for nobody's eyes, ``dev`` for work on the product."""

    id: str
    split: Literal["dev", "test", "fresh"]


NOBODY = "none"
ROUTING = Dataset("routing_test.jsonl", RoutingCase, "routing case")
ROUTING_TRAIN = Dataset("routing_train.jsonl", Utterance, "training utterance")


def routing_cases(data: Path | None = None) -> list[RoutingCase]:
    """All cases, in the order of the file; see ``Dataset.load``."""
    return ROUTING.load(data)
