"""The whole stream of a run: what is under way in this process, else what another does with the turn, as its record says."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing

from agents.events import DoneEvent, ErrorEvent
from agents.limits import HARD
from agents.running import OUR_FAULT, Agents
from api.agui import record
from api.agui.record import Recorded
from api.agui.runs import LiveRun
from api.agui.script import RESTATED, Restated, Script, code_of
from hashiramart.errors import HashiraError

logger = logging.getLogger(__name__)

STILL = "This is still being answered. Its answer will stand in this conversation."
GONE = "This conversation was deleted."

_LOOK_S = (0.1, 1.0)  # between two looks at a turn that another process runs: at first, and at most


async def follow(
    agents: Agents, caller: uuid.UUID, turn_id: uuid.UUID, run: LiveRun | None, script: Script
) -> AsyncIterator[bytes]:
    """The lines of a run to its end. Whatever happens, it ends, and with plain words.

    Args:
        agents: the wired agents.
        caller: the slayer.
        turn_id: their turn, which is on record.
        run: the turn where it is under way in this process.
        script: what the client has heard of it, and in which words it hears the rest.
    """
    try:
        async with aclosing(_lines(agents, caller, turn_id, run, script)) as lines:
            async for line in lines:
                yield line
    except Restated:
        for line in script.error(RESTATED, "restated"):
            yield line
    except HashiraError as error:
        for line in script.error(error.message, code_of(error)):
            yield line
    except Exception:
        logger.exception("telling turn %s failed", turn_id)
        for line in script.error(OUR_FAULT, code_of(None)):
            yield line


async def _lines(
    agents: Agents, caller: uuid.UUID, turn_id: uuid.UUID, run: LiveRun | None, script: Script
) -> AsyncGenerator[bytes, None]:
    for line in script.opening():
        yield line
    if run is not None:
        async with aclosing(run.events()) as events:
            async for event in events:
                for line in script.tell(event):
                    yield line
                if isinstance(event, (DoneEvent, ErrorEvent)):
                    return
    for line in await _recorded(agents, caller, turn_id, script):
        yield line


async def _recorded(agents: Agents, caller: uuid.UUID, turn_id: uuid.UUID, script: Script) -> Iterator[bytes]:
    found = await _ended(agents, caller, turn_id)
    if found is None:
        return script.error(GONE, "refused")
    if found.under_way:
        return script.error(STILL, "unavailable")
    if found.cancelled is not None:
        return script.cancelled(found.cancelled)
    return (line for event in found.events() for line in script.tell(event))


async def _ended(agents: Agents, caller: uuid.UUID, turn_id: uuid.UUID) -> Recorded | None:
    """The turn when it is over, or after as long as one may take."""
    give_up = time.monotonic() + HARD * agents.limits.seconds
    pause, most = _LOOK_S
    agents.wake()  # perhaps its process is no more
    while True:
        found = await asyncio.to_thread(record.read, agents.shop.database, caller, turn_id)
        if found is None or not found.under_way or time.monotonic() > give_up:
            return found
        await asyncio.sleep(pause)
        pause = min(2 * pause, most)
