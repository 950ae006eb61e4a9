"""``hashira eval retrieval``: are the right passages found, and does the Coach know what the manuals do not say?

Hand-written questions (``evals/data/retrieval.jsonl``), in words other than the manuals', are ranked three ways: by embeddings
alone, by BM25 alone and as the product does it. What is ranked are headings: the place of a heading is that of its first passage.
Every method is measured twice: over the whole library, and, as the Coach asks (``_in_manual``), within the manual of the weapon
that the question names. The bounds of the ranking hold for both forms. False alarms and misses are the embedded Coach's own: a
question whose answer stands in a manual and that was answered "the manuals do not say", and one that nothing answers (an absent
fact about a weapon that has a manual, or a topic that no manual has) and that was answered as if something did. The planner,
which stops most foreign topics before the Coach, has no part in it. ``answered_with_fact`` is the share of replies with the
number, material or word that was asked for, ``cites_the_place`` of those that cite a place which answers the question.

The product was tuned on the split *dev*, whose cases are shown. Figures and bounds are of the split *test*; of its cases only the
numbers are shown, so that nobody tunes the product to them by reading a report.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from agents.composer.models import CoachAnswer, CoachQuestion
from evals.datasets import chosen
from evals.floors import floors
from evals.library import corpus_library
from evals.questions import Question, questions
from evals.ranking import DEPTH, judged
from evals.report import Report
from evals.suites import retrieval_tables as tables
from evals.suites.retrieval_cases import FORMS, Answered, Ranked, answer_figures, means, of, ranking_figures, trial
from evals.suites.retrieval_picture import measures_by_method
from hashiramart.config import Settings

if TYPE_CHECKING:
    from knowledge.shelf import Shelf
    from knowledge.split import Passage

NAME = "retrieval"
_BREADTH = 2 * DEPTH  # passages asked for, of which some share a heading

Ranker = Callable[["Shelf", str, str | None], "Sequence[Passage]"]
"""From the shelf, a question and the weapon to stay with (or none) to passages, best first."""
Answerer = Callable[[CoachQuestion, "Shelf"], CoachAnswer]
Tell = Callable[[str, float], None]


def by_meaning(shelf: Shelf, question: str, weapon: str | None) -> list[Passage]:
    """By the cosine of the embeddings alone."""
    vector = shelf.embedder.recall([question])[0]
    return [passage for passage, _ in shelf.nearest(vector, _BREADTH, {"weapon": weapon} if weapon else {})]


def by_words(shelf: Shelf, question: str, weapon: str | None) -> list[Passage]:
    """By BM25 alone."""
    from knowledge.retrieve import lexical

    return [passage for passage, _ in lexical(shelf, question, _BREADTH, {"weapon": weapon} if weapon else None)]


def by_both(shelf: Shelf, question: str, weapon: str | None) -> list[Passage]:
    """As the product does it."""
    from knowledge.retrieve import retrieve

    return [hit.passage for hit in retrieve(shelf, question, k=_BREADTH, weapon=weapon)]


RANKERS: Mapping[str, Ranker] = {"dense": by_meaning, "bm25": by_words, "fused": by_both}


def run(settings: Settings, quick: bool, tell: Tell, *, data: Path | None = None, only: Collection[str] = ()) -> Report:
    """Score the product over the corpus.

    Args:
        settings: the shop's settings.
        quick: of no effect: all questions are done within a minute.
        tell: told of the progress.
        data: another file of questions; no bounds are judged for it.
        only: ids of questions; empty is all.

    Raises:
        SetupError: the embedding model cannot be loaded.
        InvalidInput: ``data`` cannot be read.
        Unavailable: Chroma cannot be reached.
    """
    del quick
    from knowledge.embed import load_embedder

    asked = chosen(questions(data), only)
    with corpus_library(settings, load_embedder(settings), lambda what, share: tell(what, share / 2)) as library:
        report = score(
            library.shelf(), asked, bounded=data is None, tell=lambda what, share: tell(what, 0.5 + share / 2)
        )
    return replace(report, bounds=floors(NAME, whole=False)) if only and data is None else report


def score(
    shelf: Shelf,
    asked: Sequence[Question] | None = None,
    *,
    rankers: Mapping[str, Ranker] = RANKERS,
    answerer: Answerer | None = None,
    bounded: bool = True,
    tell: Tell = lambda _what, _share: None,
) -> Report:
    """Score any retrieval and any Coach.

    Args:
        shelf: a library of the corpus.
        asked: the questions; by default all of ``data/retrieval.jsonl``.
        rankers: ``dense``, ``bm25`` and ``fused``.
        answerer: the Coach; by default the embedded composer.
        bounded: whether the bounds of ``params.yaml`` hold.
        tell: told of the progress.
    """
    asked = questions() if asked is None else asked
    answers = answerer or _composer()
    ranked = [_ranked(shelf, question, rankers) for question in asked if question.kind == "fact"]
    answered: list[Answered] = []
    for number, question in enumerate(asked):
        tell("answering questions", number / len(asked))
        started = time.perf_counter()
        answer = answers(CoachQuestion(question.text, weapon=question.weapon), shelf)
        answered.append(Answered(question, answer, (time.perf_counter() - started) * 1000))
    tested = means(of("test", ranked))
    return Report(
        name=NAME,
        figures=ranking_figures(tested)
        | answer_figures(of("test", answered))
        | {f"dev_{name}": value for name, value in answer_figures(of("dev", answered)).items()},
        bounds=floors(NAME) if bounded else {},
        details=[
            *(tables.methods(split, means(of(split, ranked))) for split in ("test", "dev")),
            tables.kinds(answered),
            tables.sections(of("test", ranked), of("test", answered)),
            *tables.worst(of("dev", ranked), of("dev", answered)),
            tables.numbers(of("test", ranked), of("test", answered)),
        ],
        about=(__doc__ or "").partition("\n\n")[2],
        pictures={"methods": lambda: measures_by_method(tested)},
        cases=[trial(case, shown=not bounded) for case in answered],
    )


def _composer() -> Answerer:
    from agents.composer.answer import compose

    return compose


def _ranked(shelf: Shelf, question: Question, rankers: Mapping[str, Ranker]) -> Ranked:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for form in FORMS:
        weapon = question.weapon if form else None
        headings = {
            method: list(dict.fromkeys((each.source, each.heading) for each in rank(shelf, question.text, weapon)))
            for method, rank in rankers.items()
        }
        found[form] = {method: judged(ranking, question.places) for method, ranking in headings.items()}
    return Ranked(question, found)
