"""Ingestion: only what has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, NotFound
from knowledge import ingest as ingestion
from knowledge.corpus import corpus_paths
from knowledge.embed import Embedder
from knowledge.ingest import forget, ingest
from knowledge.store import Library, Rewrite, open_library
from tests.unit.knowledge.conftest import GUIDE, MANUAL, write

SPEAR, SLEEP = "manuals/ash-spear.md", "guides/sleep.md"


def test_the_second_run_embeds_and_writes_nothing(empty: Library, corpus: Path) -> None:
    first = ingest([corpus], empty)
    assert (first.added, first.passages_embedded, first.passages) == ((SLEEP, SPEAR), 5, 5)
    second = ingest([corpus], empty)
    assert second.unchanged == (SLEEP, SPEAR)
    assert (second.added, second.changed, second.removed, second.passages_embedded) == ((), (), (), 0)
    assert (second.generation, second.passages) == (first.generation, 5)


def test_with_nothing_changed_the_model_is_not_even_loaded(empty: Library, corpus: Path, tmp_path: Path) -> None:
    ingest([corpus], empty)
    empty.close()
    unloadable = Embedder(empty.embedder.name, str(tmp_path / "no weights here"))
    again = open_library(Settings(home=tmp_path / "home"), unloadable)
    assert ingest([corpus], again).passages_embedded == 0
    again.close()


def test_only_the_passages_that_have_changed_are_embedded_again(empty: Library, corpus: Path) -> None:
    before = ingest([corpus], empty)
    write(corpus / SPEAR, MANUAL.replace("raw linseed", "boiled linseed"))
    report = ingest([corpus], empty)
    assert (report.changed, report.unchanged, report.passages_embedded) == ((SPEAR,), (SLEEP,), 1)
    assert report.generation != before.generation
    shelf = empty.shelf()
    assert "boiled linseed" in shelf.by_source[SPEAR][2].text
    for passage in shelf.passages:  # each with its own vector, whether taken over or made anew
        (vector,) = empty.embedder.encode([passage.embedded_text])
        found, cosine = shelf.nearest(vector, 1)[0]
        assert found == passage
        assert cosine == pytest.approx(1, abs=1e-3)


def test_passages_that_moved_within_a_document_are_not_embedded_again(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    write(corpus / SPEAR, MANUAL.replace("## Overview", "## History\nIt was cut in the north.\n\n## Overview"))
    assert ingest([corpus], empty).passages_embedded == 1
    assert [passage.section for passage in empty.shelf().by_source[SPEAR]][:2] == ["History", "Overview"]


@pytest.mark.parametrize("name", ["SPLITTER_VERSION", "READER_VERSION"])
def test_a_new_version_of_reader_or_splitter_makes_everything_stale(
    empty: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ingest([corpus], empty)
    monkeypatch.setattr(ingestion, name, "next")
    assert ingest([corpus], empty).changed == (SLEEP, SPEAR)
    assert ingest([corpus], empty).unchanged == (SLEEP, SPEAR)


def test_pruning_forgets_what_the_folder_no_longer_holds_and_only_that(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    (corpus / SPEAR).unlink()
    assert ingest([corpus], empty).removed == ()
    assert ingest([corpus / "guides"], empty, root=corpus, prune=True).removed == ()
    assert ingest([corpus / "manuals", corpus / "guides"], empty, root=corpus, prune=True).removed == (SPEAR,)
    assert list(empty.documents()) == [SLEEP]


def test_pruning_one_folder_leaves_the_documents_of_another(empty: Library, corpus: Path, tmp_path: Path) -> None:
    ingest([corpus], empty)
    extra = tmp_path / "extra"
    write(extra / "more.md", "# More\n\n## Words\nA few words.\n")
    assert ingest([extra], empty, prune=True).removed == ()
    assert set(empty.documents()) == {SLEEP, SPEAR, "more.md"}


def test_a_refused_file_is_reported_the_others_go_in_and_its_older_version_stays(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    write(corpus / SLEEP, GUIDE + "\n## More\nNew text.\n")
    (corpus / SPEAR).write_bytes(b"\x00\x01\x02 not text \x00")
    report = ingest([corpus], empty, prune=True)
    assert (report.changed, report.removed) == ((SLEEP,), ())
    (refused,) = report.refused
    assert refused.source == SPEAR
    assert refused.reason.endswith(".")
    assert empty.shelf().under(weapon="ash-spear")


def test_how_an_ingestion_ended_is_noted_beside_the_library_also_when_nothing_was_new(
    empty: Library, corpus: Path
) -> None:
    assert empty.last_ingestion() is None
    (corpus / "torn.pdf").write_bytes(b"no pdf")
    first = ingest([corpus], empty)
    noted = empty.last_ingestion()
    assert noted is not None
    assert (noted.added, noted.unchanged, noted.refused) == (len(first.added), 0, 1)
    assert [(each.source, bool(each.reason)) for each in noted.refused_files] == [("torn.pdf", True)]
    ingest([corpus], empty)
    again = empty.last_ingestion()
    assert again is not None
    assert (again.added, again.unchanged, again.passages_embedded) == (0, len(first.added), 0)
    assert again.ended_at >= noted.ended_at
    ingest([corpus], empty, dry_run=True, prune=True)
    assert empty.last_ingestion() == again


def test_a_document_without_text_is_refused(empty: Library, corpus: Path) -> None:
    write(corpus / "bare.md", "# Only\n\n## Headings\n")
    report = ingest([corpus], empty)
    assert [each.source for each in report.refused] == ["bare.md"]
    assert "bare.md" not in empty.documents()
    assert report.added == (SLEEP, SPEAR)


def test_a_path_that_does_not_exist_is_an_error_and_nothing_is_written(empty: Library, corpus: Path) -> None:
    with pytest.raises(InvalidInput):
        ingest([corpus, corpus / "nowhere"], empty)
    assert empty.generation() is None


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    empty: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    would = ingest([corpus], empty, dry_run=True)
    assert (would.added, would.passages, would.generation) == ((SLEEP, SPEAR), 0, None)
    assert empty.generation() is None
    before = ingest([corpus], empty)
    write(corpus / SLEEP, GUIDE + "\n## More\nNew text.\n")
    (corpus / SPEAR).unlink()
    write(corpus / "bare.md", "# Bare\n\n## Words\nSome.\n")
    would = ingest([corpus], empty, prune=True, dry_run=True)
    assert (would.added, would.changed, would.removed) == (("bare.md",), (SLEEP,), (SPEAR,))
    assert would.passages_embedded == 0
    assert would.generation == before.generation


def test_globs_and_files_keep_the_sources_that_their_folder_gives(empty: Library, corpus: Path) -> None:
    report = ingest([corpus / "**" / "*.md"], empty)
    assert report.added == (SLEEP, SPEAR)
    assert ingest([corpus], empty).unchanged == (SLEEP, SPEAR)
    assert ingest([corpus / SPEAR, corpus / SLEEP], empty).unchanged == (SLEEP, SPEAR)


def test_the_progress_goes_forward_to_the_end(empty: Library, corpus: Path) -> None:
    seen: dict[str, list[float]] = {}
    ingest([corpus], empty, tell=lambda what, share: seen.setdefault(what, []).append(share))
    assert list(seen) == ["Reading files", "Splitting", "Embedding passages"]
    for shares in seen.values():
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


def test_many_rounds_end_in_one_whole_generation(empty: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion, "_ROUND", 7)
    parts = "".join(f"## Part {number}\n{'word ' * (number % 9 + 1)}number {number}.\n" for number in range(60))
    write(corpus / "long.md", f"# Long\n{parts}")
    ingest([corpus], empty)
    shelf = empty.shelf()
    assert [passage.heading for passage in shelf.by_source["long.md"]] == [f"Part {number}" for number in range(60)]
    vectors = empty.embedder.encode([passage.embedded_text for passage in shelf.passages])
    found = [shelf.nearest(vector, 1)[0] for vector in vectors]
    assert [passage for passage, _ in found] == list(shelf.passages)
    assert np.array([cosine for _, cosine in found]) == pytest.approx(1, abs=1e-3)


def test_an_error_while_writing_ends_the_ingestion_and_leaves_the_old_generation(
    empty: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ingest([corpus], empty)
    write(corpus / SLEEP, GUIDE + "\n## More\nNew text.\n")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Rewrite, "add", full)
    with pytest.raises(OSError, match="No space"):
        ingest([corpus], empty)
    assert empty.generation() is not None
    assert empty.generation().id == before.generation  # type: ignore[union-attr]


def test_a_second_ingestion_says_that_it_waits_and_then_does_its_work(
    empty: Library, reopen: Callable[[], Library], corpus: Path
) -> None:
    other, said, waiting = reopen(), list[str](), threading.Event()

    def note(what: str, _share: float) -> None:
        said.append(what)
        waiting.set()

    with ThreadPoolExecutor(1) as pool:
        with empty.rewrite():
            later = pool.submit(ingest, [corpus], other, tell=note)
            assert waiting.wait(30)
        assert later.result(60).added == (SLEEP, SPEAR)
    assert said[0] == "Waiting for another ingestion"


def test_what_is_forgotten_is_gone_and_a_wrong_name_forgets_nothing(empty: Library, corpus: Path) -> None:
    ingest([corpus], empty)
    with pytest.raises(NotFound, match=r"nothing\.md"):
        forget([SPEAR, "nothing.md"], empty)
    assert set(empty.documents()) == {SLEEP, SPEAR}
    forget([SPEAR], empty)
    assert list(empty.documents()) == [SLEEP]
    assert ingest([corpus], empty).added == (SPEAR,)


def test_the_whole_corpus_is_in_the_library_and_up_to_date(library: Library) -> None:
    report = ingest(corpus_paths(), library, prune=True)
    assert report.passages_embedded == 0
    assert len(report.unchanged) == len(library.documents())
    assert report.refused == ()
    assert report.seconds < 5
