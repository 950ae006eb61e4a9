"""``hashira bench turn``: what the chat costs on top of the tools that it calls.

A recommend turn and a coach turn run through the whole graph (plan, specialist, stream, checkpoints, record). The bare way does
the same work by plain calls: the planner, then the tool or the composer. Both in one run, alternating, on one thread.
"""

from __future__ import annotations

import asyncio
import secrets
import time
import uuid
from collections.abc import Callable

from sqlalchemy import delete
from sqlmodel import col

from agents.composer.answer import compose
from agents.composer.models import CoachQuestion
from agents.events import ErrorEvent, TurnEvent
from agents.planner.context import PlanContext
from agents.turn import Agents, start_turn
from agents.wiring import open_agents
from evals.quantile import quantile
from evals.report import Report
from hashiramart.accounts import Registration, register
from hashiramart.config import Settings
from hashiramart.db import Database, open_database
from hashiramart.errors import HashiraError
from hashiramart.models import Slayer, utc_now
from tools import registry
from tools.deps import ToolDeps
from tools.recommend import RecommendArgs

RECOMMEND = "recommend me a blade under 400 coins"
COACH = "how do I look after the Tidebreaker Katana?"
ROUNDS, QUICK_ROUNDS, WARM_UP = 60, 15, 3
FIRST_EVENT_MS = 300
OVERHEAD = 4.0  # a turn also writes a checkpoint a node and its record: durable, where the bare calls keep nothing


def run(settings: Settings, quick: bool, tell: Callable[[str, float], None]) -> Report:
    """Run the benchmark on the configured shop, with a slayer of its own who is removed afterwards.

    Raises:
        HashiraError: the shop is not prepared.
    """
    rounds = QUICK_ROUNDS if quick else ROUNDS
    with open_database(settings) as database:
        slayer = _slayer(database)
        try:
            return asyncio.run(_measure(settings, database, slayer, rounds, tell))
        finally:
            with database.service() as session:
                session.execute(delete(Slayer).where(col(Slayer.id) == slayer))


async def _measure(
    settings: Settings, database: Database, slayer: uuid.UUID, rounds: int, tell: Callable[[str, float], None]
) -> Report:
    figures: dict[str, float] = {"rounds": rounds}
    async with open_agents(settings, database) as agents:
        for name, message, bare in (("recommend", RECOMMEND, _bare_recommend), ("coach", COACH, _bare_coach)):
            turns: list[float] = []
            firsts: list[float] = []
            bares: list[float] = []
            for turn in range(rounds + WARM_UP):
                tell(f"{name} turns", turn / (rounds + WARM_UP))
                first, whole = await _turn(agents, slayer, message)
                started = time.perf_counter()
                await asyncio.to_thread(bare, agents, slayer)
                if turn >= WARM_UP:
                    firsts.append(first)
                    turns.append(whole)
                    bares.append((time.perf_counter() - started) * 1000)
            figures |= {
                f"{name}_first_event_p95_ms": quantile(firsts, 0.95),
                f"{name}_turn_p50_ms": quantile(turns, 0.5),
                f"{name}_turn_p95_ms": quantile(turns, 0.95),
                f"{name}_bare_p50_ms": quantile(bares, 0.5),
                f"{name}_ratio_p50": quantile(turns, 0.5) / quantile(bares, 0.5),
            }
    bounds: dict[str, tuple[str, float]] = {
        f"{name}_first_event_p95_ms": ("<=", FIRST_EVENT_MS) for name in ("recommend", "coach")
    }
    bounds |= {f"{name}_ratio_p50": ("<=", OVERHEAD) for name in ("recommend", "coach")}
    return Report(name="turn", figures=figures, bounds=bounds)


async def _turn(agents: Agents, slayer: uuid.UUID, message: str) -> tuple[float, float]:
    """Milliseconds to the first event and to the last of one turn in a new thread."""
    started = time.perf_counter()
    first = 0.0
    last: TurnEvent | None = None
    async for event in await start_turn(agents, slayer, message, None):
        first = first or (time.perf_counter() - started) * 1000
        last = event
    if last is None or isinstance(last, ErrorEvent):
        raise HashiraError("A turn of the benchmark failed; the log says why.")
    return first, (time.perf_counter() - started) * 1000


def _bare_recommend(agents: Agents, slayer: uuid.UUID) -> None:
    step = agents.planner.plan(RECOMMEND, PlanContext()).steps[0]
    deps = ToolDeps(shop=agents.shop, caller=slayer, now=utc_now(), key="bench", emit=lambda _block: None)
    registry.RECOMMEND.run(deps, RecommendArgs(top_k=3, budget=step.budget, weapon_types=step.weapon_types))


def _bare_coach(agents: Agents, _slayer: uuid.UUID) -> None:
    step = agents.planner.plan(COACH, PlanContext()).steps[0]
    question = CoachQuestion(text=step.text, intent=step.intent, weapon=step.weapon, style="Water", level=10)
    compose(question, agents.shop.library.shelf())


def _slayer(database: Database) -> uuid.UUID:
    profile = Registration(
        handle=f"bench-{secrets.token_hex(8)}",
        password=secrets.token_urlsafe(16),
        name="Bench",
        breathing_style="Water",
        level=10,
    )
    with database.session(None) as session:
        return register(session, profile).id
