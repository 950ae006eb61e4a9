"""One small run of the whole pipeline, shared by all tests here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hashiramart import seed
from hashiramart.config import Settings
from ml import pipeline
from ml.features import WeaponTable
from ml.params import Params, load_params
from ml.scorer import Scorer


@dataclass
class Trained:
    """The finished run. ``told`` is what the pipeline reported on its way."""

    root: Path
    release: Path
    settings: Settings
    params: Params
    told: list[tuple[str, float]] = field(default_factory=list)


@pytest.fixture(scope="session")
def small_params() -> Params:
    params = load_params()
    small = {"slayers": 1000, "interactions": 40_000}
    return params.model_copy(update={"generate_data": params.generate_data.model_copy(update=small)})


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, small_params: Params) -> Trained:
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, mlflow_tracking_uri=None)
    told: list[tuple[str, float]] = []
    release = pipeline.run(home / "ml", small_params, settings, lambda stage, done, _text: told.append((stage, done)))
    return Trained(home / "ml", release, settings, small_params, told)


@pytest.fixture(scope="session")
def scorer(trained: Trained) -> Scorer:
    return Scorer.load(trained.release)


@pytest.fixture(scope="session")
def catalogue() -> WeaponTable:
    weapons = seed.weapons()
    return WeaponTable.of(weapons)
