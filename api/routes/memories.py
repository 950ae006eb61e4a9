"""What the Coach remembers of the caller: shown, put in other words, deleted."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from agents.memory.notes import note_of
from api.deps import CallerDep, SessionDep
from api.errors import documented
from hashiramart import memories
from hashiramart.memories import LONGEST, Kept, MemoryKind
from hashiramart.models import utc_now
from hashiramart.text import no_control
from hashiramart.training_plan import plain_words

router = APIRouter(prefix="/me/memories", tags=["me"])


def _says_something(value: str) -> str:
    if not plain_words(no_control(value), LONGEST):
        raise ValueError("must hold words")
    return value


MemoryText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST),
    AfterValidator(_says_something),
]


class MemoryView(BaseModel):
    """Something that the slayer said of themselves, and that the Coach keeps in mind in every conversation."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "memory_id": "6f2c1f0e-4c1b-4f0a-9a55-0d5c8e1b7a10",
                    "kind": "injury",
                    "text": "my left knee is bad",
                    "turn_id": "0d5c8e1b-4c1b-4f0a-9a55-6f2c1f0e7a10",
                    "thread_id": None,
                    "created_at": "2026-03-10T12:00:00Z",
                    "updated_at": "2026-03-10T12:00:00Z",
                }
            ]
        },
    )

    memory_id: uuid.UUID
    kind: MemoryKind
    text: str = Field(description="The slayer's own words.")
    turn_id: uuid.UUID | None = Field(description="The turn in which it was said, while that is on record.")
    thread_id: uuid.UUID | None = Field(description="The conversation of that turn.")
    created_at: datetime
    updated_at: datetime = Field(description="When it was said last.")


class MemoryList(BaseModel):
    """Everything that is remembered of the caller: injuries, goals, preferences, facts; of each what was told latest first."""

    items: list[MemoryView]


class MemoryChange(BaseModel):
    """A memory in other words."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "my right knee is bad"}]})

    text: MemoryText = Field(description="Plain words, 1-200 characters; markup is left out.")


def _view(kept: Kept) -> MemoryView:
    memory = kept.memory
    return MemoryView.model_validate(
        {
            **memory.model_dump(exclude={"id", "slayer_id", "subject"}),
            "memory_id": memory.id,
            "thread_id": kept.thread_id,
        }
    )


@router.get("", responses=documented(401, 503))
def my_memories(caller: CallerDep, session: SessionDep) -> MemoryList:
    """What the Coach remembers of the caller across conversations."""
    return MemoryList(items=[_view(kept) for kept in memories.list_memories(session, caller.slayer_id)])


@router.patch("/{memory_id}", responses=documented(401, 403, 404, 413, 422, 503))
def reword(memory_id: uuid.UUID, body: MemoryChange, caller: CallerDep, session: SessionDep) -> MemoryView:
    """Put a memory in other words. Another one that is about the same thing goes."""
    kept = memories.get(session, caller.slayer_id, memory_id)
    note = note_of(body.text, memories.as_note(kept.memory))
    return _view(memories.change(session, caller.slayer_id, memory_id, note, now=utc_now()))


@router.delete("/{memory_id}", status_code=204, responses=documented(401, 403, 404, 422, 503))
def forget(memory_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> Response:
    """Forget one thing."""
    memories.forget(session, caller.slayer_id, memory_id)
    return Response(status_code=204)


@router.delete("", status_code=204, responses=documented(401, 403, 503))
def forget_all(caller: CallerDep, session: SessionDep) -> Response:
    """Forget everything that the caller told of themselves."""
    memories.forget_these(session, caller.slayer_id)
    return Response(status_code=204)
