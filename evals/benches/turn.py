"""``hashira bench turn``: what the chat costs on top of the tools that it calls, what a crowd hears, and whether memory stays.

A recommend turn and a coach turn run through the whole graph (plan, specialist, stream, checkpoints, record), by turns with two
ways to do without it (``evals/load/bare_turns.py``): the bare one, plain calls that leave the slayer the same answer on record,
which the bound is about; and the tools alone, for which nobody is looked up and whose answer nobody could read again (the figures
``…_tools_ratio_…``, without a bound: to read who asks and to keep the answer costs more than half of these already). The time of
a turn is to its last event, its processor time to its very end. Each time a new thread.

Then clients chat over the HTTP API of a shop of its own, 50 at once, for so many turns that a leak would show.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import time
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from rich.console import RenderableType
from sqlalchemy import delete
from sqlmodel import col

from agents.events import ErrorEvent, TurnEvent
from agents.planner.embedded import EmbeddedPlanner
from agents.turn import Agents, start_turn
from agents.wiring import open_agents
from evals.cases import routing_cases
from evals.load.bare_turns import tools_only, whole
from evals.load.company import Held, hold
from evals.load.plan import admit
from evals.load.shop import load_shop
from evals.load.unhurried import unhurried
from evals.quantile import quantile
from evals.report import Report
from hashiramart.accounts import Registration, register
from hashiramart.config import Settings
from hashiramart.db import Database, open_database
from hashiramart.errors import HashiraError
from hashiramart.models import Slayer, utc_now

MESSAGES = {
    "recommend": "recommend me a blade under 400 coins",
    "coach": "how do I look after the Tidebreaker Katana?",
}
ROUNDS, QUICK_ROUNDS, WARM_UP = 60, 15, 5
FIRST_EVENT_MS = 300
PLAN_P95_MS, PLANS_EVERY, QUICK_PLANS_EVERY = 25, 4, 20
OVERHEAD = 1.6
COMPANY, TURNS, QUICK_TURNS = 50, 5_000, 100
GROWTH_MB = 2.0  # per 1,000 turns, once everything is warm
_COPIED = ("chroma", "mlflow", "models")

Tell = Callable[[str, float], None]


def run(settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark on the configured shop, with a slayer of its own who is removed afterwards, and on a copy of it.

    Raises:
        HashiraError: the shop is not prepared.
    """
    rounds = QUICK_ROUNDS if quick else ROUNDS
    with open_database(settings) as database:
        slayer = _slayer(database)
        try:
            figures = asyncio.run(_measure(settings, database, slayer, rounds, tell))
        finally:
            with database.service() as session:
                session.execute(delete(Slayer).where(col(Slayer.id) == slayer))
    held = _company(settings, QUICK_TURNS if quick else TURNS, tell)
    return Report(
        name="turn",
        figures=figures | _of_the_company(held),
        bounds=_bounds(quick),
        details=_details(held),
        about=__doc__ or "",
        surroundings={"form": "quick" if quick else "full"},
    )


def _bounds(quick: bool) -> dict[str, tuple[str, float]]:
    bounds: dict[str, tuple[str, float]] = {"company_errors": ("<=", 0)}
    if quick:  # a few turns in a test run: what they take says nothing
        return bounds
    bounds |= {"plan_p95_ms": ("<=", PLAN_P95_MS), "memory_mb_per_1000_turns": ("<=", GROWTH_MB)}
    for name in MESSAGES:
        bounds |= {f"{name}_first_event_p95_ms": ("<=", FIRST_EVENT_MS)}
        bounds |= {f"{name}_ratio_p50": ("<=", OVERHEAD), f"{name}_ratio_p95": ("<=", OVERHEAD)}
    return bounds


async def _measure(
    settings: Settings, database: Database, slayer: uuid.UUID, rounds: int, tell: Tell
) -> dict[str, float]:
    figures: dict[str, float] = {"rounds": rounds}
    async with open_agents(unhurried(settings), database) as agents:
        for name, message in MESSAGES.items():
            ways: dict[str, Callable[[], Awaitable[float | None]]] = {
                "turn": partial(_turn, agents, slayer, message),
                "bare": partial(asyncio.to_thread, whole, agents, slayer, message),
                "tools": partial(asyncio.to_thread, tools_only, agents, slayer, message),
            }
            taken: dict[str, list[float]] = {f"{way}{what}": [] for way in ways for what in ("", "_cpu")}
            firsts: list[float] = []
            for number in range(rounds + WARM_UP):
                tell(f"{name} turns", number / (rounds + WARM_UP))
                for way, do in ways.items():
                    cpu, started = time.process_time(), time.perf_counter()
                    result = await do()
                    took = (time.perf_counter() - started) * 1000
                    await agents.rest()
                    if number >= WARM_UP:
                        taken[way].append(took)
                        taken[f"{way}_cpu"].append((time.process_time() - cpu) * 1000)
                        firsts += [result] if result is not None else []
            figures |= _compared(name, taken) | {f"{name}_first_event_p95_ms": quantile(firsts, 0.95)}
        figures |= _plan_times(agents.planner, rounds, tell)
    return figures


def _compared(name: str, taken: dict[str, list[float]]) -> dict[str, float]:
    figures = {
        f"{name}_{way}_p{share}_ms": quantile(taken[way], share / 100)
        for way in ("turn", "bare", "tools")
        for share in (50, 95)
    }
    for share in (50, 95):
        figures[f"{name}_ratio_p{share}"] = figures[f"{name}_turn_p{share}_ms"] / figures[f"{name}_bare_p{share}_ms"]
    figures[f"{name}_cpu_ratio_p50"] = quantile(taken["turn_cpu"], 0.5) / quantile(taken["bare_cpu"], 0.5)
    figures[f"{name}_tools_ratio_p50"] = figures[f"{name}_turn_p50_ms"] / figures[f"{name}_tools_p50_ms"]
    figures[f"{name}_tools_cpu_ratio_p50"] = quantile(taken["turn_cpu"], 0.5) / quantile(taken["tools_cpu"], 0.5)
    return figures


def _plan_times(planner: EmbeddedPlanner, rounds: int, tell: Tell) -> dict[str, float]:
    """Milliseconds of planning on a warm server, each message new to it: of one seen before the vector is kept."""
    times: list[float] = []
    cases = routing_cases()[:: PLANS_EVERY if rounds == ROUNDS else QUICK_PLANS_EVERY]
    for number, case in enumerate(cases):
        tell("planning", number / len(cases))
        started = time.perf_counter()
        planner.plan(case.text, case.context.plan_context())
        times.append((time.perf_counter() - started) * 1000)
    return {"plan_p50_ms": quantile(times, 0.5), "plan_p95_ms": quantile(times, 0.95)}


async def _turn(agents: Agents, slayer: uuid.UUID, message: str) -> float:
    """Run a turn in a new thread to its last event; milliseconds to the first."""
    started = time.perf_counter()
    first = 0.0
    last: TurnEvent | None = None
    async for event in await start_turn(agents, slayer, message, None):
        first = first or (time.perf_counter() - started) * 1000
        last = event
    if last is None or isinstance(last, ErrorEvent):
        raise HashiraError("A turn of the benchmark failed; the log says why.")
    return first


def _company(settings: Settings, turns: int, tell: Tell) -> Held:
    """Turns of many slayers at once, in a shop with the manuals and the champion of the configured one."""
    with load_shop() as shop:
        tell("Opening a shop of its own", 0)
        for name in _COPIED:
            if (settings.home / name).exists():
                shutil.copytree(settings.home / name, shop.home / name, dirs_exist_ok=True)
        with shop.database.session(None) as session:
            tokens = [
                admit(session, Slayer(name=f"Guest {number}", breathing_style="Water", level=10), now=utc_now())
                for number in range(COMPANY)
            ]
        shop.start_api()
        return hold(shop.port, tokens, turns, lambda: shop.api_mb, lambda done: tell(f"{COMPANY} chats at once", done))


def _of_the_company(held: Held) -> dict[str, float]:
    return {
        "company": COMPANY,
        "company_turns": len(held.seconds),
        "company_errors": held.errors,
        "company_turns_per_second": len(held.seconds) / held.whole_s,
        "company_turn_p50_ms": quantile(held.seconds, 0.5) * 1000,
        "company_turn_p95_ms": quantile(held.seconds, 0.95) * 1000,
        "memory_mb": held.weights[-1][1],
        "memory_mb_per_1000_turns": held.growth,
    }


def _details(held: Held) -> list[RenderableType]:
    marks = held.weights[:: max(1, len(held.weights) // 10)]
    lines: list[Any] = ["memory: " + ", ".join(f"{mb:.0f} MB after {turns}" for turns, mb in marks)]
    return lines + [f"{times} × {kind}: {held.samples[kind]}" for kind, times in held.troubles.items()]


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
