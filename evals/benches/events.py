"""``hashira bench events``: what the ledger carries, and whether it keeps its word when things break under it.

A real API process and a real PostgreSQL, in a temporary folder of their own. First 50 clients report events of many slayers, one
report in five a duplicate, and the same PostgreSQL is timed at plain one-row inserts before and after. Then they report more,
and send again whatever was not acknowledged, while the API is killed and PostgreSQL stopped as in a power cut, again and again.
At the end every acknowledged event must be on record exactly once, and every slayer have the points of a naive model.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.load import pictures
from evals.load.bare import inserts_per_second
from evals.load.check import Tally, tally
from evals.load.crowd import Outcome, send
from evals.load.faults import CRASH, KILL, Faults
from evals.load.plan import Plan, make_plan
from evals.load.shop import LoadShop, load_shop
from evals.report import Report
from hashiramart import audit
from hashiramart.config import Settings

Tell = Callable[[str, float], None]

CLIENTS = 50
EVENTS_PER_S, P95_MS = 500, 100


@dataclass(frozen=True)
class Size:
    """How much of everything. ``bare`` is rows of one slice of plain inserts, ``warm_up`` reports before the clock runs."""

    reports: int
    slayers: int
    warm_up: int
    bare: int
    fault_reports: int
    kills: int
    crashes: int


FULL = Size(reports=20_000, slayers=1_000, warm_up=1_000, bare=3_000, fault_reports=50_000, kills=10, crashes=5)
QUICK = Size(reports=2_000, slayers=100, warm_up=200, bare=300, fault_reports=1_500, kills=2, crashes=1)


@dataclass(frozen=True)
class Speed:
    """The part without faults. ``warm`` is what the warm-up heard, ``timed`` the rest, in ``seconds``."""

    plan: Plan
    warm: Outcome
    timed: Outcome
    seconds: float
    bare_per_s: float


@dataclass(frozen=True)
class Ordeal:
    """The part with faults."""

    plan: Plan
    outcome: Outcome
    faults: Faults
    seconds: float


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark in a temporary shop; the configured one is not touched.

    Raises:
        HashiraError: the temporary shop does not start.
    """
    size = QUICK if quick else FULL
    with load_shop() as shop:
        tell("Opening a shop of its own", 0)
        plan = make_plan(shop.database, size.reports + size.warm_up, size.slayers, seed=1)
        tell("Opening a shop of its own", 0.2)
        shop.start_api()
        tell("Opening a shop of its own", 1)
        speed = _speed(shop, size, plan, tell)
        ordeal = _ordeal(shop, size, tell)
        tell("Checking the books", 0)
        calm = tally(shop.database, speed.plan, [*speed.warm.heard, *speed.timed.heard])
        rough = tally(shop.database, ordeal.plan, ordeal.outcome.heard)
        faults = audit.verify(shop.database, lambda done: tell("Checking the books", done))
        with shop.database.service() as session:
            version = str(session.connection().exec_driver_sql("SHOW server_version").scalar_one())
    figures = _speed_figures(speed) | _ordeal_figures(ordeal) | _book_figures(calm, rough, len(faults))
    return Report(
        name="events",
        figures=figures,
        bounds=_bounds(quick, size),
        details=_details(speed, ordeal, faults),
        about=__doc__ or "",
        surroundings={"PostgreSQL": version, "form": "quick" if quick else "full"},
        pictures={
            "latency": lambda: pictures.latency(speed.timed.heard),
            "throughput": lambda: pictures.throughput(ordeal.outcome.heard, ordeal.faults.happened),
        },
    )


def _speed(shop: LoadShop, size: Size, plan: Plan, tell: Tell) -> Speed:
    reports = plan.reports

    def timed(done: int) -> None:
        tell("Reporting events", done / size.reports)

    tell("Reporting events", 0)
    warm = send(
        reports[: size.warm_up], shop.port, shop.home, clients=CLIENTS, patient=False, on_progress=lambda _done: None
    )
    before = inserts_per_second(shop.database.conninfo, size.bare)
    outcome = send(reports[size.warm_up :], shop.port, shop.home, clients=CLIENTS, patient=False, on_progress=timed)
    after = inserts_per_second(shop.database.conninfo, size.bare)
    return Speed(plan, warm, outcome, _seconds(outcome), fmean([before, after]))


def _ordeal(shop: LoadShop, size: Size, tell: Tell) -> Ordeal:
    plan = make_plan(shop.database, size.fault_reports, size.slayers, seed=2)
    faults = Faults(shop, size.fault_reports, kills=size.kills, crashes=size.crashes, seed=3)

    def progress(done: int) -> None:
        tell("Reporting events while things break", done / size.fault_reports)
        faults.progress(done)

    started = time.perf_counter()
    outcome = send(plan.reports, shop.port, shop.home, clients=CLIENTS, patient=True, on_progress=progress)
    return Ordeal(plan, outcome, faults, time.perf_counter() - started)


def _seconds(outcome: Outcome) -> float:
    """From the first report that went out to the last answer."""
    return max(each.at for each in outcome.heard) - min(each.at - each.ms / 1000 for each in outcome.heard)


def _speed_figures(speed: Speed) -> dict[str, float]:
    acknowledged = speed.timed.acknowledged
    times = sorted(each.ms for each in acknowledged) or [0.0]
    new = sum(not (each.answer or {})["replayed"] for each in acknowledged)
    per_s = len(acknowledged) / speed.seconds
    return {
        "reports": len(speed.timed.heard),
        "events_per_s": per_s,
        "recorded_per_s": new / speed.seconds,
        **{f"p{share}_ms": times[round(share / 100 * (len(times) - 1))] for share in (50, 95, 99)},
        "errors": len(speed.warm.heard) + len(speed.timed.heard) - len(speed.warm.acknowledged) - len(acknowledged),
        "bare_inserts_per_s": speed.bare_per_s,
        "ratio": per_s / speed.bare_per_s,
    }


def _ordeal_figures(ordeal: Ordeal) -> dict[str, float]:
    troubles = ordeal.outcome.troubles
    return {
        "fault_reports": len(ordeal.outcome.heard),
        "kills": ordeal.faults.count(KILL),
        "restarts": ordeal.faults.count(CRASH),
        "retries": ordeal.outcome.retries,
        "seconds": ordeal.seconds,
        # Where the database is away the API owes a 503 problem; a broken connection is what a killed process leaves.
        "wrong_statuses": sum(times for kind, times in troubles.items() if kind[0].isdigit() and kind != "503"),
    }


def _book_figures(calm: Tally, rough: Tally, faults: int) -> dict[str, float]:
    return {
        "unanswered": rough.unanswered,
        "lost": calm.lost + rough.lost,
        "doubled": calm.doubled + rough.doubled,
        "wrong_totals": calm.wrong_totals + rough.wrong_totals,
        "changed_answers": calm.changed_answers + rough.changed_answers,
        "audit_faults": faults,
    }


def _bounds(quick: bool, size: Size) -> dict[str, tuple[str, float]]:
    """What must hold. The quick form runs on busy machines and is too short to judge speed by."""
    never = ("errors", "wrong_statuses", *_book_figures(_SOUND, _SOUND, 0))
    bounds: dict[str, tuple[str, float]] = dict.fromkeys(never, ("<=", 0))
    bounds |= {"kills": (">=", size.kills), "restarts": (">=", size.crashes)}
    return bounds if quick else bounds | {"events_per_s": (">=", EVENTS_PER_S), "p95_ms": ("<=", P95_MS)}


_SOUND = Tally(0, 0, 0, 0, 0)


def _details(speed: Speed, ordeal: Ordeal, faults: Sequence[audit.Fault]) -> list[RenderableType]:
    happened = Table("seconds", "acknowledged", "what", "away for", title="Faults", title_justify="left")
    start = min(each.at - each.ms / 1000 for each in ordeal.outcome.heard)
    for fault in ordeal.faults.happened:
        happened.add_row(f"{fault.at - start:.1f}", str(fault.acknowledged), fault.what, f"{fault.away_s:.1f} s")
    details: list[RenderableType] = [happened]
    for name, outcome in (("without faults", speed.timed), ("with faults", ordeal.outcome)):
        if outcome.troubles:
            troubles = Table(
                "failed attempts", "how many", "one of them", title=f"Attempts {name}", title_justify="left"
            )
            for kind, times in sorted(outcome.troubles.items(), key=lambda each: -each[1]):
                troubles.add_row(kind, str(times), escape(outcome.samples.get(kind, "")[:160]))
            details.append(troubles)
    details += [escape(f"{fault.slayer_id}: {fault.what}") for fault in faults[:20]]
    return details
