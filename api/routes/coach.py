"""The chat: one message in, one answer out, as JSON or as a stream.

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

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sse_starlette import EventSourceResponse, ServerSentEvent

from agents.events import BlockEvent, ChatAnswer, DoneEvent, ErrorEvent, TurnEvent
from agents.turn import Resume, answer_of, start_turn
from api.deps import AgentsDep, CallerDep
from api.errors import Problem, correlation_id, documented, status_of
from api.streams import UNBUFFERED
from hashiramart.errors import Conflict, DatabaseAway, HashiraError, InvalidInput
from hashiramart.text import Prose

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


class TurnFailedError(HashiraError):
    """A turn ended with an error event; it is logged already."""


@router.post(
    "/coach/chat",
    response_model=ChatAnswer,
    responses={
        200: {"description": "The answer.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
        **documented(401, 403, 404, 409, 413, 422, 429, 500, 503),
    },
)
async def chat(body: ChatRequest, request: Request, caller: CallerDep, agents: AgentsDep) -> Any:
    """Say something to the dojo. With ``Accept: text/event-stream`` the answer comes as it forms."""
    turn_id = uuid.UUID(correlation_id(request))
    events = await start_turn(agents, caller.slayer_id, _wish(body), body.thread_id, turn_id=turn_id)
    if "text/event-stream" in request.headers.get("accept", ""):
        return EventSourceResponse(_stream(events, request.url.path), headers=UNBUFFERED)
    last = await _unless_left(request, answer_of(events))
    if last is None:
        return Response(status_code=204)  # to nobody
    if isinstance(last, ErrorEvent):
        if isinstance(last.cause, Conflict):
            raise last.cause
        if isinstance(last.cause, DatabaseAway):
            raise last.cause
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


async def _unless_left(request: Request, answer: Coroutine[Any, Any, DoneEvent | ErrorEvent]) -> Any:
    """The answer; None when the client leaves before."""

    async def left() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    waiting, leaving = asyncio.create_task(answer), asyncio.create_task(left())
    try:
        await asyncio.wait({waiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else None
    finally:
        for task in (waiting, leaving):
            task.cancel()
        await asyncio.gather(waiting, leaving, return_exceptions=True)


async def _stream(events: AsyncIterator[TurnEvent], path: str) -> AsyncIterator[ServerSentEvent]:
    async for event in events:
        yield ServerSentEvent(event=event.kind, data=_data(event, path))


def _data(event: TurnEvent, path: str) -> str:
    if isinstance(event, BlockEvent):
        return json.dumps(event.block, ensure_ascii=False)
    if isinstance(event, ErrorEvent):
        status = HTTPStatus(status_of(event.cause) if event.cause else 500)
        return Problem(
            title=status.phrase,
            status=status,
            detail=event.detail,
            instance=path,
            correlation_id=event.correlation_id,
        ).model_dump_json()
    return event.model_dump_json(exclude={"kind"})
