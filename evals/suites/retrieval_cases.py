"""The retrieval suite's cases once they are done, and the figures over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from agents.composer.models import CoachAnswer
from evals.questions import Question, Split
from evals.ranking import MEASURES
from evals.trials import Trial

FORMS = {"": "whole library", "_in_manual": "within the named weapon's manual"}

Means = dict[str, dict[str, dict[str, float]]]
"""By form, method and measure."""


class Ranked(NamedTuple):
    """A question with an answer in the manuals, and each method's measures by form, method and measure."""

    question: Question
    found: Means

    @property
    def buried(self) -> bool:
        """The product has no answering place among the first five of the whole library."""
        return not self.found[""]["fused"]["hit5"]


class Answered(NamedTuple):
    """A question, what the Coach made of it, and how long that took."""

    question: Question
    answer: CoachAnswer
    milliseconds: float = 0.0

    @property
    def wrong(self) -> bool:
        """A false alarm or a miss."""
        return self.answer.found != (self.question.kind == "fact")

    @property
    def with_fact(self) -> bool:
        """The reply holds what was asked for."""
        reply = self.answer.reply
        return self.answer.found and all(re.search(each, reply, re.IGNORECASE) for each in self.question.answer)

    @property
    def cites_the_place(self) -> bool:
        """A citation is a place that answers the question."""
        return any((cited.source, cited.section) in self.question.places for cited in self.answer.citations)


def trial(case: Answered, *, shown: bool) -> Trial:
    """The row of a question.

    Args:
        case: the question, answered.
        shown: whether a test question's texts may be shown.
    """
    question = case.question
    faults = []
    if case.wrong:
        faults.append("answered, though nothing answers it" if case.answer.found else "said to have no answer")
    elif question.kind == "fact":
        faults += [] if case.with_fact else [f"without {', '.join(question.answer)}"]
        faults += [] if case.cites_the_place else ["cites no place that answers it"]
    return Trial(
        id=question.id,
        slice=question.kind,
        passed=not faults,
        expected=[f"{source}: {section}" for source, section in sorted(question.places)] or "no answer",
        got=case.answer.reply,
        latency_ms=case.milliseconds,
        trajectory=["coach"],
        message=question.text,
        faults=faults,
        quiet=question.split == "test" and not shown,
    )


_Case = TypeVar("_Case", Ranked, Answered)


def of(split: Split, cases: Iterable[_Case]) -> list[_Case]:
    """The cases of one split."""
    return [case for case in cases if case.question.split == split]


def means(ranked: Sequence[Ranked]) -> Means:
    """The means over questions; 0 where there are none."""
    methods = ranked[0].found[""] if ranked else ("dense", "bm25", "fused")
    return {
        form: {
            method: {measure: mean(case.found[form][method][measure] for case in ranked) for measure in MEASURES}
            for method in methods
        }
        for form in FORMS
    }


def ranking_figures(found: Means) -> dict[str, float]:
    """Every mean by name, and by how much the product is over the better of its two halves."""
    figures: dict[str, float] = {}
    for form, methods in found.items():
        for measure in MEASURES:
            figures |= {f"{method}_{measure}{form}": values[measure] for method, values in methods.items()}
    for form, methods in found.items():
        for measure in MEASURES:
            best = max(values[measure] for method, values in methods.items() if method != "fused")
            figures[f"fused_over_best_{measure}{form}"] = methods["fused"][measure] - best
    return figures


def answer_figures(answered: Sequence[Answered]) -> dict[str, float]:
    """How many questions there are, and shares of what became of them."""
    facts = [case for case in answered if case.question.kind == "fact"]
    absent = [case for case in answered if case.question.kind == "absent_fact"]
    foreign = [case for case in answered if case.question.kind == "off_corpus"]
    nothing = absent + foreign
    return {
        "fact_questions": float(len(facts)),
        "unanswerable_questions": float(len(nothing)),
        "about_a_weapon_with_a_manual": mean(case in absent for case in nothing),
        "false_alarms": mean(case.wrong for case in facts),
        "misses": mean(case.wrong for case in nothing),
        "misses_absent_fact": mean(case.wrong for case in absent),
        "misses_off_corpus": mean(case.wrong for case in foreign),
        "answered_with_fact": mean(case.with_fact for case in facts),
        "cites_the_place": mean(case.cites_the_place for case in facts),
    }


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0
