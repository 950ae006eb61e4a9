"""Routing cases: ``data/routing_test.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from agents.planner.context import PlanContext
from agents.planner.plan import Specialist, Step

Slice = Literal["single", "multi", "off_topic", "greeting", "hostile", "typo", "follow_up"]


class ThreadContext(BaseModel):
    """The thread before the message; the fields of ``PlanContext``."""

    model_config = ConfigDict(extra="forbid")

    last_route: list[str] = Field(default_factory=list)
    last_weapon: str | None = None
    last_weapons: list[str] = Field(default_factory=list)
    last_intent: str | None = None
    owned: list[str] = Field(default_factory=list)

    def plan_context(self) -> PlanContext:
        """As the planners take it."""
        return PlanContext(**self.model_dump())


class RoutingCase(BaseModel):
    """One message and the plan that it should get."""

    model_config = ConfigDict(extra="forbid")

    slice: Slice
    text: str
    route: list[Specialist]
    slots: list[dict[str, Any]] = Field(default_factory=list)
    small_talk: str | None = None
    context: ThreadContext = Field(default_factory=ThreadContext)

    @model_validator(mode="after")
    def _slots_fit_the_route(self) -> RoutingCase:
        if self.slots and len(self.slots) != len(self.route):
            raise ValueError(f"{self.text!r}: {len(self.slots)} slot lists for {len(self.route)} steps")
        unknown = {name for slots in self.slots for name in slots} - set(Step.model_fields)
        if unknown:
            raise ValueError(f"{self.text!r}: {sorted(unknown)} are no slots of a step")
        return self


def routing_cases() -> list[RoutingCase]:
    """All cases, in the order of the file.

    Raises:
        pydantic.ValidationError: a line does not follow the schema.
    """
    lines = files(__package__).joinpath("data", "routing_test.jsonl").read_text(encoding="utf-8").splitlines()
    return [TypeAdapter(RoutingCase).validate_json(line) for line in lines if line.strip()]
