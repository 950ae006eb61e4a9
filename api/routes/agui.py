"""The chat for AG-UI clients: one run in, one stream of AG-UI events out (``api/agui``).

Of what a client sends only its last message or its answer to an offer is taken. A client that lost its connection posts the same
run again and is told the rest: after the event that it names in ``Last-Event-ID``, else after the words that its messages hold.
"""

from __future__ import annotations

import asyncio
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from agents.turn import Agents, Resume, start_turn
from api.agui import record
from api.agui.follow import follow
from api.agui.record import Recorded
from api.agui.runs import LiveRun
from api.agui.script import Names, Script
from api.agui.told import Told
from api.agui.wish import NOTHING_SAID, Run, RunInput
from api.deps import AgentsDep, CallerDep, RunsDep
from api.errors import documented
from api.streams import UNBUFFERED
from hashiramart.correlation import bound
from hashiramart.errors import Conflict, InvalidInput, NotFound

router = APIRouter(tags=["coach"])

HEARTBEAT_S = 10
_HEADERS = {**UNBUFFERED, "Cache-Control": "no-store, no-transform"}
_FIELDS = {"thread_id": "threadId", "turn_id": "runId"}  # as the caller wrote them

_EVENT = {
    "type": "object",
    "properties": {
        "data": {"type": "string", "contentMediaType": "application/json", "description": "One AG-UI event."},
        "id": {"type": "string", "description": "For `Last-Event-ID`, when the connection breaks after this event."},
    },
    "required": ["data"],
}

ANOTHERS = "This run is the answer to another message; give each message a run of its own."


@router.post(
    "/agui",
    response_class=EventSourceResponse,
    responses={
        200: {"description": "AG-UI events.", "content": {"text/event-stream": {"schema": _EVENT}}},
        **documented(401, 403, 404, 409, 413, 422, 429, 500, 503),
    },
)
async def run(
    body: RunInput,
    request: Request,
    caller: CallerDep,
    agents: AgentsDep,
    runs: RunsDep,
    last_event_id: Annotated[
        str | None, Header(max_length=200, description="The id of the last event heard, from a client that comes back.")
    ] = None,
) -> Any:
    """Say something to the dojo in AG-UI's words, or come back to a run whose connection broke."""
    thread_id, turn_id = body.turn_of(caller.slayer_id)
    request.state.correlation_id = str(turn_id)
    wish = body.wish()
    told = Told()
    live = runs.find(caller.slayer_id, turn_id)
    known = live or await _recorded(agents, caller.slayer_id, turn_id)
    if known is not None:
        _must_be(known, thread_id, wish)
        told = Told.read(last_event_id) or Told.of(body.held(str(turn_id)))
    elif wish is None:
        raise InvalidInput("messages", NOTHING_SAID)
    else:
        with bound(str(turn_id)):
            live = runs.begin(
                caller.slayer_id,
                thread_id,
                turn_id,
                wish,
                lambda: start_turn(agents, caller.slayer_id, wish, thread_id, turn_id=turn_id, opens=True),
            )
    if live is not None:
        await _begun(live)
    names = Names(body.thread_id, body.run_id, str(turn_id))
    script = Script(names, told, modern=body.protocol_version is not None)
    return EventSourceResponse(
        follow(agents, caller.slayer_id, turn_id, live, script),
        headers=_HEADERS,
        ping=HEARTBEAT_S,
        ping_message_factory=lambda: ServerSentEvent(comment="still here", sep="\n"),
        sep="\n",
    )


@router.post("/agui/stop", status_code=204, responses=documented(401, 403, 404, 413, 422, 500, 503))
async def stop(body: Run, caller: CallerDep, agents: AgentsDep, runs: RunsDep) -> Response:
    """Stop a run: one that only reads is cancelled, one that leaves something behind runs to its end without a listener.

    Nothing happens to one that is over, or that another process of the shop runs.
    """
    thread_id, turn_id = body.turn_of(caller.slayer_id)
    live = runs.find(caller.slayer_id, turn_id)
    known = live or await _recorded(agents, caller.slayer_id, turn_id)
    if known is None or _thread_of(known) != thread_id:
        raise NotFound("runId", "You have no such run in this thread.")
    if live is not None:
        live.stop()
    return Response(status_code=204)


async def _recorded(agents: Agents, caller: uuid.UUID, turn_id: uuid.UUID) -> Recorded | None:
    return await asyncio.to_thread(record.read, agents.shop.database, caller, turn_id)


def _thread_of(known: LiveRun | Recorded) -> uuid.UUID:
    return known.thread_id if isinstance(known, LiveRun) else known.turn.thread_id


def _must_be(known: LiveRun | Recorded, thread_id: uuid.UUID, wish: str | Resume | None) -> None:
    """Only a run's own client comes back to it, with its own message or none.

    Raises:
        Conflict: it is the answer to something else.
    """
    same = wish is None or (known.wish == wish if isinstance(known, LiveRun) else known.says(wish))
    if not same or _thread_of(known) != thread_id:
        raise Conflict("runId", ANOTHERS)


async def _begun(live: LiveRun) -> None:
    try:
        await live.begun()
    except (Conflict, NotFound) as error:
        error.field = _FIELDS.get(error.field, error.field)
        raise
