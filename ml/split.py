"""Stage ``split``: which battles a model learns from, and which it is judged by.

- **frozen**: battles of some slayers, picked by a hash of the slayer's key. Only the gate sees them. Whether a battle is frozen
  depends on that battle alone, so it stays where it is while the data grow, and champion and challenger are compared on
  battles that neither was trained on, whenever each was trained. Of synthetic slayers only the exploring battles, because there
  the weapon was drawn by a known chance and not by habit; of the shop's own slayers, of whom there are few at first, all.
- **test**: the latest of the rest of each source, for the report.
- **train**: everything before those.

The synthetic battles are what the shop knows before anything has happened. They make room as it learns what really does: with
``half_life`` battles of the shop half of them are left, with twice as many a third. Which ones is a matter of each battle's key,
so they only ever grow fewer, and none changes its part.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import params as parameters
from ml import sources
from ml.layout import Layout, Progress, silent
from ml.release import read_model, write_json

if TYPE_CHECKING:
    import pandas as pd

NOTE_FILE = "split.json"


class Parts(NamedTuple):
    """The battles, each in exactly one part."""

    train: pd.DataFrame
    test: pd.DataFrame
    frozen: pd.DataFrame


class SplitNote(BaseModel):
    """What later stages need to know of a split beside its rows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    watermark: str | None
    cut: dict[str, str] = Field(description="the moment from which on battles are test battles, by source")
    rows: dict[str, int]
    real_battles: int = Field(description="battles of the shop, in all parts")
    synthetic_left: float = Field(description="share of the synthetic battles that is used")


def run(root: Path, params: parameters.Params, _settings: Settings, on_progress: Progress = silent) -> None:
    """Write ``data/split/{train,test,frozen,weapons}.parquet`` and ``split.json``.

    Raises:
        Unavailable: there are no data, or a part would be empty.
    """
    import pandas as pd

    layout = Layout(root)
    on_progress(0.0, "reading battles")
    found = sources.read(layout)
    battles = (
        pd.concat([source.interactions for source in found], ignore_index=True)
        if len(found) > 1
        else found[0].interactions
    )
    # A weapon of both sources is the same weapon; what the database says of it is newer.
    weapons = pd.concat([source.weapons for source in found]).drop_duplicates(
        "weapon_id", keep="last", ignore_index=True
    )
    on_progress(0.4, "splitting")
    cuts, parts = divide(battles, params.split)
    for name, part in parts._asdict().items():
        if part.empty:
            raise Unavailable(
                f"The split leaves no battles for {name}: more battles or other shares in params.yaml are needed."
            )
    on_progress(0.6, "writing")
    layout.split.mkdir(parents=True, exist_ok=True)
    for name, part in parts._asdict().items():
        part.to_parquet(layout.split / f"{name}.parquet", index=False)
    weapons.to_parquet(layout.split / "weapons.parquet", index=False)
    note = SplitNote(
        watermark=sources.manifest(layout).watermark,
        cut={source: cut.isoformat() for source, cut in cuts.items()},
        rows={name: len(part) for name, part in parts._asdict().items()},
        real_battles=int(is_real(battles).sum()),
        synthetic_left=round(synthetic_left(int(is_real(battles).sum()), params.split), 6),
    )
    write_json(layout.split / NOTE_FILE, note)
    on_progress(1.0, " · ".join(f"{name} {rows:,}" for name, rows in note.rows.items()))


def divide(battles: pd.DataFrame, p: parameters.Split) -> tuple[dict[str, pd.Timestamp], Parts]:
    """Split battles; the order of rows is kept.

    A cut is a moment, not a row: battles of one instant stay together, so what is trained on is always older. Each source has its
    own, for the shop's battles are later than every synthetic one, and would all be test battles.

    Returns:
        The moments from which on battles are test battles, by source (``synthetic``, ``shop``), and the parts.
    """
    import pandas as pd

    real = is_real(battles)
    left = synthetic_left(int(real.sum()), p)
    kept = np.ones(len(battles), np.bool_) if left == 1 else real | _chosen(battles["interaction_id"], left)
    exploring = battles["exploration"].to_numpy(bool)
    frozen = np.where(
        real, is_frozen(battles["slayer_id"], p.frozen_real), exploring & is_frozen(battles["slayer_id"], p.frozen)
    )
    late, cuts = np.zeros(len(battles), np.bool_), {}
    for name, rows in (("synthetic", ~real), ("shop", real)):
        if rows.any():
            moment: Any = battles["occurred_at"][rows].quantile(1 - p.holdout)
            cuts[name] = pd.Timestamp(moment)
            late |= rows & (battles["occurred_at"] >= cuts[name]).to_numpy()
    return cuts, Parts(battles[kept & ~late & ~frozen], battles[kept & late & ~frozen], battles[kept & frozen])


def is_real(battles: pd.DataFrame) -> NDArray[np.bool_]:
    """Which battles were fought in the shop: of those nobody knows the true chances, (n,)."""
    return np.asarray(battles["p_true"].isna())


def synthetic_left(real: int, p: parameters.Split) -> float:
    """The share of the synthetic battles that is used beside so many battles of the shop, over 0 and up to 1."""
    return 1 / (1 + real / p.half_life)


def is_frozen(slayer_ids: pd.Series, share: float) -> NDArray[np.bool_]:
    """Whether each slayer is one of the ``share`` whose battles may be frozen, (n,); a matter of the key alone."""
    return _chosen(slayer_ids, share)


def _chosen(keys: pd.Series, share: float) -> NDArray[np.bool_]:
    """Whether each key is one of ``share`` of all keys there could be, (n,); a larger share only adds some."""
    import pandas as pd

    codes, distinct = pd.factorize(keys)
    place = [int.from_bytes(hashlib.sha256(str(key).encode()).digest()[:8]) / 2**64 for key in distinct]
    return (np.asarray(place) < share)[codes]


def read_note(layout: Layout) -> SplitNote:
    """The note of the split.

    Raises:
        Unavailable: it is missing or damaged.
    """
    return read_model(layout.split / NOTE_FILE, SplitNote)


if __name__ == "__main__":
    from ml.stage import main

    main(run)
