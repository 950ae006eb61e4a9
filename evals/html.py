"""Reports as one HTML page that needs nothing beside it: no script from elsewhere, no font, no picture.

For each suite: its figures beside their bounds, the confusion of first steps, slices, worst cases, latencies, and what
a language model was asked, where one was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals import summary
from evals.quantile import quantile
from evals.report import Report, number
from evals.report_file import machine
from evals.trials import Trial, tries
from hashiramart.config import Settings

if TYPE_CHECKING:
    from jinja2 import Template

_BARS = 32
_WORST = 60


def write(reports: Sequence[Report], path: Path, settings: Settings, *, now: datetime, told: Mapping[str, str]) -> Path:
    """Write the page.

    Args:
        reports: of the suites, at least one.
        path: the file, when its name ends in ``.html``; otherwise a folder, which is made, for ``<suite>.html``, or
            ``evaluation.html`` for several suites.
        settings: say what a token costs.
        now: the time of the report, with its zone.
        told: how the suites were run, by name.

    Returns:
        the file.
    """
    if path.suffix.lower() not in {".html", ".htm"}:
        path = path / f"{reports[0].name if len(reports) == 1 else 'evaluation'}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(reports, settings, now=now, told=told), encoding="utf-8")
    return path


def page(reports: Sequence[Report], settings: Settings, *, now: datetime, told: Mapping[str, str]) -> str:
    """The page; arguments as of ``write``."""
    return _template().render(
        title=reports[0].name if len(reports) == 1 else "evaluation",
        suites=[_suite(report, settings) for report in reports],
        date=f"{now:%Y-%m-%d %H:%M %Z}",
        told={**told, **machine()},
        ok=all(report.ok for report in reports),
        style=files(__package__).joinpath("page", "report.css").read_text(encoding="utf-8"),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["number"] = number
    environment.filters["words"] = _words
    return environment.from_string(files(__package__).joinpath("page", "report.html.j2").read_text(encoding="utf-8"))


def _suite(report: Report, settings: Settings) -> dict[str, Any]:
    cases, worst = report.cases, summary.failures(report.cases)
    by_case = tries(cases)
    bounded = [row for row in report.rows() if row[3]]
    return {
        "name": report.name,
        "about": report.about.strip(),
        "ok": report.ok,
        "bounded": bounded,
        "others": [row for row in report.rows() if not row[3]],
        "cases": len(by_case),
        "passed": sum(all(passed) for passed in by_case.values()),
        "tries": max((len(passed) for passed in by_case.values()), default=1),
        "slices": summary.slices(cases),
        "confusion": summary.confusion(cases),
        "worst": [failed._replace(trial=_whole(failed.trial)) for failed in worst[:_WORST]],
        "failed": len(worst),
        "latencies": summary.latencies(cases) if cases else {},
        "bars": _bars([trial["latency_ms"] for trial in cases]),
        "spent": summary.spent(cases, settings),
        "surroundings": report.surroundings,
    }


def _whole(trial: Trial) -> Any:
    """A row with what it leaves out."""
    return {"message": "", "faults": [], "quiet": False, "expected_trajectory": trial["trajectory"], **trial}


def _bars(values: Sequence[float]) -> list[tuple[float, float, int]]:
    """A histogram up to the 99th percentile, the rest in the last bar: from and to in milliseconds, and how many."""
    top = quantile(values, 0.99)
    if not values or top <= 0:
        return []
    counts = [0] * _BARS
    for value in values:
        counts[min(_BARS - 1, int(value / top * _BARS))] += 1
    return [(top * place / _BARS, top * (place + 1) / _BARS, count) for place, count in enumerate(counts)]


def _words(value: Any) -> str:
    """Something JSON as a person reads it."""
    match value:
        case str():
            return value
        case [*each] if all(isinstance(one, str) for one in each):
            return ", ".join(each) or summary.NOBODY
        case dict():
            return "\n".join(f"{name}: {_words(part)}" for name, part in value.items() if part not in ([], {}, ""))
        case _:
            return json.dumps(value, ensure_ascii=False)
