"""``hashira eval end_to_end``: whole conversations with the real graph over a real database.

Each scene is played by a slayer of its own, of one to five turns, in a shop of its own in a passing folder: PostgreSQL, manuals
and a champion. It passes when in each turn the right specialists acted, the reply has the facts that were asked for (a number, a
name, a citation of the right manual), what was shown and offered is right, and the database holds in the end exactly what it
should: points, events, orders, pictures, plans, memories. Wording is not judged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from agents.turn import Agents
from agents.wiring import open_agents
from evals.datasets import chosen
from evals.floors import floors
from evals.load.shop import load_shop
from evals.quantile import quantile
from evals.report import Report
from evals.scenes.cases import SCENES, SceneCase
from evals.scenes.cast import enter, leave
from evals.scenes.furnish import furnish
from evals.scenes.judge import faults_of
from evals.scenes.play import Played, play
from evals.scenes.spent import spent_by
from evals.scenes.state import State, read_state
from evals.trials import Planner, Trial, pass_hat
from hashiramart.config import Settings
from hashiramart.db import Database, connect

_QUICK = 0.9  # of some thirty scenes one is three points
NAME = "end_to_end"
_QUICK_EVERY = 4
_SHOWN = 20

Tell = Callable[[str, float], None]


def run(
    settings: Settings,
    quick: bool,
    tell: Tell,
    *,
    planner: Planner = "embedded",
    repeats: int = 1,
    data: Path | None = None,
    only: Collection[str] = (),
) -> Report:
    """Play the scenes.

    Args:
        settings: of the user's shop, fitted to the planner; its manuals and champion are borrowed where it has them.
        quick: every fourth scene only.
        tell: told of the progress.
        planner: named in the settings already.
        repeats: how often each scene is played.
        data: another file of scenes; no bounds are judged for it.
        only: slices or ids of scenes; empty is all.

    Raises:
        HashiraError: the passing shop cannot be opened.
        InvalidInput: the file of scenes is not in its schema.
    """
    del planner
    cases = chosen(SCENES.load(data), only)
    if quick and not only:
        cases = cases[::_QUICK_EVERY]
    tell("opening a shop of its own", 0)
    with load_shop() as shop:
        own = furnish(shop.home, settings, tell)
        database = connect(shop.database.conninfo)
        try:
            rows = asyncio.run(_all(own, database, cases, repeats, tell))
        finally:
            database.close()
    bounds = {} if data is not None else floors(NAME, whole=not only and not quick)
    if quick and "pass_hat" in bounds:
        bounds["pass_hat"] = (">=", _QUICK)
    return Report(
        name=NAME, figures=_figures(rows), bounds=bounds, details=_worst(rows), about=str(__doc__), cases=rows
    )


async def _all(
    settings: Settings, database: Database, cases: Sequence[SceneCase], repeats: int, tell: Tell
) -> list[Trial]:
    rows: list[Trial] = []
    async with open_agents(settings, database) as agents:
        for trial in range(repeats):
            for number, case in enumerate(cases):
                tell("playing scenes", (trial + number / len(cases)) / repeats)
                rows.append(await _one(agents, database, case, trial))
    return rows


async def _one(agents: Agents, database: Database, case: SceneCase, trial: int) -> Trial:
    """Play one scene with a slayer of its own, who is gone afterwards."""
    slayer = await asyncio.to_thread(enter, database, case.slayer)
    try:
        played = await play(agents, slayer, case.turns)
        state = await asyncio.to_thread(read_state, database, slayer)
        used = await asyncio.to_thread(spent_by, database, slayer)
    finally:
        await asyncio.to_thread(leave, database, slayer)
    await agents.forget(played.threads)
    return {**_row(case, played, state, trial), **used}


def _row(case: SceneCase, played: Played, state: State, trial: int) -> Trial:
    faults = faults_of(case, played, state)
    trajectory = [name for heard in played.heard for name in heard.route]
    asked = [
        list(turn.route) if turn.route is not None else heard.route
        for turn, heard in zip(case.turns, played.heard, strict=True)
    ]
    return Trial(
        id=case.id,
        slice=case.slice,
        passed=not faults,
        expected=case.state.model_dump(exclude_defaults=True),
        got=state.model_dump(exclude_defaults=True),
        latency_ms=sum(heard.milliseconds for heard in played.heard),
        trajectory=trajectory,
        expected_trajectory=[str(name) for route in asked for name in route],
        trial=trial,
        message=" / ".join(turn.say or ("(yes)" if turn.answer else "(no)") for turn in case.turns),
        faults=faults,
    )


def _figures(rows: Sequence[Trial]) -> dict[str, float]:
    by_slice = {
        name: [row for row in rows if row["slice"] == name] for name in dict.fromkeys(row["slice"] for row in rows)
    }
    latencies = [row["latency_ms"] for row in rows]
    return {
        "cases": float(len({row["id"] for row in rows})),
        "tries": float(max((row.get("trial", 0) for row in rows), default=-1) + 1),
        "pass_hat": pass_hat(rows),
        "scene_p50_ms": quantile(latencies, 0.5) if latencies else 0.0,
        "scene_p95_ms": quantile(latencies, 0.95) if latencies else 0.0,
        **{f"pass_hat_{name}": pass_hat(members) for name, members in by_slice.items()},
    }


def _worst(rows: Sequence[Trial]) -> list[RenderableType]:
    failed = [row for row in rows if not row["passed"]]
    if not failed:
        return []
    table = Table(title=f"scenes that failed ({len({row['id'] for row in failed})})", title_justify="left")
    for column in ("scene", "said", "what was wrong"):
        table.add_column(column, overflow="fold")
    shown = {row["id"]: row for row in reversed(failed)}
    for row in list(shown.values())[::-1][:_SHOWN]:
        table.add_row(row["id"], escape(row.get("message", "")), escape("; ".join(row.get("faults", []))))
    return [table]
