"""Why an answer of the Coach is as it is: what was asked for, looked for, found, used and held back.

The Coach writes a trace with each answer (``turns.trace``); a turn with two of his answers has two, one without him none.
"""

from __future__ import annotations

import uuid
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from hashiramart import threads


class TraceHit(BaseModel):
    """A passage that a search found, and its place in each of the two rankings (null: not in it)."""

    source: str
    section: str
    dense_rank: int | None = Field(None, description="Place by meaning, from 1.")
    lexical_rank: int | None = Field(None, description="Place by words, from 1.")
    similarity: float | None = Field(None, description="Cosine between question and passage.")


class TraceSearch(BaseModel):
    """A search of the manuals: its words, what it was narrowed down to, and what it found, the best first."""

    query: str
    weapon: str | None = Field(None, description="Slug of the weapon that it was narrowed down to.")
    section: str | None = Field(None, description="Section that it was narrowed down to.")
    hits: list[TraceHit] = []


class TraceUse(BaseModel):
    """A passage that the answer cites, under its number."""

    n: int
    source: str
    section: str


class Trace(BaseModel):
    """How one answer of the Coach came about."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "How often should I oil the Heron Spear?",
                    "asked": "and how often?",
                    "intent": "how_often",
                    "weapon": "heron-spear",
                    "engine": "embedded",
                    "found": True,
                    "why": "The manual of the Heron Spear names the interval.",
                    "searches": [
                        {
                            "query": "How often should I oil the Heron Spear?",
                            "weapon": "heron-spear",
                            "section": "Maintenance",
                            "hits": [
                                {
                                    "source": "manuals/heron-spear.md",
                                    "section": "Maintenance > Intervals",
                                    "dense_rank": 1,
                                    "lexical_rank": 2,
                                    "similarity": 0.71,
                                }
                            ],
                        }
                    ],
                    "used": [{"n": 1, "source": "manuals/heron-spear.md", "section": "Maintenance > Intervals"}],
                    "dropped": [],
                }
            ]
        }
    )

    question: str = Field(description="The question as it was understood, with what the conversation adds to it.")
    asked: str = Field(description="The slayer's own words.")
    intent: str | None = Field(None, description="What kind of answer was wanted.")
    weapon: str | None = Field(None, description="Slug of the weapon in question.")
    engine: Literal["embedded", "llm", "mixed"]
    found: bool = Field(description="False where the manuals do not say.")
    why: str = Field("", description="Why it was answered so, in one sentence.")
    searches: list[TraceSearch] = []
    used: list[TraceUse] = []
    dropped: list[str] = Field([], description="Sentences of a language model that no passage supports.")


class ModelCall(BaseModel):
    """A question to the language model, and what it cost."""

    purpose: str = Field(description="What it was asked for: `plan` or `coach`.")
    model: str = Field(description="Its name at the endpoint.")
    requests: int = Field(description="How many went out for it, repeated ones counted.")
    tokens_in: int = Field(description="Tokens that it read.")
    tokens_out: int = Field(description="Tokens that it wrote.")
    estimated: bool = Field(description="Whether the tokens are counted by letters, as the endpoint did not say.")
    ms: float = Field(description="How long it took.")
    outcome: str = Field(
        description="`answered`, `stopped` where no more of it was wanted, else what went wrong: `unreachable`, `silent`, "
        "`late`, `overloaded`, `rejected`, `refused`, `nonsense`, `broken off`, `empty` or `endless`."
    )


def model_calls_of(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID, turn_id: uuid.UUID) -> list[ModelCall]:
    """What the language model was asked for an answer in the caller's thread, in order.

    Raises:
        NotFound: no such thread, no such answer in it, or someone else's.
    """
    thread = threads.get(session, slayer_id, thread_id)
    turn = threads.turn(session, slayer_id, turn_id, thread_id=thread.id)
    return [ModelCall.model_validate(each) for each in turn.model_calls]


def of_turn(session: Session, slayer_id: uuid.UUID, thread_id: uuid.UUID, turn_id: uuid.UUID) -> list[Trace]:
    """The traces of an answer in the caller's thread, in the order in which the Coach spoke.

    Raises:
        NotFound: no such thread, no such answer in it, or someone else's.
    """
    thread = threads.get(session, slayer_id, thread_id)
    turn = threads.turn(session, slayer_id, turn_id, thread_id=thread.id)
    return [Trace.model_validate(each) for each in turn.trace]
