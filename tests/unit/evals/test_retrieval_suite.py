"""The retrieval suite: the product meets its floors, and a broken retrieval or Coach does not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from agents.composer.models import CoachAnswer, CoachQuestion
from evals.library import corpus_library
from evals.questions import Question, questions
from evals.report import Report
from evals.suites.retrieval import RANKERS, Answerer, Ranker, score
from hashiramart.blocks import Citation
from hashiramart.config import Settings
from knowledge.ingest import ingest
from knowledge.shelf import Shelf
from knowledge.split import Passage
from knowledge.store import open_library
from tests.library import copy_library, kept_folder, real_embedder, whole_library

RANKING_BOUNDS = {"fused_hit5", "fused_over_best_hit1", "fused_over_best_mrr", "fused_over_best_ndcg10"}


@pytest.fixture(scope="module")
def shelf(request: pytest.FixtureRequest) -> Shelf:
    return whole_library(kept_folder(request.config)).shelf()


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    return questions()


@pytest.fixture(scope="module")
def knowing(asked: list[Question]) -> Answerer:
    """A Coach that knows which questions can be answered, and says and cites what the label wants."""
    by_text = {each.text: each for each in asked}

    def answer(question: CoachQuestion, shelf: Shelf) -> CoachAnswer:
        known = by_text[question.text]
        words = [passage.text for passage in shelf.passages if (passage.source, passage.heading) in known.places]
        cited = [
            Citation(n=n, source=source, section=section, text="", weapon=None)
            for n, (source, section) in enumerate(known.places, start=1)
        ]
        return CoachAnswer(words, cited, found=bool(known.passages))

    return answer


def always(found: bool) -> Answerer:
    return lambda question, _shelf: CoachAnswer([question.text], found=found)


def untold(what: str, _share: float) -> None:
    raise AssertionError(what)


def shown(report: Report) -> str:
    console = Console(file=io.StringIO(), record=True, width=400)
    report.print(console)
    return console.export_text()


def other_weapons(shelf: Shelf, question: str, weapon: str | None) -> list[Passage]:
    """The product with a fault: what it finds is told of the next weapon on the shelf."""
    slugs = sorted(shelf.by_weapon)
    after = dict(zip(slugs, [*slugs[1:], slugs[0]], strict=True))
    right = RANKERS["fused"](shelf, question, weapon)
    return [shelf.by_weapon[after[each.weapon]][0] for each in right if each.weapon]


def worst_first(shelf: Shelf, question: str, weapon: str | None) -> Sequence[Passage]:
    return RANKERS["fused"](shelf, question, weapon)[::-1]


def test_the_product_meets_its_floors(shelf: Shelf) -> None:
    report = score(shelf)
    assert report.ok, (report.missed, report.figures)


def test_a_coach_that_knows_the_labels_has_no_fault(shelf: Shelf, asked: list[Question], knowing: Answerer) -> None:
    report = score(shelf, asked, answerer=knowing)
    assert report.ok, report.missed
    assert (report.figures["false_alarms"], report.figures["misses"]) == (0.0, 0.0)
    assert report.figures["cites_the_place"] == 1.0


@pytest.mark.parametrize("fault", [other_weapons, worst_first], ids=["another weapon's passages", "worst first"])
def test_a_broken_retrieval_misses_the_bounds(
    shelf: Shelf, asked: list[Question], knowing: Answerer, fault: Ranker
) -> None:
    report = score(shelf, asked, rankers={**RANKERS, "fused": fault}, answerer=knowing)
    assert set(report.missed) >= RANKING_BOUNDS


def test_fusion_that_is_only_bm25_is_no_better_than_the_best(
    shelf: Shelf, asked: list[Question], knowing: Answerer
) -> None:
    report = score(shelf, asked, rankers={**RANKERS, "fused": RANKERS["bm25"]}, answerer=knowing)
    assert "fused_over_best_mrr" in report.missed


def test_a_coach_that_always_answers_misses(shelf: Shelf, asked: list[Question]) -> None:
    report = score(shelf, asked, answerer=always(True))
    assert report.figures["misses"] == 1.0
    assert "misses" in report.missed
    assert "false_alarms" not in report.missed


def test_a_coach_that_never_answers_raises_false_alarms(shelf: Shelf, asked: list[Question]) -> None:
    report = score(shelf, asked, answerer=always(False))
    assert report.figures["false_alarms"] == 1.0
    assert "false_alarms" in report.missed
    assert "misses" not in report.missed


def test_only_dev_questions_are_shown_in_words(shelf: Shelf, asked: list[Question]) -> None:
    few = [each for each in asked if each.kind == "absent_fact"][::10]
    words = shown(score(shelf, few, answerer=always(True), bounded=False))
    assert all((each.text in words) == (each.split == "dev") for each in few)
    assert all(each.id in words for each in few)


def test_own_questions_are_not_judged_by_the_product_s_bounds(shelf: Shelf, asked: list[Question]) -> None:
    assert score(shelf, asked[:2], answerer=always(False), bounded=False).ok


def test_the_picture_of_the_same_figures_is_the_same(shelf: Shelf, asked: list[Question]) -> None:
    draw = score(shelf, [each for each in asked if each.split == "test"][:3], answerer=always(True)).pictures["methods"]
    picture = draw()
    assert picture == draw()
    assert b"nDCG@10" in picture


def test_a_shop_with_the_corpus_is_asked_in_its_own_library(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    copy_library(kept_folder(request.config), tmp_path)
    with corpus_library(Settings(home=tmp_path), real_embedder(), untold) as library:
        assert set(library.documents()) == {source for each in questions() for source, _ in each.places}


def test_a_shop_with_other_manuals_too_is_asked_in_a_passing_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual, other = tmp_path / "corpus" / "one.md", tmp_path / "other" / "two.md"
    for file in (manual, other):
        file.parent.mkdir()
        file.write_text(f"# {file.stem}\n\n## Overview\nIt is made of ash.\n", encoding="utf-8")
    monkeypatch.setattr("knowledge.corpus.corpus_paths", lambda: [manual.parent])
    settings = Settings(home=tmp_path / "home")
    shop = open_library(settings, real_embedder())
    ingest([manual, other], shop)
    shop.close()
    told: list[str] = []
    with corpus_library(settings, real_embedder(), lambda what, _share: told.append(what)) as library:
        assert set(library.documents()) == {"one.md"}
    assert told
