"""Whether a challenger can be served: what the gate asks of the program, not of the predictions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ml.params import load_params
from ml.readiness import serving
from ml.scorer import Scorer
from tests.unit.ml.forests import booster
from tests.unit.ml.worlds import source

P = load_params().gate
WORLD = source()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "recommender.txt"
    path.write_text(booster().model_to_string(), encoding="utf-8")
    return path


def found(model: Path, **limits: float) -> dict[str, bool]:
    checks = serving(model, WORLD.interactions, WORLD.weapons, P.model_copy(update=limits), 10)
    return {check.name: check.passed for check in checks}


def test_an_ordinary_model_can_be_served(model: Path) -> None:
    assert found(model) == {"parity": True, "latency": True}


def test_the_same_model_is_judged_in_the_same_words(model: Path) -> None:
    assert serving(model, WORLD.interactions, WORLD.weapons, P, 10) == serving(
        model, WORLD.interactions, WORLD.weapons, P, 10
    )


def test_a_model_that_ranks_too_slowly_is_held(model: Path) -> None:
    assert found(model, max_latency_ms=1e-6) == {"parity": True, "latency": False}


def test_a_model_that_is_served_as_something_else_is_held(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = Scorer.score

    def off(scorer: Scorer, *arguments: object) -> np.ndarray:
        return right(scorer, *arguments) + 2e-6  # type: ignore[arg-type]

    monkeypatch.setattr(Scorer, "score", off)
    assert found(model)["parity"] is False


@pytest.mark.parametrize("text", ["no model at all", ""])
def test_a_file_that_is_no_model_is_held_with_the_reason(model: Path, text: str) -> None:
    model.write_text(text, encoding="utf-8")
    (check,) = serving(model, WORLD.interactions, WORLD.weapons, P, 10)
    assert not check.passed
    assert check.text.startswith("The model cannot be served: ")


def test_a_model_of_another_kind_is_held_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "recommender.txt"
    path.write_text(booster(objective="regression").model_to_string(), encoding="utf-8")
    (check,) = serving(path, WORLD.interactions, WORLD.weapons, P, 10)
    assert not check.passed
    assert "not a sum of trees for one probability" in check.text
