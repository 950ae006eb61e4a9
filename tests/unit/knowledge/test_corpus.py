"""Reading files."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashiramart.errors import InvalidInput
from knowledge.corpus import corpus_paths, read_document
from knowledge.readers.kinds import MAX_BYTES
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
        (b"words \xff\x00A", "not UTF-8"),
        (b"---\nname: [a\n---\ntext\n", "not YAML"),
        (b"---\n- a\n- b\n---\ntext\n", "must be a mapping"),
        (b"---\nname: A\n---\n\n  \n", "has no text"),
        (b"", "has no text"),
        (b"x" * (MAX_BYTES["markdown"] + 1), "a document of this kind may have"),
    ],
)
def test_an_unreadable_file_is_refused_by_name_and_reason(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=says) as caught:
        read_document(path, tmp_path)
    assert caught.value.field == "paths"
    assert "bad.md" in caught.value.message


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("weapon: Ash Spear", "weapon"),
        ("weapon: [ash-spear]", "weapon"),
        ("weapon: ../../etc/passwd", "weapon"),
        (f"name: {'x' * 201}", "name"),
        ("title: [a, b]", "title"),
        (f"type: {'x' * 81}", "type"),
        ("styles: Water", "styles"),
        ("styles: [[a]]", "styles"),
        ("weight_kg: heavy", "weight_kg"),
        ("weight_kg: .nan", "weight_kg"),
    ],
)
def test_front_matter_that_the_shop_cannot_use_is_refused_by_field(tmp_path: Path, line: str, field: str) -> None:
    path = write(tmp_path / "a.md", f"---\n{line}\n---\n\nWords.\n")
    with pytest.raises(InvalidInput, match=field) as caught:
        read_document(path, tmp_path)
    assert caught.value.field == field


def test_front_matter_is_clean_and_in_plain_types(tmp_path: Path) -> None:
    front = 'name: "A <b>fine</b> spear ![x](http://e/x)"\nmade: 2020-01-02\nnotes: {see: "[here](http://e)"}\n'
    document = read_document(write(tmp_path / "a.md", f"---\n{front}---\n\nWords.\n"), tmp_path)
    assert document.front == {"name": "A fine spear", "made": "2020-01-02", "notes": {"see": "here"}}
    assert document.title == "A fine spear"


def test_utf_16_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("# Caf\u00e9\n\nWords.\n".encode("utf-16"))
    assert read_document(path, tmp_path).title == "Caf\u00e9"


def test_the_shop_comes_with_manuals_and_guides() -> None:
    assert {path.name for path in corpus_paths()} == {"guides", "manuals"}
    assert all(path.is_dir() for path in corpus_paths())
