"""Two runs of a suite side by side: how far each figure moved, and which cases changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from rich.markup import escape
from rich.table import Table

from evals.experiment import Logged
from evals.report import number
from evals.trials import Trial, tries
from hashiramart.errors import InvalidInput

Change = Literal["fails now", "passes now", "new", "gone"]
_CASES_SHOWN = 100
_STYLES: dict[Change, str] = {"fails now": "red", "passes now": "green", "new": "", "gone": ""}


class Moved(NamedTuple):
    """A figure in both runs; None where a run does not have it. ``better`` is None where nothing says which way is good."""

    figure: str
    before: float | None
    after: float | None
    better: bool | None


class Changed(NamedTuple):
    """A case whose verdict is another one."""

    case: str
    change: Change
    message: str
    faults: list[str]


class Comparison(NamedTuple):
    """What came out."""

    before: Logged
    after: Logged
    moved: list[Moved]
    changed: list[Changed]

    def to_json(self) -> dict[str, Any]:
        """What a program reads."""
        return {
            "suite": self.after.suite,
            "runs": [self.before.run_id, self.after.run_id],
            "figures": {each.figure: [each.before, each.after] for each in self.moved},
            "cases": {each.case: each.change for each in self.changed},
        }

    def tables(self) -> list[Table]:
        """What a person reads."""
        runs = f"{self.before.run_id[:8]} → {self.after.run_id[:8]}"
        figures = Table(title=f"{self.after.suite}: {runs}", title_justify="left")
        for column in ("figure", "before", "after", "change"):
            figures.add_column(column, justify="left" if column == "figure" else "right")
        for each in self.moved:
            figures.add_row(each.figure, _shown(each.before), _shown(each.after), _step(each))
        told = [
            (name, self.before.told.get(name, ""), self.after.told.get(name, ""))
            for name in dict.fromkeys([*self.before.told, *self.after.told])
        ]
        for name, before, after in told:
            if before != after:
                figures.add_row(f"[dim]{escape(name)}[/]", escape(before), escape(after), "")
        cases = Table(title=f"cases that changed ({len(self.changed)})", title_justify="left")
        for column in ("case", "", "message", "what is wrong"):
            cases.add_column(column, overflow="fold")
        for case in self.changed[:_CASES_SHOWN]:
            style = _STYLES[case.change]
            change = f"[{style}]{case.change}[/]" if style else case.change
            cases.add_row(escape(case.case), change, escape(case.message), escape("\n".join(case.faults)))
        return [figures, cases] if self.changed else [figures]


def compare(before: Logged, after: Logged) -> Comparison:
    """Hold one run of a suite against another.

    Args:
        before: the earlier one, or the one to measure by.
        after: the other.

    Raises:
        InvalidInput: they are of two suites.
    """
    if before.suite != after.suite:
        raise InvalidInput("run", f"A run of {before.suite} cannot be compared with one of {after.suite}.")
    signs = {figure: sign for run in (before, after) for figure, (sign, _) in run.bounds.items()}
    figures = dict.fromkeys([*after.figures, *before.figures])
    return Comparison(
        before,
        after,
        [
            _moved(figure, before.figures.get(figure), after.figures.get(figure), signs.get(figure))
            for figure in figures
        ],
        _changed(before.cases, after.cases),
    )


def _moved(figure: str, before: float | None, after: float | None, sign: str | None) -> Moved:
    if before is None or after is None or before == after or sign is None:
        return Moved(figure, before, after, None)
    return Moved(figure, before, after, (after > before) == (sign == ">="))


def _changed(before: Sequence[Trial], after: Sequence[Trial]) -> list[Changed]:
    earlier, later = tries(before), tries(after)
    rows = {trial["id"]: trial for trial in before} | {trial["id"]: trial for trial in after if trial["passed"]}
    rows |= {
        trial["id"]: trial for trial in after if not trial["passed"]
    }  # of several tries, one that says what is wrong
    found = []
    for case in dict.fromkeys([*earlier, *later]):
        change = _change(earlier.get(case), later.get(case))
        if change is not None:
            row = rows[case]
            found.append(Changed(case, change, row.get("message", ""), row.get("faults", [])))
    return sorted(found, key=lambda each: list(_STYLES).index(each.change))


def _change(earlier: list[bool] | None, later: list[bool] | None) -> Change | None:
    if earlier is None:
        return "new"
    if later is None:
        return "gone"
    if all(earlier) == all(later):
        return None
    return "passes now" if all(later) else "fails now"


def _shown(value: float | None) -> str:
    return "" if value is None else number(value)


def _step(moved: Moved) -> str:
    if moved.before is None or moved.after is None or moved.before == moved.after:
        return ""
    text = f"{moved.after - moved.before:+.4g}"
    return text if moved.better is None else f"[{'green' if moved.better else 'red'}]{text}[/]"
