"""Slayers in chunks, to be scored: from the shop's database or from a Parquet file.

A chunk is an Arrow table of ``slayer_id``, ``breathing_style`` (text), ``level`` (1-100), ``strength``, ``dexterity`` and
``stamina`` (0-100).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashiramart.errors import InvalidInput

if TYPE_CHECKING:
    import pyarrow as pa

    from hashiramart.db import Database

CHUNK = 5_000
"""Slayers in a chunk by default: a second or two of a worker's time."""

PROFILE = ("level", "strength", "dexterity", "stamina", "breathing_style")
"""The columns of a chunk that make a ``SlayerProfile``, in its order."""

_BOUNDS = {"level": (1, 100), "strength": (0, 100), "dexterity": (0, 100), "stamina": (0, 100)}


def from_database(database: Database, size: int = CHUNK) -> Generator[pa.Table]:
    """Every slayer, by key, as they were when the first chunk was asked for: one cursor of the service role, read bit by bit.

    Raises:
        Unavailable: the database cannot be reached.
    """
    from sqlmodel import col, select

    from hashiramart.models import Slayer

    columns = [col(getattr(Slayer, name)) for name in ("id", *PROFILE)]
    everybody = select(*columns).order_by(col(Slayer.id))
    with database.service() as session, session.execute(everybody, execution_options={"yield_per": size}) as found:
        for rows in found.partitions():
            keys, *profile = zip(*rows, strict=True)
            yield _table([str(key) for key in keys], profile)


def count_in(database: Database) -> int:
    """How many slayers there are."""
    from sqlalchemy import func
    from sqlmodel import select

    from hashiramart.models import Slayer

    with database.service() as session:
        return session.exec(select(func.count()).select_from(Slayer)).one()


def from_parquet(path: Path, size: int = CHUNK) -> Generator[pa.Table]:
    """The slayers of a Parquet file, as ``ml.generate_data`` writes one; other columns are left alone.

    Raises:
        InvalidInput: it is no Parquet file, lacks a column, or a value is missing or out of its range.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = _schema()
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise InvalidInput("slayers", f"{path} cannot be read as Parquet.") from error
    with file:
        for name in wanted.names:
            if name not in file.schema_arrow.names:
                raise InvalidInput(name, f"{path} has no column {name}.")
        for batch in file.iter_batches(size, columns=wanted.names):
            try:
                chunk = pa.Table.from_batches([batch]).select(wanted.names).cast(wanted)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise InvalidInput("slayers", f"{path}: {error}") from error
            _check(chunk, path)
            yield chunk


def count_in_parquet(path: Path) -> int:
    """How many slayers a Parquet file has; 0 when it cannot be read, which ``from_parquet`` explains."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowInvalid):
        return 0


def no_slayers() -> pa.Table:
    """A chunk of nobody."""
    return _table([], [[] for _ in PROFILE])


def _table(keys: Sequence[str], profile: Sequence[Sequence[Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.table({"slayer_id": keys, **dict(zip(PROFILE, profile, strict=True))}, schema=_schema())


def _schema() -> pa.Schema:
    import pyarrow as pa

    numbers = [(name, pa.float64()) for name in ("strength", "dexterity", "stamina")]
    return pa.schema([("slayer_id", pa.string()), ("level", pa.int64()), *numbers, ("breathing_style", pa.string())])


def _check(chunk: pa.Table, path: Path) -> None:
    import pyarrow.compute as pc

    for name in chunk.schema.names:
        if chunk[name].null_count:
            raise InvalidInput(name, f"{path}: {name} is missing for a slayer.")
    for name, (low, high) in _BOUNDS.items():
        inside = pc.and_(pc.greater_equal(chunk[name], low), pc.less_equal(chunk[name], high))
        if not pc.all(inside).as_py() and len(chunk):
            raise InvalidInput(name, f"{path}: {name} must lie from {low} to {high}.")
