"""``hashira score``: every slayer's best weapons as they are ranked one by one, in a folder that is whole or not there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from cli.main import app
from hashiramart import seed
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import Conflict, InvalidInput, Unavailable
from hashiramart.models import Slayer, Weapon
from ml import batch, batch_slayers, registry
from ml.batch_folder import MANIFEST, BatchManifest, replaced, write_part
from ml.dask_cluster import connected
from ml.features import SlayerProfile, WeaponTable
from ml.ranking import rank
from ml.scorer import Scorer
from tests.ml.recommender.clusters import dask_processes, running_cluster
from tests.ml.recommender.conftest import Trained

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with running_cluster(2) as address:
        yield address


@pytest.fixture
def client(cluster: str, tmp_path: Path) -> Iterator[Any]:
    with connected(Settings(home=tmp_path, dask_scheduler=cluster), workers=1, threads=1) as opened:
        yield opened


@pytest.fixture
def task(trained: Trained, catalogue: WeaponTable) -> batch.Task:
    return batch.Task.of(trained.release, catalogue, 7)


def _slayers(count: int) -> pd.DataFrame:
    rng = np.random.default_rng(count)
    styles = [*seed.style_names(), "Sound of Silence"]  # the last suits no weapon
    return pd.DataFrame(
        {
            "slayer_id": [str(uuid.UUID(int=n)) for n in range(count)],
            "breathing_style": rng.choice(styles, count),
            "level": rng.integers(1, 101, count).astype(np.int16),
            "strength": rng.integers(0, 101, count).astype(np.int16),
            "dexterity": rng.uniform(0, 100, count),
            "stamina": rng.uniform(0, 100, count),
        }
    )


def _file(slayers: pd.DataFrame, folder: Path) -> Path:
    path = folder / "slayers.parquet"
    slayers.to_parquet(path, index=False)
    return path


def _read(folder: Path) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(path) for path in sorted(folder.glob("part-*.parquet"))], ignore_index=True)


def _expected(scorer: Scorer, slayers: pd.DataFrame, table: WeaponTable, top_k: int) -> pd.DataFrame:
    rows = []
    for one in slayers.to_dict("records"):
        ranking = rank(scorer, SlayerProfile(**{name: one[name] for name in batch_slayers.PROFILE}), table, top_k)
        for place, (row, success) in enumerate(zip(ranking.rows, ranking.success, strict=True), start=1):
            rows.append((one["slayer_id"], place, table.ids[row], success, scorer.model_version))
    return pd.DataFrame(rows, columns=["slayer_id", "position", "weapon_id", "score", "model_version"])


def test_every_row_is_what_ranking_one_slayer_gives(
    client: Any, task: batch.Task, scorer: Scorer, catalogue: WeaponTable, tmp_path: Path
) -> None:
    slayers = _slayers(500)
    told: list[int] = []
    chunks = batch_slayers.from_parquet(_file(slayers, tmp_path), 64)
    manifest = batch.score(client, task, chunks, tmp_path / "scores", told.append)
    pd.testing.assert_frame_equal(
        _read(tmp_path / "scores"), _expected(scorer, slayers, catalogue, 7), check_exact=True, check_dtype=False
    )
    assert (manifest.parts, manifest.slayers, manifest.rows) == (8, 500, 3500)
    assert told == sorted(told)
    assert told[-1] == 500
    assert BatchManifest.model_validate_json((tmp_path / "scores" / MANIFEST).read_bytes()) == manifest
    assert manifest.model_version == scorer.model_version


def test_a_list_is_never_longer_than_the_catalogue(
    trained: Trained, catalogue: WeaponTable, scorer: Scorer, tmp_path: Path
) -> None:
    slayers = _slayers(3)
    (chunk,) = batch_slayers.from_parquet(_file(slayers, tmp_path))
    part = batch.rank_chunk(batch.Task.of(trained.release, catalogue, 1000), chunk)
    found = pq.read_table(pa.BufferReader(part.file)).to_pandas()
    assert len(found) == part.rows == 3 * len(catalogue)
    pd.testing.assert_frame_equal(
        found, _expected(scorer, slayers, catalogue, 1000), check_exact=True, check_dtype=False
    )


def test_a_shop_without_slayers_gives_a_file_with_columns_and_no_rows(
    client: Any, task: batch.Task, tmp_path: Path
) -> None:
    manifest = batch.score(client, task, iter(()), tmp_path / "scores")
    found = _read(tmp_path / "scores")
    assert list(found) == ["slayer_id", "position", "weapon_id", "score", "model_version"]
    assert (len(found), manifest.slayers, manifest.rows) == (0, 0, 0)


def test_a_cancelled_run_leaves_the_earlier_result_as_it_was(client: Any, task: batch.Task, tmp_path: Path) -> None:
    path, out = _file(_slayers(60), tmp_path), tmp_path / "scores"
    batch.score(client, task, batch_slayers.from_parquet(path), out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}

    def cancel(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.score(client, task, batch_slayers.from_parquet(path, 10), out, cancel)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert not [file for file in tmp_path.iterdir() if file.is_dir() and file.name.startswith(".")]


def test_a_new_result_replaces_the_earlier_one_whole(client: Any, task: batch.Task, tmp_path: Path) -> None:
    out = tmp_path / "scores"
    batch.score(client, task, batch_slayers.from_parquet(_file(_slayers(40), tmp_path), 10), out)
    batch.score(client, task, batch_slayers.from_parquet(_file(_slayers(20), tmp_path)), out)
    assert sorted(file.name for file in out.iterdir()) == [MANIFEST, "part-00000.parquet"]
    assert _read(out)["slayer_id"].nunique() == 20


_TO_BE_KILLED = """
import sys
from pathlib import Path
import psutil
from hashiramart.config import Settings
from ml import batch, batch_slayers
from ml.dask_cluster import connected
from ml.features import WeaponTable

if __name__ == "__main__":
    release, slayers, out = map(Path, sys.argv[1:])
    table = WeaponTable.build(ids=["a"], slugs=["a"], weight=[1.0], sharpness=[50.0], styles=[["Water"]])
    with connected(Settings(home=out.parent), workers=2, threads=1) as client:
        def tell(done):
            print(*(child.pid for child in psutil.Process().children(recursive=True)), flush=True)
            sys.stdin.readline()  # wait here, with a part written and others to come
        task = batch.Task.of(release, table, 1)
        batch.score(client, task, batch_slayers.from_parquet(slayers, 5), out, tell)
"""


def test_a_killed_run_leaves_no_result_and_no_process(
    client: Any, task: batch.Task, trained: Trained, tmp_path: Path
) -> None:
    path, out, script = _file(_slayers(50), tmp_path), tmp_path / "scores", tmp_path / "run.py"
    script.write_text(_TO_BE_KILLED, encoding="utf-8")
    command = [sys.executable, str(script), str(trained.release), str(path), str(out)]
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}  # what it leaves there goes with the test's folder
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as run:
        assert run.stdout is not None
        children = [psutil.Process(int(pid)) for pid in run.stdout.readline().split()]
        assert len(dask_processes(psutil.Process(run.pid))) == 2
        run.kill()
    assert not out.exists()
    assert len(list((tmp_path / ".scores.new").glob("part-*"))) in range(1, 10), "it was killed in the middle"
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive
    # The next one clears up, and is not held off by the dead one's lock.
    batch.score(client, task, batch_slayers.from_parquet(path), out)
    assert not (tmp_path / ".scores.new").exists()
    assert len(_read(out)) == 350


def test_a_result_that_was_moved_aside_when_a_run_was_killed_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "scores"
    aside = tmp_path / ".scores.old"
    aside.mkdir()
    (aside / MANIFEST).write_text("{}", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), replaced(out):
        raise KeyboardInterrupt
    assert (out / MANIFEST).read_text(encoding="utf-8") == "{}"
    assert not aside.exists()


def test_a_disk_that_refuses_is_said_and_the_earlier_result_stays(tmp_path: Path) -> None:
    out = tmp_path / "scores"
    with replaced(out) as folder:
        (folder / MANIFEST).write_text("{}", encoding="utf-8")
    with pytest.raises(Unavailable, match="cannot be written"), replaced(out) as folder:
        write_part(folder / "no such folder", 0, b"")
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be written"), replaced(tmp_path / "file" / "scores"):
        pytest.fail("it was let in")
    assert (out / MANIFEST).read_text(encoding="utf-8") == "{}"


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("the only copy", encoding="utf-8")
    with pytest.raises(InvalidInput, match="holds no scores") as caught, replaced(tmp_path):
        pytest.fail("it was let in")
    assert caught.value.field == "out"
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "the only copy"


def test_two_runs_at_once_are_one_too_many(tmp_path: Path) -> None:
    out = tmp_path / "scores"
    with replaced(out) as folder, pytest.raises(Conflict, match="Another run"), replaced(out):
        pytest.fail("it was let in")
    assert out.is_dir()
    assert folder != out


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("level", 0, "level"),
        ("strength", 101, "strength"),
        ("stamina", float("nan"), "stamina"),
        ("breathing_style", None, "breathing_style"),
        ("dexterity", "quick", "slayers"),
    ],
)
def test_a_wrong_value_in_a_file_of_slayers_is_named(tmp_path: Path, column: str, value: object, field: str) -> None:
    slayers = _slayers(5)
    slayers[column] = [value, *([value] * 4 if isinstance(value, str) else slayers[column].tolist()[1:])]
    with pytest.raises(InvalidInput) as caught:
        list(batch_slayers.from_parquet(_file(slayers, tmp_path)))
    assert caught.value.field == field
    assert "slayers.parquet" in caught.value.message


def test_a_file_without_a_column_or_without_parquet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has no column stamina"):
        list(batch_slayers.from_parquet(_file(_slayers(5).drop(columns="stamina"), tmp_path)))
    (tmp_path / "notes.txt").write_text("no Parquet", encoding="utf-8")
    for name in ("notes.txt", "missing.parquet"):
        with pytest.raises(InvalidInput, match="cannot be read"):
            list(batch_slayers.from_parquet(tmp_path / name))


@pytest.fixture
def many(database: Database, stocked: list[Weapon]) -> pd.DataFrame:
    """25 slayers in the shop's database, as a file would name them."""
    slayers = _slayers(25)
    with database.service() as session:
        for one in slayers.to_dict("records"):
            row = {name: one[name] for name in batch_slayers.PROFILE}
            session.add(Slayer(id=uuid.UUID(one["slayer_id"]), name="A slayer", **row))
    return slayers


def test_the_shops_slayers_come_in_chunks_with_everybody_once(database: Database, many: pd.DataFrame) -> None:
    chunks = list(batch_slayers.from_database(database, 10))
    assert [len(chunk) for chunk in chunks] == [10, 10, 5]
    assert batch_slayers.count_in(database) == 25
    found = pa.concat_tables(chunks).to_pandas()[list(many)]
    pd.testing.assert_frame_equal(found, many, check_dtype=False, check_exact=True)


def test_a_reader_that_stops_early_gives_its_connection_back(database: Database, many: pd.DataFrame) -> None:
    chunks = batch_slayers.from_database(database, 10)
    next(chunks)
    assert database.service_engine.pool.checkedout() == 1  # type: ignore[attr-defined]
    chunks.close()
    assert database.service_engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_the_command_scores_the_shops_slayers_with_the_champion(
    database: Database, many: pd.DataFrame, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(trained.settings.home / "mlflow", home / "mlflow")
    monkeypatch.setenv("HASHIRA_HOME", str(home))
    monkeypatch.setenv("DATABASE_URL", database.conninfo)
    registry.promote(Settings(), trained.release)
    before = dask_processes()
    done = CliRunner().invoke(app, ["score", "--json", "--top-k", "5", "--workers", "1"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert (answer["slayers"], answer["rows"], answer["top_k"]) == (25, 125, 5)
    assert answer["model_version"].startswith("v1-")
    found = _read(Path(answer["folder"]))
    assert set(found["slayer_id"]) == set(many["slayer_id"])
    assert set(found["model_version"]) == {answer["model_version"]}
    assert dask_processes() == before


def test_the_command_without_a_champion_says_so(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HASHIRA_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database.conninfo)
    done = CliRunner().invoke(app, ["score"])
    assert done.exit_code == 1
    assert "No model was promoted" in done.stderr
    assert not (tmp_path / "scores").exists()
