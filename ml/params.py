"""The pipeline's parameters: ``params.yaml`` checked key by key.

DVC watches the same file, section by section, so a stage reruns only when its own section changed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hashiramart.errors import SetupError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GenerateData(_Section):
    """Size and shape of the synthetic world."""

    seed: int = Field(ge=0)
    slayers: int = Field(ge=20)
    interactions: int = Field(ge=200)
    synthetic_weapons: int = Field(ge=0, description="weapons beside the real catalogue")
    exploration: float = Field(gt=0, lt=1, description="share of battles with a uniformly drawn weapon")
    upset_rate: float = Field(ge=0, lt=1, description="share of battles that luck alone decides")
    start: dt.date
    days: int = Field(ge=1, description="length of the recorded time in days")


class Split(_Section):
    """Where training ends and the holdout begins."""

    holdout: float = Field(gt=0, lt=0.9, description="latest share of the battles, kept for evaluation")


class TrainRecommender(_Section):
    """LightGBM's own settings under LightGBM's own names."""

    seed: int = Field(ge=0)
    rounds: int = Field(ge=1)
    learning_rate: float = Field(gt=0, le=1)
    num_leaves: int = Field(ge=2)
    min_data_in_leaf: int = Field(ge=1)
    lambda_l2: float = Field(ge=0)
    feature_fraction: float = Field(gt=0, le=1)
    bagging_fraction: float = Field(gt=0, le=1)
    max_bin: int = Field(ge=3, le=65535)
    num_threads: int = Field(ge=1, description="threads of LightGBM; the trees are the same for any number")


class Evaluate(_Section):
    """How the holdout is judged."""

    top_k: int = Field(ge=1)
    slayers: int = Field(ge=1, description="slayers of the exploration slice that are ranked")
    calibration_bins: int = Field(ge=2)


class Deploy(_Section):
    """What a model must show to be released."""

    min_auc_gain: float = Field(ge=0, description="AUC above the best baseline")


class Params(_Section):
    """All sections of ``params.yaml``."""

    generate_data: GenerateData
    split: Split
    train_recommender: TrainRecommender
    evaluate: Evaluate
    deploy: Deploy


def default_params_path() -> Path:
    """``params.yaml`` of the checkout, or the copy beside this module in an installed package."""
    packaged = Path(__file__).with_name("params.yaml")
    return packaged if packaged.is_file() else Path(__file__).parent.parent / "params.yaml"


def load_params(path: Path | None = None) -> Params:
    """Read and check ``params.yaml``.

    Args:
        path: the file; by default the one that came with the code.

    Raises:
        SetupError: the file is missing or no YAML, or a key is wrong; the message names file and key.
    """
    path = path or default_params_path()
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise SetupError(f"{path} is not valid YAML: {error}") from error
    try:
        return Params.model_validate(raw)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors())
        raise SetupError(f"{path}: {wrong}.") from error
