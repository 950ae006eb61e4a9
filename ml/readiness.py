"""Can a challenger be served at all? Two of the gate's conditions, about the program and not about its predictions.

- **parity**: the way in which the shop scores (``ml.scorer``) says of the frozen choices what LightGBM says, to ``parity``.
- **latency**: ranking the catalogue for one slayer takes no longer than ``max_latency_ms``, at least for every other slayer. The
  limit is many times what a model of the usual size needs, so that a busy machine holds nobody back, and a forest of a hundred
  times the size does not pass.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hashiramart.errors import Unavailable
from ml.features import SlayerProfile, feature_matrix
from ml.params import Gate
from ml.ranking import rank
from ml.scorer import Scorer
from ml.tables import weapon_table
from ml.verdict import Check

if TYPE_CHECKING:
    import pandas as pd

_SLAYERS = 100
_PROFILE = ["level", "strength", "dexterity", "stamina", "breathing_style"]


def serving(model: Path, battles: pd.DataFrame, weapons: pd.DataFrame, p: Gate, k: int) -> tuple[Check, ...]:
    """Let a model serve some slayers of the frozen battles.

    Args:
        model: its file.
        battles: with slayers as they were.
        weapons: the catalogue.
        p: the limits.
        k: length of the list.
    """
    import lightgbm as lgb

    table = weapon_table(weapons)
    slayers = [
        SlayerProfile(int(level), float(strength), float(dexterity), float(stamina), str(style))
        for level, strength, dexterity, stamina, style in battles[_PROFILE]
        .head(_SLAYERS)
        .itertuples(index=False, name=None)
    ]
    try:
        booster = lgb.Booster(model_str=model.read_text(encoding="utf-8"))
        scorer = Scorer(booster, "challenger")
    except (OSError, ValueError, lgb.basic.LightGBMError, Unavailable) as error:
        text = f"The model cannot be served: {str(error).rstrip('.')}."
        return (Check(name="parity", passed=False, value=1.0, limit=p.parity, text=text),)
    apart = 0.0
    slow = 0
    rank(scorer, slayers[0], table, k)  # the table works out its distinct rows once
    for slayer in slayers:
        expected = np.asarray(booster.predict(feature_matrix(slayer, table), num_threads=1))
        apart = max(apart, float(np.abs(scorer.score(slayer, table) - expected).max()))
        started = time.perf_counter()
        rank(scorer, slayer, table, k)
        slow += (time.perf_counter() - started) * 1000 > p.max_latency_ms
    # Rounded to what matters: the same model must give the same verdict, to the last byte.
    share = round(slow / len(slayers), 1)
    return (
        Check(
            name="parity",
            passed=apart <= p.parity,
            value=round(apart, 9),
            limit=p.parity,
            text=f"What serves differs from LightGBM by less than {p.parity:g}."
            if apart <= p.parity
            else f"What serves differs from LightGBM by {apart:.2g}, at most {p.parity:g}.",
        ),
        Check(
            name="latency",
            passed=share <= 0.5,
            value=share,
            limit=0.5,
            text=f"{share:.0%} of the rankings of {len(table)} weapons took over {p.max_latency_ms:g} ms.",
        ),
    )
