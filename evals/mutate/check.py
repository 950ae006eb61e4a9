"""Break the product, one mutation after the other, and see whether a suite notices.

A mutation is caught when a bound of ``params.yaml`` that the sound product keeps is missed by the broken one. Each suite is run
on the sound product first, on the same cases. Bounds are set for whole suites: where the sound product misses one on the few hard
cases that are looked at, the broken one must be worse by a tenth at least. A suite that does not come to an end under a mutation
proves nothing, as the mutation may have gone stale: that is a fault of the check.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.markup import escape
from rich.table import Table

from evals import registry
from evals.mutate.broken import broken
from evals.mutate.mutation import ALONE, Look, Mutation
from evals.registry import Asked
from evals.report import Report, number
from evals.scenes.furnish import furnish, own_settings
from evals.trials import Trial, failed_cases
from hashiramart.config import Settings

NAME = "mutate"
Tell = Callable[[str, float], None]
Score = Callable[[Look], Report]
"""Runs a suite, as far as a look asks for it."""

_CASES_SHOWN = 5
_NAMED = 4
_CLEARLY = 0.1


class Verdict(NamedTuple):
    """What became of a mutation.

    ``missed`` are the figures whose bounds only the broken product misses: name, with the sound one, with the broken one.
    ``fails`` are cases that only fail with the broken one. ``trouble`` is why nothing can be said.
    """

    mutation: Mutation
    look: Look
    missed: list[tuple[str, float, float]]
    fails: list[str]
    seconds: float
    trouble: str = ""

    @property
    def caught(self) -> bool:
        """Whether a suite noticed."""
        return bool(self.missed) and not self.trouble


def run(settings: Settings, mutations: Sequence[Mutation], tell: Tell) -> Report:
    """Try mutations on a passing shop: nothing of the user's is written to.

    Args:
        settings: of the user's shop; its manuals and champion are borrowed where it has them.
        mutations: which.
        tell: told of the progress.

    Raises:
        HashiraError: the passing shop cannot be furnished, or a suite does not come to an end with the sound product.
    """
    with TemporaryDirectory(prefix="hashira-mutate-") as folder:
        own = own_settings(settings, Path(folder))
        if {look.suite for mutation in mutations for look in mutation.looks} - ALONE:
            own = furnish(own.home, settings, tell)
        return report(verdicts(mutations, lambda look: _score(own, look), tell))


def _score(settings: Settings, look: Look) -> Report:
    return registry.run("suite", look.suite, settings, quick=look.quick, asked=Asked(only=look.only))


def verdicts(mutations: Sequence[Mutation], score: Score, tell: Tell) -> list[Verdict]:
    """Try mutations on anything that scores; see ``run``."""
    sound: dict[Look, Report] = {}
    found = []
    for place, mutation in enumerate(mutations):
        tell(f"breaking the product: {mutation.name}", place / len(mutations))
        for look in mutation.looks:
            if look not in sound:
                sound[look] = score(look)
            verdict = _tried(mutation, look, sound[look], score)
            if verdict.caught:
                break
        found.append(verdict)
    return found


def _tried(mutation: Mutation, look: Look, sound: Report, score: Score) -> Verdict:
    started = time.perf_counter()
    try:
        with broken(mutation):
            found = score(look)
    except Exception as error:  # noqa: BLE001 - whatever a broken product raises is told
        trouble = f"{type(error).__name__}: {error}"
        return Verdict(mutation, look, [], [], time.perf_counter() - started, trouble)
    missed = [
        (figure, sound.figures[figure], found.figures[figure])
        for figure in found.missed
        if figure in found.figures and figure in sound.figures and _clearly_worse(figure, sound, found)
    ]
    before = set(failed_cases(sound.cases))
    fails = [case for case in failed_cases(found.cases) if case not in before]
    return Verdict(mutation, look, missed, fails, time.perf_counter() - started)


def _clearly_worse(figure: str, sound: Report, found: Report) -> bool:
    """Whether a bound that is missed now says something, though it may have been missed before."""
    fall = sound.figures[figure] - found.figures[figure]
    return figure not in sound.missed or (fall if found.bounds[figure][0] == ">=" else -fall) >= _CLEARLY


def report(found: Sequence[Verdict]) -> Report:
    """The verdicts as a report: every mutation must be caught."""
    survived = [each for each in found if not each.caught]
    return Report(
        name=NAME,
        figures={
            "mutations": float(len(found)),
            "caught": float(len(found) - len(survived)),
            "survived": float(len(survived)),
            "seconds": round(sum(each.seconds for each in found), 1),
        },
        bounds={"survived": ("<=", 0)},
        details=[_table(found)],
        about=(__doc__ or "").partition("\n\n")[2],
        cases=[_trial(each) for each in found],
    )


def listed(mutations: Sequence[Mutation]) -> Table:
    """What there is."""
    table = Table(title=f"{len(mutations)} mutations", title_justify="left")
    for column in ("mutation", "what is broken", "noticed by"):
        table.add_column(column, overflow="fold")
    for each in mutations:
        table.add_row(each.name, escape(each.what), escape("; ".join(_named(look) for look in each.looks)))
    return table


def _table(found: Sequence[Verdict]) -> Table:
    table = Table(title="what noticed", title_justify="left")
    for column in ("mutation", "suite", "figure", "sound", "broken", "cases that fail"):
        table.add_column(column, overflow="fold", justify="right" if column in {"sound", "broken"} else "left")
    for each in found:
        cases = ", ".join(each.fails[:_CASES_SHOWN]) + (
            f" and {more} more" if (more := len(each.fails) - _CASES_SHOWN) > 0 else ""
        )
        if each.trouble or not each.missed:
            table.add_row(
                f"[red]✗ {each.mutation.name}[/]",
                _named(each.look),
                escape(each.trouble) or "[red]nothing noticed[/]",
                "",
                "",
                cases,
            )
            continue
        figure, before, after = each.missed[0]
        also = f" (and {len(each.missed) - 1} more)" if len(each.missed) > 1 else ""
        table.add_row(
            f"[green]✓[/] {each.mutation.name}", _named(each.look), figure + also, number(before), number(after), cases
        )
    return table


def _trial(each: Verdict) -> Trial:
    noticed = [f"{figure}: {number(before)} → {number(after)}" for figure, before, after in each.missed]
    faults = [each.trouble or "no figure missed its bound"] if not each.caught else []
    return Trial(
        id=each.mutation.name,
        slice=each.look.suite,
        passed=each.caught,
        expected="a bound that is missed",
        got=noticed or "nothing",
        latency_ms=each.seconds * 1000,
        trajectory=[each.look.suite],
        message=each.mutation.what,
        faults=faults,
    )


def _named(look: Look) -> str:
    if not look.only:
        return look.suite
    return f"{look.suite} ({', '.join(look.only) if len(look.only) <= _NAMED else f'{len(look.only)} cases'})"
