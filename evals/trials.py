"""One case tried once: the row that every suite hands to its report, and what is counted over such rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NotRequired, TypedDict

Planner = Literal["embedded", "llm"]
"""Who plans the turns of a suite: the trained router, or the configured language model."""


class Trial(TypedDict):
    """One case, tried once. JSON types only, as it is logged and put into files.

    Attributes:
        id: of the case, the same in every run, so that two runs can be compared.
        slice: the kind of case; scored apart.
        passed: whether everything that the case asks for was there.
        expected: what was asked for: a word, or a mapping of facts.
        got: what came, in the same shape as ``expected`` as far as that goes.
        latency_ms: what the slayer waited for, all turns of the case together.
        trajectory: the specialists in the order in which they acted, or the word that is said in place of one ("refused").
        expected_trajectory: the order that was asked for; left out where any will do.
        trial: 0 for the first try of a case, 1 for the next, …
        message: what was said, for people.
        faults: what was wrong, a sentence each.
        tokens_in, tokens_out, calls: what a language model was asked for it.
        quiet: True where the case's texts must not be shown (a test half that nobody tunes to).
    """

    id: str
    slice: str
    passed: bool
    expected: Any
    got: Any
    latency_ms: float
    trajectory: list[str]
    expected_trajectory: NotRequired[list[str]]
    trial: NotRequired[int]
    message: NotRequired[str]
    faults: NotRequired[list[str]]
    tokens_in: NotRequired[int]
    tokens_out: NotRequired[int]
    calls: NotRequired[int]
    quiet: NotRequired[bool]


def tries(trials: Iterable[Trial]) -> dict[str, list[bool]]:
    """Whether each try of a case passed, by the case's id, in the order of the rows."""
    found: dict[str, list[bool]] = {}
    for trial in trials:
        found.setdefault(trial["id"], []).append(trial["passed"])
    return found


def pass_hat(trials: Sequence[Trial]) -> float:
    """pass^k with k the number of tries: the share of cases that passed every time (tau-bench, arXiv 2406.12045); 0 of none."""
    by_case = tries(trials)
    return sum(all(passed) for passed in by_case.values()) / len(by_case) if by_case else 0.0


def failed_cases(trials: Iterable[Trial]) -> list[str]:
    """Ids of the cases that failed at least once, in the order of the rows."""
    return [case for case, passed in tries(trials).items() if not all(passed)]
