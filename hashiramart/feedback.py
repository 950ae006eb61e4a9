"""What slayers think of answers: thumbs up or down and a comment, one word an answer, the latest."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from hashiramart import threads
from hashiramart.errors import NotFound
from hashiramart.models import Feedback, Turn

Rating = Literal["up", "down"]

_STORED: dict[Rating, int] = {"up": 1, "down": -1}


def rating_of(stored: int) -> Rating:
    """The word for a rating as the table has it."""
    return "up" if stored > 0 else "down"


def _in_words(value: Any) -> Any:
    return rating_of(value) if isinstance(value, int) else value


StoredRating = Annotated[Rating, BeforeValidator(_in_words)]
"""A rating that may come as the table has it."""


class FeedbackView(BaseModel):
    """What a slayer thinks of an answer."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "turn_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10",
                    "rating": "down",
                    "comment": "It says how, but I asked how often.",
                    "given_at": "2026-03-10T12:00:00Z",
                }
            ]
        },
    )

    turn_id: uuid.UUID = Field(description="The answer, by the id that the chat gave it.")
    rating: StoredRating
    comment: str | None
    given_at: datetime


def give(
    session: Session, slayer_id: uuid.UUID, turn_id: uuid.UUID, rating: Rating, comment: str | None, *, now: datetime
) -> FeedbackView:
    """Record what a slayer thinks of an answer of theirs; what they said of it before, the comment too, no longer counts.

    Raises:
        NotFound: no such answer, or someone else's.
    """
    if threads.turn(session, slayer_id, turn_id).status != "done":
        raise NotFound("turn_id", "This message has no answer that could be rated.")
    word = {"rating": _STORED[rating], "comment": comment, "given_at": now}
    session.execute(
        insert(Feedback)
        .values(turn_id=turn_id, slayer_id=slayer_id, **word)
        .on_conflict_do_update(index_elements=[col(Feedback.turn_id)], set_=word)
    )
    return FeedbackView(turn_id=turn_id, rating=rating, comment=comment, given_at=now)


def withdraw(session: Session, slayer_id: uuid.UUID, turn_id: uuid.UUID) -> None:
    """Forget what a slayer thinks of an answer of theirs; that they never said anything is no error.

    Raises:
        NotFound: no such answer, or someone else's.
    """
    threads.turn(session, slayer_id, turn_id)
    session.execute(delete(Feedback).where(col(Feedback.turn_id) == turn_id))


def of_thread(session: Session, thread_id: uuid.UUID) -> dict[uuid.UUID, FeedbackView]:
    """What is thought of the answers of a thread, by turn."""
    rows = session.exec(
        select(Feedback).join(Turn, col(Turn.id) == col(Feedback.turn_id)).where(Turn.thread_id == thread_id)
    )
    return {row.turn_id: FeedbackView.model_validate(row) for row in rows}
