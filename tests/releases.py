"""Small releases on random data for tests of registry, disk and serving, and ways to make a bad one the champion."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np

from evals.load.releases import spoil_golden, write_release
from hashiramart.config import Settings
from ml import registry, tracking
from ml.features import Float32
from ml.release import MANIFEST_FILE, MODEL_FILE
from tests.unit.ml.forests import booster, random_rows

Bad = Literal["corrupt file", "another release", "golden rows", "held back"]
BAD: list[Bad] = ["corrupt file", "another release", "golden rows", "held back"]
WHY: dict[Bad, str] = {
    "corrupt file": "not the release that was promoted",
    "another release": "not the release that was promoted",
    "golden rows": "golden row 1",
    "held back": "held back",
}


@cache
def _rows() -> Float32:
    return random_rows(200, np.random.default_rng(5))


@cache
def _empty_store() -> bytes:
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), mlflow_tracking_uri=None)
        with tracking.open_client(settings) as client:
            client.search_registered_models()
        return (settings.home / "mlflow" / "mlflow.db").read_bytes()


def lay_out_store(settings: Settings) -> None:
    """Give a home an empty SQLite registry: a copy, for MLflow takes a second to make one."""
    store = settings.home / "mlflow" / "mlflow.db"
    store.parent.mkdir(parents=True)
    store.write_bytes(_empty_store())


def release(folder: Path, leaves: int = 8, decision: Literal["release", "hold"] = "release") -> Path:
    """A release whose model has trees of so many leaves: another number, another model."""
    return write_release(folder, booster(leaves), _rows(), decision=decision)


def artifacts(settings: Settings, version: str) -> Path:
    """The folder in which the registry keeps a version's files."""
    with tracking.open_client(settings) as client:
        source = str(client.get_model_version(tracking.NAME, version).source)
    return Path(source.removeprefix("file://"))


def force_alias(settings: Settings, version: str) -> None:
    """Move the alias as somebody with MLflow's own page can: nothing is asked."""
    with tracking.open_client(settings) as client:
        client.set_registered_model_alias(tracking.NAME, "champion", version)


def make_bad_champion(settings: Settings, scratch: Path, bad: Bad, leaves: int = 31) -> str:
    """Let the alias point at a version that must not serve; returns the version."""
    folder = release(scratch / "bad", leaves, "hold" if bad == "held back" else "release")
    if bad == "golden rows":
        spoil_golden(folder)
    version = registry.register(settings, folder)
    if bad == "corrupt file":
        damage(artifacts(settings, version) / MODEL_FILE)
    if bad == "another release":
        other = release(scratch / "other", 16)
        for name in (MODEL_FILE, MANIFEST_FILE):
            (artifacts(settings, version) / name).write_bytes((other / name).read_bytes())
    force_alias(settings, version)
    return version


def damage(file: Path) -> None:
    """Change one byte in the middle, as a bad disk does; length and name stay."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
