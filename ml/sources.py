"""Where battles come from: the synthetic world, and the snapshot of the shop's own database when there is one.

A snapshot is the folder ``data/snapshot`` (``ml.snapshot`` writes it): ``manifest.json`` with its watermark, and, once there is
something to tell, ``slayers.parquet``, ``weapons.parquet``, ``interactions/YYYY-MM-DD.parquet`` (the day of the battle, UTC) with
the columns of ``generate_data``, and ``impressions/YYYY-MM-DD.parquet``, the lists that were recommended, one row a place. A
fresh clone has only a manifest that says: nothing yet.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hashiramart.errors import Unavailable
from ml.layout import Layout
from ml.lineage import sha256_file

if TYPE_CHECKING:
    import pandas as pd

SNAPSHOT_FILE = "manifest.json"


class SnapshotFile(BaseModel):
    """What the manifest says of one file."""

    model_config = ConfigDict(frozen=True)

    rows: int = Field(ge=0)
    sha256: str


class SnapshotManifest(BaseModel):
    """What a snapshot is and holds; it may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    format: Literal[1] = 1
    watermark: str | None = Field(None, description="the battle with the highest number; none without battles")
    rows: int = Field(0, ge=0, description="battles in the snapshot")
    impressions: int = Field(0, ge=0, description="places of recommended lists in the snapshot")
    files: dict[str, SnapshotFile] = Field(default_factory=dict, description="every Parquet file, by its path")

    def battles_sha256(self) -> str:
        """One SHA-256, in hex, over all battles: the same battles, the same hash."""
        days = (f"{name} {file.sha256}\n" for name, file in self.files.items() if name.startswith("interactions/"))
        return hashlib.sha256("".join(sorted(days)).encode()).hexdigest()


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
    note = manifest(layout)
    promised = note.rows
    if promised:
        _check(layout, note)
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


def _check(layout: Layout, note: SnapshotManifest) -> None:
    """Whether every file is the one that the manifest describes; a day more or less shows in the number of battles."""
    for name, file in note.files.items():
        try:
            same = sha256_file(layout.snapshot / name) == file.sha256
        except OSError:
            same = False
        if not same:
            raise Unavailable(
                f"{layout.snapshot / name} is not the file that the snapshot's manifest describes; take the snapshot again."
            )
