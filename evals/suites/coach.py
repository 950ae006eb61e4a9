"""``hashira eval coach``: does the Coach say what was asked for, and has each sentence its source?

Every case goes the way of a chat turn, through the graph's own nodes: planned with the thread's memory,
rewritten where it is a follow-up, and composed from one generation of the library. ``supported`` is the share of cited sentences
that their passages say (``evals/support.py``), ``uncited`` the share of all sentences that tell what a passage says but do not
cite it, ``facts`` the share of what was asked for that is in the reply.

The product was tuned on the split *dev*, whose cases are shown. Figures and bounds are of the split *test*; of its cases only the
numbers are shown, so that nobody tunes the product to them by reading a report.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from agents.planner.embedded import EmbeddedPlanner
from evals.coach_cases import CoachCase, coach_cases
from evals.coach_turns import Coach, HouseCoach, Reply
from evals.datasets import chosen
from evals.engines import fitted
from evals.floors import floors
from evals.library import corpus_library
from evals.quantile import quantile
from evals.report import Report
from evals.support import Said, said, supported, unmarked_claim
from evals.trials import Planner, Trial
from hashiramart.config import Settings
from knowledge.shelf import Shelf

NAME = "coach"
_WORST_SHOWN = 30


class Outcome(NamedTuple):
    """A case and what the Coach made of it.

    ``sentences`` are those with a marker and ``unsupported`` those of them that their passages do not say; ``unmarked`` tell what
    a passage says without citing it. ``differs`` is None where the case asks for no difference.
    """

    case: CoachCase
    reply: Reply
    missing: list[str]
    unwanted: list[str]
    sentences: list[Said]
    unsupported: list[Said]
    unmarked: list[Said]
    said: int
    minutes_exact: bool | None
    differs: bool | None

    @property
    def complete(self) -> bool:
        """Whether the answer holds all that was asked for and nothing that it must not."""
        return bool(self.reply.words) and not self.missing and not self.unwanted


def run(
    settings: Settings,
    quick: bool,
    tell: Callable[[str, float], None],
    *,
    planner: Planner = "embedded",
    data: Path | None = None,
    only: Collection[str] = (),
) -> Report:
    """Score the Coach over the corpus.

    Args:
        settings: the shop's settings.
        quick: of no effect: all cases are done within a minute.
        tell: told of the progress.
        planner: whether the configured language model plans and answers.
        data: another file of cases; no bounds are judged for it.
        only: slices or ids of cases; empty is all.

    Raises:
        SetupError: the embedding model cannot be loaded.
        InvalidInput: ``data`` cannot be read.
        Unavailable: Chroma cannot be reached.
    """
    from agents.planner.vocabulary import Vocabulary
    from hashiramart import seed
    from knowledge.embed import load_embedder

    del quick
    cases = chosen(coach_cases(data), only)
    embedder = load_embedder(settings)
    embedded = EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))
    with corpus_library(settings, embedder, lambda what, share: tell(what, share / 2)) as library:
        shelf = library.shelf()
        coach = HouseCoach(fitted(settings, planner), embedded, shelf)
        report = score(coach, shelf, cases, bounded=data is None, tell=lambda what, share: tell(what, 0.5 + share / 2))
    return replace(report, bounds=floors(NAME, whole=False)) if only and data is None else report


def score(
    coach: Coach,
    shelf: Shelf,
    cases: Sequence[CoachCase] | None = None,
    *,
    bounded: bool = True,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Report:
    """Score any Coach.

    Args:
        coach: what is scored.
        shelf: the passages that an answer may be from.
        cases: the cases; by default those of ``data/coach.jsonl``.
        bounded: whether the bounds of ``params.yaml`` hold, over the ``test`` cases.
        tell: told of the progress.
    """
    cases = coach_cases() if cases is None else cases
    outcomes = []
    for number, case in enumerate(cases):
        tell("asking the Coach", number / len(cases))
        outcomes.append(_outcome(coach, case, shelf))
    return Report(
        name=NAME,
        figures=_split_figures(outcomes) if bounded else _figures(outcomes),
        bounds=floors(NAME) if bounded else {},
        details=[_slices(outcomes), *_worst(outcomes, shown=not bounded)],
        about=(__doc__ or "").partition("\n\n")[2],
        cases=[_trial(outcome, shown=not bounded) for outcome in outcomes],
    )


def _trial(outcome: Outcome, *, shown: bool) -> Trial:
    case, reply = outcome.case, outcome.reply
    wrong = faults(outcome)
    row = Trial(
        id=case.id,
        slice=case.slice,
        passed=not wrong,
        expected={"facts": case.facts, "absent": case.absent} | ({"minutes": case.minutes} if case.minutes else {}),
        got=reply.words,
        latency_ms=reply.milliseconds,
        trajectory=list(reply.route),
        message=" / ".join([*case.thread, case.text]),
        faults=wrong,
        quiet=case.split == "test" and not shown,
    )
    return {**row, **reply.used}


def _outcome(coach: Coach, case: CoachCase, shelf: Shelf) -> Outcome:
    reply = coach.answer(case, case.profile)
    everything = said(reply.words)
    marked = [sentence for sentence in everything if sentence.markers]
    granted = _granted(case, reply)
    sources = {citation.source for citation in reply.citations.values()}
    near = [passage for source in sources for passage in shelf.under(source=source)] or shelf.passages
    differs = None
    if case.differs_from is not None:
        differs = coach.answer(case, case.differs_from).words != reply.words
    return Outcome(
        case=case,
        reply=reply,
        missing=case.missing(reply.words),
        unwanted=case.unwanted(reply.words),
        sentences=marked,
        unsupported=[sentence for sentence in marked if not supported(sentence, reply.citations, granted)],
        unmarked=[sentence for sentence in everything if reply.found and unmarked_claim(sentence, near)],
        said=len(everything),
        minutes_exact=None if case.minutes is None else _adds_up(reply, case.minutes),
        differs=differs,
    )


def _granted(case: CoachCase, reply: Reply) -> list[str]:
    """What an answer knows from elsewhere than the manuals: who asks, and how long the routine is that it makes."""
    profile = case.profile
    minutes = [drill["minutes"] for block in _routines(reply) for drill in block["drills"]]
    return [
        profile.name,
        profile.style,
        f"Breathing level {profile.level}",
        *(f"{length} minutes" for length in minutes),
    ]


def _adds_up(reply: Reply, minutes: int) -> bool:
    routines = _routines(reply)
    return bool(routines) and all(
        block["minutes"] == minutes == sum(drill["minutes"] for drill in block["drills"]) for block in routines
    )


def _routines(reply: Reply) -> list[dict[str, Any]]:
    return [block for block in reply.blocks if block["type"] == "routine"]


def _split_figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The figures of the ``test`` cases, then those of ``dev``."""
    test, dev = ([o for o in outcomes if o.case.split == split] for split in ("test", "dev"))
    return _figures(test) | {f"dev_{name}": value for name, value in _figures(dev).items()}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """What was found; a figure for which there is no case is left out."""
    figures = {
        "cases": float(len(outcomes)),
        "answered": _share(bool(o.reply.words) for o in outcomes),
        **_answer_figures(outcomes),
        "words_p95": quantile(sorted(_length(o) for o in outcomes if o.case.slice != "routine"), 0.95),
    }
    routines = [o.minutes_exact for o in outcomes if o.minutes_exact is not None]
    if routines:
        figures["routine_minutes_exact"] = _share(routines)
    personal = [o.complete and o.differs is not False for o in outcomes if o.case.slice == "personal"]
    if personal:
        figures["personal"] = _share(personal)
    return figures


def _answer_figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    marked = sum(len(o.sentences) for o in outcomes)
    spoken = sum(o.said for o in outcomes)
    asked = sum(len(o.case.facts) for o in outcomes)
    return {
        "supported": 1 - sum(len(o.unsupported) for o in outcomes) / marked if marked else 0.0,
        "uncited": sum(len(o.unmarked) for o in outcomes) / spoken if spoken else 0.0,
        "facts": 1 - sum(len(o.missing) for o in outcomes) / asked if asked else 0.0,
        "answers_complete": _share(o.complete for o in outcomes),
    }


def _slices(outcomes: Sequence[Outcome]) -> Table:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.case.slice].append(outcome)
    table = Table(title="by slice", title_justify="left")
    for column in ("slice", "cases", "facts", "complete", "supported", "uncited", "words (median)"):
        table.add_column(column, justify="left" if column == "slice" else "right")
    for name, members in groups.items():
        figures = _answer_figures(members)
        shares = (f"{figures[figure]:.3f}" for figure in ("facts", "answers_complete", "supported", "uncited"))
        table.add_row(name, str(len(members)), *shares, f"{statistics.median(_length(o) for o in members):.0f}")
    return table


def _worst(outcomes: Sequence[Outcome], *, shown: bool) -> list[RenderableType]:
    """What failed: with its texts where it may be looked into, else by number."""
    failed = [o for o in outcomes if _failed(o)]
    open_cases = [o for o in failed if shown or o.case.split == "dev"]
    closed = [o.case.id for o in failed if o not in open_cases]
    details: list[RenderableType] = []
    if open_cases:
        table = Table(title=f"worst cases ({len(open_cases)})", title_justify="left")
        for column in ("case", "message", "what is wrong"):
            table.add_column(column, overflow="fold")
        for outcome in open_cases[:_WORST_SHOWN]:
            message = " / ".join([*outcome.case.thread, outcome.case.text])
            table.add_row(outcome.case.id, escape(message), escape("\n".join(faults(outcome))))
        details.append(table)
    if closed:
        details.append(f"of the test half, failed in part ({len(closed)}): {' '.join(closed)}")
    return details


def _failed(outcome: Outcome) -> bool:
    return bool(faults(outcome))


def faults(outcome: Outcome) -> list[str]:
    """What is wrong with an answer, a line a fault."""
    reply = outcome.reply
    found = [] if reply.words else [f"no answer of the Coach; asked was: {', '.join(reply.route)}"]
    found += [f"missing: {pattern}" for pattern in outcome.missing]
    found += [f"unwanted: {pattern}" for pattern in outcome.unwanted]
    found += [f"not in its passage: {sentence.text}" for sentence in outcome.unsupported]
    found += [f"without a source: {sentence.text}" for sentence in outcome.unmarked]
    if outcome.minutes_exact is False:
        found.append(f"not a routine of {outcome.case.minutes} minutes")
    if outcome.differs is False:
        found.append("the same answer for another slayer")
    return found


def _length(outcome: Outcome) -> float:
    return float(len(outcome.reply.words.split()))


def _share(hits: Any) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0
