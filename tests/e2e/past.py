"""What a shop has behind it that is worth looking after: another model, a night's report, and somebody of the staff."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import numpy as np

from evals.load.releases import restate, small_world, train, write_release
from hashiramart.config import Settings
from ml import nightly
from ml.layout import Layout
from ml.params import load_params
from ml.release import write_json
from ml.verdict import Check, Verdict
from ml.workspace import default_root
from tests.shop import environment
from tests.unit.ml.nights import battles_of, pipeline, take_snapshot
from tests.unit.ml.shop_log import draw

AUC = Check(
    name="auc", passed=False, value=-0.004, limit=-0.001, text="AUC -0.0031, at least -0.0040; the limit is -0.0010."
)
ECE = Check(name="ece", passed=True, value=0.008, limit=0.03, text="ECE 0.0080 in 11 bins, at most 0.03.")


def hashira(home: Path, port: int, *words: str) -> None:
    """Run a command in the open shop."""
    command = [sys.executable, "-m", "cli.main", *words]
    subprocess.run(command, env=environment(home, port), check=True, capture_output=True, timeout=240)


def promote_another(home: Path, port: int, folder: Path) -> None:
    """Train a second model on a small world and make it the champion, as ``hashira promote`` does."""
    world = small_world(20_000, 500)
    write_release(folder, train(world, 40), world.matrix, reason="Not worse than the champion.")
    restate(folder, metrics={"per_slayer_auc": 0.7102, "regret_at_10": 0.0031, "ndcg_at_10": 0.9931, "ece": 0.0074})
    hashira(home, port, "promote", str(folder))


def live_through_a_night(home: Path, folder: Path) -> None:
    """Lay the report of a night into the shop's folder: one of slayers who have grown since the challenger learned."""
    made = pipeline(folder, slayers=300, battles=8000)
    shown = draw(made.shop, made.shop.truth, np.random.default_rng(5), lists=1200)
    shown["level"] = np.minimum(100, shown["level"] * 1.5)
    take_snapshot(made, shown, battles_of(shown))
    write_json(made.layout.verdict, Verdict(decision="hold", comparison="worse", reason=AUC.text, checks=(AUC, ECE)))
    params = load_params()
    quick = params.model_copy(update={"nightly": params.nightly.model_copy(update={"rounds": 200})})
    nightly.write(made.root, quick, Settings(home=folder, mlflow_tracking_uri="http://127.0.0.1:9"))
    reports = Layout(default_root(Settings(home=home))).report("")
    shutil.copytree(made.root / "reports", reports, dirs_exist_ok=True)


def engage(home: Path, port: int, handle: str, password: str) -> None:
    """Register somebody and make them one of the staff."""
    body = {"handle": handle, "password": password, "name": "Kagaya", "breathing_style": "Flower"}
    httpx.post(f"http://127.0.0.1:{port}/auth/register", json=body).raise_for_status()
    hashira(home, port, "staff", "add", handle)
