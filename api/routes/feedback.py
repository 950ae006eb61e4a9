"""Feedback: what the caller thinks of an answer of theirs."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import CallerDep, SessionDep
from api.errors import documented
from hashiramart import feedback
from hashiramart.feedback import FeedbackView, Rating
from hashiramart.models import utc_now
from hashiramart.text import Remark

router = APIRouter(prefix="/feedback", tags=["coach"])


class FeedbackRequest(BaseModel):
    """Thumbs up or down for an answer, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "turn_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10",
                    "rating": "down",
                    "comment": "It says how, but I asked how often.",
                },
                {"turn_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10", "rating": "up"},
            ]
        },
    )

    turn_id: uuid.UUID = Field(description="The answer: `turn_id` of the chat's answer or of a thread's turn.")
    rating: Rating
    comment: Remark | None = Field(None, description="A sentence or two, up to 2000 characters.")


@router.post("", responses=documented(401, 403, 404, 413, 422, 503))
def give(body: FeedbackRequest, caller: CallerDep, session: SessionDep) -> FeedbackView:
    """Say what you think of an answer. The latest word counts: rating and comment of before are replaced."""
    return feedback.give(session, caller.slayer_id, body.turn_id, body.rating, body.comment, now=utc_now())


@router.delete("/{turn_id}", status_code=204, responses=documented(401, 403, 404, 422, 503))
def withdraw(turn_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> Response:
    """Take back what you said of an answer."""
    feedback.withdraw(session, caller.slayer_id, turn_id)
    return Response(status_code=204)
