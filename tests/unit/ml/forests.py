"""Small models on random data, for tests of how models are read. They know nothing of weapons."""

from __future__ import annotations

from functools import cache

import lightgbm as lgb
import numpy as np

from ml.features import FEATURES, MONOTONE, Float32, SlayerProfile, WeaponTable, assemble
from ml.scorer import Scorer

STYLES = ("Water", "Stone", "Mist")


def random_rows(n: int, rng: np.random.Generator) -> Float32:
    """Slayers and weapons from everywhere, weights of 10 g, whole sharpness, (n, 8)."""
    return assemble(
        rng.integers(1, 101, n),
        rng.integers(0, 101, n),
        rng.integers(0, 101, n),
        rng.integers(0, 101, n),
        np.round(rng.uniform(0.3, 6, n), 2).astype(np.float32),
        rng.integers(0, 101, n).astype(np.float32),
        rng.integers(0, 2, n).astype(np.float32),
    )


@cache
def booster(leaves: int = 8, rounds: int = 20, *, monotone: bool = True, objective: str = "binary") -> lgb.Booster:
    rng = np.random.default_rng(leaves)
    matrix = random_rows(3000, rng)
    score = 0.02 * matrix[:, 1] + 0.03 * matrix[:, 5] + 1.5 * matrix[:, 6] + np.minimum(matrix[:, 7], 0)
    won = rng.random(len(matrix)) < 1 / (1 + np.exp(2.5 - score))
    settings = {"objective": objective, "num_leaves": leaves, "seed": 1, "num_threads": 1, "verbose": -1, "max_bin": 63}
    if monotone:
        settings["monotone_constraints"] = list(MONOTONE)
    return lgb.train(settings, lgb.Dataset(matrix, won, feature_name=list(FEATURES)), rounds)


@cache
def scorer() -> Scorer:
    return Scorer(booster(), "test", {"weight": (0.3, 6.0), "sharpness": (0.0, 100.0)})


def weapons(n: int, seed: int, *, weights: int = 600, edges: int = 101) -> WeaponTable:
    """Random weapons; the fewer weights and edges, the more of them share all features."""
    rng = np.random.default_rng(seed)
    return WeaponTable.build(
        ids=range(n),
        slugs=[f"w{i}" for i in range(n)],
        weight=np.round(0.3 + rng.integers(0, weights, n) * (6 / weights), 2),
        sharpness=rng.integers(0, edges, n) * (100 // max(edges - 1, 1)),
        styles=[[style for style in STYLES if rng.random() < 0.4] for _ in range(n)],
    )


SLAYERS = [
    SlayerProfile(1, 0, 0, 0, "Water"),
    SlayerProfile(10, 30, 42.5, 30, "Stone"),
    SlayerProfile(55, 80, 20, 61.25, "Mist"),
    SlayerProfile(100, 100, 100, 100, "Unheard Of"),
]
