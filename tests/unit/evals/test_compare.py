"""Two runs held against each other."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from evals.compare import compare
from evals.experiment import Logged
from evals.trials import Trial
from hashiramart.errors import InvalidInput
from tests.unit.evals.trials_made import trial


def run(share: float, cases: list[Trial], suite: str = "routing", **figures: float) -> Logged:
    return Logged(
        run_id="a" * 32,
        suite=suite,
        told={"planner": "embedded"},
        figures={"share": share, **figures},
        bounds={"share": (">=", 0.5)},
        cases=cases,
    )


def test_figures_stand_side_by_side_with_whether_they_got_better() -> None:
    found = compare(run(0.6, [], old=1.0), run(0.7, [], p95_ms=3.0))
    assert {each.figure: (each.before, each.after, each.better) for each in found.moved} == {
        "share": (0.6, 0.7, True),
        "p95_ms": (None, 3.0, None),
        "old": (1.0, None, None),
    }


def test_cases_that_changed_are_named_and_those_that_fail_now_come_first() -> None:
    before = [trial("gone"), trial("mended", passed=False), trial("broken"), trial("same"), trial("same")]
    after = [
        trial("mended"),
        trial("broken"),
        trial("broken", passed=False, faults=["too dear"]),
        trial("same"),
        trial("new"),
    ]
    found = compare(run(0.6, before), run(0.6, after))
    assert {each.case: each.change for each in found.changed} == {
        "broken": "fails now",
        "mended": "passes now",
        "new": "new",
        "gone": "gone",
    }
    assert found.changed[0].faults == ["too dear"]
    assert found.to_json()["cases"]["broken"] == "fails now"


def test_people_see_figures_cases_and_what_was_asked_differently() -> None:
    after = run(0.4, [trial("a", passed=False)])
    found = compare(run(0.6, [trial("a")]), Logged(**{**after.__dict__, "told": {"planner": "llm"}}))
    console = Console(file=StringIO(), width=120)
    for table in found.tables():
        console.print(table)
    assert isinstance(console.file, StringIO)
    shown = console.file.getvalue()
    assert "-0.2" in shown
    assert "fails now" in shown
    assert "llm" in shown


def test_runs_of_two_suites_are_not_compared() -> None:
    with pytest.raises(InvalidInput, match="routing"):
        compare(run(0.6, []), run(0.6, [], suite="slots"))
