"""The caller's conversations: listed, searched, read, renamed, deleted."""

from __future__ import annotations

import asyncio
import logging
import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.deps import AgentsDep, CallerDep, SessionDep
from api.errors import documented
from hashiramart import feedback, threads, traces
from hashiramart.errors import Unavailable
from hashiramart.feedback import FeedbackView
from hashiramart.models import Thread
from hashiramart.text import Line
from hashiramart.traces import ModelCall, Trace

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/threads", tags=["coach"])


class ThreadView(BaseModel):
    """A conversation in the list."""

    thread_id: uuid.UUID
    title: str
    updated_at: datetime


class FoundThread(ThreadView):
    """A conversation in the list; where it was looked for, with the words around what was found."""

    excerpt: str | None = Field(None, description="Plain text of the message or answer that holds what was looked for.")


class ThreadPage(BaseModel):
    """The caller's conversations, the latest first."""

    items: list[FoundThread]
    next_before: uuid.UUID | None = Field(None, description="`before` of the next page; null on the last one.")


class ThreadChange(BaseModel):
    """What can be changed of a conversation."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"title": "Oiling the spear"}]})

    title: Line = Field(description="One line of 1-80 characters.")


class TurnView(BaseModel):
    """A message and its answer as it was shown."""

    turn_id: uuid.UUID
    message: str
    reply: str
    route: list[str]
    citations: list[dict[str, Any]]
    blocks: list[dict[str, Any]]
    engine: str
    status: Literal["running", "done", "failed", "cancelled"] = Field(
        description="`running`: its answer is still to come, from whichever process of the shop; ask again. Otherwise, but for "
        "`done`, there is none, and `error` says why."
    )
    error: str | None = None
    created_at: datetime
    feedback: FeedbackView | None = Field(None, description="What the slayer said of it, if they did.")


class ThreadDetail(ThreadView):
    """A conversation with its turns, in order."""

    turns: list[TurnView]
    approval_id: str | None = Field(description="The offer that still waits for a yes or no.")


class TraceList(BaseModel):
    """How each answer of the Coach in a turn came about; empty where the Coach did not speak."""

    items: list[Trace]
    model_calls: list[ModelCall] = Field(
        [], description="What the language model was asked for the turn, the plan included; empty without one."
    )


SearchWords = Annotated[
    str | None,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Query(
        description="Words to look for in titles, messages and answers; all of them, in any form. "
        '`"two words"` stand together, `-word` is left out, `or` is either. Empty lists everything.'
    ),
]


@router.get("", responses=documented(401, 404, 422, 503))
def thread_list(
    caller: CallerDep,
    session: SessionDep,
    q: SearchWords = None,
    before: Annotated[uuid.UUID | None, Query(description="`next_before` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> ThreadPage:
    """The caller's conversations, the latest first; all of them, or those that hold the words."""
    rows = threads.list_threads(session, caller.slayer_id, words=q, before=before, limit=limit + 1)
    excerpts = threads.excerpts(session, [row.id for row in rows[:limit]], q) if q else {}
    items = [
        FoundThread(thread_id=row.id, title=row.title, updated_at=row.updated_at, excerpt=excerpts.get(row.id))
        for row in rows[:limit]
    ]
    return ThreadPage(items=items, next_before=items[-1].thread_id if len(rows) > limit else None)


@router.get("/{thread_id}", responses=documented(401, 404, 422, 503))
def thread(thread_id: uuid.UUID, caller: CallerDep, session: SessionDep, agents: AgentsDep) -> ThreadDetail:
    """One conversation of the caller."""
    found = threads.get(session, caller.slayer_id, thread_id)
    said = feedback.of_thread(session, found.id)
    turns = [
        TurnView(
            turn_id=turn.id,
            feedback=said.get(turn.id),
            **turn.model_dump(exclude={"id", "thread_id", "slayer_id", "trace", "model_calls"}),
        )
        for turn in threads.turns_of(session, found)
    ]
    if any(turn.status == "running" for turn in turns):
        agents.wake()  # perhaps its process is no more
    return ThreadDetail(**_view(found).model_dump(), turns=turns, approval_id=found.approval_id)


@router.patch("/{thread_id}", responses=documented(401, 403, 404, 413, 422, 503))
def rename(thread_id: uuid.UUID, body: ThreadChange, caller: CallerDep, session: SessionDep) -> ThreadView:
    """Give a conversation another title; it keeps its place in the list."""
    return _view(threads.rename(session, caller.slayer_id, thread_id, body.title))


@router.delete("/{thread_id}", status_code=204, responses=documented(401, 403, 404, 409, 422, 503))
async def delete(thread_id: uuid.UUID, caller: CallerDep, agents: AgentsDep) -> Response:
    """Delete a conversation for good: its messages, answers, traces, and what you said of them; 409 while one is being answered.

    What was logged, ordered or remembered in it stays: those have places of their own.
    """

    def remove() -> None:
        with agents.shop.database.session(caller.slayer_id) as session:
            threads.delete(session, caller.slayer_id, thread_id)

    await asyncio.to_thread(remove)
    # Nothing of it can be read from here on. What fails now is found by the nightly sweep.
    try:
        await agents.forget([thread_id])
    except Unavailable as error:
        logger.warning("a deleted thread is still remembered: %s", error.message)
    return Response(status_code=204)


@router.get("/{thread_id}/turns/{turn_id}/trace", responses=documented(401, 404, 422, 503))
def trace(thread_id: uuid.UUID, turn_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> TraceList:
    """Why the Coach answered so: the question as understood, what was searched and found, what was used and held back."""
    calls = traces.model_calls_of(session, caller.slayer_id, thread_id, turn_id)
    return TraceList(items=traces.of_turn(session, caller.slayer_id, thread_id, turn_id), model_calls=calls)


def _view(thread: Thread) -> ThreadView:
    return ThreadView(thread_id=thread.id, title=thread.title, updated_at=thread.updated_at)
