"""Questions about the manuals: ``data/retrieval.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from evals.coach_cases import Pattern
from evals.datasets import Dataset

Split = Literal["dev", "test"]
Kind = Literal["fact", "absent_fact", "off_corpus"]


class Place(BaseModel):
    """A part of a document as the splitter names it: its source, and the path of headings below the title."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    section: str


class Question(BaseModel):
    """One question and where its answer stands.

    ``weapon`` is the slug of the weapon that the text names; ``passages`` are all places that answer it (none where nothing
    does); ``answer`` are patterns that a right answer holds, letter case aside.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    split: Split
    kind: Kind
    text: str
    weapon: str | None
    passages: list[Place]
    answer: list[Pattern]

    @model_validator(mode="after")
    def _only_facts_are_answered(self) -> Question:
        if bool(self.passages) != (self.kind == "fact"):
            raise ValueError("a question has passages exactly when it asks for a fact that is there")
        if self.answer and not self.passages:
            raise ValueError("an answer needs a passage that holds it")
        return self

    @property
    def places(self) -> set[tuple[str, str]]:
        """Source and section of each place that answers it."""
        return {(place.source, place.section) for place in self.passages}


RETRIEVAL = Dataset("retrieval.jsonl", Question, "question")


def questions(data: Path | None = None) -> list[Question]:
    """All questions, in the order of the file; see ``Dataset.load``."""
    return RETRIEVAL.load(data)
