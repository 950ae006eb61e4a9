"""A release: the folder that holds a model, its feature schema and the manifest that vouches for both.

``release.json`` names the files by SHA-256, carries the metrics and the decision, and is all that promotion and serving
trust. Formats are text and JSON only; nothing in a release can run code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from hashiramart.errors import Unavailable
from ml.lineage import sha256_file

MODEL_FILE: Literal["recommender.txt"] = "recommender.txt"
SCHEMA_FILE: Literal["features.json"] = "features.json"
RUN_FILE = "mlflow_run.json"
MANIFEST_FILE = "release.json"
REGISTERED_FILE = "registered.json"  # beside a release that came out of the registry

_Model = TypeVar("_Model", bound=BaseModel)


class TrainingRecord(BaseModel):
    """What training leaves beside the model: where it was logged and what it was made from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run_id: str | None
    model_sha256: str
    data_sha256: str
    train_rows: int
    git_commit: str | None
    git_dirty: bool
    watermark: str | None = Field(None, description="up to where the database was read; none without real battles")
    dvc_lock_sha256: str | None = Field(None, description="of dvc.lock as training found it; none outside DVC")


class Registered(BaseModel):
    """Which version of the registered model a folder on disk holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    version: str


class GoldenRow(BaseModel):
    """A row of features, in the order of the schema, and the probability that the model gave it when it was released."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: tuple[FiniteFloat, ...]
    score: FiniteFloat


class Release(BaseModel):
    """The manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    decision: Literal["release", "hold"] = Field(description="the gate's")
    reason: str
    compared_with: str | None = Field(
        None, description="SHA-256 of the champion's model file; none for a first release"
    )
    files: dict[Literal["recommender.txt", "features.json"], str] = Field(
        description="SHA-256 of both files, in hex", min_length=2
    )
    metrics: dict[str, float]
    baseline_auc: dict[str, float]
    training: TrainingRecord
    golden: tuple[GoldenRow, ...] = ()


def read_record(folder: Path) -> TrainingRecord:
    """The training record of a model folder.

    Raises:
        Unavailable: it is missing or not what this version writes.
    """
    return read_model(folder / RUN_FILE, TrainingRecord)


def read_registered(path: Path) -> Registered:
    """A note on a registered version; errors as ``read_record``."""
    return read_model(path, Registered)


def verify(folder: Path) -> Release:
    """Read the manifest and check both files against it.

    Raises:
        Unavailable: a file is missing, unreadable, or not the one that was released.
    """
    release = read_model(folder / MANIFEST_FILE, Release)
    for name, expected in release.files.items():
        try:
            actual = sha256_file(folder / name)
        except OSError as error:
            raise Unavailable(f"The model file {folder / name} cannot be read.") from error
        if actual != expected:
            raise Unavailable(f"The model file {folder / name} is not the one that was released (its hash differs).")
    return release


def write_json(path: Path, content: BaseModel | dict[str, Any]) -> None:
    """Write JSON that people and diffs can read."""
    data = content.model_dump(mode="json") if isinstance(content, BaseModel) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_model(path: Path, model: type[_Model]) -> _Model:
    """A JSON file that a stage wrote, checked.

    Raises:
        Unavailable: it is missing, or not what this version writes.
    """
    try:
        return model.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise Unavailable(f"{path} is missing or damaged.") from error
