"""Release, registry and the disk: promotion, fetching, and everything that may go wrong on the way."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hashiramart.config import Settings
from hashiramart.errors import Conflict, Unavailable
from ml import champion, registry, tracking
from ml.release import MANIFEST_FILE, MODEL_FILE, Release, verify, write_json
from ml.scorer import Scorer
from tests.ml.recommender.conftest import Trained


@pytest.fixture
def shop(trained: Trained, tmp_path: Path) -> Settings:
    """A state folder of its own, with the run's experiments but nothing promoted."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(trained.settings.home / "mlflow", home / "mlflow")
    return Settings(home=home, mlflow_tracking_uri=None)


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:  # bound and not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def _client(settings: Settings) -> Any:
    from mlflow import MlflowClient

    return MlflowClient(tracking_uri=settings.tracking_uri, registry_uri=settings.tracking_uri)


def _changed(release: Path, into: Path, **changes: object) -> Path:
    shutil.copytree(release, into)
    write_json(into / MANIFEST_FILE, verify(release).model_copy(update=changes))
    return into


def test_nothing_promoted_is_said_without_loading_mlflow(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from hashiramart.config import Settings; from ml import champion, registry\n"
        f"s = Settings(home=Path({str(tmp_path)!r}), mlflow_tracking_uri=None)\n"
        "assert registry.champion(s) is None and champion.last_good(s) is None\n"
        "assert not {'mlflow', 'lightgbm', 'pandas'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
    with pytest.raises(Unavailable, match="No model was promoted"):
        champion.fetch_champion(Settings(home=tmp_path, mlflow_tracking_uri=None))


def test_a_promoted_release_is_fetched_and_scores(shop: Settings, trained: Trained) -> None:
    version = registry.promote(shop, trained.release)
    found = registry.champion(shop)
    assert found is not None
    assert found.version == version == "1"
    folder = champion.fetch_champion(shop)
    assert folder == shop.models_path / "1"
    assert verify(folder) == verify(trained.release)
    assert Scorer.load(folder).model_version == f"v1-{verify(folder).files[MODEL_FILE][:8]}"
    assert champion.last_good(shop) == folder
    assert not [path for path in shop.models_path.iterdir() if path.name.startswith(".fetch-")]


def test_mlflow_itself_can_load_the_champion(shop: Settings, trained: Trained) -> None:
    import mlflow

    registry.promote(shop, trained.release)
    version = _client(shop).get_model_version_by_alias(tracking.NAME, "champion")
    booster = mlflow.lightgbm.load_model(str(version.source))
    assert booster.num_trees() == trained.params.train_recommender.rounds


def test_promoting_the_champion_again_changes_nothing(shop: Settings, trained: Trained) -> None:
    assert registry.promote(shop, trained.release) == registry.promote(shop, trained.release) == "1"
    assert len(_client(shop).search_model_versions(f"name = '{tracking.NAME}'")) == 1


def test_the_old_champion_becomes_previous(shop: Settings, trained: Trained, tmp_path: Path) -> None:
    registry.promote(shop, trained.release)
    assert registry.promote(shop, _changed(trained.release, tmp_path / "second", reason="A better night.")) == "2"
    client = _client(shop)
    assert str(client.get_model_version_by_alias(tracking.NAME, "champion").version) == "2"
    assert str(client.get_model_version_by_alias(tracking.NAME, "previous").version) == "1"
    assert champion.fetch_champion(shop).name == "2"


def test_a_model_that_is_held_back_cannot_be_promoted(shop: Settings, trained: Trained, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="No better"):
        registry.promote(shop, _changed(trained.release, tmp_path / "held", decision="hold", reason="No better."))
    assert registry.champion(shop) is None


def test_a_damaged_release_cannot_be_promoted(shop: Settings, trained: Trained, tmp_path: Path) -> None:
    damaged = shutil.copytree(trained.release, tmp_path / "damaged")
    (damaged / MODEL_FILE).write_text("tampered", encoding="utf-8")
    with pytest.raises(Unavailable, match="hash"):
        registry.promote(shop, damaged)


def test_a_damaged_copy_on_disk_is_fetched_again(shop: Settings, trained: Trained) -> None:
    registry.promote(shop, trained.release)
    folder = champion.fetch_champion(shop)
    (folder / MODEL_FILE).write_text("half a file", encoding="utf-8")
    assert champion.last_good(shop) is None
    assert verify(champion.fetch_champion(shop)) == verify(trained.release)


def test_damaged_files_in_the_registry_are_never_served(shop: Settings, trained: Trained, tmp_path: Path) -> None:
    registry.promote(shop, trained.release)
    good = champion.fetch_champion(shop)
    registry.promote(shop, _changed(trained.release, tmp_path / "second", reason="To be tampered with."))
    source = str(_client(shop).get_model_version_by_alias(tracking.NAME, "champion").source)
    model = Path(source.removeprefix("file://")) / MODEL_FILE
    # The state folder was copied: MLflow still writes to the place it was created in.
    model.write_text("tampered", encoding="utf-8")
    assert champion.fetch_champion(shop) == good
    assert not (shop.models_path / "2").exists()


def test_a_registry_that_is_down_leaves_the_last_good_model(shop: Settings, trained: Trained, closed_port: int) -> None:
    registry.promote(shop, trained.release)
    good = champion.fetch_champion(shop)
    down = shop.model_copy(update={"mlflow_tracking_uri": f"http://127.0.0.1:{closed_port}"})
    started = time.monotonic()
    assert champion.fetch_champion(down) == good
    with pytest.raises(Unavailable, match="cannot be reached"):
        registry.champion(down)
    with pytest.raises(Unavailable, match="cannot be reached"):
        registry.promote(down, trained.release)
    assert time.monotonic() - started < 5
    shutil.rmtree(good)
    with pytest.raises(Unavailable, match="cannot be reached"):
        champion.fetch_champion(down)


def test_fetching_at_once_from_many_threads_gives_one_good_folder(shop: Settings, trained: Trained) -> None:
    registry.promote(shop, trained.release)
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: champion.fetch_champion(shop), range(8)))
    assert folders == {shop.models_path / "1"}
    assert verify(shop.models_path / "1") == verify(trained.release)


def test_training_and_evaluation_are_one_run(trained: Trained) -> None:
    run = _client(trained.settings).get_run(verify(trained.release).training.run_id)
    assert run.info.status == "FINISHED"
    assert {"train_auc", "auc", "accuracy", "per_slayer_auc", "regret_at_10", "match_style_auc"} <= set(
        run.data.metrics
    )
    assert run.data.params["num_leaves"] == str(trained.params.train_recommender.num_leaves)
    assert run.data.tags["data_sha256"] == verify(trained.release).training.data_sha256


@pytest.mark.parametrize("run_id", [None, "0" * 32])
def test_a_run_that_this_store_does_not_know_is_replaced_once(
    shop: Settings, trained: Trained, run_id: str | None
) -> None:
    elsewhere = {"run_id": run_id, "model_sha256": "e" * 64}
    record = verify(trained.release).training.model_copy(update=elsewhere)
    first = tracking.log_evaluation(shop, record=record, metrics={"auc": 0.7}, files=())
    second = tracking.log_evaluation(shop, record=record, metrics={"accuracy": 0.6}, files=())
    assert first == second != run_id
    assert set(_client(shop).get_run(first).data.metrics) == {"auc", "accuracy"}


def test_a_lost_run_id_is_found_again_by_the_model(shop: Settings, trained: Trained) -> None:
    record = verify(trained.release).training
    lost = record.model_copy(update={"run_id": None})
    assert tracking.log_evaluation(shop, record=lost, metrics={}, files=()) == record.run_id


def test_a_hand_made_version_without_our_hash_is_not_served(shop: Settings, trained: Trained) -> None:
    registry.promote(shop, trained.release)
    good = champion.fetch_champion(shop)
    client = _client(shop)
    known = client.get_model_version_by_alias(tracking.NAME, "champion")
    by_hand = client.create_model_version(tracking.NAME, source=known.source, run_id=known.run_id)
    client.set_registered_model_alias(tracking.NAME, "champion", by_hand.version)
    assert champion.fetch_champion(shop) == good
    assert json.loads((shop.models_path / "champion.json").read_text(encoding="utf-8"))["version"] == "1"


def test_a_manifest_reads_back_as_it_was_written(trained: Trained) -> None:
    raw = (trained.release / MANIFEST_FILE).read_text(encoding="utf-8")
    assert Release.model_validate_json(raw) == verify(trained.release)
