"""Finding files and reading them through the worker."""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from hashiramart.errors import InvalidInput
from knowledge.corpus import Document, corpus_paths, corpus_root, read_document
from knowledge.readers.sandbox import Sandbox
from knowledge.reading import Refused, find_files, fingerprint, read_files
from tests.unit.knowledge.conftest import MANUAL, write
from tests.unit.knowledge.printed import as_html, as_pdf


def names(folder: Path, *paths: Path) -> list[str]:
    found, _ = find_files(paths)
    return [file.relative_to(folder.resolve()).as_posix() for file in found]


def test_files_of_every_kind_are_found_once_in_order_and_others_are_left_alone(tmp_path: Path) -> None:
    for name in ("b.md", "a.HTML", "c/d.pdf", "c/e.docx", "f.txt", "g.png", "h", ".hidden.md", "~$e.docx", ".git/x.md"):
        write(tmp_path / name, "x")
    assert names(tmp_path, tmp_path, tmp_path / "c", tmp_path / "b.md") == [
        "a.HTML",
        "b.md",
        "c/d.pdf",
        "c/e.docx",
        "f.txt",
    ]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.md", ["a.md"]),
        ("**/*.md", ["a.md", "c/b.md", "c/d/e.md"]),
        ("c/*", ["c/b.md", "c/d/e.md", "c/f.txt"]),
        ("c/[b-f].*", ["c/b.md", "c/f.txt"]),
        ("?/**/e.md", ["c/d/e.md"]),
    ],
)
def test_a_glob_finds_what_it_names_and_what_lies_in_folders_it_names(
    tmp_path: Path, pattern: str, found: list[str]
) -> None:
    for name in ("a.md", "c/b.md", "c/d/e.md", "c/f.txt"):
        write(tmp_path / name, "x")
    assert names(tmp_path, tmp_path / pattern) == found


@pytest.mark.parametrize("path", ["nowhere", "nowhere.md", "*.md", "picture.png"])
def test_a_path_that_names_no_document_is_invalid_input(tmp_path: Path, path: str) -> None:
    write(tmp_path / "picture.png", "x")
    with pytest.raises(InvalidInput) as caught:
        find_files([tmp_path / path])
    assert caught.value.field == "paths"


def test_a_link_within_the_folder_is_the_file_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b.md", "x")
    (tmp_path / "c.md").symlink_to(tmp_path / "a" / "b.md")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert find_files([tmp_path]) == ([(tmp_path / "a" / "b.md").resolve()], [])


def test_a_link_out_of_the_folder_is_refused_when_it_is_named_and_when_it_comes_by_glob(tmp_path: Path) -> None:
    write(tmp_path / "secret.md", "x")
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a.md").symlink_to(tmp_path / "secret.md")
    for path in (folder / "a.md", folder / "*.md"):
        found, refused = find_files([path])
        assert (found, [refusal.source for refusal in refused]) == ([], ["a.md"])


def test_a_link_put_in_place_of_a_file_after_the_search_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.md", "# Secret\n\nWords.\n")
    folder = tmp_path / "library"
    found, _ = find_files([write(folder / "a.md", "x")])
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to(tmp_path / "secret.md")
    (answer,) = read_files(found, folder)
    assert isinstance(answer, Refused)


def test_a_folder_that_cannot_be_opened_is_refused_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.md", "x")
    shut = tmp_path / "shut"
    shut.mkdir()
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == shut:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)  # root may open anything: the system cannot be made to refuse
    found, refused = find_files([tmp_path])
    assert [file.name for file in found] == ["a.md"]
    assert [(refusal.source, refusal.reason) for refusal in refused] == [
        ("shut", "The folder cannot be opened: Permission denied.")
    ]


def test_a_fingerprint_is_the_hash_of_the_bytes_and_a_huge_or_special_file_has_none(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", MANUAL)
    assert fingerprint(path) == hashlib.sha256(MANUAL.encode()).hexdigest()
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(3_000_000_000)
    os.mkfifo(tmp_path / "pipe.md")
    assert [fingerprint(tmp_path / name) for name in ("huge.md", "pipe.md", "none.md", "x.png")] == [None] * 4


def test_the_worker_reads_a_manual_as_this_process_does(corpus: Path) -> None:
    path = corpus / "manuals" / "ash-spear.md"
    assert list(read_files([path], corpus)) == [read_document(path, corpus)]


def test_progress_is_told_after_each_file(corpus: Path) -> None:
    told: list[tuple[int, int]] = []
    found, _ = find_files([corpus])
    list(read_files(found, corpus, on_progress=lambda done, total: told.append((done, total))))
    assert told == [(1, 2), (2, 2)]


def test_all_manuals_and_guides_are_read_in_two_seconds() -> None:
    found, refused = find_files(corpus_paths())
    started = time.monotonic()
    read = list(read_files(found, corpus_root()))
    assert time.monotonic() - started < 2
    assert refused == []
    assert [type(answer) for answer in read] == [Document] * 61


def test_one_worker_reads_file_after_file_and_ends_with_the_sandbox() -> None:
    with Sandbox() as sandbox:
        sandbox.parse("markdown", b"One.")
        first = _worker(sandbox)
        sandbox.parse("markdown", b"Two.")
        assert _worker(sandbox) == first
    assert not psutil.pid_exists(first)


def test_a_generator_that_is_given_up_leaves_no_worker(corpus: Path) -> None:
    before = set(psutil.Process().children())
    reading = read_files(find_files([corpus])[0], corpus)
    next(reading)
    started = set(psutil.Process().children()) - before
    del reading
    gc.collect()
    assert started
    assert not any(child.is_running() for child in started)


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_gets_a_new_worker() -> None:
    with Sandbox() as sandbox:
        sandbox.parse("markdown", b"One.")
        first = _worker(sandbox)
        sandbox.seconds = 0.05
        with pytest.raises(InvalidInput, match=r"more than 0\.05 seconds"):
            sandbox.parse("html", as_html("words\n\n" * 20_000))
        assert not psutil.pid_exists(first)
        sandbox.seconds = 8
        assert sandbox.parse("markdown", b"Two.") == ("Two.\n", {})


LIMITS = [
    pytest.param({"resident": 30_000_000}, id="seen by us"),
    pytest.param(
        {"addresses": 75_000_000},
        id="held by the system",
        marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its address space"),
    ),
]


@pytest.mark.parametrize("limits", LIMITS)
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_one_is_read(limits: dict[str, int]) -> None:
    with Sandbox(**limits) as sandbox:
        with pytest.raises(InvalidInput, match="more memory"):
            sandbox.parse("html", b"<!DOCTYPE html>" + b"<p><b>word</b></p>" * 24_000)
        assert sandbox.parse("markdown", b"Words.") == ("Words.\n", {})


def test_a_worker_that_dies_is_replaced() -> None:
    with Sandbox() as sandbox:
        sandbox.parse("markdown", b"One.")
        worker = psutil.Process(_worker(sandbox))
        worker.kill()
        worker.wait()
        assert sandbox.parse("markdown", b"Two.") == ("Two.\n", {})


def test_the_worker_loads_nothing_heavy_and_may_write_no_file(tmp_path: Path) -> None:
    code = (
        "import sys; import knowledge.readers.worker as w; w._restrict(10**9)\n"
        "print(sorted({'torch', 'chromadb', 'pypdf', 'docx', 'bs4', 'sqlalchemy', 'numpy'} & set(sys.modules)))\n"
        f"from pathlib import Path; Path({str(tmp_path / 'x')!r}).write_text('words')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n"
    assert "File too large" in done.stderr


def test_the_worker_knows_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIRA_SECRET", "s3cret")
    with Sandbox() as sandbox:
        sandbox.parse("markdown", b"One.")
        assert "HASHIRA_SECRET" not in psutil.Process(_worker(sandbox)).environ()


def test_a_damaged_file_of_each_kind_in_turn_spoils_no_good_one(tmp_path: Path) -> None:
    good = as_pdf("# Title\n\n## Part\nWords of it.\n")
    for number in range(1, len(good), 97):
        (tmp_path / f"{number:05d}.pdf").write_bytes(good[:number] + bytes([good[number] ^ 0x5A]) + good[number + 1 :])
    (tmp_path / "z.md").write_text(MANUAL, encoding="utf-8")
    *others, last = read_files(find_files([tmp_path])[0], tmp_path)
    assert all(isinstance(answer, Document) or answer.reason.startswith("The file") for answer in others)
    assert isinstance(last, Document)


def _worker(sandbox: Sandbox) -> int:
    assert sandbox._worker is not None
    return sandbox._worker.pid
