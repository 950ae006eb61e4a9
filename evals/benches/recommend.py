"""``hashira bench recommend``: what ranking a catalogue costs, from 100 weapons to a million, beside the specification's own way.

The specification's way: one dict a weapon, a DataFrame of features, the model's probability of every row, ``sorted``; it may use
one thread or all, whichever is faster. Ours, on one thread: the catalogue's distinct feature rows, worked out once a version, and
a search for the best of them. Both rank the same weapons for the same slayers with the same model, taking turns, and must give
the same weapons in the same order. Beside it, of ours alone: a request with a budget and types, one that minds the price, one
with the reasons of its ten cards, and what a new version of the catalogue costs before its first request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from evals.benches.recommend_pictures import cost_by_size
from evals.benches.recommend_subjects import Catalogue, Classifier, catalogue, slayers, specified, train
from evals.quantile import quantile
from evals.report import Report
from hashiramart.config import Settings
from ml.features import SlayerProfile, WeaponTable
from ml.ranking import rank
from ml.reasons import explain
from ml.scorer import Scorer
from tools.recommend import RecommendArgs, choose

if TYPE_CHECKING:
    import lightgbm as lgb

Tell = Callable[[str, float], None]
T = TypeVar("T")

SIZES = {"100": 100, "1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
QUICK = ("100", "1k", "10k")
TOP_K, SLAYERS = 10, 28
FASTER = {"10k": 6.0, "100k": 25.0}
GROWTH = 2.0  # what a million may cost against 100k
PARITY = 1e-6

_OURS = 20  # calls of each of ours for one of the specification's
_WHOLE_ORDER = 10_000  # up to this size the whole order is compared, beyond it the first TOP_K
_ROUNDS = {"100": 50, "1k": 50, "10k": 30, "100k": 10, "1m": 5}
_QUICK_ROUNDS = 5
_MASKED = RecommendArgs(
    top_k=TOP_K, budget=600, budget_min=100, weapon_types=["katana", "spear", "axe"], exclude_types=["axe"]
)
_VALUE = RecommendArgs(top_k=TOP_K, prefer="value")


@dataclass
class Times:
    """Milliseconds of single calls at one size, and what they gave."""

    spec: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    masked: list[float] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    explained: list[float] = field(default_factory=list)
    prepare: float = 0.0
    distinct: int = 0
    same_order: int = 0
    compared: int = 0
    apart: float = 0.0


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark; it needs no shop."""
    tell("Training the model", 0)
    booster = train()
    tell("Training the model", 1)
    scorer, who = Scorer(booster, "bench"), slayers(SLAYERS)
    times: dict[str, Times] = {}
    threads: dict[str, int] = {}
    for name in QUICK if quick else SIZES:
        what = f"Ranking {SIZES[name]:,} weapons"
        tell(what, 0)
        goods = catalogue(SIZES[name])
        rounds = _QUICK_ROUNDS if quick else _ROUNDS[name]
        threads[name] = _fastest(booster, goods, who[0])
        model = Classifier(booster, threads[name])
        times[name] = _measure(scorer, model, goods, who, rounds, partial(tell, what))
        del goods
    curve = {SIZES[name]: (quantile(each.ours, 0.5), quantile(each.spec, 0.5)) for name, each in times.items()}
    return Report(
        name="recommend",
        figures=_figures(times),
        bounds=_bounds(quick),
        about=__doc__ or "",
        surroundings={
            "form": "quick" if quick else "full",
            "model": f"{booster.num_trees()} trees",
            "threads of the specification's way": ", ".join(f"{n or 'all'} at {name}" for name, n in threads.items()),
        },
        pictures={"cost": lambda: cost_by_size(curve)},
    )


def _fastest(booster: lgb.Booster, goods: Catalogue, slayer: SlayerProfile) -> int:
    """How many threads suit the specification's way best: 1, or all (LightGBM's 0)."""

    def cost(threads: int) -> float:
        way = partial(specified, Classifier(booster, threads), slayer, goods.weapons[:10_000], TOP_K)
        return min(_ms(way)[0] for _ in range(4))

    return min((1, 0), key=cost)


def _measure(
    scorer: Scorer,
    model: Classifier,
    goods: Catalogue,
    who: Sequence[SlayerProfile],
    rounds: int,
    tell: Callable[[float], None],
) -> Times:
    times, shelf, table = Times(), goods.shelf, goods.shelf.table
    times.prepare = _ms(partial(_prepare, table, who))[0]
    times.distinct = max(len(table.cells(slayer.breathing_style)) for slayer in who)
    choose(scorer, who[0], shelf, _MASKED)  # the shelf's own columns are worked out once a version as well
    for turn in range(rounds):
        tell(turn / rounds)
        slayer = who[turn % len(who)]
        ms, expected = _ms(partial(specified, model, slayer, goods.weapons, len(table)))
        times.spec.append(ms)
        _compare(times, scorer, slayer, table, [(int(weapon["id"]), success) for weapon, success in expected])
        del expected
        for call in range(_OURS):
            other = who[(turn + call) % len(who)]
            ms, best = _ms(partial(rank, scorer, other, table, TOP_K))
            times.ours.append(ms)
            more, _ = _ms(partial(explain, scorer, other, table, best.rows, success=best.success))
            times.explained.append(ms + more)
            times.masked.append(_ms(partial(choose, scorer, other, shelf, _MASKED))[0])
            times.value.append(_ms(partial(choose, scorer, other, shelf, _VALUE))[0])
    return times


def _prepare(table: WeaponTable, who: Iterable[SlayerProfile]) -> None:
    """What a table that has worked out nothing yet costs before it has answered a slayer of every style."""
    for slayer in who:
        table.cells(slayer.breathing_style)


def _compare(
    times: Times, scorer: Scorer, slayer: SlayerProfile, table: WeaponTable, expected: list[tuple[int, float]]
) -> None:
    """Whether ours gives the same weapons in the same order, with the same probabilities."""
    count = len(table) if len(table) <= _WHOLE_ORDER else TOP_K
    found = rank(scorer, slayer, table, count)
    times.compared += 1
    times.same_order += found.rows.tolist() == [row for row, _ in expected[:count]]
    of_row = np.empty(len(table))
    of_row[[row for row, _ in expected]] = [success for _, success in expected]
    times.apart = max(times.apart, float(np.abs(scorer.score(slayer, table) - of_row).max()))


def _figures(times: Mapping[str, Times]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, each in times.items():
        figures |= {
            f"{name}_p50_ms": quantile(each.ours, 0.5),
            f"{name}_p99_ms": quantile(each.ours, 0.99),
            f"{name}_specification_p50_ms": quantile(each.spec, 0.5),
            f"{name}_specification_p99_ms": quantile(each.spec, 0.99),
            f"{name}_times_faster": quantile(each.spec, 0.5) / quantile(each.ours, 0.5),
            f"{name}_masked_p50_ms": quantile(each.masked, 0.5),
            f"{name}_value_p50_ms": quantile(each.value, 0.5),
            f"{name}_with_reasons_p50_ms": quantile(each.explained, 0.5),
            f"{name}_new_version_ms": each.prepare,
            f"{name}_distinct_rows": each.distinct,
        }
    figures["same_order"] = sum(each.same_order for each in times.values()) / sum(
        each.compared for each in times.values()
    )
    figures["largest_difference"] = max(each.apart for each in times.values())
    if {"100k", "1m"} <= set(times):
        figures["growth_100k_to_1m"] = figures["1m_p50_ms"] / figures["100k_p50_ms"]
    return figures


def _bounds(quick: bool) -> dict[str, tuple[str, float]]:
    """What must hold. The quick form runs on busy machines and is too short to judge speed by."""
    bounds: dict[str, tuple[str, float]] = {"same_order": (">=", 1.0), "largest_difference": ("<=", PARITY)}
    if not quick:
        bounds |= {f"{name}_times_faster": (">=", limit) for name, limit in FASTER.items()}
        bounds["growth_100k_to_1m"] = ("<=", GROWTH)
    return bounds


def _ms(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return (time.perf_counter() - started) * 1000, result
