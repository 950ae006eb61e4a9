"""``train_recommender.engine: dask``: as good a model as the local engine's on any cluster, and nothing left behind."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, Unavailable
from ml import dask_training, exam, generate_data, metrics, split, train_recommender
from ml.dask_cluster import connected
from ml.features import WeaponTable
from ml.layout import Layout
from ml.lineage import sha256_file
from ml.params import Params, TrainRecommender, load_params
from ml.release import MODEL_FILE, SCHEMA_FILE, read_record
from ml.scorer import Scorer
from ml.tables import battle_matrix
from tests.ml.recommender.clusters import dask_processes, running_cluster
from tests.ml.recommender.test_behaviour import SLAYERS

pytestmark = pytest.mark.slow

NO_MLFLOW = "http://127.0.0.1:9"


@dataclass(frozen=True)
class World:
    """100,000 battles, split, with a model of each engine."""

    local: Layout
    dask: Layout
    params: Params

    @property
    def train_section(self) -> TrainRecommender:
        return self.params.train_recommender.model_copy(update={"engine": "dask"})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    params = load_params()
    size = {"slayers": 2500, "interactions": 100_000}
    params = params.model_copy(update={"generate_data": params.generate_data.model_copy(update=size)})
    on_dask = params.train_recommender.model_copy(update={"engine": "dask"})
    local, dask = (tmp_path_factory.mktemp(name) for name in ("local", "dask"))
    settings = Settings(home=local / "home", mlflow_tracking_uri=NO_MLFLOW)
    generate_data.run(local, params, settings)
    split.run(local, params, settings)
    shutil.copytree(Layout(local).split, Layout(dask).split)
    train_recommender.run(local, params, settings)
    train_recommender.run(dask, params.model_copy(update={"train_recommender": on_dask}), settings)
    return World(Layout(local), Layout(dask), params)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with running_cluster(2) as address:
        yield address


@pytest.fixture
def elsewhere(cluster: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, dask_scheduler=cluster)


@pytest.fixture(scope="module")
def dask_scorer(world: World) -> Scorer:
    return Scorer(lgb.Booster(model_str=(world.dask.model / MODEL_FILE).read_text(encoding="utf-8")), "local-dask")


def _rebuilt(world: World, settings: Settings, root: Path, section: TrainRecommender | None = None) -> str:
    layout = Layout(root)
    shutil.copytree(world.dask.split, layout.split)
    train_recommender.build(layout, section or world.train_section, settings)
    return sha256_file(layout.model / MODEL_FILE)


def test_both_engines_rank_equally_well(world: World) -> None:
    test, weapons = (pd.read_parquet(world.local.split / f"{name}.parquet") for name in ("test", "weapons"))
    slayer, _ = pd.factorize(test["slayer_id"])
    matrix = battle_matrix(test, weapons)
    local, dask = (
        metrics.per_group_auc(slayer, test["success"], exam.booster_model(layout.model / MODEL_FILE, 1)(matrix, slayer))
        for layout in (world.local, world.dask)
    )
    assert local > 0.6
    assert dask == pytest.approx(local, abs=0.001)


def test_both_engines_leave_the_same_files(world: World) -> None:
    local, dask = read_record(world.local.model), read_record(world.dask.model)
    assert dask.model_sha256 != local.model_sha256, "the Dask engine trained nothing of its own"
    assert dask.model_copy(update={"model_sha256": local.model_sha256}) == local
    assert (world.dask.model / SCHEMA_FILE).read_bytes() == (world.local.model / SCHEMA_FILE).read_bytes()
    assert sorted(path.name for path in world.dask.model.iterdir()) == sorted(
        path.name for path in world.local.model.iterdir()
    )


def test_the_text_of_the_model_does_not_say_where_it_was_grown(world: World) -> None:
    text = (world.dask.model / MODEL_FILE).read_text(encoding="utf-8")
    assert "[machines: ]" in text
    assert "127.0.0.1" not in text
    assert "[num_machines: 2]" in text, "both workers took part"


def test_monotone_constraints_hold(dask_scorer: Scorer) -> None:
    sharp = [float(s) for s in range(0, 101, 4)]
    for slayer in SLAYERS:
        for weight in (0.5, 1.2, 2.5, 5.0):
            n = len(sharp)
            table = WeaponTable.build(
                ids=range(n), slugs=[""] * n, weight=[weight] * n, sharpness=sharp, styles=[["Water"]] * n
            )
            assert (np.diff(dask_scorer.score(slayer, table)) >= 0).all()


def test_another_cluster_of_as_many_workers_gives_the_same_bytes(
    world: World, elsewhere: Settings, tmp_path: Path
) -> None:
    assert _rebuilt(world, elsewhere, tmp_path) == sha256_file(world.dask.model / MODEL_FILE)


def test_workers_that_do_not_see_the_files_are_sent_their_share(
    world: World, elsewhere: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here: list[int] = []
    read_share = dask_training.read_share

    def counted(battles: Path, weapons: Path, number: int, count: int) -> dask_training.Share:
        read_here.append(number)
        return read_share(battles, weapons, number, count)

    # Only in this process: to the workers' hashes, the files here are others.
    monkeypatch.setattr(dask_training, "sha256_file", lambda _path: "of another file")
    monkeypatch.setattr(dask_training, "read_share", counted)
    assert _rebuilt(world, elsewhere, tmp_path) == sha256_file(world.dask.model / MODEL_FILE)
    assert read_here[:2] == [0, 1]


def test_shares_are_all_battles_once(world: World) -> None:
    files = world.dask.split / "train.parquet", world.dask.split / "weapons.parquet"
    whole = dask_training.read_share(*files, 0, 1)
    battles, weapons = (pd.read_parquet(path) for path in files)
    np.testing.assert_array_equal(whole.matrix, battle_matrix(battles, weapons))
    np.testing.assert_array_equal(whole.outcome, battles["success"].to_numpy())
    for number in range(3):
        share = dask_training.read_share(*files, number, 3)
        np.testing.assert_array_equal(share.matrix, whole.matrix[number::3])
        np.testing.assert_array_equal(share.outcome, whole.outcome[number::3])


def test_a_share_is_the_same_however_the_file_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    files = world.dask.split / "train.parquet", world.dask.split / "weapons.parquet"
    whole = dask_training.read_share(*files, 1, 3)
    monkeypatch.setattr(dask_training, "_BATCH_ROWS", 1000)
    in_pieces = dask_training.read_share(*files, 1, 3)
    np.testing.assert_array_equal(in_pieces.matrix, whole.matrix)
    np.testing.assert_array_equal(in_pieces.outcome, whole.outcome)


def test_battles_that_all_ended_the_same_way_are_refused(world: World, elsewhere: Settings, tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    shutil.copytree(world.dask.split, layout.split)
    won = pd.read_parquet(layout.split / "train.parquet").query("success == 1")
    won.to_parquet(layout.split / "train.parquet", index=False)
    with pytest.raises(InvalidInput, match="won and battles that were lost"):
        train_recommender.build(layout, world.train_section, elsewhere)


def test_what_is_wrong_with_the_data_crosses_from_the_worker(world: World, elsewhere: Settings, tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    shutil.copytree(world.dask.split, layout.split)
    weapons = pd.read_parquet(layout.split / "weapons.parquet").iloc[1:]
    weapons.to_parquet(layout.split / "weapons.parquet", index=False)
    with pytest.raises(InvalidInput, match="not among the known ones") as caught:
        train_recommender.build(layout, world.train_section, elsewhere)
    assert caught.value.field == "weapon_id"


@pytest.mark.parametrize("kind", ["nobody", "silent", "another", "nonsense"])
def test_a_scheduler_that_cannot_be_reached_is_said_within_seconds(world: World, tmp_path: Path, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if kind == "nobody":
            server.close()
        if kind == "another":
            answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
            threading.Thread(target=lambda: server.accept()[0].sendall(answer), daemon=True).start()
        address = "the scheduler" if kind == "nonsense" else f"tcp://127.0.0.1:{port}"
        started = time.monotonic()
        settings = Settings(home=tmp_path, dask_scheduler=address)
        with pytest.raises(Unavailable, match="HASHIRA_DASK_SCHEDULER") as caught:
            train_recommender.build(world.dask, world.train_section, settings)
        assert address in caught.value.message
        assert time.monotonic() - started < 8


def test_a_scheduler_without_workers_is_refused(tmp_path: Path) -> None:
    with (
        running_cluster(0) as address,
        pytest.raises(Unavailable, match="has no workers"),
        connected(Settings(home=tmp_path, dask_scheduler=address), workers=2, threads=1),
    ):
        pytest.fail("there was nobody to work")


def test_workers_that_lack_this_package_are_refused(tmp_path: Path) -> None:
    with (
        running_cluster(1, "import sys; sys.modules['ml'] = None") as address,
        pytest.raises(Unavailable, match="must have this package"),
        connected(Settings(home=tmp_path, dask_scheduler=address), workers=2, threads=1),
    ):
        pytest.fail("they were let in")


def _endless(world: World) -> TrainRecommender:
    return world.train_section.model_copy(update={"rounds": 100_000})


def test_a_cancelled_training_leaves_no_process_and_no_model(world: World, tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    shutil.copytree(world.dask.split, layout.split)
    before = dask_processes()
    seen: list[int] = []

    def cancel(done: float, text: str) -> None:
        if text == "growing trees" and done > 0.1:
            seen.append(len(dask_processes()) - len(before))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_recommender.build(layout, _endless(world), Settings(home=tmp_path / "home"), cancel)
    assert seen == [2], "two workers were at it"
    assert dask_processes() == before
    for thread in threading.enumerate():
        if thread.name.startswith("lightgbm-dask"):
            thread.join(10)
            assert not thread.is_alive()
    assert not layout.model.exists()


def test_a_lost_worker_ends_the_training_at_once_and_frees_the_others(
    world: World, elsewhere: Settings, tmp_path: Path
) -> None:
    layout = Layout(tmp_path)
    shutil.copytree(world.dask.split, layout.split)
    killed: list[float] = []

    def kill(done: float, text: str) -> None:
        if text == "growing trees" and done > 0.1 and not killed:
            dask_processes()[0].kill()
            killed.append(time.monotonic())

    with pytest.raises(Unavailable, match=r"worker was lost|could not train together"):
        train_recommender.build(layout, _endless(world), elsewhere, kill)
    assert time.monotonic() - killed[0] < 40
    # The cluster is as good as new: whoever comes next gets both workers.
    with connected(elsewhere, workers=1, threads=1) as client:
        client.wait_for_workers(2, timeout=30)
        assert client.gather(
            [client.submit(len, "at work", workers=[worker], pure=False) for worker in client.nthreads()]
        ) == [7, 7]
