"""Slot cases: ``data/slots.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from agents.planner.plan import Step
from evals.cases import ThreadContext
from evals.datasets import Dataset

Slice = Literal["minutes", "outcomes", "budgets", "names", "scenes", "references", "several"]
Split = Literal["dev", "test"]


class SlotsCase(BaseModel):
    """One message, and for each step that it asks for the slots that must be filled so."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^s\d{3}$")]
    split: Split = Field(description="dev is for work on the product; nobody looks at a failed test case.")
    slice: Slice
    text: Annotated[str, StringConstraints(min_length=1)]
    steps: list[dict[str, Any]] = Field(
        min_length=1, description="In order, each with its specialist; null where a slot must stay empty."
    )
    context: ThreadContext = Field(default_factory=ThreadContext, description="The thread before the message.")

    @model_validator(mode="after")
    def _steps_are_of_the_schema(self) -> SlotsCase:
        for step in self.steps:
            Step.model_validate({"text": self.text, **step})  # a name or value that no step can have
        return self


SLOTS = Dataset("slots.jsonl", SlotsCase, "case of slots")
