"""Whether the manuals answer, and with which sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from agents.composer import train
from agents.composer.evidence import choose, find_evidence
from agents.composer.examples import OWN, Example, look_up, read_questions
from agents.composer.models import CoachQuestion
from agents.composer.subject import find_subject
from agents.composer.verdict import load_models
from knowledge.store import Library

DEV = Path(__file__).parents[3] / "evals" / "data" / "retrieval.jsonl"
SILENT = re.compile(r"does not say|do not say|sets no interval|does not describe")


@pytest.fixture(scope="module")
def examples(library: Library) -> list[Example]:
    plain = [row for row in read_questions(DEV) if row["weight"] == OWN]
    return list(look_up(plain[::12], library.shelf()))


@pytest.mark.parametrize(
    ("text", "weapon", "says"),
    [
        ("which wood is its shaft made of?", "heron-spear", "ash"),
        ("how many studs are on the ball?", "penitent-chain-flail", "sixteen"),
        ("at what angle do I hone it?", "moonbite-axe", "22 degrees"),
        ("how much sleep do I need?", None, "seven to nine hours"),
        ("is it bad to loose it without an arrow?", "kestrel-bow", "Never loose the Kestrel without an arrow"),
    ],
)
def test_what_the_manuals_hold_is_found(library: Library, text: str, weapon: str | None, says: str) -> None:
    shelf = library.shelf()
    subject = find_subject(CoachQuestion(text, weapon=weapon), shelf)
    evidence = find_evidence(text, subject.entry if subject else None, shelf)
    assert evidence.answers, evidence.why
    assert says in " ".join(one.text for one in choose(evidence))


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("what does a new bronze shoe cost?", "heron-spear"),
        ("how old is the smith who made it?", "tidebreaker-katana"),
        ("how many of them were made?", "moonbite-axe"),
        ("how do I replace the batteries?", "kestrel-bow"),
        ("how do I bake bread?", None),
        ("who won the election?", None),
    ],
)
def test_what_they_do_not_hold_is_not(library: Library, text: str, weapon: str | None) -> None:
    shelf = library.shelf()
    evidence = find_evidence(text, shelf.manuals[weapon] if weapon else None, shelf)
    assert not evidence.answers, evidence.ranked[0].text
    assert choose(evidence) == []


def test_the_same_question_is_answered_by_the_manual_that_has_the_part_and_by_no_other(library: Library) -> None:
    shelf = library.shelf()
    assert find_evidence("what is the draw weight?", shelf.manuals["kestrel-bow"], shelf).answers
    assert not find_evidence("what is the draw weight?", shelf.manuals["oak-kanabo"], shelf).answers


def test_odd_words_have_evidence_of_nothing(library: Library) -> None:
    shelf = library.shelf()
    for text in ("", "???", "日本刀"):
        assert not find_evidence(text, shelf.manuals["heron-spear"], shelf).answers, text


def test_the_models_weigh_the_measures_that_they_are_given(examples: list[Example]) -> None:
    models = load_models()
    one = examples[0]
    assert set(one.first(one.candidates[0])) == set(models.first.weights)
    assert set(one.read(one.candidates[0])) == set(models.sentence.weights)
    measures = train._measures(models.first, models.sentence, one)
    booster = models.question.booster
    assert list(measures) == booster.feature_name()
    gains = dict(zip(measures, booster.feature_importance("gain"), strict=True))
    assert min(gains[name] for name in ("score", "read_best", "lacking", "known_any_vote_10", "known_own_vote_10")) > 0
    assert np.isfinite(models.question(measures))


def test_training_finds_weights_that_tell_the_questions_apart(examples: list[Example]) -> None:
    first, sentence, question = train.fit(examples)
    odds = np.array([question(train._measures(first, sentence, one)) for one in examples])
    answerable = np.array([one.answerable for one in examples])
    assert (
        odds[answerable].mean() - odds[~answerable].mean() > 0.5
    )  # most questions differ by a word, and nothing was read
    threshold = float(np.median(odds))
    false, missed = train.rates(examples, odds, threshold)
    assert false < 0.3
    assert missed < 0.3


def test_training_reads_no_question_of_the_test_split(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [
        {"id": "r1", "split": split, "kind": "fact", "text": split, "weapon": None, "passages": [], "answer": []}
        for split in ("dev", "test")
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    texts = [row["text"] for row in read_questions(path)]
    assert "dev" in texts
    assert "test" not in texts
