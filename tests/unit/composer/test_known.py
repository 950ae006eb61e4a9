"""Known questions: what those most like a question tell of it, and when they are not asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.composer.evidence import find_evidence
from agents.composer.examples import author_of, known_questions, look_up, with_known
from agents.composer.known import (
    GUIDES,
    Known,
    embedder_for,
    known_of,
    load_known,
    make_known,
    nothing,
    prints_of,
    read_known,
)
from knowledge.embed import BUNDLED_NAME, Embedder
from knowledge.shelf import Shelf
from knowledge.store import Library

PRINTS = {"axe": "1", "bow": "2", GUIDES: "3"}


def _embeddings(count: int) -> NDArray[np.float32]:
    found = np.random.default_rng(5).normal(size=(count, 384)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def embeddings() -> NDArray[np.float32]:
    return _embeddings(400)


@pytest.fixture(scope="module")
def known(embeddings: NDArray[np.float32]) -> Known:
    """Four hundred questions, a third each of an axe, a bow and the guides; every second one answered."""
    weapons = [("axe", "bow", None)[place % 3] for place in range(400)]
    return make_known(embeddings, [place % 2 == 0 for place in range(400)], weapons, PRINTS)


def test_a_question_fares_as_the_one_most_like_it_did(known: Known, embeddings: NDArray[np.float32]) -> None:
    answered, other = known.measures(embeddings[6], "axe", PRINTS), known.measures(embeddings[3], "axe", PRINTS)
    assert answered["known_any_yes"] == pytest.approx(1.0, abs=1e-5)
    assert other["known_any_no"] == pytest.approx(1.0, abs=1e-5)
    for name in ("known_any_gap", "known_own_gap", "known_any_vote_3", "known_own_vote_3"):
        assert answered[name] > 0 > other[name], name


def test_questions_of_another_manual_are_not_its_own(known: Known, embeddings: NDArray[np.float32]) -> None:
    of_the_axe = embeddings[6]
    as_bow = known.measures(of_the_axe, "bow", PRINTS)
    assert as_bow["known_any_nearest"] == pytest.approx(1.0, abs=1e-5)
    assert as_bow["known_own_nearest"] < 0.8
    assert known.measures(embeddings[2], None, PRINTS)["known_own_nearest"] == pytest.approx(1.0, abs=1e-5)


def test_a_manual_that_was_changed_is_judged_without_its_questions(
    known: Known, embeddings: NDArray[np.float32]
) -> None:
    changed = known.measures(embeddings[6], "axe", {**PRINTS, "axe": "another"})
    assert changed["known_any_nearest"] < 0.8
    own = {name: value for name, value in changed.items() if "_own_" in name}
    assert own == {name: value for name, value in nothing().items() if "_own_" in name}
    assert known.measures(embeddings[6], "axe", {}) == nothing()


def test_questions_can_be_left_out(known: Known, embeddings: NDArray[np.float32]) -> None:
    without = np.arange(400) == 6
    assert known.measures(embeddings[6], "axe", PRINTS, without)["known_any_nearest"] < 0.8


def test_stored_questions_are_those_that_were_made(
    known: Known, embeddings: NDArray[np.float32], tmp_path: Path
) -> None:
    known.write(tmp_path / "known.npz")
    stored = read_known(tmp_path / "known.npz")
    assert (stored.names, stored.prints) == (known.names, known.prints)
    for place in (3, 6):
        before, after = (each.measures(embeddings[place], "axe", PRINTS) for each in (known, stored))
        assert after == pytest.approx(before, abs=0.02)


def test_those_of_the_shop_are_of_its_manuals_as_they_are(library: Library) -> None:
    prints, shipped = prints_of(library.shelf().entries), load_known()
    stale = [name for name, kept in zip(shipped.names, shipped.prints, strict=True) if prints.get(name) != kept]
    assert stale == [], "changed since the questions were asked: run `python -m agents.composer.train fit` again"
    assert set(shipped.names) == set(prints)


def test_a_question_is_told_by_its_like(library: Library) -> None:
    shelf = library.shelf()
    asked = known_of("How long is the shaft?", "heron-spear", shelf)
    priced = known_of("What does a new bronze shoe cost?", "heron-spear", shelf)
    assert asked["known_own_vote_10"] > 0.2 > -0.2 > priced["known_own_vote_10"]


def test_a_changed_manual_still_answers(library: Library) -> None:
    shelf = library.shelf()
    changed = [replace(entry, sha256="0" * 64) for entry in shelf.entries]
    other = Shelf(changed, shelf.passages, shelf.embedder, shelf._index, shelf.generation)
    assert known_of("How thick is the shaft?", "heron-spear", other) == nothing()
    evidence = find_evidence("How thick is the shaft?", other.manuals["heron-spear"], other)
    assert evidence.answers, evidence.why
    assert not find_evidence("what does a new bronze shoe cost?", other.manuals["heron-spear"], other).answers


def test_a_shop_that_searches_with_another_model_remembers_with_its_own(library: Library) -> None:
    shelf = library.shelf()
    assert embedder_for(shelf) is shelf.embedder
    other = Shelf([], [], Embedder("another", "nowhere"), shelf._index)
    assert embedder_for(other).name == BUNDLED_NAME


def test_what_an_author_asked_twice_and_what_is_held_back_tells_nothing(library: Library) -> None:
    def row(name: str, text: str) -> dict[str, object]:
        common = {"weapon": "heron-spear", "passages": [], "weight": 1.0}
        return {"id": name, "text": text, "answer": ["26 mm"], "answerable": True, **common}

    rows = [
        row("a-1", "How thick is the shaft?"),
        row("a-2", "how thick is its shaft?"),
        row("b-1", "Shaft thickness?"),
    ]
    rows += [row(f"z-{place}", f"What becomes of {place} broken pots?") for place in range(200)]
    shelf = library.shelf()
    mine = known_questions(rows, shelf)
    (example,) = look_up(rows[:1], shelf)
    (with_b,) = with_known([example], mine, ["a-1"], shelf)
    (without,) = with_known([example], mine, ["a-1", "b-1"], shelf)
    assert 0.4 < with_b.setting.known["known_own_nearest"] < 0.97  # b's, where a's second would be nearer
    assert without.setting.known["known_own_nearest"] < with_b.setting.known["known_own_nearest"]
    as_new, at_all = with_b.poorer
    assert as_new["known_any_nearest"] == at_all["known_any_nearest"] == -1.0


def test_an_author_is_told_by_the_id() -> None:
    assert [author_of(name) for name in ("w1-034", "a-0210", "c085", "r058")] == ["w1", "a", "c", "r"]
