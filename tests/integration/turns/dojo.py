"""Agents for the tests of turns: the real graph, checkpointer and database, a planner that says what it is told, no library.

``agents(dies_at=n)`` is a process that is killed at its n-th touch of the checkpoints: nothing of it is written from there on.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import psycopg
from sqlmodel import col, func, select

from agents.checkpoints import Checkpointer, checkpoint_pool
from agents.events import DoneEvent, ErrorEvent, TurnEvent
from agents.graph import build_graph, passing
from agents.leases import Leases
from agents.models import LanguageModel
from agents.planner.context import PlanContext
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.plan import Plan, Step
from agents.running import Agents
from agents.turn import Resume, answer_of, start_turn
from hashiramart.accounts import Registration, register
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.models import Event, Order, Turn
from tools.deps import Shop


class Killed(BaseException):
    """What SIGKILL is to a process."""


class MortalSaver(Checkpointer):
    """Counts how often the checkpoints are touched, before and after each write; from ``dies_at`` on nothing works any more."""

    def __init__(self, pool: Any, dies_at: int | None) -> None:
        super().__init__(pool, passing)
        self.touched = 0
        self._dies_at = dies_at

    def touch(self) -> None:
        self.touched += 1
        if self._dies_at is not None and self.touched >= self._dies_at:
            raise Killed

    async def aput(self, *args: Any, **kwargs: Any) -> Any:
        self.touch()
        result = await super().aput(*args, **kwargs)
        self.touch()
        return result

    async def aput_writes(self, *args: Any, **kwargs: Any) -> None:
        self.touch()
        await super().aput_writes(*args, **kwargs)
        self.touch()


def acts(*actions: str, **slots: Any) -> Plan:
    """A plan of the Quartermaster's."""
    steps = [
        Step(specialist="quartermaster", text=action, action=cast("Any", action), **slots.get(action, {}))
        for action in actions
    ]
    return Plan(steps=steps)


@dataclass
class Dojo:
    """A shop whose planner answers each message with a plan of ``plans``."""

    settings: Settings
    database: Database
    plans: dict[str, Plan] = field(default_factory=dict)
    touched: int = 0

    def plan(self, message: str, _context: PlanContext) -> Plan:
        return self.plans[message]

    def slayer(self) -> uuid.UUID:
        profile = Registration(
            handle=f"s-{uuid.uuid4().hex[:12]}", password="12345678", name="Murata", breathing_style="Water"
        )
        with self.database.session(None) as session:
            return register(session, profile).id

    @asynccontextmanager
    async def agents(self, *, dies_at: int | None = None, **settings: Any) -> AsyncIterator[Agents]:
        """One process of the shop."""
        configured = self.settings.model_copy(update=settings)
        shop = Shop(configured, self.database, cast("Any", None), cast("Any", None), cast("Any", None))
        planner = SimpleNamespace(plan=self.plan, vocabulary=SimpleNamespace(by_slug={}))
        leases = Leases(self.database)
        async with checkpoint_pool(self.database) as pool:
            saver = MortalSaver(pool, None)
            await saver.setup()
            saver._dies_at = dies_at
            agents = Agents(
                shop=shop,
                graph=build_graph(saver),
                planner=cast("EmbeddedPlanner", planner),
                model=LanguageModel(configured),
                leases=leases,
            )
            try:
                yield agents
            finally:
                await agents.finish()
                await leases.close()
                self.touched = cast("MortalSaver", agents.checkpointer).touched

    def turns(self, slayer: uuid.UUID) -> list[Turn]:
        with self.database.service() as session:
            return list(session.exec(select(Turn).where(Turn.slayer_id == slayer).order_by(col(Turn.created_at))).all())

    def events(self, slayer: uuid.UUID) -> int:
        with self.database.service() as session:
            return session.exec(select(func.count()).select_from(Event).where(Event.slayer_id == slayer)).one()

    def orders(self, slayer: uuid.UUID) -> list[Order]:
        with self.database.service() as session:
            return list(session.exec(select(Order).where(Order.slayer_id == slayer)).all())

    def checkpoints(self, thread_id: uuid.UUID) -> dict[str, int]:
        """Rows that are kept of a thread, by table, and the bytes of all."""
        kept = {}
        with psycopg.connect(self.database.conninfo) as owner:
            for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
                query = f"SELECT count(*), coalesce(sum(pg_column_size(t)), 0) FROM langgraph.{table} t WHERE thread_id = %s"
                row = owner.execute(query, [str(thread_id)]).fetchone()
                assert row is not None
                kept[table] = int(row[0])
                kept["bytes"] = kept.get("bytes", 0) + int(row[1])
        return kept


async def say(
    agents: Agents, slayer: uuid.UUID, wish: str | Resume, thread: uuid.UUID | None = None
) -> DoneEvent | ErrorEvent:
    """Say something and hear the end of the answer."""
    return await answer_of(await start_turn(agents, slayer, wish, thread))


async def listen(events: AsyncIterator[TurnEvent], until: Callable[[TurnEvent], bool]) -> TurnEvent:
    """Hear events until one is as it should be."""
    async for event in events:
        if until(event):
            return event
    raise AssertionError("no such event")


async def ended(agents: Agents) -> None:
    """Wait until every turn of this process has ended."""
    await asyncio.gather(*agents._running, return_exceptions=True)
