"""What ``hashira eval`` and ``hashira bench`` can run, by name. A suite's module is imported when it is asked for.

Each module has ``run(settings, quick, tell) -> Report``. ``quick`` asks for an end within 60 seconds; ``tell`` is called with
what is being done and the share that is done.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, cast

from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import NotFound

Kind = Literal["suite", "bench"]
Tell = Callable[[str, float], None]
Runner = Callable[[Settings, bool, Tell], Report]

_MODULES: dict[Kind, dict[str, str]] = {
    "suite": {"routing": "evals.suites.routing", "recommender": "evals.suites.recommender"},
    "bench": {
        "turn": "evals.benches.turn",
        "events": "evals.benches.events",
        "recommend": "evals.benches.recommend",
        "train": "evals.benches.train",
        "swaps": "evals.benches.swaps",
        "feedback": "evals.benches.feedback",
    },
}


def names(kind: Kind) -> tuple[str, ...]:
    """The suites, or the benchmarks."""
    return tuple(_MODULES[kind])


def run(kind: Kind, name: str, settings: Settings, *, quick: bool = False, tell: Tell | None = None) -> Report:
    """Run one suite or benchmark.

    Args:
        kind: suite or bench.
        name: one of ``names(kind)``.
        settings: the shop's settings.
        quick: end within 60 seconds, with fewer cases or rounds where that is needed.
        tell: told of the progress: what, and the share done between 0 and 1.

    Raises:
        NotFound: there is none of that name.
        HashiraError: what the suite needs is not there.
    """
    module = _MODULES[kind].get(name)
    if module is None:
        raise NotFound("name", f"There is no {kind} called {name!r}. There is: {', '.join(names(kind))}.")
    runner = cast("Runner", import_module(module).run)
    return runner(settings, quick, tell or (lambda _what, _share: None))
