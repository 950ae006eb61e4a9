"""The pipeline's parameters: ``params.yaml`` checked key by key.

DVC watches the same file, section by section, so a stage reruns only when its own section changed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hashiramart.errors import SetupError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GenerateData(_Section):
    """Size and shape of the synthetic world."""

    seed: int = Field(ge=0)
    slayers: int = Field(ge=20)
    interactions: int = Field(ge=200)
    synthetic_weapons: int = Field(ge=0, description="weapons beside the real catalogue")
    new_weapons: int = Field(ge=0, description="of the synthetic weapons, those that come late")
    launch: float = Field(gt=0, lt=1, description="share of the recorded time after which they come")
    exploration: float = Field(gt=0, lt=1, description="share of battles with a uniformly drawn weapon")
    upset_rate: float = Field(ge=0, lt=1, description="share of battles that luck alone decides")
    start: dt.date
    days: int = Field(ge=1, description="length of the recorded time in days")

    @model_validator(mode="after")
    def _new_ones_are_synthetic(self) -> GenerateData:
        if self.new_weapons > self.synthetic_weapons:
            raise ValueError("new_weapons are some of the synthetic_weapons and cannot be more")
        return self


class Validate(_Section):
    """What a table must keep to; the ranges of columns are in ``ml/validate.py``."""

    min_win_rate: float = Field(ge=0, le=1)
    max_win_rate: float = Field(ge=0, le=1)
    judged_from: int = Field(ge=1, description="battles from which on a win rate says something")


class Split(_Section):
    """Who is tested with what."""

    holdout: float = Field(gt=0, lt=0.9, description="latest share of the battles, kept for evaluation")
    frozen: float = Field(
        gt=0, lt=1, description="share of synthetic slayers whose exploring battles only the gate sees"
    )
    frozen_real: float = Field(gt=0, lt=1, description="share of the shop's slayers whose battles only the gate sees")
    half_life: int = Field(ge=1, description="battles of the shop beside which half of the synthetic ones are used")


class TrainRecommender(_Section):
    """Where the model is trained, and LightGBM's own settings under LightGBM's own names."""

    engine: Literal["local", "dask"] = Field("local", description="in the stage's process, or on a Dask cluster")
    workers: int = Field(2, ge=1, description="processes of the Dask cluster that is made where none is configured")
    rounds: int = Field(ge=1)
    learning_rate: float = Field(gt=0, le=1)
    num_leaves: int = Field(ge=2)
    min_data_in_leaf: int = Field(ge=1)
    lambda_l2: float = Field(ge=0)
    max_bin: int = Field(ge=3, le=65535)
    num_threads: int = Field(ge=1, description="threads of LightGBM; the trees are the same for any number")


class Evaluate(_Section):
    """How the later battles are judged."""

    top_k: int = Field(ge=1)
    slayers: int = Field(ge=1, description="slayers of the exploration slice that are ranked")
    calibration_bins: int = Field(ge=2)
    catalogue_sizes: tuple[int, ...] = Field(min_length=1, description="weapons of the catalogues of the regret curve")
    catalogue_slayers: int = Field(ge=1, description="slayers that are ranked in each of those catalogues")


class Gate(_Section):
    """What a challenger must show before it may replace the champion. AUC is per-slayer AUC; all on the frozen holdout."""

    rounds: int = Field(ge=200, description="of the bootstrap")
    confidence: float = Field(ge=0.5, lt=1, description="of the one-sided bounds on AUC and regret")
    auc_margin: float = Field(ge=0, description="AUC that a challenger may be short of the champion")
    regret_margin: float = Field(ge=0, description="regret@k that it may be above; smaller differences are no worse")
    slice_margin: float = Field(ge=0, description="AUC that it may be short of the champion in any slice")
    max_ece: float = Field(gt=0, le=1)
    rows_per_bin: int = Field(ge=1, description="battles in a calibration bin; in smaller ones ECE measures chance")
    slayers: int = Field(ge=1, description="at most so many slayers are ranked for the regret")
    parity: float = Field(gt=0, description="probability by which serving may differ from LightGBM")
    max_latency_ms: float = Field(gt=0, description="milliseconds that ranking the catalogue for a slayer may take")
    truth_until: int = Field(
        ge=0, description="battles of the shop beyond which the synthetic world's truth is told, but decides nothing"
    )


class Deploy(_Section):
    """What goes into a release beside the model."""

    golden_rows: int = Field(ge=1, description="rows with their scores, by which a loaded model proves itself")


class TrainRouter(_Section):
    """When a training utterance is too near to a test case, and how finely the router's calibration is looked at."""

    near_cosine: float = Field(gt=0, le=1, description="of two embeddings from which on their texts mean the same")
    near_overlap: float = Field(gt=0, le=1, description="share of common words from which on they say it the same way")
    bins: int = Field(ge=2, description="of the reliability diagram")
    views: int = Field(ge=1, description="encoders that are tuned, each from a seed of its own")
    held_out_views: int = Field(ge=1, description="of them, those that are judged on families which they have not seen")
    epochs: int = Field(ge=1, description="how often the planner's encoder sees each clause")
    rank: int = Field(ge=1, description="of its low-rank updates")
    frozen: int = Field(ge=0, le=5, description="so many of its lowest layers stay as they are")
    batch: int = Field(ge=1, description="clauses in a step")
    rate: float = Field(gt=0, description="highest learning rate of the updates")
    head_rate: float = Field(gt=0, description="highest learning rate of the layer above them")
    dropout: float = Field(ge=0, lt=1)
    smoothing: float = Field(ge=0, lt=1, description="of the labels")
    seed: int


class Nightly(_Section):
    """What the report of the night compares, and from where on it calls for attention. It decides nothing."""

    window_days: int = Field(
        ge=1, description="the latest days, whose battles and lists are held against the training's"
    )
    min_slayers: int = Field(ge=10, description="slayers below which a comparison is called too small")
    bins: int = Field(ge=2, description="bins of the PSI, of equal size in the reference")
    psi_moderate: float = Field(gt=0, description="PSI from which on a shift is called moderate")
    psi_large: float = Field(gt=0, description="PSI from which on it is called large")
    wasserstein: float = Field(
        gt=0, description="Wasserstein distance of note, in standard deviations of the reference"
    )
    calibration_bins: int = Field(ge=1)
    max_ece: float = Field(gt=0, le=1, description="ECE of settled outcomes of note")
    min_settled: int = Field(ge=2, description="settled places below which no value of a policy is estimated")
    max_weight: float = Field(ge=1, description="importance weights above it are clipped")
    rounds: int = Field(ge=200, description="of the bootstrap")

    @model_validator(mode="after")
    def _large_is_more(self) -> Nightly:
        if self.psi_large < self.psi_moderate:
            raise ValueError("psi_large must not be below psi_moderate")
        return self


Floors = dict[str, tuple[Literal["<=", ">="], float]]
"""Bounds of one suite: by figure, whether it must be at most or at least so much."""


class Params(_Section):
    """All sections of ``params.yaml``."""

    generate_data: GenerateData
    validation: Validate = Field(alias="validate")  # pydantic has a method of that name
    split: Split
    train_recommender: TrainRecommender
    evaluate: Evaluate
    gate: Gate
    deploy: Deploy
    nightly: Nightly
    train_router: TrainRouter
    evals: dict[str, Floors] = Field(default_factory=dict, description="bounds of the evaluation suites, by suite")


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
