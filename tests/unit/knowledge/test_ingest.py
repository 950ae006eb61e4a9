"""Ingestion: only what has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput
from knowledge import ingest as ingestion
from knowledge.corpus import corpus_paths
from knowledge.embed import Embedder
from knowledge.ingest import ingest
from knowledge.store import Library, open_library
from tests.unit.knowledge.conftest import GUIDE, write

SPEAR, SLEEP = "manuals/ash-spear.md", "guides/sleep.md"


def test_the_second_run_embeds_nothing(empty: Library, corpus: Path) -> None:
    first = ingest([corpus], empty)
    assert (first.added, first.passages_embedded) == ((SLEEP, SPEAR), 5)
    second = ingest([corpus], empty)
    assert second.unchanged == (SLEEP, SPEAR)
    assert (second.added, second.changed, second.removed, second.passages_embedded) == ((), (), (), 0)


def test_with_nothing_changed_the_model_is_not_even_loaded(empty: Library, corpus: Path, tmp_path: Path) -> None:
    ingest([corpus], empty)
    empty.close()
    unloadable = Embedder(empty.embedder.name, str(tmp_path / "no weights here"))
    again = open_library(Settings(home=tmp_path / "home"), unloadable)
    assert ingest([corpus], again).passages_embedded == 0
    again.close()


def test_only_the_changed_document_is_embedded_again(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    write(corpus / SLEEP, GUIDE.replace("seven to nine", "eight to nine"))
    report = ingest([corpus], empty)
    assert (report.changed, report.unchanged, report.passages_embedded) == ((SLEEP,), (SPEAR,), 1)
    assert "eight to nine" in empty.passages(source=SLEEP)[0].text


def test_a_new_splitter_version_makes_everything_stale(
    empty: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([corpus], empty)
    monkeypatch.setattr(ingestion, "SPLITTER_VERSION", "next")
    assert ingest([corpus], empty).changed == (SLEEP, SPEAR)


def test_pruning_forgets_what_the_folder_no_longer_holds_and_only_that(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    (corpus / SPEAR).unlink()
    assert ingest([corpus], empty).removed == ()
    assert ingest([corpus / "guides"], empty, root=corpus, prune=True).removed == ()
    assert ingest([corpus / "manuals", corpus / "guides"], empty, root=corpus, prune=True).removed == (SPEAR,)
    assert list(empty.documents()) == [SLEEP]


def test_one_unreadable_file_leaves_the_library_as_it_was(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    write(corpus / SLEEP, GUIDE + "\n## More\nNew text.\n")
    (corpus / "bad.md").write_bytes(b"\xff\xfe")
    before = empty.documents()
    with pytest.raises(InvalidInput, match=r"bad\.md"):
        ingest([corpus], empty)
    assert empty.documents() == before


def test_progress_counts_the_passages_to_the_end(empty: Library, corpus: Path) -> None:
    seen: list[tuple[int, int]] = []
    ingest([corpus], empty, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (5, 5)


def test_the_whole_corpus_is_in_the_library_and_up_to_date(library: Library) -> None:
    report = ingest(corpus_paths(), library, prune=True)
    assert report.passages_embedded == 0
    assert len(report.unchanged) == len(library.documents())
    assert report.seconds < 5
