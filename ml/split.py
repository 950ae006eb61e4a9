"""Stage ``split``: which battles a model learns from, and which it is judged by.

- **frozen**: exploring battles of some slayers, picked by a hash of the slayer's key. Only the gate sees them. Whether a battle
  is frozen depends on that battle alone, so it stays where it is while the data grow, and champion and challenger are
  compared on battles that neither was trained on, whenever each was trained. Exploring, because there the weapon was drawn
  by a known chance and not by habit or by an older model.
- **test**: the latest of the rest, for the report.
- **train**: everything before those.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

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
    cut: str
    rows: dict[str, int]
    real_battles: int


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
    cut, parts = divide(battles, params.split)
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
        cut=cut.isoformat(),
        rows={name: len(part) for name, part in parts._asdict().items()},
        real_battles=sum(len(source.interactions) for source in found[1:]),
    )
    write_json(layout.split / NOTE_FILE, note)
    on_progress(1.0, " · ".join(f"{name} {rows:,}" for name, rows in note.rows.items()))


def divide(battles: pd.DataFrame, p: parameters.Split) -> tuple[pd.Timestamp, Parts]:
    """Split battles; the order of rows is kept.

    The cut is a moment, not a row: battles of one instant stay together, so what is trained on is always older.

    Returns:
        The moment from which on battles are test battles, and the parts.
    """
    import pandas as pd

    moment: Any = battles["occurred_at"].quantile(1 - p.holdout)
    cut = pd.Timestamp(moment)
    late = (battles["occurred_at"] >= cut).to_numpy()
    frozen = battles["exploration"].to_numpy(bool) & is_frozen(battles["slayer_id"], p.frozen)
    return cut, Parts(battles[~late & ~frozen], battles[late & ~frozen], battles[frozen])


def is_frozen(slayer_ids: pd.Series, share: float) -> NDArray[np.bool_]:
    """Whether each slayer is one of the ``share`` whose exploring battles are frozen, (n,); a matter of the key alone."""
    import pandas as pd

    codes, distinct = pd.factorize(slayer_ids)
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
