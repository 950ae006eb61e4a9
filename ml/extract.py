"""Rows out of PostgreSQL into Parquet, streamed: what is held in memory does not grow with the table.

The same rows in the same order make the same bytes: row groups are cut by count, whatever pieces the rows come in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    import psycopg
    import pyarrow as pa
    import pyarrow.parquet as pq

ROW_GROUP = 32_768
"""Rows that are held and written at once."""

SEPARATOR = "\x1f"
"""What stands between the items of a list on their way: ASCII's own character for that, ``chr(31)`` in PostgreSQL."""

_BLOCK_BYTES = 1 << 20
_DAY_MS = 86_400_000


def stream(connection: psycopg.Connection[Any], query: str, schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows of a query in pieces of about a megabyte, as ``COPY`` hands them out.

    Args:
        connection: in a transaction or not.
        query: its columns, by name, are those of ``schema``. Moments come as milliseconds since 1970 (bigint), lists as text
            with ``SEPARATOR`` between their items, NULL for an empty one.
        schema: what the pieces are to look like.
    """
    import pyarrow as pa
    from pyarrow import csv

    plain = {field.name: _as_copied(field.type) for field in schema}
    convert = csv.ConvertOptions(
        column_types=plain,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,  # COPY quotes an empty text and leaves NULL bare
        true_values=["t"],
        false_values=["f"],
    )
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER true)") as copy:
        source = pa.PythonFile(_Chunks(copy), mode="r")
        read = csv.ReadOptions(block_size=_BLOCK_BYTES, use_threads=False)
        for batch in csv.open_csv(source, read_options=read, convert_options=convert):
            columns = [_finished(batch.column(field.name), field.type) for field in schema]
            yield pa.Table.from_arrays(columns, schema=schema)


def write(pieces: Iterable[pa.Table], path: Path, schema: pa.Schema) -> int:
    """Write pieces into one file, which is made even without rows; returns the number of rows."""
    with _File(path, schema) as file:
        for piece in pieces:
            file.add(piece)
    return file.rows


def write_days(pieces: Iterable[pa.Table], folder: Path, schema: pa.Schema, moment: str) -> dict[str, int]:
    """Write pieces into one file a day (UTC).

    Args:
        pieces: in the order of time.
        folder: where ``YYYY-MM-DD.parquet`` go; it is made with the first.
        schema: of the pieces.
        moment: the column of type timestamp[ms, UTC] that says when.

    Returns:
        Rows by file name.
    """
    import pyarrow as pa

    rows: dict[str, int] = {}
    file: _File | None = None
    today: np.datetime64 | None = None
    try:
        for piece in pieces:
            days = piece[moment].cast(pa.int64()).to_numpy() // _DAY_MS
            cuts = [0, *(np.flatnonzero(np.diff(days)) + 1), len(days)]
            for start, end in pairwise(cuts):
                day = np.datetime64(int(days[start]), "D")
                if day != today:
                    if file is not None:
                        file.close()
                    folder.mkdir(parents=True, exist_ok=True)
                    file, today = _File(folder / f"{day}.parquet", schema), day
                assert file is not None
                file.add(piece.slice(start, end - start))
                rows[file.path.name] = file.rows
    finally:
        if file is not None:
            file.close()
    return rows


class _File:
    """A Parquet file that is written a row group at a time."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq

        self.path, self.rows = path, 0
        self._waiting: list[pa.Table] = []
        self._held = 0
        self._schema = schema
        self._writer: pq.ParquetWriter = pq.ParquetWriter(path, schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, piece: pa.Table) -> None:
        import pyarrow as pa

        self._waiting.append(piece)
        self._held += len(piece)
        self.rows += len(piece)
        if self._held >= ROW_GROUP:
            held = pa.concat_tables(self._waiting)
            whole = len(held) - len(held) % ROW_GROUP
            self._write(held.slice(0, whole))
            self._waiting, self._held = [held.slice(whole)], len(held) - whole

    def close(self) -> None:
        import pyarrow as pa

        if self._held:
            self._write(pa.concat_tables(self._waiting))
            self._waiting, self._held = [], 0
        self._writer.close()

    def _write(self, rows: pa.Table) -> None:
        self._writer.write_table(rows.combine_chunks(), row_group_size=ROW_GROUP)


class _Chunks(io.RawIOBase):
    """What ``COPY`` sends, as a file to read from."""

    def __init__(self, copy: psycopg.Copy) -> None:
        self._copy = iter(copy)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At least one byte until the end, at most ``size``."""
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            piece = bytes(next(self._copy, b""))
            if not piece:
                break
            parts.append(piece)
            length += len(piece)
        whole = b"".join(parts)
        wanted = len(whole) if size < 0 else size
        self._rest = whole[wanted:]
        return whole[:wanted]


def _as_copied(kind: pa.DataType) -> pa.DataType:
    """The type that a column has on its way."""
    import pyarrow as pa

    if pa.types.is_timestamp(kind):
        return pa.int64()
    return pa.string() if pa.types.is_list(kind) else kind


def _finished(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column that came as ``_as_copied`` says, as it is to be."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(kind):
        return pc.coalesce(pc.split_pattern(column, SEPARATOR).cast(kind), pa.scalar([], kind))
    return column.cast(kind)
