"""The questions of the retrieval suite: each label can be held against the corpus, and dev and test are two sets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from evals.questions import questions
from hashiramart import seed
from hashiramart.errors import InvalidInput
from knowledge.corpus import corpus_paths, corpus_root, read_document
from knowledge.split import split
from knowledge.words import terms

LINE = (
    '{"id": "x1", "split": "dev", "kind": "fact", "text": "How heavy?", "weapon": null, '
    '"passages": [{"source": "manuals/heron-spear.md", "section": "Overview"}], "answer": ["1.70"]}'
)


@cache
def corpus() -> dict[tuple[str, str], str]:
    """Text by source and heading."""
    texts: dict[tuple[str, str], str] = defaultdict(str)
    for folder in corpus_paths():
        for path in sorted(folder.rglob("*.md")):
            for passage in split(read_document(path, corpus_root())):
                texts[passage.source, passage.heading] += f"{passage.heading}\n{passage.text}\n"
    return dict(texts)


def test_every_labelled_passage_is_in_the_corpus() -> None:
    assert [(each.id, place) for each in questions() for place in each.places if place not in corpus()] == []


def test_every_expected_word_is_in_a_labelled_passage() -> None:
    lost = [
        (each.id, pattern)
        for each in questions()
        for pattern in each.answer
        if not any(re.search(pattern, corpus()[place], re.IGNORECASE) for place in each.places)
    ]
    assert lost == []


def test_a_named_weapon_is_one_of_the_shop_and_the_label_is_its_manual() -> None:
    slugs = {weapon.slug for weapon in seed.weapons()}
    assert {each.weapon for each in questions()} - {None} <= slugs
    wrong = [
        each.id
        for each in questions()
        for source, _ in each.places
        if source != f"manuals/{each.weapon}.md" and not (each.weapon is None and source.startswith("guides/"))
    ]
    assert wrong == []


def test_an_absent_fact_is_asked_about_a_weapon_and_a_foreign_topic_is_not() -> None:
    assert all(each.weapon for each in questions() if each.kind == "absent_fact")
    assert not any(each.weapon for each in questions() if each.kind == "off_corpus")


def test_ids_and_texts_are_unique_across_the_splits() -> None:
    assert max(Counter(each.id for each in questions()).values()) == 1
    assert max(Counter(" ".join(terms(each.text)) for each in questions()).values()) == 1


def test_dev_and_test_do_not_ask_the_same_problem_or_drill_of_a_weapon() -> None:
    asked: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in questions():
        if each.weapon and len(each.places) == 1:
            asked[each.split] |= {place for place in each.places if place[1].startswith(("Troubleshooting", "Drills"))}
    assert asked["dev"] & asked["test"] == set()


def test_there_are_enough_over_all_documents_and_sections() -> None:
    tested = [each for each in questions() if each.split == "test"]
    kinds = Counter(each.kind for each in tested)
    assert kinds["fact"] >= 215
    assert kinds["absent_fact"] >= 60
    assert kinds["off_corpus"] >= 35
    places = {place for each in tested for place in each.places}
    assert {source for source, _ in places} == {source for source, _ in corpus()}
    assert {"Overview", "Handling", "Drills", "Safety", "Troubleshooting", "Accessories"} <= {
        section.split(" > ")[0] for _, section in places
    }
    assert {f"Maintenance > {part}" for part in ("Intervals", "Materials", "Steps")} <= {place[1] for place in places}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (LINE.replace('"dev"', '"train"'), "split"),
        (LINE.replace("1.70", "(1.70"), "answer"),
        (LINE.replace('"fact"', '"off_corpus"'), "passages exactly when"),
        (LINE.replace('"id": "x1", ', ""), "id"),
        ("no JSON", "no question"),
    ],
)
def test_a_line_that_does_not_follow_the_schema_is_named(tmp_path: Path, wrong: str, reason: str) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(f"{LINE}\n{wrong}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=rf"\.jsonl:2 is .*{re.escape(reason)}"):
        questions(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"own\.jsonl"):
        questions(tmp_path / "own.jsonl")
