"""Reading files."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashiramart.errors import InvalidInput
from knowledge.corpus import MAX_BYTES, corpus_paths, find_files, read_document
from tests.unit.knowledge.conftest import MANUAL, write


def test_front_matter_names_the_weapon_and_stays_out_of_the_text(corpus: Path) -> None:
    document = read_document(corpus / "manuals" / "ash-spear.md", corpus)
    assert (document.source, document.title) == ("manuals/ash-spear.md", "Ash Spear")
    assert (document.weapon, document.weapon_type) == ("ash-spear", "spear")
    assert document.front["weight_kg"] == 1.6
    assert document.text.startswith("# Ash Spear")


def test_a_file_without_front_matter_is_titled_by_its_heading(tmp_path: Path) -> None:
    document = read_document(write(tmp_path / "a.md", "# On Tea\n\nDrink it warm.\n"), tmp_path)
    assert (document.title, document.weapon, document.front) == ("On Tea", None, {})


def test_windows_line_ends_and_a_byte_order_mark_change_nothing_in_the_text(tmp_path: Path) -> None:
    plain = read_document(write(tmp_path / "a.md", MANUAL), tmp_path)
    path = tmp_path / "b.md"
    path.write_bytes(b"\xef\xbb\xbf" + MANUAL.replace("\n", "\r\n").encode())
    other = read_document(path, tmp_path)
    assert (other.text, other.front) == (plain.text, plain.front)


def test_a_file_outside_the_root_keeps_only_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "a.md", "# A\n\nText.\n")
    assert read_document(path, tmp_path / "root").source == "a.md"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00A", "not UTF-8"),
        (b"---\nname: [a\n---\ntext\n", "not YAML"),
        (b"---\n- a\n- b\n---\ntext\n", "must be a mapping"),
        (b"---\nname: A\n---\n\n  \n", "has no text"),
        (b"", "has no text"),
        (b"x" * (MAX_BYTES + 1), "a document may have"),
    ],
)
def test_an_unreadable_file_is_refused_by_name_and_reason(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=says) as caught:
        read_document(path, tmp_path)
    assert caught.value.field == "paths"
    assert "bad.md" in caught.value.message


def test_files_are_found_once_in_order_and_others_are_left_alone(corpus: Path) -> None:
    write(corpus / "notes.txt", "not for the library")
    found = find_files([corpus, corpus / "guides", corpus / "guides" / "sleep.md"])
    assert [file.name for file in found] == ["sleep.md", "ash-spear.md"]


def test_a_missing_path_and_a_named_file_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no file or folder"):
        find_files([tmp_path / "nowhere"])
    with pytest.raises(InvalidInput, match="not Markdown"):
        find_files([write(tmp_path / "a.txt", "x")])


def test_the_shop_comes_with_manuals_and_guides() -> None:
    assert {path.name for path in corpus_paths()} == {"guides", "manuals"}
    assert all(path.is_dir() for path in corpus_paths())
