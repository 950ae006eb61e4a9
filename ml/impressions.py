"""The snapshot's impressions as arrays: what was shown, what was fought with, and the candidates of those lists.

``data/snapshot/impressions/**/*.parquet`` has one row per place of a shown list, with the outcome once there was a battle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hashiramart.errors import InvalidInput
from ml.chances import Float, Index, Lists, Settled
from ml.features import Float32, assemble
from ml.layout import Layout
from ml.split import is_frozen
from ml.tables import row_numbers, style_match, weapon_table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "list_id", "slayer_id", "position", "places", "weapon_id", "score", "propensity", "explored", "model_version",
    "prefer", "breathing_style", "level", "strength", "dexterity", "stamina", "share", "shown_at", "outcome", "battles",
)  # fmt: skip
_OF_LIST = ("candidates", "weights")


@dataclass(frozen=True, slots=True, eq=False)
class Impressions:
    """Impressions, in two parts since the candidates are the bulk and are needed of few.

    Attributes:
        places: one row per place, ``COLUMNS`` and ``beside``, the number of candidates beside its list.
        settled: those with a battle, with ``candidates`` and ``weights`` of their list too.
    """

    places: pd.DataFrame
    settled: pd.DataFrame

    def since(self, moment: Any) -> Impressions:
        """Those of lists that were shown at ``moment`` or later."""
        return Impressions(*(part[part["shown_at"] >= moment] for part in (self.places, self.settled)))

    def by_success(self) -> Impressions:
        """Those of lists that were ranked by predicted success alone, as models rank; elsewhere the price had its say."""
        return Impressions(*(part[part["prefer"] == "power"] for part in (self.places, self.settled)))

    def unlearned(self, trained_until: Any, frozen: float) -> Impressions:
        """Those whose outcomes no model was trained on, whatever came of them.

        Args:
            trained_until: the last real battle of the training; None where it had none. Lists shown later are unknown to it.
            frozen: share of slayers, by the hash of their key, none of whose battles is ever trained on (``ml.split``).
        """
        if trained_until is None:
            return self

        def kept(part: pd.DataFrame) -> pd.DataFrame:
            late = (part["shown_at"] > trained_until).to_numpy(bool)
            unknown: pd.DataFrame = part[late | is_frozen(part["slayer_id"], frozen)]
            return unknown

        return Impressions(kept(self.places), kept(self.settled))


@dataclass(frozen=True, slots=True, eq=False)
class SettledLists:
    """Lists with a settled place, those places, and the features of every candidate, float32 (c, 8)."""

    lists: Lists
    settled: Settled
    matrix: Float32


def read(layout: Layout) -> Impressions | None:
    """All impressions of the snapshot; None where there are none."""
    import pandas as pd
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    places, settled = [], []
    for path in sorted((layout.snapshot / "impressions").rglob("*.parquet")):
        # The file alone: the folder's name must not become a column.
        day = pq.ParquetFile(path).read(columns=[*COLUMNS, *_OF_LIST])
        light = day.select(COLUMNS).to_pandas()
        light["beside"] = pc.list_value_length(day["weights"]).to_numpy()
        places.append(light)
        settled.append(day.filter(pc.greater(day["battles"], 0)).to_pandas())
    if not sum(map(len, places)):
        return None
    return Impressions(*(pd.concat(parts, ignore_index=True) for parts in (places, settled)))


def settled_lists(settled: pd.DataFrame, weapons: pd.DataFrame) -> SettledLists:
    """Settled impressions as arrays.

    Args:
        settled: with ``candidates`` and ``weights``; at least one.
        weapons: every weapon that is a candidate.

    Raises:
        InvalidInput: a list contradicts itself; the message names the column.
    """
    import pandas as pd

    of_unit, _ = pd.factorize(settled["list_id"])
    lists = settled.drop_duplicates("list_id")
    places = lists["places"].to_numpy(np.intp)
    lengths = np.fromiter(map(len, lists["candidates"]), np.intp, len(lists))
    drawn = np.fromiter(map(len, lists["weights"]), np.intp, len(lists))
    if (lengths - places != drawn).any():
        raise InvalidInput("weights", "weights must have one number for each candidate beside the list.")
    candidates = pd.Series(np.concatenate(lists["candidates"].to_list()), name="candidates")
    rows = row_numbers(candidates, weapons["weapon_id"])
    start = np.concatenate([[0], np.cumsum(lengths)])
    weight = np.ones(len(rows))
    found = Lists(start, places, lists["share"].to_numpy(np.float64), weight)
    weight[~found.listed(found.as_shown)] = np.concatenate(lists["weights"].to_list())

    level, strength, dexterity, stamina = (
        lists[name].to_numpy(np.float64)[found.of] for name in ("level", "strength", "dexterity", "stamina")
    )
    code, styles = pd.factorize(lists["breathing_style"])
    table = weapon_table(weapons)
    match = style_match(table, styles, code[found.of], rows)
    return SettledLists(
        found,
        _units(settled, of_unit, found, rows, row_numbers(settled["weapon_id"], weapons["weapon_id"])),
        assemble(level, strength, dexterity, stamina, table.weight[rows], table.sharpness[rows], match),
    )


def _units(settled: pd.DataFrame, of_unit: Index, lists: Lists, candidates: Index, weapon: Index) -> Settled:
    import pandas as pd

    width = int(candidates.max()) + 1
    key = lists.of * width + candidates
    order = np.argsort(key)
    wanted = of_unit * width + weapon
    at = np.minimum(np.searchsorted(key, wanted, sorter=order), len(key) - 1)
    shown = order[at]
    if (key[shown] != wanted).any():
        raise InvalidInput("weapon_id", "weapon_id of an impression is not among the candidates of its list.")
    propensity: Float = settled["propensity"].to_numpy(np.float64)
    if not ((propensity > 0) & (propensity <= 1)).all():
        raise InvalidInput("propensity", "propensity must be above 0 and at most 1.")
    slayer, _ = pd.factorize(settled["slayer_id"])
    return Settled(
        of_unit,
        shown,
        settled["position"].to_numpy(np.intp),
        propensity,
        settled["outcome"].to_numpy(np.float64),
        slayer,
    )
