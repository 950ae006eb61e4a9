"""The chat: one message in, one answer out, as JSON or as a stream; and the caller's threads.

The stream is Server-Sent Events, asked for with ``Accept: text/event-stream``. Each event's name is its kind and its data one
JSON object, in the order of ``agents.events``::

    event: route
    data: {"thread_id": "…", "turn_id": "…", "route": ["recommender", "coach"]}

    event: status
    data: {"specialist": "recommender", "text": "Asking the Recommender…"}

    event: text
    data: {"specialist": "recommender", "delta": "These 3 suit …"}

    event: block          data: one of hashiramart.blocks
    event: citation       data: {"n": 1, "source": "manuals/….md", "section": "…", "text": "…", "weapon": "…"}
    event: approval       data: {"type": "approval", "approval_id": "…", "question": "…", "weapon": {…}, "price": 380}
    event: done           data: the whole answer, as the JSON form gives it
    event: error          data: a problem, as in problem+json
"""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sse_starlette import EventSourceResponse, ServerSentEvent

from agents.events import BlockEvent, ChatAnswer, ErrorEvent, TurnEvent
from agents.turn import Resume, answer_of, start_turn
from api.deps import AgentsDep, CallerDep, SessionDep
from api.errors import Problem, documented
from hashiramart import feedback, threads, traces
from hashiramart.errors import Conflict, HashiraError, InvalidInput
from hashiramart.feedback import FeedbackView
from hashiramart.text import Prose
from hashiramart.traces import Trace

router = APIRouter(tags=["coach"])


class ResumeRequest(BaseModel):
    """The slayer's answer to an offer (an `approval`)."""

    model_config = ConfigDict(extra="forbid")

    approval_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    approved: bool = Field(strict=True)


class ChatRequest(BaseModel):
    """A message to the dojo."""

    model_config = ConfigDict(extra="forbid")

    message: Prose | None = Field(
        None,
        description="What the slayer says; it may hold several wishes.",
        examples=[
            "recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it"
        ],
    )
    thread_id: uuid.UUID | None = Field(None, description="A thread of the caller; a new one when left out.")
    resume: ResumeRequest | None = Field(None, description="Instead of a message: yes or no to an open offer.")


class ThreadView(BaseModel):
    """A conversation in the list."""

    thread_id: uuid.UUID
    title: str
    updated_at: datetime


class ThreadList(BaseModel):
    """The caller's conversations, the latest first."""

    items: list[ThreadView]


class TurnView(BaseModel):
    """A message and its answer as it was shown."""

    turn_id: uuid.UUID
    message: str
    reply: str
    route: list[str]
    citations: list[dict[str, Any]]
    blocks: list[dict[str, Any]]
    engine: str
    created_at: datetime
    feedback: FeedbackView | None = Field(None, description="What the slayer said of it, if they did.")


class ThreadDetail(ThreadView):
    """A conversation with its turns, in order."""

    turns: list[TurnView]
    approval_id: str | None = Field(description="The offer that still waits for a yes or no.")


class TraceList(BaseModel):
    """How each answer of the Coach in a turn came about; empty where the Coach did not speak."""

    items: list[Trace]


class TurnFailedError(HashiraError):
    """A turn ended with an error event; it is logged already."""


@router.post(
    "/coach/chat",
    response_model=ChatAnswer,
    responses={
        200: {"description": "The answer.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
        **documented(401, 403, 404, 409, 413, 422, 500, 503),
    },
)
async def chat(body: ChatRequest, request: Request, caller: CallerDep, agents: AgentsDep) -> Any:
    """Say something to the dojo. With ``Accept: text/event-stream`` the answer comes as it forms."""
    events = await start_turn(agents, caller.slayer_id, _wish(body), body.thread_id)
    if "text/event-stream" in request.headers.get("accept", ""):
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return EventSourceResponse(_stream(events, request.url.path), headers=headers)
    last = await answer_of(events)
    if isinstance(last, ErrorEvent):
        if isinstance(last.cause, Conflict):
            raise last.cause
        request.state.correlation_id = last.correlation_id  # under which the turn's trace was logged
        raise TurnFailedError(last.detail)
    return ChatAnswer.model_validate(last.model_dump(exclude={"kind"}))


def _wish(body: ChatRequest) -> str | Resume:
    """The one thing that a request asks for."""
    if body.resume is None:
        if body.message is None:
            raise InvalidInput("message", "Say something, or answer an open offer with resume.")
        return body.message
    if body.message is not None:
        raise InvalidInput("message", "Either a message or resume, not both.")
    if body.thread_id is None:
        raise InvalidInput("thread_id", "An answer needs the thread of its offer.")
    return Resume(**body.resume.model_dump())


@router.get("/threads", responses=documented(401, 503))
def thread_list(caller: CallerDep, session: SessionDep) -> ThreadList:
    """The caller's conversations."""
    rows = threads.list_threads(session, caller.slayer_id)
    return ThreadList(items=[ThreadView(thread_id=t.id, title=t.title, updated_at=t.updated_at) for t in rows])


@router.get("/threads/{thread_id}", responses=documented(401, 404, 422, 503))
def thread(thread_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> ThreadDetail:
    """One conversation of the caller."""
    found = threads.get(session, caller.slayer_id, thread_id)
    said = feedback.of_thread(session, found.id)
    turns = [
        TurnView(
            turn_id=turn.id,
            feedback=said.get(turn.id),
            **turn.model_dump(exclude={"id", "thread_id", "slayer_id", "trace"}),
        )
        for turn in threads.turns_of(session, found)
    ]
    return ThreadDetail(
        thread_id=found.id, title=found.title, updated_at=found.updated_at, turns=turns, approval_id=found.approval_id
    )


@router.get("/threads/{thread_id}/turns/{turn_id}/trace", responses=documented(401, 404, 422, 503))
def trace(thread_id: uuid.UUID, turn_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> TraceList:
    """Why the Coach answered so: the question as understood, what was searched and found, what was used and held back."""
    return TraceList(items=traces.of_turn(session, caller.slayer_id, thread_id, turn_id))


async def _stream(events: AsyncIterator[TurnEvent], path: str) -> AsyncIterator[ServerSentEvent]:
    async for event in events:
        yield ServerSentEvent(event=event.kind, data=_data(event, path))


def _data(event: TurnEvent, path: str) -> str:
    if isinstance(event, BlockEvent):
        return json.dumps(event.block, ensure_ascii=False)
    if isinstance(event, ErrorEvent):
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return Problem(
            title=status.phrase,
            status=status,
            detail=event.detail,
            instance=path,
            correlation_id=event.correlation_id,
        ).model_dump_json()
    return event.model_dump_json(exclude={"kind"})
