"""The slots suite: what it counts as right, and that it notices a planner that reads wrongly."""

from __future__ import annotations

from collections import Counter

import pytest

from agents.planner.context import PlanContext
from agents.planner.plan import Plan, Step
from evals.slot_cases import SLOTS, SlotsCase
from evals.slot_match import same
from evals.suites.slots import score


class Says:
    """A planner that always says the same."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)

    def plan(self, _message: str, _context: PlanContext) -> Plan:
        return Plan(steps=self._steps) if self._steps else Plan(small_talk="clarify")


def training(minutes: int | None) -> Step:
    return Step(specialist="quartermaster", action="log_training", minutes=minutes, text="log it")


CASE = SlotsCase.model_validate(
    {
        "id": "s001",
        "split": "dev",
        "slice": "minutes",
        "text": "log 30 minutes",
        "steps": [{"specialist": "quartermaster", "action": "log_training", "minutes": 30}],
    }
)


@pytest.mark.parametrize(
    ("planner", "share"),
    [(Says(training(30)), 1.0), (Says(training(40)), 0.5), (Says(), 0.0), (Says(training(None)), 0.5)],
)
def test_each_named_slot_counts_once_and_a_missing_step_with_all_of_them(planner: Says, share: float) -> None:
    report = score(planner, [CASE])
    assert report.figures["slots_dev"] == share
    assert report.figures["pass_hat"] == (1.0 if share == 1 else 0.0)


def test_a_step_too_many_fails_the_case() -> None:
    report = score(Says(training(30), training(30)), [CASE])
    assert report.figures["slots_dev"] == 1.0
    assert report.figures["pass_hat"] == 0.0


def test_a_battle_told_without_a_number_is_one_and_a_scene_is_the_same_however_it_is_led_in() -> None:
    assert same("count", 1, Step(specialist="quartermaster", text=""))
    assert same("scene", "in the snow", Step(specialist="artist", text="", scene="snow"))
    assert not same("scene", "in the snow", Step(specialist="artist", text="", scene="at dawn"))


def test_the_cases_are_enough_and_half_of_them_are_hidden() -> None:
    cases = SLOTS.load()
    assert len(cases) >= 150
    assert Counter(case.split for case in cases)["test"] >= 75
    assert not [
        case.id for case in cases if case.split == "test" and case.text in {c.text for c in cases if c.split == "dev"}
    ]
    rows = score(Says(), cases).cases
    assert all(row.get("quiet") == (case.split == "test") for row, case in zip(rows, cases, strict=True))
