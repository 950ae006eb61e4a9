"""The one result type of ``hashira eval`` and ``hashira bench``: figures, the bounds that they must keep, and a table for people.

A program reads ``to_json()``: exactly ``{"name", "figures": {name: number}, "bounds": {name: ["<="|">=", number]}, "ok": bool}``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table

from evals.trials import Trial

_SIGNS = {"<=": "≤", ">=": "≥"}


@dataclass(frozen=True)
class Report:
    """What one suite or benchmark found.

    Attributes:
        name: of the suite or benchmark.
        figures: finite numbers by name; a share is between 0 and 1, a time has its unit in its name (``planning_p95_ms``).
        bounds: by the figure's name: ("<=" or ">=", limit). A bound whose figure is missing counts as missed.
        details: tables and texts for people only (confusion matrix, worst cases).
        about: what was done, for the reader of a report file (``evals/report_file.py``).
        surroundings: what the figures depend on beside the machine, by name: a server's version, the form that ran.
        pictures: SVG by name, drawn only when a report file is written.
        cases: a row for each try of each case, where the suite has cases (``evals/trials.py``).

    Raises:
        ValueError: a figure that is not a finite number, or a bound with another sign.
    """

    name: str
    figures: Mapping[str, float]
    bounds: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    details: Sequence[RenderableType] = ()
    about: str = ""
    surroundings: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    cases: Sequence[Trial] = ()

    def __post_init__(self) -> None:
        for figure, value in self.figures.items():
            if not math.isfinite(value):
                raise ValueError(f"The figure {figure} of {self.name} is {value}.")
        for figure, (sign, limit) in self.bounds.items():
            if sign not in _SIGNS or not math.isfinite(limit):
                raise ValueError(f"The bound of {figure} in {self.name} is {sign} {limit}.")

    @property
    def missed(self) -> tuple[str, ...]:
        """Names of the bounds that are not kept."""
        return tuple(figure for figure in self.bounds if not self._keeps(figure))

    @property
    def ok(self) -> bool:
        """Whether every bound is kept."""
        return not self.missed

    def to_json(self) -> dict[str, Any]:
        """What a program reads."""
        return {
            "name": self.name,
            "figures": dict(self.figures),
            "bounds": {figure: [sign, limit] for figure, (sign, limit) in self.bounds.items()},
            "ok": self.ok,
        }

    def print(self, console: Console) -> None:
        """Show it to a person: the table, missed bounds marked, then the details."""
        console.print(self.table())
        for detail in self.details:
            console.print(detail)

    def table(self) -> Table:
        """Figures beside their bounds."""
        table = Table(title=self.name, title_justify="left")
        table.add_column("figure")
        table.add_column("value", justify="right")
        table.add_column("bound", justify="right")
        table.add_column("")
        for figure, value, bound, verdict in self.rows():
            missed = verdict == "missed"
            mark = {"": "", "kept": "[green]✓[/]", "missed": "[bold red]✗ missed[/]"}[verdict]
            table.add_row(figure, f"[red]{value}[/]" if missed else value, bound, mark)
        return table

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Figures beside their bounds as plain words: name, value, bound, and whether it is kept."""
        rows = []
        for figure in dict.fromkeys([*self.figures, *self.bounds]):
            value = number(self.figures[figure]) if figure in self.figures else "missing"
            judged = figure in self.bounds
            verdict = ("kept" if self._keeps(figure) else "missed") if judged else ""
            rows.append((figure, value, self._bound(figure) if judged else "", verdict))
        return rows

    def _bound(self, figure: str) -> str:
        sign, limit = self.bounds[figure]
        return f"{_SIGNS[sign]} {number(limit)}"

    def _keeps(self, figure: str) -> bool:
        if figure not in self.figures:
            return False
        sign, limit = self.bounds[figure]
        value = self.figures[figure]
        return value <= limit if sign == "<=" else value >= limit


def number(value: float) -> str:
    """A figure as people read it."""
    if value == int(value) and abs(value) < 1e9:
        return str(int(value))
    if abs(value) < 0.1:
        return f"{value:.3g}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
