"""Serving: a released model that scores weapons for a slayer. Immutable after loading, and safe to share between threads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import Unavailable
from ml.features import FEATURES, SCHEMA_FORMAT, SlayerProfile, WeaponTable, feature_matrix
from ml.release import MODEL_FILE, REGISTERED_FILE, SCHEMA_FILE, read_registered, verify

if TYPE_CHECKING:
    import lightgbm as lgb

# One thread per request: the server answers many at once, and 10,000 rows take milliseconds.
_THREADS = 1


class Scorer:
    """A model with its version. ``model_version`` is ``v<registered version>-<hash>``, or ``local-<hash>`` outside a registry."""

    def __init__(self, booster: lgb.Booster, model_version: str) -> None:
        self._booster = booster
        self.model_version = model_version

    @classmethod
    def load(cls, folder: Path) -> Scorer:
        """Load a release folder; hashes and feature names are checked first.

        Raises:
            Unavailable: the release is damaged, or was made for other features than this code computes.
        """
        release = verify(folder)
        try:
            described = json.loads((folder / SCHEMA_FILE).read_bytes())
            names = tuple(feature["name"] for feature in described["features"])
            known_format = described["format"] == SCHEMA_FORMAT
        except (OSError, ValueError, KeyError, TypeError) as error:
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
        return cls(booster, f"{prefix}-{release.files[MODEL_FILE][:8]}")

    def score(self, slayer: SlayerProfile, table: WeaponTable) -> NDArray[np.float64]:
        """Predicted probability of success with every weapon, float64 (n,)."""
        if len(table) == 0:
            return np.empty(0)
        return np.asarray(self._booster.predict(feature_matrix(slayer, table), num_threads=_THREADS), np.float64)

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
        matrix = feature_matrix(slayer, table)[rows]
        with_constant = np.asarray(self._booster.predict(matrix, pred_contrib=True, num_threads=_THREADS), np.float64)
        return with_constant[:, : len(FEATURES)]
