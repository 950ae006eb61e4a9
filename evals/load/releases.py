"""Small releases made in seconds: of a real training on a small world, and good or bad in a chosen way.

They are written as the pipeline writes its own, so that registry, disk and shop take them for what they say they are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ml.features import Float32, schema
from ml.lineage import sha256_file
from ml.release import (
    MANIFEST_FILE,
    MODEL_FILE,
    SCHEMA_FILE,
    GoldenRow,
    Release,
    TrainingRecord,
    read_model,
    write_json,
)

if TYPE_CHECKING:
    import lightgbm as lgb

_GOLDEN = 16


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Battles to train on: features, (n, 8), and outcomes, (n,)."""

    matrix: Float32
    outcome: NDArray[np.int8]


def small_world(battles: int, slayers: int) -> World:
    """Battles between slayers and weapons that nobody keeps."""
    from ml import generate_data
    from ml.params import load_params
    from ml.tables import battle_matrix

    p = load_params().generate_data.model_copy(update={"slayers": slayers, "interactions": battles})
    rng = np.random.default_rng(p.seed)
    weapons, people = generate_data.make_weapons(p, rng), generate_data.make_slayers(p, rng)
    fought = generate_data.make_interactions(p, people, weapons, rng)
    return World(battle_matrix(fought, weapons), fought["success"].to_numpy(np.int8))


def train(world: World, rounds: int) -> lgb.Booster:
    """A model of a world, with the shop's own settings but for the number of trees."""
    from ml.params import load_params
    from ml.train_recommender import fit

    return fit(load_params().train_recommender.model_copy(update={"rounds": rounds}), world.matrix, world.outcome)


def write_release(
    folder: Path,
    booster: lgb.Booster,
    matrix: Float32,
    *,
    decision: Literal["release", "hold"] = "release",
    reason: str = "Made for a test.",
) -> Path:
    """Write a release as the pipeline does.

    Args:
        folder: where to; it is made.
        booster: the model.
        matrix: what it was trained on, (n, 8).
        decision: what the gate is said to have decided.
        reason: and why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL_FILE).write_text(booster.model_to_string(), encoding="utf-8")
    write_json(folder / SCHEMA_FILE, schema(matrix))
    model_sha = sha256_file(folder / MODEL_FILE)
    scores = np.asarray(booster.predict(matrix[:_GOLDEN], num_threads=1))
    release = Release(
        decision=decision,
        reason=reason,
        files={MODEL_FILE: model_sha, SCHEMA_FILE: sha256_file(folder / SCHEMA_FILE)},
        metrics={},
        baseline_auc={},
        training=TrainingRecord(
            run_id=None,
            model_sha256=model_sha,
            data_sha256=hashlib.sha256(matrix.tobytes()).hexdigest(),
            train_rows=len(matrix),
            git_commit=None,
            git_dirty=True,
        ),
        golden=tuple(
            GoldenRow(features=tuple(row), score=score)
            for row, score in zip(matrix[:_GOLDEN].tolist(), scores.tolist(), strict=True)
        ),
    )
    write_json(folder / MANIFEST_FILE, release)
    return folder


def restate(folder: Path, **changes: Any) -> Release:
    """Let the manifest of a release say something else, its files being what they are."""
    release = read_model(folder / MANIFEST_FILE, Release).model_copy(update=changes)
    write_json(folder / MANIFEST_FILE, release)
    return release


def spoil_golden(folder: Path) -> None:
    """Let the manifest remember another score of its first golden row, a hundredth off."""
    golden = read_model(folder / MANIFEST_FILE, Release).golden
    wrong = golden[0].model_copy(update={"score": golden[0].score + 0.01})
    restate(folder, golden=(wrong, *golden[1:]))
