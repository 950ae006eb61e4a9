"""The worker stands in for an API that is not there: it goes on with the turns that broke off and that nobody took up.

A worker that paints needs no agents, and those of the API cost a few hundred megabytes. So it opens its own with the first turn
that has waited for longer than an API that lives would have let it, and keeps them.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from datetime import timedelta

from agents.leases import Leases
from agents.resume import orphans, take_up_all
from agents.running import Agents
from agents.wiring import open_agents
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import HashiraError
from hashiramart.models import utc_now

logger = logging.getLogger(__name__)

_PATIENCE = 3
"""An API's looks that a turn waits for first."""


async def stand_in(settings: Settings, database: Database) -> None:
    """Look for turns that broke off, until cancelled."""
    agents: Agents | None = None
    leases = Leases(database)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(leases.close)
        while True:
            before = utc_now() - timedelta(seconds=_PATIENCE * settings.turn_look_s)
            try:
                if await orphans(database, leases, before=before):
                    if agents is None:
                        logger.info("turns have broken off and no API goes on with them")
                        agents = await stack.enter_async_context(open_agents(settings, database, watch=False))
                    await take_up_all(agents)
            except HashiraError as error:
                logger.warning("the turns that broke off wait: %s", error.message)
            except Exception:
                logger.exception("going on with the turns that broke off failed; the next look comes")
            await asyncio.sleep(settings.turn_look_s)
