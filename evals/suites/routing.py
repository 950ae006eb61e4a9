"""``hashira eval routing``: does the planner see what a message asks for, in the right order and with the right slots?

A case counts as exact when the plan's specialists are the expected ones in the expected order, one a step. Slots are scored
over the cases whose route is exact: each slot that the case names counts once.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, get_args

from rapidfuzz import fuzz
from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from agents.planner.context import PlanContext
from agents.planner.plan import Plan, Specialist, Step
from evals.cases import RoutingCase, routing_cases
from evals.floors import floors
from evals.quantile import quantile
from evals.report import Report
from hashiramart.config import Settings

NAME = "routing"
_NONE = "none"
_SPECIALISTS: tuple[str, ...] = get_args(Specialist)
_SAME_SCENE = 85  # of 100: "in the snow" and "snow" are the same scene, "at dawn" is another
_TIMED_ROUNDS, _QUICK_TIMED_ROUNDS = 3, 1
_WORST_SHOWN = 20


class Planner(Protocol):
    """What is scored."""

    def plan(self, message: str, context: PlanContext) -> Plan:
        """A plan for a message."""
        ...


class Outcome(NamedTuple):
    """A case and what the planner made of it. ``wrong_slots`` are (step, slot, expected, got)."""

    case: RoutingCase
    plan: Plan
    exact: bool
    slots: int
    wrong_slots: list[tuple[int, str, Any, Any]]

    @property
    def route(self) -> list[str]:
        """The plan's specialists."""
        return [step.specialist for step in self.plan.steps]


def run(settings: Settings, quick: bool, tell: Callable[[str, float], None]) -> Report:
    """Score the embedded planner over the opening catalogue.

    Raises:
        SetupError: the embedding model cannot be loaded.
    """
    from agents.planner.embedded import EmbeddedPlanner
    from agents.planner.vocabulary import Vocabulary
    from hashiramart import seed
    from knowledge.embed import load_embedder

    planner = EmbeddedPlanner(load_embedder(settings), Vocabulary.of(seed.weapons(), seed.style_names()))
    planner.warm_up()
    return score(planner, rounds=_QUICK_TIMED_ROUNDS if quick else _TIMED_ROUNDS, tell=tell)


def score(
    planner: Planner,
    cases: Sequence[RoutingCase] | None = None,
    *,
    rounds: int = 1,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Report:
    """Score any planner.

    Args:
        planner: what is scored.
        cases: the cases; by default those of ``data/routing_test.jsonl``.
        rounds: how often each message is planned for the timing.
        tell: told of the progress.
    """
    cases = routing_cases() if cases is None else cases
    outcomes: list[Outcome] = []
    milliseconds: list[float] = []
    for number, case in enumerate(cases):
        tell("planning messages", number / len(cases))
        context = case.context.plan_context()
        for _ in range(rounds):
            started = time.perf_counter()
            plan = planner.plan(case.text, context)
            milliseconds.append((time.perf_counter() - started) * 1000)
        outcomes.append(_compare(case, plan))
    return Report(
        name=NAME,
        figures=_figures(outcomes, sorted(milliseconds)),
        bounds=floors(NAME),
        details=[_slices(outcomes), _confusion(outcomes), *_worst(outcomes)],
    )


def _compare(case: RoutingCase, plan: Plan) -> Outcome:
    route = [step.specialist for step in plan.steps]
    exact = route == case.route
    wrong: list[tuple[int, str, Any, Any]] = []
    counted = 0
    if exact:
        for number, (expected, step) in enumerate(zip(case.slots, plan.steps, strict=False)):
            for slot, value in expected.items():
                counted += 1
                if not _same(slot, value, step):
                    wrong.append((number + 1, slot, value, getattr(step, slot)))
    return Outcome(case, plan, exact, counted, wrong)


def _same(slot: str, expected: Any, step: Step) -> bool:
    got = getattr(step, slot)
    if isinstance(expected, list):
        return sorted(expected) == sorted(got)
    if slot == "scene" and expected and got:
        return fuzz.token_set_ratio(expected.lower(), got.lower()) >= _SAME_SCENE and len(got) <= 2 * len(expected)
    return bool(expected == got)


def _figures(outcomes: Sequence[Outcome], milliseconds: Sequence[float]) -> dict[str, float]:
    figures = {
        "cases": float(len(outcomes)),
        "exact_route": _share(outcome.exact for outcome in outcomes),
        "macro_f1": sum(_f1(outcomes, name) for name in _SPECIALISTS) / len(_SPECIALISTS),
        "off_topic_recall": _share(
            not outcome.plan.steps
            for outcome in outcomes
            if outcome.case.slice == "off_topic" and not outcome.case.route
        ),
        "hostile_refused": _share(
            not outcome.plan.steps for outcome in outcomes if outcome.case.slice == "hostile" and not outcome.case.route
        ),
        "small_talk": _share(
            outcome.plan.small_talk == outcome.case.small_talk for outcome in outcomes if outcome.case.small_talk
        ),
        "slots": _slot_share(outcomes),
        "planning_p50_ms": quantile(milliseconds, 0.5),
        "planning_p95_ms": quantile(milliseconds, 0.95),
    }
    by_slice = _by_slice(outcomes)
    return figures | {f"exact_route_{name}": _share(o.exact for o in members) for name, members in by_slice.items()}


def _f1(outcomes: Sequence[Outcome], specialist: str) -> float:
    """F1 of one specialist over steps: how many of its steps were wanted, planned, and both."""
    wanted = planned = both = 0
    for outcome in outcomes:
        here, there = outcome.case.route.count(specialist), outcome.route.count(specialist)  # type: ignore[arg-type]
        wanted, planned, both = wanted + here, planned + there, both + min(here, there)
    return 2 * both / (wanted + planned) if wanted + planned else 0.0


def _by_slice(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.case.slice].append(outcome)
    return dict(groups)


def _slot_share(outcomes: Sequence[Outcome]) -> float:
    counted = sum(outcome.slots for outcome in outcomes)
    return 1 - sum(len(outcome.wrong_slots) for outcome in outcomes) / counted if counted else 0.0


def _slices(outcomes: Sequence[Outcome]) -> Table:
    table = Table(title="by slice", title_justify="left")
    for column in ("slice", "cases", "exact route", "slots"):
        table.add_column(column, justify="left" if column == "slice" else "right")
    for name, members in _by_slice(outcomes).items():
        slots = f"{_slot_share(members):.3f}" if any(outcome.slots for outcome in members) else ""
        table.add_row(name, str(len(members)), f"{_share(o.exact for o in members):.3f}", slots)
    return table


def _confusion(outcomes: Sequence[Outcome]) -> Table:
    """First step expected against first step planned, ``none`` for no steps."""
    counts: Counter[tuple[str, str]] = Counter(
        (outcome.case.route[0] if outcome.case.route else _NONE, outcome.route[0] if outcome.route else _NONE)
        for outcome in outcomes
    )
    names = [*_SPECIALISTS, _NONE]
    table = Table(title="first step: expected (rows) and planned (columns)", title_justify="left")
    table.add_column("")
    for name in names:
        table.add_column(name, justify="right")
    for expected in names:
        cells = [str(counts[expected, planned] or "·") for planned in names]
        table.add_row(expected, *cells)
    return table


def _worst(outcomes: Sequence[Outcome]) -> list[RenderableType]:
    """Wrong routes, then wrong slots."""
    wrong = [outcome for outcome in outcomes if not outcome.exact] + [o for o in outcomes if o.wrong_slots]
    if not wrong:
        return []
    table = Table(title=f"worst cases ({len(wrong)})", title_justify="left")
    for column in ("slice", "message", "expected", "got"):
        table.add_column(column, overflow="fold")
    for outcome in wrong[:_WORST_SHOWN]:
        if outcome.exact:
            expected = "; ".join(f"{step}. {slot}={value}" for step, slot, value, _ in outcome.wrong_slots)
            got = "; ".join(f"{step}. {slot}={value}" for step, slot, _, value in outcome.wrong_slots)
        else:
            expected = ", ".join(outcome.case.route) or _NONE
            got = ", ".join(outcome.route) or outcome.plan.small_talk or _NONE
        table.add_row(outcome.case.slice, *(escape(text) for text in (outcome.case.text, expected, got)))
    return [table]


def _share(hits: Any) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0
