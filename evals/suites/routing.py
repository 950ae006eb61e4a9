"""``hashira eval routing``: does the planner see what a message asks for, in the right order and with the right slots?

A case counts as exact when the plan's specialists are the expected ones in the expected order, one a step. Slots are scored
over the cases whose route is exact: each slot that the case names counts once. The figures are of the test half, whose families
of utterances nobody trains on or tunes to; those of the dev half stand beside them (``dev_…``), and those of newer messages that
were written blind, by whoever had seen no training (``fresh_…``).
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, get_args

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from agents.planner.plan import Plan, Specialist
from evals import engines
from evals.calibration import Reliability, reliability
from evals.cases import NOBODY, RoutingCase, routing_cases
from evals.floors import floors
from evals.quantile import quantile
from evals.report import Report
from evals.slot_match import same
from evals.suites.routing_picture import confusion_svg
from evals.trials import Planner, Trial, pass_hat
from hashiramart.config import Settings

NAME = "routing"
_SPECIALISTS: tuple[str, ...] = get_args(Specialist)
KINDS = (*_SPECIALISTS, NOBODY)
_WORST_SHOWN = 20
_QUICK_EVERY = 3  # with a language model; the embedded planner is quick over all of them
_BINS = 10


class Outcome(NamedTuple):
    """A case and what the planner made of it. ``wrong_slots`` are (step, slot, expected, got)."""

    case: RoutingCase
    plan: Plan
    exact: bool
    slots: int
    wrong_slots: list[tuple[int, str, Any, Any]]
    milliseconds: float = 0.0
    trial: int = 0
    used: engines.Used = engines.Used()

    @property
    def route(self) -> list[str]:
        """The plan's specialists."""
        return [step.specialist for step in self.plan.steps]


def run(
    settings: Settings,
    quick: bool,
    tell: Callable[[str, float], None],
    *,
    planner: Planner = "embedded",
    repeats: int = 1,
    data: Path | None = None,
    only: Collection[str] = (),
) -> Report:
    """Score a planner over the opening catalogue.

    Raises:
        SetupError: the embedding model cannot be loaded.
        InvalidInput: the file of cases is not in its schema.
    """
    from agents.planner.embedded import EmbeddedPlanner
    from agents.planner.vocabulary import Vocabulary
    from hashiramart import seed

    cases = [case for case in routing_cases(data) if not only or case.slice in only or case.id in only]
    if quick and planner == "llm":
        cases = cases[::_QUICK_EVERY]
    embedded = EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))
    embedded.warm_up()
    report = score(engines.planner(settings, planner, embedded), cases, repeats=repeats, tell=tell)
    bounds = {name: bound for name, bound in report.bounds.items() if not only or name != "cases"}
    return replace(report, bounds={} if data is not None else bounds)


def score(
    planner: engines.Plans,
    cases: Sequence[RoutingCase] | None = None,
    *,
    repeats: int = 1,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Report:
    """Score any planner.

    Args:
        planner: what is scored.
        cases: the cases; by default those of ``data/routing_test.jsonl``.
        repeats: how often each case is tried. The first try gives the time: the embedding model remembers what it has seen.
        tell: told of the progress.
    """
    cases = routing_cases() if cases is None else cases
    outcomes: list[Outcome] = []
    for number, case in enumerate(cases):
        tell("planning messages", number / len(cases))
        outcomes += [_tried(planner, case, trial) for trial in range(repeats)]
    rows = [_row(outcome) for outcome in outcomes]
    scored = [outcome for outcome in outcomes if outcome.case.split == "test"] or outcomes
    others = {name: [each for each in outcomes if each.case.split == name] for name in ("dev", "fresh")}
    milliseconds = sorted(outcome.milliseconds for outcome in outcomes if outcome.trial == 0)
    figures = {
        "cases": float(len(scored) / repeats),
        "pass_hat": pass_hat([_row(outcome) for outcome in scored]),
        **_figures(scored),
        "calibration_error": _calibration(scored).error,
        "plan_p50_ms": quantile(milliseconds, 0.5),
        "plan_p95_ms": quantile(milliseconds, 0.95),
        **{
            f"{split}_{name}": value
            for split, members in others.items()
            for name, value in _figures(members).items()
            if members and "_route_" not in name
        },
        **{f"exact_route_{name}": _share(o.exact for o in members) for name, members in _by_slice(scored).items()},
    }
    counts = confusion(scored)
    return Report(
        name=NAME,
        figures=figures,
        bounds=floors(NAME),
        details=[_slices(scored), _confusion(counts), *_worst(outcomes)],
        about=str(__doc__),
        pictures={"confusion": partial(confusion_svg, counts, KINDS)},
        cases=rows,
    )


def _tried(planner: engines.Plans, case: RoutingCase, trial: int) -> Outcome:
    started = time.perf_counter()
    plan = planner.plan(case.text, case.context.plan_context())
    took = (time.perf_counter() - started) * 1000
    return compare(case, plan)._replace(milliseconds=took, trial=trial, used=engines.used_by(planner))


def compare(case: RoutingCase, plan: Plan) -> Outcome:
    """A plan held against what its case expects."""
    route = [step.specialist for step in plan.steps]
    exact = route == case.route
    wrong: list[tuple[int, str, Any, Any]] = []
    counted = 0
    if exact:
        for number, (expected, step) in enumerate(zip(case.slots, plan.steps, strict=False), 1):
            counted += len(expected)
            wrong += [
                (number, slot, value, getattr(step, slot))
                for slot, value in expected.items()
                if not same(slot, value, step)
            ]
    return Outcome(case, plan, exact, counted, wrong)


def _row(outcome: Outcome) -> Trial:
    case = outcome.case
    faults = [
        f"step {step}: {slot} should be {value!r} and is {got!r}" for step, slot, value, got in outcome.wrong_slots
    ]
    if not outcome.exact:
        faults.insert(0, f"the route is {_told(outcome)}")
    return Trial(
        id=case.id,
        slice=case.slice,
        passed=not faults,
        expected=", ".join(case.words),
        got=_told(outcome),
        latency_ms=outcome.milliseconds,
        trajectory=_route_of(outcome),
        expected_trajectory=list(case.route) or [NOBODY],
        trial=outcome.trial,
        message=case.text,
        faults=faults,
        quiet=case.split != "dev",
        **outcome.used,
    )


def _route_of(outcome: Outcome) -> list[str]:
    return outcome.route or [NOBODY]


def _told(outcome: Outcome) -> str:
    return ", ".join(outcome.route) or outcome.plan.small_talk or NOBODY


def _figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    def of(name: str) -> list[Outcome]:
        return [outcome for outcome in outcomes if outcome.case.slice == name and not outcome.case.route]

    return {
        "exact_route": _share(outcome.exact for outcome in outcomes),
        "macro_f1": sum(_f1(outcomes, name) for name in _SPECIALISTS) / len(_SPECIALISTS),
        "off_topic_recall": _share(not outcome.plan.steps for outcome in of("off_topic")),
        "hostile_refused": _share(not outcome.plan.steps for outcome in of("hostile")),
        "small_talk": _share(
            outcome.plan.small_talk == outcome.case.small_talk for outcome in outcomes if outcome.case.small_talk
        ),
        "slots": _slot_share(outcomes),
        "asked_back": _share(outcome.plan.small_talk == "clarify" for outcome in outcomes if outcome.case.route),
    }


def _f1(outcomes: Sequence[Outcome], specialist: str) -> float:
    """F1 of one specialist over steps: how many of its steps were wanted, planned, and both."""
    wanted = planned = both = 0
    for outcome in outcomes:
        here, there = outcome.case.route.count(specialist), outcome.route.count(specialist)  # type: ignore[arg-type]
        wanted, planned, both = wanted + here, planned + there, both + min(here, there)
    return 2 * both / (wanted + planned) if wanted + planned else 0.0


def _calibration(outcomes: Sequence[Outcome]) -> Reliability:
    """Of the plans that act: how sure the planner was against how often the route was right."""
    acting = [outcome for outcome in outcomes if outcome.plan.steps]
    return reliability([o.plan.confidence for o in acting], [o.exact for o in acting], _BINS)


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


def confusion(outcomes: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """How often the first step expected (``none`` for no steps) met the first step planned."""
    return Counter(
        (outcome.case.route[0] if outcome.case.route else NOBODY, outcome.route[0] if outcome.route else NOBODY)
        for outcome in outcomes
    )


def _confusion(counts: Counter[tuple[str, str]]) -> Table:
    table = Table(title="first step: expected (rows) and planned (columns)", title_justify="left")
    table.add_column("")
    for name in KINDS:
        table.add_column(name, justify="right")
    for expected in KINDS:
        table.add_row(expected, *(str(counts[expected, planned] or "·") for planned in KINDS))
    return table


def _worst(outcomes: Sequence[Outcome]) -> list[RenderableType]:
    """What failed: cases of dev with their texts, wrong routes before wrong slots; cases of test by their ids alone."""
    first = [outcome for outcome in outcomes if outcome.trial == 0]
    failed = [o for o in first if not o.exact] + [o for o in first if o.wrong_slots]
    shown = [outcome for outcome in failed if outcome.case.split == "dev"]
    hidden = [outcome.case.id for outcome in failed if outcome.case.split != "dev"]
    details: list[RenderableType] = []
    if shown:
        table = Table(title=f"worst cases of dev ({len(shown)})", title_justify="left")
        for column in ("slice", "message", "expected", "got"):
            table.add_column(column, overflow="fold")
        for outcome in shown[:_WORST_SHOWN]:
            expected, got = ", ".join(outcome.case.words), _told(outcome)
            if outcome.exact:
                expected = "; ".join(f"{step}. {slot}={value}" for step, slot, value, _ in outcome.wrong_slots)
                got = "; ".join(f"{step}. {slot}={value}" for step, slot, _, value in outcome.wrong_slots)
            table.add_row(outcome.case.slice, *(escape(text) for text in (outcome.case.text, expected, got)))
        details.append(table)
    if hidden:
        details.append(f"test cases that failed ({len(hidden)}, nobody looks at their texts): {', '.join(hidden)}")
    return details


def _share(hits: Any) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0
