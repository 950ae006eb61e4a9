"""The seven stages in one process: what they leave behind, how good it is, and that it can be repeated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, Unavailable
from ml import deploy, evaluate, gate, generate_data, pipeline, split, train_recommender, validate
from ml.layout import STAGES, Layout
from ml.lineage import sha256_data, sha256_file
from ml.params import Params
from ml.release import MANIFEST_FILE, MODEL_FILE, Release, read_model, read_record, verify
from ml.sources import SNAPSHOT_FILE
from ml.tables import battle_matrix, read_table
from ml.verdict import Verdict
from tests.ml.recommender.conftest import Trained


@pytest.fixture
def away(tmp_path: Path) -> Settings:
    """An experiment server that nobody answers at: it costs neither time nor the model."""
    return Settings(home=tmp_path / "home", mlflow_tracking_uri="http://127.0.0.1:9")


@pytest.fixture
def again(trained: Trained, tmp_path: Path) -> Layout:
    """The finished run, to be changed."""
    return Layout(shutil.copytree(trained.root, tmp_path / "again"))


def _trees(params: Params, rounds: int) -> Params:
    fewer = params.train_recommender.model_copy(update={"rounds": rounds})
    return params.model_copy(update={"train_recommender": fewer})


def _crown(layout: Layout) -> None:
    """Let the model be the champion."""
    shutil.copytree(layout.model, layout.champion, dirs_exist_ok=True)


def test_the_stages_run_in_order_and_progress_never_goes_back(trained: Trained) -> None:
    assert list(dict.fromkeys(stage for stage, _ in trained.told)) == list(STAGES)
    done = [share for _, share in trained.told]
    assert done == sorted(done)
    assert done[-1] == 1


def test_a_good_model_is_released_with_its_lineage(trained: Trained) -> None:
    release = verify(trained.release)
    assert release.decision == "release", release.reason
    assert release.compared_with is None
    assert release.training.data_sha256 == sha256_data(Layout(trained.root).split)
    assert release.training.train_rows == split.read_note(Layout(trained.root)).rows["train"]
    assert release.training.watermark is None  # nothing real was in it
    assert release.training.run_id


def test_the_run_in_mlflow_says_what_the_model_was_made_from(trained: Trained) -> None:
    from mlflow import MlflowClient

    record = verify(trained.release).training
    assert record.run_id is not None
    run = MlflowClient(tracking_uri=trained.settings.tracking_uri).get_run(record.run_id)
    told = record.model_dump(exclude={"run_id"})
    assert {key: run.data.tags[key] for key in told} == {
        key: "null" if value is None else str(value) for key, value in told.items()
    }
    assert run.data.tags["gate_decision"] == "release"
    assert run.data.metrics["regret_at_10"] > 0


def test_no_file_of_the_release_is_a_pickle(trained: Trained) -> None:
    for path in trained.release.iterdir():
        path.read_bytes().decode("utf-8")


def test_golden_rows_span_the_scores_and_are_what_the_model_says(trained: Trained) -> None:
    import lightgbm as lgb

    golden = verify(trained.release).golden
    scores = [row.score for row in golden]
    assert len(golden) == trained.params.deploy.golden_rows
    assert scores == sorted(scores)
    assert scores[-1] - scores[0] > 0.5
    booster = lgb.Booster(model_file=str(trained.release / MODEL_FILE))
    predicted = booster.predict(np.array([row.features for row in golden], np.float32), num_threads=1)
    np.testing.assert_array_equal(predicted, scores)


def test_quality_is_close_to_the_best_possible(trained: Trained) -> None:
    found = json.loads(Layout(trained.root).metrics.read_text(encoding="utf-8"))
    assert found["auc"] >= found["oracle_auc"] - 0.012
    assert found["auc_gap"] <= 0.01
    assert found["accuracy"] >= 0.66
    assert found["regret_at_10"] <= 0.008
    assert found["ndcg_at_10"] >= 0.985
    assert found["ece"] <= 0.03
    for name, baseline in found["baselines"].items():
        assert baseline["auc"] < found["auc"], name
        assert baseline["regret_at_10"] > found["regret_at_10"], name


def test_every_slice_of_the_battles_is_judged(trained: Trained) -> None:
    found = json.loads(Layout(trained.root).metrics.read_text(encoding="utf-8"))
    slices = found["slices"]
    assert sum(of["rows"] for name, of in slices.items() if name.startswith("style ")) == found["rows"]["test"]
    assert sum(of["rows"] for name, of in slices.items() if name.startswith("level ")) == found["rows"]["test"]
    assert slices["new weapons"]["rows"] > 0
    assert set(found["calibration"]) == {"raw", "platt", "isotonic"}


def test_plots_are_pictures(trained: Trained) -> None:
    layout = Layout(trained.root)
    for path in (layout.calibration_plot, layout.importance_plot, layout.regret_plot):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_the_parts_on_disk_keep_their_promises(trained: Trained) -> None:
    layout = Layout(trained.root)
    train, test, frozen = (
        read_table(layout.split / f"{part}.parquet", "split") for part in ("train", "test", "frozen")
    )
    assert train["occurred_at"].max() < test["occurred_at"].min()
    assert len(train) + len(test) + len(frozen) == trained.params.generate_data.interactions
    assert not set(frozen["interaction_id"]) & (set(train["interaction_id"]) | set(test["interaction_id"]))


def test_the_same_parameters_give_the_same_model_hash(
    trained: Trained, tmp_path: Path, small_params: Params, away: Settings
) -> None:
    for stage in (generate_data, split, train_recommender):
        stage.run(tmp_path, small_params, away)
    second, first = read_record(Layout(tmp_path).model), verify(trained.release).training
    assert second.data_sha256 == first.data_sha256
    assert second.model_sha256 == first.model_sha256
    assert second.run_id is None


def test_training_without_both_outcomes_is_refused(trained: Trained) -> None:
    train = read_table(Layout(trained.root).split / "train.parquet", "split")
    won = train[train["success"] == 1]
    matrix = battle_matrix(won, read_table(Layout(trained.root).weapons, "generate_data"))
    with pytest.raises(InvalidInput, match="won and battles that were lost"):
        train_recommender.fit(trained.params.train_recommender, matrix, won["success"].to_numpy())


def test_a_model_as_good_as_the_champion_is_released_as_not_worse(
    trained: Trained, again: Layout, away: Settings
) -> None:
    _crown(again)
    for stage in (gate, deploy):
        stage.run(again.root, trained.params, away)
    release = verify(again.model)
    assert release.decision == "release"
    assert release.compared_with == sha256_file(again.champion / MODEL_FILE)
    assert read_model(again.verdict, Verdict).comparison == "not worse"
    report = again.verdict.with_suffix(".md").read_text(encoding="utf-8")
    assert "style Water" in report


def test_a_worse_challenger_is_held_back_and_the_reason_says_why(
    trained: Trained, again: Layout, away: Settings
) -> None:
    _crown(again)
    for stage in (train_recommender, evaluate, gate, deploy):
        stage.run(again.root, _trees(trained.params, 3), away)
    release = verify(again.model)
    assert release.decision == "hold"
    assert "AUC -" in release.reason
    assert read_model(again.verdict, Verdict).comparison == "worse"


def test_a_damaged_champion_is_not_compared_with(trained: Trained, again: Layout, away: Settings) -> None:
    _crown(again)
    (again.champion / MODEL_FILE).write_text("something else", encoding="utf-8")
    with pytest.raises(Unavailable, match="not the one that was released"):
        gate.run(again.root, trained.params, away)


def test_real_battles_go_the_same_way_as_synthetic_ones(trained: Trained, again: Layout, away: Settings) -> None:
    p = trained.params.generate_data.model_copy(update={"interactions": 3000, "slayers": 150})
    rng = np.random.default_rng(7)
    people = generate_data.make_slayers(p, rng)
    weapons = read_table(again.weapons, "generate_data")
    battles = generate_data.make_interactions(p, people, weapons, rng)
    battles = battles.assign(p_true=np.nan, model_version="v1-0badc0de")
    (again.snapshot / "interactions").mkdir(parents=True)
    people.to_parquet(again.snapshot / "slayers.parquet")
    weapons.to_parquet(again.snapshot / "weapons.parquet")
    battles.to_parquet(again.snapshot / "interactions" / "2024-01-01.parquet")
    note = {"watermark": "2024-06-29T00:00:00Z", "rows": len(battles)}
    (again.snapshot / SNAPSHOT_FILE).write_text(json.dumps(note), encoding="utf-8")

    release = verify(pipeline.run(again.root, trained.params, away))

    assert release.decision == "release", release.reason
    assert release.training.watermark == "2024-06-29T00:00:00Z"
    assert split.read_note(again).real_battles == len(battles)
    parts = [read_table(again.split / f"{part}.parquet", "split") for part in ("train", "test", "frozen")]
    assert set(battles["interaction_id"]) <= set(pd.concat(parts)["interaction_id"])


def test_a_faulty_table_ends_the_pipeline_before_anything_is_trained(
    trained: Trained, again: Layout, away: Settings
) -> None:
    battles = read_table(again.interactions, "generate_data")
    battles.assign(level=battles["level"] + 100).to_parquet(again.interactions)
    before = sha256_file(again.model / MODEL_FILE)
    with pytest.raises(InvalidInput, match="column level: must be 1 to 100"):
        validate.run(again.root, trained.params, away)
    assert sha256_file(again.model / MODEL_FILE) == before


def test_deploy_refuses_a_model_that_was_not_the_one_trained_or_judged(
    trained: Trained, again: Layout, away: Settings
) -> None:
    deploy.run(again.root, trained.params, away)
    assert sha256_file(again.model / MODEL_FILE) == verify(again.model).files[MODEL_FILE]

    train_recommender.run(again.root, _trees(trained.params, 3), away)
    with pytest.raises(Unavailable, match="judges another model"):
        deploy.run(again.root, trained.params, away)

    (again.model / MODEL_FILE).write_text("another", encoding="utf-8")
    with pytest.raises(Unavailable, match="training record"):
        deploy.run(again.root, trained.params, away)
    again.metrics.unlink()
    with pytest.raises(Unavailable, match="evaluate"):
        deploy.run(again.root, trained.params, away)


def test_a_stage_without_the_one_before_says_which_to_run(
    trained: Trained, again: Layout, tmp_path: Path, away: Settings
) -> None:
    for stage in (validate, split):
        with pytest.raises(Unavailable, match="generate_data"):
            stage.run(tmp_path, trained.params, away)
    for stage in (train_recommender, evaluate, gate):
        with pytest.raises(Unavailable, match="stage split"):
            stage.run(tmp_path, trained.params, away)
    again.verdict.unlink()
    with pytest.raises(Unavailable, match=r"gate\.json"):
        deploy.run(again.root, trained.params, away)
    shutil.rmtree(again.model)
    for stage in (evaluate, gate):
        with pytest.raises(Unavailable, match="mlflow_run"):
            stage.run(again.root, trained.params, away)


def test_evaluation_gate_and_manifest_are_repeatable_to_the_last_digit(
    trained: Trained, again: Layout, away: Settings
) -> None:
    paths = (again.metrics, again.calibration_plot, again.importance_plot, again.regret_plot, again.verdict)
    before = {path: path.read_bytes() for path in paths}
    manifest = read_model(again.model / MANIFEST_FILE, Release)
    for stage in (evaluate, gate, deploy):
        stage.run(again.root, trained.params, away)
    assert {path: path.read_bytes() for path in before} == before
    assert verify(again.model) == manifest
