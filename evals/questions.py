"""Questions about the manuals: ``data/retrieval.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from evals.coach_cases import Pattern
from hashiramart.errors import InvalidInput

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


def questions(data: Path | None = None) -> list[Question]:
    """All questions, in the order of the file.

    Args:
        data: another file in the same schema.

    Raises:
        InvalidInput: there is no such file, or a line does not follow the schema.
    """
    origin = files(__package__).joinpath("data", "retrieval.jsonl") if data is None else data
    try:
        lines = origin.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("data", f"{data} cannot be read: {error}.") from error
    return [_question(line, number, data) for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, number: int, data: Path | None) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        origin = data or "retrieval.jsonl"
        raise InvalidInput("data", f"Line {number} of {origin} is no question: {where}: {first['msg']}.") from error
