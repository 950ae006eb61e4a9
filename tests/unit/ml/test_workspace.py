"""The pipeline's folder: DVC accepts it, stages run with our interpreter and settings, and nothing outlives its starter."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
import yaml

from hashiramart.config import Settings
from hashiramart.errors import SetupError, Unavailable
from ml import repro, workspace
from ml.layout import STAGES, Layout
from ml.params import default_params_path
from ml.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", mlflow_tracking_uri="http://127.0.0.1:9", dask_scheduler="tcp://nowhere:1")


@pytest.fixture
def made(settings: Settings) -> Workspace:
    return open_workspace(settings, workspace.default_root(settings))


def say(made: Workspace, *arguments: str) -> str:
    said: list[str] = []
    made.dvc(*arguments, on_line=said.append)
    return "\n".join(said)


def one_stage(made: Workspace, command: str) -> None:
    (made.root / "dvc.yaml").write_text(yaml.safe_dump({"stages": {"only": {"cmd": command}}}), encoding="utf-8")


def test_dvc_sees_every_stage_and_every_file_that_it_depends_on(made: Workspace) -> None:
    assert [line.split()[0] for line in say(made, "stage", "list").splitlines()] == list(STAGES)
    stages = yaml.safe_load((made.root / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    code = {path for stage in stages.values() for path in stage["deps"] if path.startswith(("ml/", "hashiramart/"))}
    assert code
    assert all((made.root / path).is_file() for path in code)
    missing = set()
    for changes in json.loads(say(made, "status", "--json")).values():
        for change in changes:
            missing |= {path for path, what in change.get("changed deps", {}).items() if what == "deleted"}
    assert missing
    assert not missing & code


def test_opening_it_again_changes_nothing(made: Workspace, settings: Settings) -> None:
    before = {path: path.lstat().st_mtime_ns for path in made.root.rglob("*") if path.is_file()}
    assert open_workspace(settings, made.root) == made
    assert {path: path.lstat().st_mtime_ns for path in before} == before


def test_the_configured_parameters_win_over_the_packaged_ones(settings: Settings, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(default_params_path().read_text(encoding="utf-8").replace("top_k: 10", "top_k: 7"))
    made = open_workspace(settings.model_copy(update={"params_file": mine}), tmp_path / "root")
    assert "top_k: 7" in (made.root / "params.yaml").read_text(encoding="utf-8")
    open_workspace(settings, made.root)
    assert "top_k: 10" in (made.root / "params.yaml").read_text(encoding="utf-8")


def test_wrong_parameters_are_said_before_anything_is_made(settings: Settings, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("split: {}")
    with pytest.raises(SetupError, match=r"wrong\.yaml: .*generate_data"):
        open_workspace(settings.model_copy(update={"params_file": wrong}), tmp_path / "root")
    assert not (tmp_path / "root").exists()


def test_a_checkout_is_taken_as_it_is(settings: Settings, tmp_path: Path) -> None:
    for folder in ("ml", ".dvc"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "params.yaml", tmp_path)
    with pytest.raises(SetupError, match="no DVC workspace"):
        open_workspace(settings, tmp_path)
    shutil.copy(ROOT / "dvc.yaml", tmp_path)
    assert not open_workspace(settings, tmp_path).ours
    assert {path.name for path in tmp_path.iterdir()} == {"ml", ".dvc", "dvc.yaml", "params.yaml"}
    elsewhere = settings.model_copy(update={"params_file": ROOT / "params.yaml"})
    with pytest.raises(SetupError, match="HASHIRA_PARAMS"):
        open_workspace(elsewhere, tmp_path)


def test_a_stage_runs_with_this_interpreter_this_code_and_these_settings(made: Workspace, settings: Settings) -> None:
    one_stage(
        made,
        'python -c "import sys, hashiramart.config as c; s = c.Settings(); '
        'print(sys.executable, c.__file__, s.home, s.tracking_uri, s.dask_scheduler)"',
    )
    told = say(made, "repro").splitlines()
    code = made.root / "hashiramart" / "config.py"
    wanted = f"{sys.executable} {code} {settings.home} http://127.0.0.1:9 tcp://nowhere:1"
    assert wanted in told
    assert code.resolve() == ROOT / "hashiramart" / "config.py"


def test_a_command_that_fails_says_why(made: Workspace) -> None:
    one_stage(made, "exit 3")
    with pytest.raises(Unavailable, match=r"dvc repro failed .* 'only': .* exited with 3"):
        say(made, "repro")


def test_one_that_is_told_to_stop_ends_with_its_stages(made: Workspace) -> None:
    one_stage(made, "echo $$ > pid; exec tail -f /dev/null")
    pid, stages = made.root / "pid", []

    def started() -> bool:
        if pid.is_file() and pid.read_text().strip():
            stages.append(psutil.Process(int(pid.read_text())))
        return bool(stages)

    with pytest.raises(repro.Stopped):
        made.dvc("repro", cancelled=started)
    _, alive = psutil.wait_procs(stages, timeout=20)
    assert alive == []
    one_stage(made, "echo again")
    made.unlock()
    assert "again" in say(made, "repro").splitlines()


def test_when_its_starter_is_killed_it_ends_with_its_stages(made: Workspace) -> None:
    one_stage(made, "echo $$; exec tail -f /dev/null")
    starter = (
        "import os, sys; from pathlib import Path; from ml import repro\n"
        f"repro.run(Path({str(made.root)!r}), ['repro'], os.environ, lambda line: print(line, flush=True))"
    )
    process = subprocess.Popen([sys.executable, "-c", starter], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    stage = psutil.Process(next(int(line) for line in process.stdout if line.strip().isdigit()))
    dvc = stage.parent()
    assert dvc is not None
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.stdout.close()
    _, alive = psutil.wait_procs([stage, dvc], timeout=20)
    assert alive == []


def _fake_snapshot(root: Path, word: str) -> None:
    folder = Layout(root).snapshot
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "interactions").mkdir(parents=True)
    (folder / "interactions" / "2026-03-10.parquet").write_text(word)
    (folder / "slayers.parquet").write_text(word)
    (folder / "manifest.json").write_text(f'{{"rows": 1, "watermark": "{word}"}}')


def test_a_snapshot_is_tracked_without_git(made: Workspace) -> None:
    made.track()  # nothing there yet: nothing to do
    for word in ("first", "second"):
        _fake_snapshot(made.root, word)
        made.track()
    folder = Layout(made.root).snapshot
    assert {path.name for path in folder.glob("*.dvc")} == {"interactions.dvc", "slayers.parquet.dvc"}
    kept = {path.read_text() for path in (made.root / ".dvc" / "cache" / "files").rglob("*") if path.is_file()}
    assert {"first", "second"} <= kept
    made.tidy()
    kept = {path.read_text() for path in (made.root / ".dvc" / "cache" / "files").rglob("*") if path.is_file()}
    assert "first" not in kept
    assert "second" in kept


def test_a_snapshot_is_tracked_in_a_git_checkout(settings: Settings, tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    shutil.copytree(ROOT / "ml", tmp_path / "ml", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".dvc", tmp_path / ".dvc", ignore=shutil.ignore_patterns("tmp", "cache", "config.local"))
    for name in ("dvc.yaml", "params.yaml", ".dvcignore", "data/snapshot/manifest.json", "data/champion/.gitignore"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".gitignore").write_text("__pycache__/\n")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "start")
    checkout = open_workspace(settings, tmp_path)
    for word in ("first", "second"):
        _fake_snapshot(tmp_path, word)
        checkout.track()
    assert set(git("status", "--short", "--untracked-files=all").splitlines()) == {
        " M data/snapshot/manifest.json",
        "?? data/snapshot/.gitignore",
        "?? data/snapshot/interactions.dvc",
        "?? data/snapshot/slayers.parquet.dvc",
    }
