"""``hashira eval slots``: does the planner read minutes, counts, budgets, names, outcomes and scenes as they are meant?

Each slot that a case names counts once, those of a step that was not planned as wrong ones. A case passes when its steps are
the expected ones in their order and all of its slots are right. ``slots`` is of the test half, which nobody tunes to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from agents.planner.plan import Plan, Step
from evals import engines
from evals.datasets import chosen
from evals.floors import floors
from evals.report import Report
from evals.slot_cases import SLOTS, SlotsCase
from evals.slot_match import same
from evals.trials import Planner, Trial, pass_hat
from hashiramart.config import Settings

NAME = "slots"
_SHOWN = 20
_QUICK_EVERY = 4  # plans take 20 ms, so even all of them are quick; with a language model they are not


class Wrong(NamedTuple):
    """A slot that is not as expected; ``got`` is None where its step was not planned at all."""

    step: int
    slot: str
    expected: Any
    got: Any


class Outcome(NamedTuple):
    """A case, and what the planner made of it."""

    case: SlotsCase
    plan: Plan
    wrong: list[Wrong]
    milliseconds: float
    trial: int = 0
    used: engines.Used = engines.Used()

    @property
    def route(self) -> list[str]:
        """The specialists of the plan, or the word that is said in place of one."""
        return [step.specialist for step in self.plan.steps] or [str(self.plan.small_talk)]

    @property
    def route_right(self) -> bool:
        """Whether the steps are the expected ones."""
        return self.route == _route(self.case)

    @property
    def named(self) -> int:
        """How many slots the case names."""
        return sum(len(step) - 1 for step in self.case.steps)


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

    Args:
        settings: fitted to the planner.
        quick: every fourth case only.
        tell: told of the progress.
        planner: whose plans are scored.
        repeats: how often each case is tried.
        data: another file of cases; no bounds are judged for it.
        only: slices or ids of cases; empty is all.

    Raises:
        SetupError: the embedding model cannot be loaded.
        InvalidInput: the file of cases is not in its schema.
    """
    from agents.planner.embedded import EmbeddedPlanner
    from agents.planner.vocabulary import Vocabulary
    from hashiramart import seed

    cases = chosen(SLOTS.load(data), only)
    if quick and not only:
        cases = cases[::_QUICK_EVERY]
    embedded = EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))
    embedded.warm_up()
    report = score(engines.planner(settings, planner, embedded), cases, repeats=repeats, tell=tell)
    return replace(report, bounds=floors(NAME, whole=not quick and not only) if data is None else {})


def score(
    planner: engines.Plans,
    cases: Sequence[SlotsCase],
    *,
    repeats: int = 1,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Report:
    """Score any planner; the report's bounds are left empty.

    Args:
        planner: what is scored.
        cases: of ``slots.jsonl`` or another file.
        repeats: how often each case is tried.
        tell: told of the progress.
    """
    outcomes = []
    for number, case in enumerate(cases):
        tell("reading slots", number / len(cases))
        outcomes += [_tried(planner, case, trial) for trial in range(repeats)]
    rows = [_row(outcome) for outcome in outcomes]
    return Report(
        name=NAME,
        figures=_figures(outcomes, rows),
        bounds={},
        details=_worst(outcomes),
        about=str(__doc__),
        cases=rows,
    )


def _tried(planner: engines.Plans, case: SlotsCase, trial: int) -> Outcome:
    started = time.perf_counter()
    plan = planner.plan(case.text, case.context.plan_context())
    took = (time.perf_counter() - started) * 1000
    return Outcome(case, plan, _wrong(case, plan), took, trial, engines.used_by(planner))


def _wrong(case: SlotsCase, plan: Plan) -> list[Wrong]:
    """The slots that are not as expected. Each expected step takes the next planned one of its specialist and action."""
    left: Sequence[Step] = plan.steps
    wrong: list[Wrong] = []
    for number, expected in enumerate(case.steps, 1):
        slots = {name: value for name, value in expected.items() if name != "specialist"}
        place = next((n for n, step in enumerate(left) if step.specialist == expected["specialist"]), None)
        if place is None:
            wrong += [Wrong(number, slot, value, None) for slot, value in slots.items()]
            continue
        step, left = left[place], left[place + 1 :]
        wrong += [
            Wrong(number, slot, value, getattr(step, slot))
            for slot, value in slots.items()
            if not same(slot, value, step)
        ]
    return wrong


def _route(case: SlotsCase) -> list[str]:
    return [str(step["specialist"]) for step in case.steps]


def _figures(outcomes: Sequence[Outcome], rows: Sequence[Trial]) -> dict[str, float]:
    test = [outcome for outcome in outcomes if outcome.case.split == "test"]
    figures = {
        "cases": float(len({outcome.case.id for outcome in outcomes})),
        "pass_hat": pass_hat(rows),
        "slots": _share(test),
        "slots_dev": _share([outcome for outcome in outcomes if outcome.case.split == "dev"]),
    }
    names = dict.fromkeys(outcome.case.slice for outcome in outcomes)
    return figures | {f"slots_{name}": _share([o for o in outcomes if o.case.slice == name]) for name in names}


def _share(outcomes: Sequence[Outcome]) -> float:
    """The share of named slots that are right."""
    named = sum(outcome.named for outcome in outcomes)
    return 1 - sum(len(outcome.wrong) for outcome in outcomes) / named if named else 0.0


def _row(outcome: Outcome) -> Trial:
    case = outcome.case
    got = [step.model_dump(exclude_defaults=True, exclude={"text"}, mode="json") for step in outcome.plan.steps]
    faults = [f"step {w.step}: {w.slot} should be {w.expected!r} and is {w.got!r}" for w in outcome.wrong]
    if not outcome.route_right:
        faults.insert(0, f"the route is {', '.join(outcome.route)}")
    return Trial(
        id=case.id,
        slice=case.slice,
        passed=not faults,
        expected=case.steps,
        got=got,
        latency_ms=outcome.milliseconds,
        trajectory=outcome.route,
        expected_trajectory=_route(case),
        trial=outcome.trial,
        message=case.text,
        faults=faults,
        quiet=case.split == "test",
        **outcome.used,
    )


def _worst(outcomes: Sequence[Outcome]) -> list[RenderableType]:
    """The cases that failed: those of dev with their texts, those of test by number only."""
    failed = [outcome for outcome in outcomes if outcome.trial == 0 and (outcome.wrong or not outcome.route_right)]
    shown = [outcome for outcome in failed if outcome.case.split == "dev"]
    hidden = [outcome.case.id for outcome in failed if outcome.case.split == "test"]
    details: list[RenderableType] = []
    if shown:
        table = Table(title=f"wrong in dev ({len(shown)})", title_justify="left")
        for column in ("case", "message", "what is wrong"):
            table.add_column(column, overflow="fold")
        for outcome in shown[:_SHOWN]:
            faults = "; ".join(_row(outcome).get("faults", []))
            table.add_row(outcome.case.id, escape(outcome.case.text), escape(faults))
        details.append(table)
    if hidden:
        details.append(f"wrong in test ({len(hidden)}): {', '.join(hidden)}")
    return details
