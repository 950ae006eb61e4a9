"""What is counted over trials: slices, confusion, latencies, and what a language model was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from evals.quantile import quantile
from evals.trials import Trial, tries
from hashiramart.config import Settings

NOBODY = "nobody"
PERCENTILES = (50, 90, 95, 99)


class Slice(NamedTuple):
    """The cases of one kind. ``passed`` counts those that passed every time; ``p95_ms`` is of their latencies."""

    name: str
    cases: int
    passed: int
    p95_ms: float

    @property
    def share(self) -> float:
        """Share of the cases that passed every time."""
        return self.passed / self.cases


class Confusion(NamedTuple):
    """Who acted first, and who should have: ``counts[i][j]`` trials that asked for ``names[i]`` and got ``names[j]``."""

    names: list[str]
    counts: list[list[int]]

    @property
    def most(self) -> int:
        """The largest count."""
        return max((count for row in self.counts for count in row), default=0)


class Failed(NamedTuple):
    """A case that failed: the first try that did, how many of its tries passed, and of how many."""

    trial: Trial
    passed: int
    tries: int


class Spent(NamedTuple):
    """What a language model was asked. ``cost`` is None where no price is configured."""

    calls: int
    tokens_in: int
    tokens_out: int
    cost: float | None


def slices(trials: Sequence[Trial]) -> list[Slice]:
    """By slice, in the order of the rows."""
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(trial["slice"], []).append(trial)
    found = []
    for name, members in groups.items():
        verdicts = [all(passed) for passed in tries(members).values()]
        found.append(
            Slice(name, len(verdicts), sum(verdicts), quantile([each["latency_ms"] for each in members], 0.95))
        )
    return found


def confusion(trials: Sequence[Trial]) -> Confusion | None:
    """First step asked for and first step taken; None where no trial asks for a route."""
    routed = [trial for trial in trials if "expected_trajectory" in trial]
    if not routed:
        return None
    pairs = Counter((_first(trial["expected_trajectory"]), _first(trial["trajectory"])) for trial in routed)
    names = sorted({name for pair in pairs for name in pair}, key=lambda name: (name == NOBODY, name))
    return Confusion(names, [[pairs[wanted, taken] for taken in names] for wanted in names])


def failures(trials: Sequence[Trial]) -> list[Failed]:
    """The cases that failed at least once, those that never passed first."""
    by_case = tries(trials)
    first = {trial["id"]: trial for trial in reversed(trials) if not trial["passed"]}
    found = [Failed(first[case], sum(passed), len(passed)) for case, passed in by_case.items() if not all(passed)]
    return sorted(found, key=lambda failed: failed.passed / failed.tries)


def latencies(trials: Sequence[Trial]) -> dict[str, float]:
    """Percentiles of the latencies in milliseconds, by name."""
    values = [trial["latency_ms"] for trial in trials]
    return {f"p{percent}": quantile(values, percent / 100) for percent in PERCENTILES} | {
        "max": max(values, default=0.0)
    }


def spent(trials: Sequence[Trial], settings: Settings) -> Spent | None:
    """What a language model was asked for all trials; None where it was asked nothing."""
    calls = sum(trial.get("calls", 0) for trial in trials)
    tokens_in = sum(trial.get("tokens_in", 0) for trial in trials)
    tokens_out = sum(trial.get("tokens_out", 0) for trial in trials)
    if not calls:
        return None
    cost = None
    if settings.llm_price_in is not None and settings.llm_price_out is not None:
        cost = (tokens_in * settings.llm_price_in + tokens_out * settings.llm_price_out) / 1e6
    return Spent(calls, tokens_in, tokens_out, cost)


def spent_figures(trials: Sequence[Trial], settings: Settings) -> dict[str, float]:
    """The same as figures of a report."""
    found = spent(trials, settings)
    if found is None:
        return {}
    figures = {
        "model_calls": float(found.calls),
        "tokens_in": float(found.tokens_in),
        "tokens_out": float(found.tokens_out),
    }
    return figures if found.cost is None else figures | {"cost": found.cost}


def _first(route: Sequence[str]) -> str:
    return route[0] if route else NOBODY
