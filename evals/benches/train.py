"""``hashira bench train``: what training costs, from 100,000 to 5 million battles.

The training stage's work (Parquet to matrix to trees to the model's text; MLflow apart) against a bare ``lgb.train`` on the same
matrix with the same settings. Each in a process of its own, so that its peak memory is its own; alternating, the faster of a few
rounds counts. Both use as many threads as the pipeline's ``num_threads``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import HashiraError
from ml.generate_data import make_interactions, make_slayers, make_weapons
from ml.layout import Layout
from ml.params import load_params
from ml.tables import battle_matrix

SIZES, QUICK_SIZES = (100_000, 300_000, 1_000_000, 3_000_000, 5_000_000), (100_000, 200_000)
RATIO = 1.3
_ROUNDS = 3
_CHUNK = 1_000_000  # rows generated at a time
_ONCE_FROM = 3_000_000  # so long a run needs no second


def run(settings: Settings, quick: bool, tell: Callable[[str, float], None]) -> Report:
    """Generate and train, size by size; needs no shop, but up to 1 GiB of disk for a while."""
    del settings
    figures: dict[str, float] = {}
    bounds: dict[str, tuple[str, float]] = {}
    sizes = QUICK_SIZES if quick else SIZES
    for number, size in enumerate(sizes):
        with tempfile.TemporaryDirectory(prefix="hashira-train-") as scratch:
            root, name = Path(scratch), _name(size)
            tell(f"generating {size:,} battles", number / len(sizes))
            generated = _generate(root, size)
            ours: list[dict[str, float]] = []
            bare: list[dict[str, float]] = []
            for _ in range(1 if size >= _ONCE_FROM else _ROUNDS):
                tell(f"training on {size:,} battles", (number + 0.5) / len(sizes))
                ours.append(_measured("stage", root))
                bare.append(_measured("bare", root))
        figures |= {
            f"generate_{name}_s": generated,
            f"train_{name}_s": min(one["seconds"] for one in ours),
            f"bare_{name}_s": min(one["seconds"] for one in bare),
            f"memory_{name}_mb": min(one["peak_mb"] for one in ours),
            f"bare_memory_{name}_mb": min(one["peak_mb"] for one in bare),
            f"ratio_{name}": min(one["seconds"] for one in ours) / min(one["seconds"] for one in bare),
        }
        bounds[f"ratio_{name}"] = ("<=", RATIO)
    threads = str(load_params().train_recommender.num_threads)
    return Report(
        name="train",
        figures=figures,
        bounds=bounds,
        about=(__doc__ or "").partition("\n\n")[2],
        surroundings={"Threads of LightGBM": threads},
    )


def _generate(root: Path, size: int) -> float:
    """Write ``size`` battles as the training part of a split, and the matrix for the bare training; seconds of generating."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    layout, p = Layout(root), load_params().generate_data
    layout.split.mkdir(parents=True)
    rng = np.random.default_rng(p.seed)
    weapons, slayers = make_weapons(p, rng), make_slayers(p, rng)
    weapons.to_parquet(layout.split / "weapons.parquet", index=False)
    matrices, outcomes, seconds = [], [], 0.0
    writer: Any = None
    for first in range(0, size, _CHUNK):
        started = time.perf_counter()
        rows = min(_CHUNK, size - first)
        battles = make_interactions(p.model_copy(update={"interactions": rows}), slayers, weapons, rng)
        with (
            warnings.catch_warnings()
        ):  # PyArrow reads times in a way that pandas 3.1 deprecates; to_parquet hushes it too
            warnings.simplefilter("ignore", DeprecationWarning)
            part = pa.Table.from_pandas(battles, preserve_index=False)
        writer = writer or pq.ParquetWriter(layout.split / "train.parquet", part.schema)
        writer.write_table(part)
        seconds += time.perf_counter() - started
        matrices.append(battle_matrix(battles, weapons))
        outcomes.append(battles["success"].to_numpy(np.int8))
    writer.close()
    np.save(root / "matrix.npy", np.concatenate(matrices))
    np.save(root / "outcome.npy", np.concatenate(outcomes))
    return seconds


def _measured(what: str, root: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "evals.benches.train", what, str(root)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise HashiraError(f"The training of the benchmark failed: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _child(what: str, root: Path) -> dict[str, float]:
    """Train once in this process; imports and reading the bare training's matrix are not timed."""
    import lightgbm as lgb
    import pandas as pd

    from ml.train_recommender import build, lightgbm_settings

    del pd  # imported so that neither way pays for it
    p = load_params().train_recommender
    if what == "stage":
        started = time.perf_counter()
        build(Layout(root), p, Settings())
    else:
        matrix, outcome = np.load(root / "matrix.npy"), np.load(root / "outcome.npy")
        settings = lightgbm_settings(p)
        started = time.perf_counter()
        lgb.train(settings, lgb.Dataset(matrix, outcome, params=settings), num_boost_round=p.rounds)
    return {"seconds": time.perf_counter() - started, "peak_mb": _peak_mb()}


def _peak_mb() -> float:
    """Highest resident memory of this program so far. Linux' own count, for getrusage's also holds what the parent had."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:  # macOS counts in bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _name(size: int) -> str:
    return f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1000}k"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_child(sys.argv[1], Path(sys.argv[2]))))
