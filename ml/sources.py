"""Where battles come from: the synthetic world, and the snapshot of the shop's own database when there is one.

A snapshot is the folder ``data/snapshot``: ``manifest.json`` with its watermark, and, once it has rows, ``slayers.parquet``,
``weapons.parquet`` and ``interactions/**/*.parquet`` (one or more files a day), each with the columns of ``generate_data``.
A fresh clone has only a manifest that says: nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hashiramart.errors import Unavailable
from ml.layout import Layout

if TYPE_CHECKING:
    import pandas as pd

SNAPSHOT_FILE = "manifest.json"


class SnapshotManifest(BaseModel):
    """What is asked of a snapshot's manifest here; it may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    watermark: str | None = Field(None, description="up to which moment (ISO 8601) or row the database was read")
    rows: int = Field(0, ge=0, description="battles in the snapshot")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The three tables of one source. ``name`` is ``synthetic`` or ``snapshot``."""

    name: str
    slayers: pd.DataFrame
    weapons: pd.DataFrame
    interactions: pd.DataFrame


def manifest(layout: Layout) -> SnapshotManifest:
    """The snapshot's manifest; one without rows where there is no snapshot.

    Raises:
        Unavailable: the manifest is damaged.
    """
    path = layout.snapshot / SNAPSHOT_FILE
    if not path.is_file():
        return SnapshotManifest()
    try:
        return SnapshotManifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise Unavailable(f"{path} is damaged; take the snapshot again.") from error


def read(layout: Layout) -> list[Source]:
    """Every source that has battles, the synthetic one first.

    Raises:
        Unavailable: the synthetic data are missing, or the snapshot has not the rows that its manifest promises.
    """
    import pandas as pd

    try:
        found = [
            Source(
                "synthetic", *(pd.read_parquet(path) for path in (layout.slayers, layout.weapons, layout.interactions))
            )
        ]
    except FileNotFoundError as error:
        raise Unavailable(f"{layout.interactions} is missing; run the stage generate_data first.") from error
    promised = manifest(layout).rows
    if promised:
        # File by file: the folder's name must not become a column.
        days = [pd.read_parquet(path) for path in sorted((layout.snapshot / "interactions").rglob("*.parquet"))]
        rows = sum(len(day) for day in days)
        if rows != promised:
            raise Unavailable(
                f"The snapshot in {layout.snapshot} has {rows:,} battles, its manifest promises {promised:,}."
            )
        try:
            people, things = (pd.read_parquet(layout.snapshot / f"{name}.parquet") for name in ("slayers", "weapons"))
        except FileNotFoundError as error:
            raise Unavailable(f"The snapshot in {layout.snapshot} lacks its slayers or its weapons.") from error
        found.append(Source("snapshot", people, things, pd.concat(days, ignore_index=True)))
    return found
