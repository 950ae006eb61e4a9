"""Parquet by day: the bytes depend on the rows and their order, not on the pieces that they came in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ml import extract

SCHEMA = pa.schema([("id", pa.int64()), ("at", pa.timestamp("ms", "UTC")), ("word", pa.string())])
DAY_MS = 86_400_000


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row groups of eight rows."""
    monkeypatch.setattr(extract, "ROW_GROUP", 8)


def rows(count: int = 100, a_day: int = 30) -> pa.Table:
    at = pa.array([20_000 * DAY_MS + i * DAY_MS // a_day for i in range(count)], pa.int64())
    words = [None if i % 7 == 0 else f"word {i % 5}" for i in range(count)]
    return pa.table([pa.array(range(count)), at.cast(SCHEMA.field("at").type), pa.array(words)], schema=SCHEMA)


def pieces(table: pa.Table, size: int) -> Iterator[pa.Table]:
    return (table.slice(start, size) for start in range(0, len(table), size))


@pytest.mark.parametrize("size", [1, 7, 8, 33, 1000])
def test_the_same_rows_in_other_pieces_are_the_same_bytes(tmp_path: Path, size: int) -> None:
    for name, width in (("a", 30), ("b", size)):
        extract.write_days(pieces(rows(), width), tmp_path / name, SCHEMA, "at")
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab")
    assert first == second


def test_each_day_has_its_file_and_no_row_is_lost(tmp_path: Path) -> None:
    counts = extract.write_days(pieces(rows(), 9), tmp_path / "days", SCHEMA, "at")
    assert counts == {
        "2024-10-04.parquet": 30,
        "2024-10-05.parquet": 30,
        "2024-10-06.parquet": 30,
        "2024-10-07.parquet": 10,
    }
    back = pa.concat_tables([pq.read_table(tmp_path / "days" / name) for name in counts])
    assert back.equals(rows())


def test_no_more_than_a_row_group_is_held_back(tmp_path: Path) -> None:
    extract.write_days(pieces(rows(), 3), tmp_path, SCHEMA, "at")
    groups = pq.ParquetFile(tmp_path / "2024-10-04.parquet").metadata
    assert [groups.row_group(i).num_rows for i in range(groups.num_row_groups)] == [8, 8, 8, 6]


def test_without_rows_there_is_an_empty_table_and_no_day(tmp_path: Path) -> None:
    assert extract.write([], tmp_path / "none.parquet", SCHEMA) == 0
    assert pq.read_table(tmp_path / "none.parquet").schema.equals(SCHEMA)
    assert extract.write_days([], tmp_path / "days", SCHEMA, "at") == {}
    assert not (tmp_path / "days").exists()
