"""What ``hashira eval`` and ``hashira bench`` can run, by name. A suite's module is imported when it is asked for.

Each module has ``run(settings, quick, tell) -> Report``. ``quick`` asks for an end within 60 seconds; ``tell`` is called with
what is being done and the share that is done. Suites that can be run on other cases than their own take ``data`` too, a file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, NotFound

Kind = Literal["suite", "bench"]
Tell = Callable[[str, float], None]
Runner = Callable[..., Report]

_MODULES: dict[Kind, dict[str, str]] = {
    "suite": {
        "routing": "evals.suites.routing",
        "recommender": "evals.suites.recommender",
        "coach": "evals.suites.coach",
        "retrieval": "evals.suites.retrieval",
    },
    "bench": {
        "turn": "evals.benches.turn",
        "events": "evals.benches.events",
        "recommend": "evals.benches.recommend",
        "train": "evals.benches.train",
        "swaps": "evals.benches.swaps",
        "feedback": "evals.benches.feedback",
        "ingest": "evals.benches.ingest",
        "retrieve": "evals.benches.retrieve",
        "generations": "evals.benches.generations",
    },
}
_ON_OTHER_DATA = frozenset({"coach", "retrieval"})


def names(kind: Kind) -> tuple[str, ...]:
    """The suites, or the benchmarks."""
    return tuple(_MODULES[kind])


def run(
    kind: Kind,
    name: str,
    settings: Settings,
    *,
    quick: bool = False,
    tell: Tell | None = None,
    data: Path | None = None,
) -> Report:
    """Run one suite or benchmark.

    Args:
        kind: suite or bench.
        name: one of ``names(kind)``.
        settings: the shop's settings.
        quick: end within 60 seconds, with fewer cases or rounds where that is needed.
        tell: told of the progress: what, and the share done between 0 and 1.
        data: for a suite, a file of cases in place of its own. Its bounds are set for its own and not judged then.

    Raises:
        NotFound: there is none of that name.
        InvalidInput: ``data`` for one that has no cases, or that cannot be read.
        HashiraError: what the suite needs is not there.
    """
    module = _MODULES[kind].get(name)
    if module is None:
        raise NotFound("name", f"There is no {kind} called {name!r}. There is: {', '.join(names(kind))}.")
    runner = cast("Runner", import_module(module).run)
    if data is not None:
        if kind != "suite" or name not in _ON_OTHER_DATA:
            raise InvalidInput("data", f"The {kind} {name} cannot be run on another file of cases.")
        runner = partial(runner, data=data)
    return runner(settings, quick, tell or (lambda _what, _share: None))
