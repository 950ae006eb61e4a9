"""What ``hashira eval`` and ``hashira bench`` can run, by name. A suite's module is imported when it is asked for.

Each module has ``run(settings, quick, tell) -> Report``. ``quick`` asks for an end within 60 seconds; ``tell`` is called with
what is being done and the share that is done. What a suite can do besides, its ``run`` says by its keywords:

* ``planner``: it can be run with the language model (``evals/engines.py``);
* ``repeats``: it tries every case so many times (``evals/trials.py``);
* ``data``: it can be run on another file of cases (``evals/datasets.py``);
* ``only``: it can be run on some of its slices or cases.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, cast

from evals.engines import fitted
from evals.report import Report
from evals.summary import spent_figures
from evals.trials import Planner
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, NotFound

Kind = Literal["suite", "bench"]
Tell = Callable[[str, float], None]
Runner = Callable[..., Report]

_MODULES: dict[Kind, dict[str, str]] = {
    "suite": {
        "routing": "evals.suites.routing",
        "slots": "evals.suites.slots",
        "retrieval": "evals.suites.retrieval",
        "coach": "evals.suites.coach",
        "recommender": "evals.suites.recommender",
        "safety": "evals.suites.safety",
        "end_to_end": "evals.suites.end_to_end",
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
        "faults": "evals.benches.faults",
        "kills": "evals.benches.kills",
        "artist": "evals.benches.artist",
        "images": "evals.benches.images",
    },
}
ALL = "all"
"""In place of a suite's name: all of them."""
_WITHOUT = {
    "planner": "The {kind} {name} has no turns that a language model could plan.",
    "repeats": "The {kind} {name} tries each of its cases once.",
    "data": "The {kind} {name} cannot be run on another file of cases.",
    "only": "The {kind} {name} cannot be run in part.",
}


@dataclass(frozen=True)
class Asked:
    """How a suite is to be run; the defaults run it as it is.

    Attributes:
        planner: who plans.
        repeats: how often each case is tried.
        data: a file of cases in place of its own. Its bounds are set for its own and not judged then.
        only: slices or ids of cases; empty is all.
    """

    planner: Planner = "embedded"
    repeats: int = 1
    data: Path | None = None
    only: Collection[str] = ()

    def differs(self) -> dict[str, Any]:
        """What is not as by default."""
        return {name: value for name in _WITHOUT if (value := getattr(self, name)) != getattr(_AS_IT_IS, name)}


_AS_IT_IS = Asked()


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
    asked: Asked = _AS_IT_IS,
) -> Report:
    """Run one suite or benchmark.

    Args:
        kind: suite or bench.
        name: one of ``names(kind)``.
        settings: the shop's settings.
        quick: end within 60 seconds, with fewer cases or rounds where that is needed.
        tell: told of the progress: what, and the share done between 0 and 1.
        asked: for a suite, how.

    Raises:
        NotFound: there is none of that name.
        InvalidInput: ``asked`` for something that it cannot, or a file of cases that cannot be read.
        SetupError: ``asked`` for the language model, and none is configured.
        HashiraError: what the suite needs is not there.
    """
    runner = _runner(kind, name)
    keywords = asked.differs()
    able = _keywords(runner) if kind == "suite" else frozenset()
    for keyword in keywords:
        if keyword not in able:
            raise InvalidInput(keyword, _WITHOUT[keyword].format(kind=kind, name=name))
    if kind == "suite":
        settings = fitted(settings, asked.planner)
    report = runner(settings, quick, tell or (lambda _what, _share: None), **keywords)
    return replace(report, figures={**report.figures, **spent_figures(report.cases, settings)})


def can(name: str, keyword: str) -> bool:
    """Whether a suite's ``run`` has that keyword.

    Raises:
        NotFound: there is no such suite.
    """
    return keyword in _keywords(_runner("suite", name))


def _runner(kind: Kind, name: str) -> Runner:
    module = _MODULES[kind].get(name)
    if module is None:
        raise NotFound("name", f"There is no {kind} called {name!r}. There is: {', '.join(names(kind))}.")
    return cast("Runner", import_module(module).run)


def _keywords(runner: Runner) -> frozenset[str]:
    parameters: Mapping[str, object] = inspect.signature(runner).parameters
    return frozenset(parameters) & frozenset(_WITHOUT)
