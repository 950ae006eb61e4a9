"""Serving: a released model that scores weapons for a slayer. Immutable after loading, and safe to share between threads.

Scores come from the forest's own boxes (``ml.forest``): all distinct feature rows of a catalogue at once, on one thread. LightGBM
itself reads the model and gives the contributions of the few weapons that are shown. When a model is loaded, both must agree with
each other, and with what the model said of the release's golden rows when it was released.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import Unavailable
from ml.cells import Cells
from ml.features import FEATURES, SCHEMA_FORMAT, SlayerProfile, WeaponTable, feature_matrix
from ml.forest import UNIT, Forest, Grid, probability
from ml.release import MODEL_FILE, REGISTERED_FILE, SCHEMA_FILE, GoldenRow, read_registered, verify

if TYPE_CHECKING:
    import lightgbm as lgb

# One thread per request: the server answers many at once.
_THREADS = 1
_PARITY = 1e-9  # log-odds; what rounding leaves is a thousand times smaller
_GOLDEN = 1e-6  # probability

Ranges = dict[str, tuple[float, float]]
"""The lowest and highest value of each feature in training."""


class Scorer:
    """A model with its version. ``model_version`` is ``v<registered version>-<hash>``, or ``local-<hash>`` outside a registry.

    ``ranges`` is what it was trained on, empty where nobody said.
    """

    def __init__(self, booster: lgb.Booster, model_version: str, ranges: Ranges | None = None) -> None:
        """Read the booster's trees.

        Raises:
            Unavailable: they cannot be read exactly as LightGBM reads them.
        """
        self._booster = booster
        self._forest = Forest.of(booster)
        self.model_version = model_version
        self.ranges = ranges or {}
        self._check_parity()

    @classmethod
    def load(cls, folder: Path) -> Scorer:
        """Load a release folder. Hashes and feature names are checked first, golden rows last; an older release has none.

        Raises:
            Unavailable: the release is damaged, was made for other features than this code computes, or is not the model that
                the golden rows were taken from.
        """
        release = verify(folder)
        try:
            described = json.loads((folder / SCHEMA_FILE).read_bytes())
            names = tuple(feature["name"] for feature in described["features"])
            known_format = described["format"] == SCHEMA_FORMAT
            ranges = {
                each["name"]: (float(each["range"][0]), float(each["range"][1])) for each in described["features"]
            }
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise Unavailable(f"The feature schema of the model in {folder} cannot be read.") from error
        import lightgbm as lgb

        try:
            booster = lgb.Booster(model_str=(folder / MODEL_FILE).read_text(encoding="utf-8"))
        except (lgb.basic.LightGBMError, OSError, ValueError) as error:
            raise Unavailable(f"The model in {folder} cannot be read.") from error
        if not known_format or names != FEATURES or tuple(booster.feature_name()) != FEATURES:
            raise Unavailable(f"The model in {folder} was made for other features than this version computes.")
        registered = folder / REGISTERED_FILE
        prefix = f"v{read_registered(registered).version}" if registered.exists() else "local"
        scorer = cls(booster, f"{prefix}-{release.files[MODEL_FILE][:8]}", ranges)
        scorer._check_golden(release.golden)
        return scorer

    def score(self, slayer: SlayerProfile, table: WeaponTable) -> NDArray[np.float64]:
        """Predicted probability of success with every weapon, float64 (n,)."""
        cells, grid = self.grid(slayer, table)
        return cells.spread(probability(grid.at(*cells.places(np.arange(len(cells))))))

    def grid(self, slayer: SlayerProfile, table: WeaponTable) -> tuple[Cells, Grid]:
        """The distinct feature rows of a catalogue as this slayer meets them, and the scores on their axes.

        ``ml.forest.probability`` turns scores into probabilities; their order is the same.
        """
        axes = table.distinct
        return table.cells(slayer.breathing_style), self._forest.grid(slayer, axes.weights, axes.sharpness)

    def contributions(self, slayer: SlayerProfile, table: WeaponTable, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """What each feature adds to the log-odds of the chosen weapons (TreeSHAP), against the average battle.

        Args:
            slayer: who would fight.
            table: all weapons.
            rows: which of them, (m,).

        Returns:
            float64 (m, 8), columns as ``FEATURES``; with the model's constant each row sums to the log-odds of the score.
        """
        if len(rows) == 0:
            return np.empty((0, len(FEATURES)))
        matrix = feature_matrix(slayer, table, rows)
        with_constant = np.asarray(self._booster.predict(matrix, pred_contrib=True, num_threads=_THREADS), np.float64)
        return with_constant[:, : len(FEATURES)]

    def _check_parity(self) -> None:
        """Compare both readings of the model on weapons and slayers from everywhere.

        Raises:
            Unavailable: they differ.
        """
        rng = np.random.default_rng(0)
        weight, sharpness = rng.uniform(0.1, 9, 64), rng.uniform(0, 100, 64)
        table = WeaponTable.build(
            ids=range(64), slugs=[""] * 64, weight=weight, sharpness=sharpness, styles=[["Water"], []] * 32
        )
        for level, strength, dexterity, stamina in rng.integers(1, 101, (8, 4)).tolist():
            slayer = SlayerProfile(level, strength, dexterity, stamina, "Water")
            cells, grid = self.grid(slayer, table)
            score = np.asarray(grid.at(*cells.places(np.arange(len(cells)))) * UNIT, np.float64)
            expected = self._booster.predict(feature_matrix(slayer, table), raw_score=True, num_threads=_THREADS)
            if np.abs(cells.spread(score) - expected).max() > _PARITY:
                raise Unavailable("The model's trees are not what LightGBM makes of them.")

    def _check_golden(self, golden: Sequence[GoldenRow]) -> None:
        """Score the golden rows by the way that serves, features and all, and by LightGBM's.

        Raises:
            Unavailable: the features are computed otherwise now, or a score is not what it was.
        """
        rows = [row for row in golden if len(row.features) == len(FEATURES)]
        if len(rows) < len(golden):
            raise Unavailable("The golden rows of the model have other features than this version computes.")
        matrix = np.array([row.features for row in rows], np.float32).reshape(-1, len(FEATURES))
        # Whoever is golden row i meets the weapons of all golden rows, and is asked about the i-th.
        table = WeaponTable.build(
            ids=range(len(rows)),
            slugs=[""] * len(rows),
            weight=matrix[:, 4],
            sharpness=matrix[:, 5],
            styles=[["Golden"] if match else [] for match in matrix[:, 6]],
        )
        for place, row in enumerate(rows):
            level, strength, dexterity, stamina = matrix[place, :4].tolist()
            slayer = SlayerProfile(int(level), strength, dexterity, stamina, "Golden")
            if not np.array_equal(feature_matrix(slayer, table, slice(place, place + 1)), matrix[place : place + 1]):
                raise Unavailable(
                    "The features of the golden rows are computed otherwise than when the model was released."
                )
            by_lightgbm = np.asarray(self._booster.predict(matrix[place : place + 1], num_threads=_THREADS), np.float64)
            scores = np.array([by_lightgbm[0], self.score(slayer, table)[place]])
            if not (np.abs(scores - row.score) <= _GOLDEN).all():
                raise Unavailable(
                    f"The model does not say of golden row {place + 1} what it said when it was released."
                )
