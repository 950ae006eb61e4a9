"""The catalogue as the Recommender reads it, kept in memory for as long as no row of it has changed.

Each request asks PostgreSQL for the version: how many weapons there are, and the sum of a hash of each row's ``xmin``, the number
of the transaction that wrote it. Any committed change to a price, a stock or a weapon changes it, so the next request reads anew;
two versions that differ in their rows agree by chance once in 2^64. No column, trigger or message is needed, and a copy is never
older than the version it is kept under: the version is read first.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, text
from sqlmodel import Session, col, select

from hashiramart.models import Weapon
from ml.features import WeaponTable
from ml.ranking import Costs
from ml.shortlist import TASTES, Prefer, cost_of, doublings

Version = tuple[int, Any]

# Casts to text and back are PostgreSQL's only way from a transaction number to a hash in all its supported versions.
_VERSION = text("SELECT count(*), sum(hashint8extended(xmin::text::bigint, 0)) FROM weapons")


@dataclass(frozen=True, eq=False)
class Shelf:
    """One version of the catalogue, by slug.

    Attributes:
        version: its key.
        rows: the weapons' columns as they are in the database.
        table: as the model sees them.
    """

    version: Version
    rows: Sequence[Row[Any]]
    table: WeaponTable

    def __len__(self) -> int:
        return len(self.rows)

    def weapon(self, row: int) -> Weapon:
        """One weapon, as an object that belongs to no session."""
        return Weapon(**self.rows[row]._mapping)

    @cached_property
    def price(self) -> NDArray[np.int64]:
        """Coins, (n,)."""
        return np.array([row.price for row in self.rows], np.int64)

    @cached_property
    def costs(self) -> dict[Prefer, Costs | None]:
        """What the prices take off the predicted success, by what is preferred; None where price does not count."""
        by_taste = {prefer: cost_of(doublings(self.price), prefer) for prefer in TASTES}
        return {prefer: None if cost is None else Costs(cost) for prefer, cost in by_taste.items()}

    @cached_property
    def in_stock(self) -> NDArray[np.bool_]:
        """Whether any is left, (n,)."""
        return np.array([row.stock > 0 for row in self.rows], np.bool_)

    @cached_property
    def row_of(self) -> dict[uuid.UUID, int]:
        """Where each weapon stands."""
        return {row.id: place for place, row in enumerate(self.rows)}

    @cached_property
    def row_of_slug(self) -> dict[str, int]:
        """Where each weapon stands, by its slug."""
        return {row.slug: place for place, row in enumerate(self.rows)}

    @cached_property
    def type_names(self) -> list[str]:
        """The weapon types there are, sorted."""
        return sorted({row.weapon_type for row in self.rows})

    @cached_property
    def type_code(self) -> NDArray[np.intp]:
        """The type of each weapon, as its place in ``type_names``, (n,)."""
        code = {name: place for place, name in enumerate(self.type_names)}
        return np.array([code[row.weapon_type] for row in self.rows], np.intp)


class Shelves:
    """The catalogue of one database. Threads may share it; the worst they do is to read the same version twice."""

    def __init__(self) -> None:
        self._kept: Shelf | None = None

    def read(self, session: Session) -> Shelf:
        """The catalogue as it is now."""
        count, hashes = session.execute(_VERSION).one()
        version = (int(count), hashes)
        kept = self._kept
        if kept is not None and kept.version == version:
            return kept
        # Plain rows: objects of the mapper would cost several times as much, and be tied to the session.
        columns = [col(getattr(Weapon, name)) for name in Weapon.model_fields]
        rows = session.execute(select(*columns).order_by(col(Weapon.slug))).all()
        shelf = Shelf(version, rows, _table(rows, kept))
        self._kept = shelf
        return shelf


def _table(rows: Sequence[Row[Any]], kept: Shelf | None) -> WeaponTable:
    """The model's view. A sale changes none of it: then the old one serves on, with all that it has worked out."""
    if kept is not None and _features(rows) == _features(kept.rows):
        return kept.table
    return WeaponTable.of(rows)


def _features(rows: Sequence[Row[Any]]) -> list[tuple[Any, ...]]:
    return [(row.id, row.slug, row.weight, row.sharpness, row.styles) for row in rows]
