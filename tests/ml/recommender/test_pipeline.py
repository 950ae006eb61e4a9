"""The four stages in one process: what they leave behind, how good it is, and that it can be repeated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, Unavailable
from ml import deploy, evaluate, generate_data, train_recommender
from ml.layout import STAGES, Layout
from ml.lineage import sha256_data, sha256_file
from ml.params import Params
from ml.release import MODEL_FILE, read_record, verify
from ml.tables import battle_matrix, split_by_time
from tests.ml.recommender.conftest import Trained


def test_the_stages_run_in_order_and_progress_never_goes_back(trained: Trained) -> None:
    assert list(dict.fromkeys(stage for stage, _ in trained.told)) == list(STAGES)
    done = [share for _, share in trained.told]
    assert done == sorted(done)
    assert done[-1] == 1


def test_a_good_model_is_released_with_its_lineage(trained: Trained) -> None:
    release = verify(trained.release)
    assert release.decision == "release", release.reason
    assert release.training.data_sha256 == sha256_data(Layout(trained.root).raw)
    assert release.training.run_id


def test_no_file_of_the_release_is_a_pickle(trained: Trained) -> None:
    for path in trained.release.iterdir():
        path.read_bytes().decode("utf-8")


def test_quality_is_close_to_the_best_possible(trained: Trained) -> None:
    found = json.loads(Layout(trained.root).metrics.read_text(encoding="utf-8"))
    assert found["auc"] >= found["oracle_auc"] - 0.012
    assert found["per_slayer_auc"] >= found["oracle_per_slayer_auc"] - 0.015
    assert found["accuracy"] >= 0.66
    assert found["regret_at_10"] <= 0.008
    assert found["ndcg_at_10"] >= 0.985
    assert found["ece"] <= 0.03
    for name, baseline in found["baselines"].items():
        assert baseline["auc"] < found["auc"], name
        assert baseline["regret_at_10"] > found["regret_at_10"], name


def test_plots_are_pictures(trained: Trained) -> None:
    layout = Layout(trained.root)
    for path in (layout.calibration_plot, layout.importance_plot):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_the_holdout_is_later_than_all_of_training(trained: Trained) -> None:
    before, after = split_by_time(Layout(trained.root), 0.2)
    assert before["occurred_at"].max() < after["occurred_at"].min()
    assert len(after) / (len(before) + len(after)) == pytest.approx(0.2, abs=0.001)


def test_the_same_parameters_give_the_same_model_hash(
    trained: Trained, tmp_path: Path, small_params: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home", mlflow_tracking_uri="http://127.0.0.1:9")
    generate_data.run(tmp_path, small_params, settings)
    train_recommender.run(tmp_path, small_params, settings)
    again, first = read_record(Layout(tmp_path).model), verify(trained.release).training
    assert again.data_sha256 == first.data_sha256
    assert again.model_sha256 == first.model_sha256
    # An experiment server that nobody answers at costs neither time nor the model.
    assert again.run_id is None


def test_training_without_both_outcomes_is_refused(trained: Trained) -> None:
    before, _ = split_by_time(Layout(trained.root), 0.2)
    won = before[before["success"] == 1]
    matrix = battle_matrix(won, pd.read_parquet(Layout(trained.root).weapons))
    with pytest.raises(InvalidInput, match="won and battles that were lost"):
        train_recommender.fit(trained.params.train_recommender, matrix, won["success"].to_numpy())


def test_deploy_refuses_a_model_that_training_did_not_describe(trained: Trained, tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.model.mkdir(parents=True)
    layout.reports.mkdir(parents=True)
    for path in trained.release.iterdir():
        (layout.model / path.name).write_bytes(path.read_bytes())
    layout.metrics.write_bytes(Layout(trained.root).metrics.read_bytes())
    deploy.run(tmp_path, trained.params, trained.settings)
    assert sha256_file(layout.model / MODEL_FILE) == verify(layout.model).files[MODEL_FILE]

    (layout.model / MODEL_FILE).write_text("another", encoding="utf-8")
    with pytest.raises(Unavailable, match="training record"):
        deploy.run(tmp_path, trained.params, trained.settings)
    layout.metrics.unlink()
    with pytest.raises(Unavailable, match="evaluate"):
        deploy.run(tmp_path, trained.params, trained.settings)


def test_a_stage_without_the_one_before_says_which_to_run(trained: Trained, tmp_path: Path) -> None:
    for stage in (train_recommender, evaluate):
        with pytest.raises(Unavailable, match="generate_data"):
            stage.run(tmp_path, trained.params, trained.settings)
    shutil.copytree(Layout(trained.root).raw, Layout(tmp_path).raw)
    with pytest.raises(Unavailable, match="mlflow_run"):
        evaluate.run(tmp_path, trained.params, trained.settings)


def test_evaluation_is_repeatable_to_the_last_digit(trained: Trained) -> None:
    layout = Layout(trained.root)
    before = {path: path.read_bytes() for path in (layout.metrics, layout.calibration_plot, layout.importance_plot)}
    evaluate.run(trained.root, trained.params, trained.settings)
    assert {path: path.read_bytes() for path in before} == before
