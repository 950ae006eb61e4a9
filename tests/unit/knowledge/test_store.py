"""The store: passages in Chroma."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hashiramart.config import Settings
from hashiramart.errors import SetupError, Unavailable
from knowledge.corpus import Document, read_document
from knowledge.embed import Embedder
from knowledge.split import Passage, split
from knowledge.store import Library, open_library


@pytest.fixture
def spear(corpus: Path) -> Document:
    return read_document(corpus / "manuals" / "ash-spear.md", corpus)


def put(library: Library, document: Document, passages: list[Passage] | None = None) -> list[Passage]:
    passages = split(document) if passages is None else passages
    library.replace(document, passages, library.embedder.encode([passage.embedded_text for passage in passages]))
    return passages


def test_what_is_stored_comes_back_whole_and_in_order(empty: Library, spear: Document) -> None:
    passages = put(empty, spear)
    assert empty.documents() == {spear.source: spear.sha256}
    assert empty.entries()[0].front == spear.front
    assert empty.passages(source=spear.source) == passages
    assert empty.passages(weapon="ash-spear", section="Maintenance") == passages[2:]
    assert empty.passages(weapon="other") == []


def test_it_is_still_there_after_a_restart(empty: Library, spear: Document, reopen: Callable[[], Library]) -> None:
    passages = put(empty, spear)
    empty.close()
    assert reopen().passages() == passages


def test_a_shorter_version_leaves_nothing_of_the_longer_one(empty: Library, spear: Document) -> None:
    put(empty, spear)
    shorter = replace(spear, sha256="1" * 64)
    kept = put(empty, shorter, split(spear)[:2])
    assert empty.passages() == kept
    assert empty.documents() == {spear.source: "1" * 64}
    hits = empty.query(empty.embedder.encode(["linseed oil"])[0], 10)
    assert {hit.passage.id for hit in hits} == {passage.id for passage in kept}


def test_a_write_that_breaks_off_leaves_the_document_to_be_written_again(
    empty: Library, spear: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(empty, spear)
    upsert = empty._collection.upsert

    def only_the_first_batch(**batch: object) -> None:
        upsert(**batch)  # type: ignore[arg-type]
        raise OSError("power cut")

    monkeypatch.setattr(empty._collection, "upsert", only_the_first_batch)
    with pytest.raises(Unavailable):
        put(empty, replace(spear, sha256="1" * 64))
    assert empty.documents() == {spear.source: spear.sha256}


def test_a_removed_document_is_gone_from_every_way_in(empty: Library, spear: Document) -> None:
    put(empty, spear)
    empty.remove(spear.source)
    empty.remove("never/there.md")
    assert empty.documents() == {}
    assert empty.passages() == []
    assert empty.query(empty.embedder.encode(["spear"])[0], 5) == []


def test_a_query_ranks_by_cosine_and_keeps_to_its_filters(empty: Library, spear: Document, corpus: Path) -> None:
    put(empty, spear)
    put(empty, read_document(corpus / "guides" / "sleep.md", corpus))
    vector = empty.embedder.encode(["How many hours of sleep do I need?"])[0]
    hits = empty.query(vector, 3)
    assert hits[0].passage.source == "guides/sleep.md"
    assert hits[0].similarity is not None
    assert hits[0].similarity > 0.6
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    only = empty.query(vector, 5, {"weapon": "ash-spear", "section": "Maintenance"})
    assert {hit.passage.heading for hit in only} == {"Maintenance > Intervals", "Maintenance > Steps"}


def test_another_holder_of_the_same_library_sees_the_change(
    empty: Library, spear: Document, reopen: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.store._STALE_AFTER_S", 0.0)
    other = reopen()
    assert other.passages() == []
    passages = put(empty, spear)
    assert other.passages() == passages


ANOTHER_PROCESS = """
import sys
from pathlib import Path
import numpy as np
from hashiramart.config import Settings, quiet_libraries
from knowledge.corpus import read_document
from knowledge.embed import Embedder
from knowledge.split import split
from knowledge.store import open_library

home, corpus, model = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
quiet_libraries(Settings(home=home))
library = open_library(Settings(home=home), Embedder(model, "not needed"))
document = read_document(corpus / "manuals" / "ash-spear.md", corpus)
passages = split(document)
library.replace(document, passages, np.load(corpus / "vectors.npy"))
library.close()
"""


def test_what_another_process_writes_is_found_by_words_and_by_meaning(
    empty: Library, corpus: Path, tmp_path: Path, spear: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(empty, read_document(corpus / "guides" / "sleep.md", corpus))
    vector = empty.embedder.encode(["linseed oil for the shaft"])[0]
    assert {hit.passage.weapon for hit in empty.query(vector, 9)} == {None}
    np.save(corpus / "vectors.npy", empty.embedder.encode([passage.embedded_text for passage in split(spear)]))
    subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path / "home"), str(corpus), empty.embedder.name], check=True
    )
    monkeypatch.setattr("knowledge.store._STALE_AFTER_S", 0.0)
    assert empty.query(vector, 1)[0].passage.weapon == "ash-spear"
    assert empty.passages(weapon="ash-spear") == split(spear)


def test_own_writes_do_not_hide_those_of_another_process(
    empty: Library, corpus: Path, tmp_path: Path, spear: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.save(corpus / "vectors.npy", empty.embedder.encode([passage.embedded_text for passage in split(spear)]))
    subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path / "home"), str(corpus), empty.embedder.name], check=True
    )
    put(empty, read_document(corpus / "guides" / "sleep.md", corpus))
    monkeypatch.setattr("knowledge.store._STALE_AFTER_S", 0.0)
    assert len(empty.documents()) == 2
    hits = empty.query(empty.embedder.encode(["linseed oil for the shaft"])[0], 9)
    assert {hit.passage.weapon for hit in hits} == {None, "ash-spear"}


def test_vectors_of_two_models_never_meet(empty: Library, spear: Document, tmp_path: Path) -> None:
    put(empty, spear)
    other = open_library(Settings(home=tmp_path / "home"), Embedder("another-model", "nowhere"))
    assert other.documents() == {}
    other.close()


@pytest.mark.parametrize("address", ["not an address", "ftp://host:1"])
def test_a_wrong_chroma_address_is_a_mistake_in_the_settings(address: str, embedder: Embedder) -> None:
    with pytest.raises(SetupError, match="HASHIRA_CHROMA_URL"):
        open_library(Settings(chroma_url=address), embedder)


def test_a_chroma_server_that_is_not_there_is_reported_as_unavailable(embedder: Embedder) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        open_library(Settings(chroma_url="http://127.0.0.1:9"), embedder)
