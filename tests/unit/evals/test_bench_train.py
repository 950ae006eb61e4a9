"""``hashira bench train``: both ways train the same model, and a slow stage misses its bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.benches import train
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import HashiraError


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "QUICK_SIZES", (20_000,))
    monkeypatch.setattr(train, "_ROUNDS", 1)
    monkeypatch.setattr(train, "_CHUNK", 15_000)


def _run() -> Report:
    return train.run(Settings(), True, lambda _what, _share: None)


def test_the_quick_form_measures_both_ways_in_processes_of_their_own() -> None:
    report = _run()
    assert set(report.bounds) == {"ratio_20k"}
    figures = report.figures
    assert figures["ratio_20k"] == pytest.approx(figures["train_20k_s"] / figures["bare_20k_s"])
    assert min(figures["memory_20k_mb"], figures["bare_memory_20k_mb"]) > 50


def test_a_stage_that_is_slower_than_allowed_misses_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {"stage": [2.7, 2.61], "bare": [2.0, 2.4]}

    def measured(what: str, root: Path) -> dict[str, float]:
        assert (root / "data" / "split" / "train.parquet").is_file()
        return {"seconds": seconds[what].pop(), "peak_mb": 300.0}

    monkeypatch.setattr(train, "_ROUNDS", 2)
    monkeypatch.setattr(train, "_measured", measured)
    report = _run()
    assert report.missed == ("ratio_20k",)
    assert report.figures["ratio_20k"] == pytest.approx(2.61 / 2.0)


def test_the_full_form_goes_to_five_million() -> None:
    assert train.SIZES[0] == 100_000
    assert train.SIZES[-1] == 5_000_000
    assert train.RATIO == 1.3


def test_both_ways_are_given_the_same_battles_and_grow_the_same_trees(tmp_path: Path) -> None:
    import lightgbm as lgb
    import numpy as np

    from ml.layout import Layout
    from ml.params import load_params
    from ml.release import MODEL_FILE
    from ml.train_recommender import build, lightgbm_settings

    train._generate(tmp_path, 20_000)
    p = load_params().train_recommender
    build(Layout(tmp_path), p, Settings())
    settings = lightgbm_settings(p)
    data = lgb.Dataset(np.load(tmp_path / "matrix.npy"), np.load(tmp_path / "outcome.npy"), params=settings)
    bare = lgb.train(settings, data, num_boost_round=p.rounds)
    ours = lgb.Booster(model_file=str(Layout(tmp_path).model / MODEL_FILE))
    assert [tree["tree_structure"] for tree in ours.dump_model()["tree_info"]] == [
        tree["tree_structure"] for tree in bare.dump_model()["tree_info"]
    ]


def test_a_training_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(HashiraError, match="split"):
        train._measured("stage", tmp_path)
