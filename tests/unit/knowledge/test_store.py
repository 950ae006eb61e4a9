"""The store: generations in Chroma, on disk and on a server."""

from __future__ import annotations

import gc
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import psutil  # type: ignore[import-untyped]
import pytest

from hashiramart.config import Settings
from hashiramart.errors import Conflict, InvalidInput, SetupError, Unavailable
from knowledge.corpus import Document, read_document
from knowledge.embed import Embedder
from knowledge.on_disk import OnDisk
from knowledge.on_server import OnServer
from knowledge.split import Passage, split
from knowledge.store import Library, Rewrite, open_library
from tests.unit.knowledge.conftest import write

LIMIT_S = 30
WEAPON, SECTION = "ash-spear", "Maintenance"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server."""
    folder = tmp_path_factory.mktemp("chroma")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--path", str(folder / "data")], stdout=log, stderr=log)
    try:
        until(lambda: httpx.get(f"http://127.0.0.1:{port}/api/v2/heartbeat").status_code == 200, httpx.TransportError)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(params=["disk", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of either way to keep a library."""
    address = request.getfixturevalue("server") if request.param == "server" else None
    return Settings(home=tmp_path / "home", chroma_url=address)


@pytest.fixture
def opened(place: Settings, tmp_path: Path, embedder: Embedder) -> Iterator[Callable[[], Library]]:
    """Open the test's own library, again and again, as several parts of a shop would."""
    libraries: list[Library] = []

    def another() -> Library:
        name = "t" + tmp_path.name.replace("_", "-")[-38:]  # the server outlives the test
        libraries.append(open_library(place, embedder, name=name))
        return libraries[-1]

    yield another
    for library in libraries:
        library.close()


@pytest.fixture
def spear(corpus: Path) -> Document:
    return read_document(corpus / "manuals" / "ash-spear.md", corpus)


@pytest.fixture
def sleep(corpus: Path) -> Document:
    return read_document(corpus / "guides" / "sleep.md", corpus)


def put(library: Library, *documents: Document, without: Sequence[Document] = ()) -> list[Passage]:
    """Publish a generation with these documents in the place of what was stored for them."""
    passages = [passage for document in documents for passage in split(document)]
    with library.rewrite() as rewrite:
        fill(rewrite, library, documents, passages, without)
        rewrite.publish()
    return passages


def fill(
    rewrite: Rewrite,
    library: Library,
    documents: Sequence[Document],
    passages: list[Passage],
    without: Sequence[Document],
) -> None:
    by_source = {document.source: document for document in documents}
    gone = {*by_source, *(document.source for document in without)}
    rewrite.begin(by_source, without=gone, version="1", root="/somewhere")
    if passages:
        rewrite.add(passages, library.embedder.encode([passage.embedded_text for passage in passages]))


def until(done: Callable[[], bool], *passing: type[Exception]) -> None:
    """Look again until it is so."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        try:
            if done():
                return
        except passing:
            pass
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)  # another process works: there is nothing to be told by


def test_what_is_stored_comes_back_whole_and_in_order(opened: Callable[[], Library], spear: Document) -> None:
    library = opened()
    passages = put(library, spear)
    for reader in (library, opened()):
        shelf = reader.shelf()
        assert list(shelf.passages) == passages
        (entry,) = shelf.entries
        assert (entry.source, entry.sha256, entry.front) == (spear.source, spear.sha256, spear.front)
        assert (entry.version, entry.root) == ("1", "/somewhere")
        assert reader.entries() == [entry]
        assert reader.documents() == {spear.source: spear.sha256}
        assert shelf.under(weapon=WEAPON, section=SECTION) == passages[2:]
        assert shelf.under(weapon="other") == []


def test_nothing_is_there_before_the_first_ingestion(opened: Callable[[], Library]) -> None:
    library = opened()
    shelf = library.shelf()
    assert (shelf.passages, shelf.entries, library.entries(), library.generation()) == ((), (), [], None)
    assert shelf.nearest(library.embedder.encode(["spear"])[0], 5) == []


def test_the_next_generation_holds_the_old_documents_with_their_vectors(
    opened: Callable[[], Library], spear: Document, sleep: Document
) -> None:
    library = opened()
    put(library, spear)
    put(library, sleep)
    shelf = opened().shelf()
    assert list(shelf.by_source) == [sleep.source, spear.source]
    for passage in shelf.passages:
        (vector,) = library.embedder.encode([passage.embedded_text])
        found, cosine = shelf.nearest(vector, 1)[0]
        assert found == passage
        assert cosine == pytest.approx(1.0, abs=1e-3)


def test_a_shorter_version_leaves_nothing_of_the_longer_one(opened: Callable[[], Library], spear: Document) -> None:
    library = opened()
    put(library, spear)
    kept = put(library, replace(spear, text=spear.text.split("## Maintenance")[0], sha256="1" * 64))
    shelf = opened().shelf()
    assert list(shelf.passages) == kept
    assert {entry.sha256 for entry in shelf.entries} == {"1" * 64}
    (vector,) = library.embedder.encode(["linseed oil"])
    assert {passage.id for passage, _ in shelf.nearest(vector, 10)} == {passage.id for passage in kept}


def test_a_removed_document_is_gone_from_every_way_in(
    opened: Callable[[], Library], spear: Document, sleep: Document
) -> None:
    library = opened()
    put(library, spear, sleep)
    put(library, without=[spear])
    shelf = opened().shelf()
    (vector,) = library.embedder.encode(["linseed oil for the spear"])
    assert {passage.source for passage, _ in shelf.nearest(vector, 10)} == {sleep.source}
    assert shelf.nearest(vector, 10, {"weapon": WEAPON}) == []
    assert shelf.lexical.scores("linseed").max() == 0
    assert list(shelf.by_source) == [sleep.source]


def test_the_last_document_may_go_too(opened: Callable[[], Library], spear: Document) -> None:
    library = opened()
    put(library, spear)
    put(library, without=[spear])
    assert opened().shelf().nearest(library.embedder.encode(["spear"])[0], 3) == []


def test_a_query_ranks_by_cosine_and_keeps_to_its_filters(
    opened: Callable[[], Library], spear: Document, sleep: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened()
    put(library, spear, sleep)
    shelf = library.shelf()
    (vector,) = library.embedder.encode(["How many hours of sleep do I need?"])
    hits = shelf.nearest(vector, 3)
    assert hits[0][0].source == sleep.source
    assert hits[0][1] > 0.6
    assert [cosine for _, cosine in hits] == sorted((cosine for _, cosine in hits), reverse=True)
    by_hand = shelf.nearest(vector, 5, {"weapon": WEAPON, "section": SECTION})
    assert {passage.heading for passage, _ in by_hand} == {"Maintenance > Intervals", "Maintenance > Steps"}
    monkeypatch.setattr("knowledge.shelf._BY_HAND", 0)
    by_index = shelf.nearest(vector, 5, {"weapon": WEAPON, "section": SECTION})
    assert [passage for passage, _ in by_index] == [passage for passage, _ in by_hand]
    assert [cosine for _, cosine in by_index] == pytest.approx([cosine for _, cosine in by_hand], abs=1e-3)


def test_a_shelf_taken_before_the_switch_goes_on_reading_the_old_generation_whole(
    opened: Callable[[], Library], spear: Document, sleep: Document
) -> None:
    reader, writer = opened(), opened()
    passages = put(writer, spear)
    old = reader.shelf()
    put(writer, sleep, without=[spear])
    (vector,) = reader.embedder.encode(["linseed oil"])
    assert list(old.passages) == passages
    assert {passage.source for passage, _ in old.nearest(vector, 9)} == {spear.source}
    assert {passage.source for passage, _ in old.nearest(vector, 9, {"weapon": WEAPON})} == {spear.source}


def test_a_shelf_whose_generation_was_cleared_away_never_gives_anything_of_another(
    opened: Callable[[], Library], spear: Document, sleep: Document
) -> None:
    reader, writer = opened(), opened()
    put(writer, spear)
    old = reader.shelf()
    for _ in range(3):
        put(writer, sleep, without=[spear])
    (vector,) = reader.embedder.encode(["hours of sleep"])
    try:
        found = {passage.source for passage, _ in old.nearest(vector, 9)}
    except Unavailable:
        found = {spear.source}
    assert found == {spear.source}
    until(lambda: list(reader.shelf().by_source) == [sleep.source])


def test_without_a_follower_a_reader_looks_once_a_second(
    opened: Callable[[], Library], spear: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = opened(), opened()
    before = reader.shelf()
    put(writer, spear)
    assert reader.shelf() is before
    monkeypatch.setattr("knowledge.store._LOOK_S", 0.0)
    assert list(reader.shelf().by_source) == [spear.source]


def test_a_follower_exchanges_the_shelf_by_itself(opened: Callable[[], Library], spear: Document) -> None:
    reader, writer = opened(), opened()
    with reader.follow():
        assert reader.shelf().passages == ()
        put(writer, spear)
        until(lambda: list(reader.shelf().by_source) == [spear.source])


def test_who_writes_and_reads_sees_it_at_once_even_while_following(
    opened: Callable[[], Library], spear: Document
) -> None:
    library = opened()
    with library.follow():
        library.shelf()
        passages = put(library, spear)
        assert list(library.shelf().passages) == passages


def test_a_chat_does_not_wait_for_the_load_of_a_new_generation(
    opened: Callable[[], Library], spear: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = opened(), opened()
    loading, go_on = threading.Event(), threading.Event()
    with reader.follow():
        before = reader.shelf()
        load = reader._load

        def slowly(key: str | None) -> object:
            loading.set()
            assert go_on.wait(LIMIT_S)
            return load(key)

        monkeypatch.setattr(reader, "_load", slowly)
        put(writer, spear)
        assert loading.wait(LIMIT_S)
        assert reader.shelf() is before
        go_on.set()
        until(lambda: list(reader.shelf().by_source) == [spear.source])


def test_what_cannot_be_loaded_leaves_the_last_good_one_and_is_logged_once(
    opened: Callable[[], Library], spear: Document, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library = opened()
    passages = put(library, spear)
    monkeypatch.setattr("knowledge.store._LOOK_S", 0.01)
    looks = 0

    def gone() -> None:
        nonlocal looks
        looks += 1
        raise Unavailable("The library of manuals cannot be reached: gone fishing.")

    with library.follow():
        library.shelf()
        with monkeypatch.context() as patch:
            patch.setattr(library._place, "current", gone)
            until(lambda: looks > 5)
            assert list(library.shelf().passages) == passages
        until(lambda: "can be read again" in caplog.text)
    assert caplog.text.count("gone fishing") == 1


def test_a_rewrite_that_fails_leaves_everything_as_it_was(
    opened: Callable[[], Library], spear: Document, sleep: Document
) -> None:
    library = opened()
    passages = put(library, spear)
    before = library.generation()
    with pytest.raises(RuntimeError, match="power cut"), library.rewrite() as rewrite:  # noqa: PT012 - it breaks off
        fill(rewrite, library, [sleep], split(sleep), [spear])
        raise RuntimeError("power cut")
    assert library.generation() == before
    assert list(opened().shelf().passages) == passages


def test_generations_do_not_pile_up(
    opened: Callable[[], Library], place: Settings, spear: Document, sleep: Document
) -> None:
    library = opened()
    for _ in range(5):
        put(library, spear, sleep)
    assert (
        len(generations(library, place)) <= 3
    )  # the current one, the one before, and the one before that until next time


def generations(library: Library, place: Settings) -> set[str]:
    if isinstance(library._place, OnDisk):
        return {folder.name for folder in library._place.folder.iterdir() if folder.is_dir()}
    assert isinstance(library._place, OnServer)
    own = f"{library._place._base}.g"
    return {each.name.removeprefix(own) for each in library._place._collections() if each.name.startswith(own)}


def test_an_index_that_was_changed_often_is_built_anew(tmp_path: Path, embedder: Embedder, spear: Document) -> None:
    library = open_library(Settings(home=tmp_path / "home"), embedder)
    worn = []
    for _ in range(4):
        put(library, spear)
        made = library.generation()
        assert made is not None
        worn.append(made.worn)
    library.close()
    assert worn[0] == 0 < worn[1]
    assert 0 in worn[2:]


def test_the_memory_of_a_generation_goes_with_the_last_who_holds_its_shelf(empty: Library, spear: Document) -> None:
    def open_files() -> int:
        gc.collect()
        return sum("chroma.sqlite3" in file.path for file in psutil.Process().open_files())

    before = open_files()
    for _ in range(6):
        put(empty, spear)
        empty.shelf()
    held = open_files() - before
    assert 0 < held <= 40  # one generation's connections, not six generations'
    empty.close()
    assert open_files() == before


def test_of_two_ingestions_on_a_server_the_one_that_ends_last_is_told_to_run_again(
    server: str, tmp_path: Path, embedder: Embedder, spear: Document, sleep: Document
) -> None:
    settings = Settings(home=tmp_path, chroma_url=server)
    first, second = (open_library(settings, embedder, name="overlapping") for _ in range(2))
    with first.rewrite() as rewrite:
        fill(rewrite, first, [spear], split(spear), [])
        passages = put(second, sleep)
        with pytest.raises(Conflict, match="run this one again"):
            rewrite.publish()
    assert list(second.shelf().passages) == passages
    assert len(generations(second, settings)) == 1
    first.close()
    second.close()


def test_of_two_ingestions_on_disk_the_second_waits_and_builds_on_the_first(
    empty: Library, reopen: Callable[[], Library], spear: Document, sleep: Document
) -> None:
    other, waiting = reopen(), threading.Event()

    def second() -> None:
        with other.rewrite(waiting.set) as rewrite:
            fill(rewrite, other, [sleep], split(sleep), [])
            rewrite.publish()

    with ThreadPoolExecutor(1) as pool:
        with empty.rewrite() as rewrite:
            later = pool.submit(second)
            assert waiting.wait(LIMIT_S)
            fill(rewrite, empty, [spear], split(spear), [])
            rewrite.publish()
        later.result(LIMIT_S)
    assert list(reopen().shelf().by_source) == [sleep.source, spear.source]


ANOTHER_PROCESS = """
import sys, time
from pathlib import Path
from hashiramart.config import Settings, quiet_libraries
settings = Settings(home=Path(sys.argv[1]))
quiet_libraries(settings)
from knowledge.embed import load_embedder
from knowledge.ingest import ingest
from knowledge.store import Rewrite, open_library

if sys.argv[3] == "stop before the switch":
    def publish(self):
        print("built", flush=True)
        time.sleep(600)
    Rewrite.publish = publish
ingest([Path(sys.argv[2])], open_library(settings, load_embedder(settings)))
print("done", flush=True)
"""


def another_process(home: Path, corpus: Path, how: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(home), str(corpus), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_kill_9_in_the_middle_leaves_the_old_generation_and_the_next_ingestion_clears_the_wreck(
    empty: Library, tmp_path: Path, corpus: Path, spear: Document, sleep: Document
) -> None:
    passages = put(empty, spear)
    settings = Settings(home=tmp_path / "home")
    with another_process(tmp_path / "home", corpus, "stop before the switch") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "built\n"
        process.send_signal(signal.SIGKILL)
    wreck = generations(empty, settings)
    assert len(wreck) == 2
    reader = open_library(settings, empty.embedder)
    assert list(reader.shelf().passages) == passages
    assert {found.source for found, _ in reader.shelf().nearest(empty.embedder.encode(["sleep"])[0], 9)} == {
        spear.source
    }
    put(reader, sleep)
    assert list(reader.shelf().by_source) == [sleep.source, spear.source]
    assert len(generations(empty, settings) & wreck) == 1
    reader.close()


def test_a_follower_sees_what_another_process_ingests(empty: Library, tmp_path: Path, corpus: Path) -> None:
    with empty.follow():
        assert empty.shelf().passages == ()
        with another_process(tmp_path / "home", corpus) as process:
            assert process.wait(120) == 0
        started = time.monotonic()
        until(lambda: len(empty.shelf().entries) == 2)
        assert time.monotonic() - started < 5
        (vector,) = empty.embedder.encode(["linseed oil for the shaft"])
        assert empty.shelf().nearest(vector, 1)[0][0].weapon == WEAPON


def test_readers_during_switches_never_see_two_generations_in_one_shelf(
    opened: Callable[[], Library], tmp_path: Path
) -> None:
    writer, reader = opened(), opened()

    def marked(number: int) -> list[Document]:
        """Two documents, every passage of which carries the generation's number."""
        parts = "\n".join(f"## Part {part}\nMark {number} of part {part}.\n" for part in range(number % 3 + 2))
        folder = tmp_path / f"marked-{number}"
        files = [write(folder / name, f"# {name}\n{parts}") for name in ("one.md", "two.md")]
        return [read_document(file, folder) for file in files]

    def marks() -> tuple[set[str], set[str], set[str]]:
        """The marks on a shelf as its three ways in give them."""
        shelf = reader.shelf()
        found = shelf.nearest(vector, 50)
        by_words = [shelf.passages[row] for row in np.flatnonzero(shelf.lexical.scores("mark"))]
        ways = (shelf.passages, [passage for passage, _ in found], by_words)
        return tuple({passage.text.split()[1] for passage in way} for way in ways)  # type: ignore[return-value]

    (vector,) = writer.embedder.encode(["mark of a part"])
    put(writer, *marked(0))
    enough = threading.Event()

    def keep_looking() -> list[tuple[set[str], set[str], set[str]]]:
        seen = []
        while not enough.is_set():
            seen.append(marks())
        return seen

    with reader.follow(), ThreadPoolExecutor(6) as pool:
        looking = [pool.submit(keep_looking) for _ in range(6)]
        for number in range(1, 4):
            put(writer, *marked(number))
            until(lambda number=number: marks()[0] == {str(number)})  # type: ignore[misc]
        enough.set()
        seen = [each for future in looking for each in future.result()]
    assert {mark for held, _, _ in seen for mark in held} == {"0", "1", "2", "3"}
    assert all(len(held) == 1 and held == near == worded for held, near, worded in seen)


def test_vectors_of_two_models_never_meet(empty: Library, spear: Document, tmp_path: Path) -> None:
    put(empty, spear)
    for name in ("another-model", "日本", empty.embedder.name.upper(), f"/{'very/' * 20}{empty.embedder.name}"):
        other = open_library(Settings(home=tmp_path / "home"), Embedder(name, "nowhere"))
        assert other.documents() == {}
        other.close()


def test_libraries_of_other_names_are_wholly_apart(
    place: Settings, embedder: Embedder, spear: Document, sleep: Document
) -> None:
    one, other = (open_library(place, embedder, name=name) for name in ("apart", "apart-2"))
    put(one, spear)
    assert other.documents() == {}
    put(other, sleep)
    assert list(one.documents()) == [spear.source]
    one.close()
    other.close()


@pytest.mark.parametrize("name", ["", "../up", "a b", "-dash", "a" * 41, "naïve", "a.b", "a\n"])
def test_a_name_that_is_no_name_is_refused(tmp_path: Path, embedder: Embedder, name: str) -> None:
    with pytest.raises(InvalidInput, match="40 letters"):
        open_library(Settings(home=tmp_path), embedder, name=name)


@pytest.mark.parametrize("address", ["not an address", "ftp://host:1"])
def test_a_wrong_chroma_address_is_a_mistake_in_the_settings(address: str, embedder: Embedder) -> None:
    with pytest.raises(SetupError, match="HASHIRA_CHROMA_URL"):
        open_library(Settings(chroma_url=address), embedder)


def test_a_chroma_server_that_is_not_there_is_reported_as_unavailable(embedder: Embedder) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        open_library(Settings(chroma_url="http://127.0.0.1:9"), embedder)


def test_a_pointer_that_cannot_be_read_is_reported_as_unavailable(
    empty: Library, tmp_path: Path, spear: Document
) -> None:
    put(empty, spear)
    (pointer,) = (tmp_path / "home").rglob("current.json")
    pointer.write_text("{")
    with pytest.raises(Unavailable, match=r"current\.json"):
        empty.entries()
