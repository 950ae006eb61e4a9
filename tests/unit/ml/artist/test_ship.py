"""A training run's result is put in its place whole or not at all; the image model's pipeline names what there is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from hashiramart.errors import SetupError
from ml.artist import ship as shipping
from ml.artist.choose import own_checkpoint
from ml.artist.ship import ship

ROOT = Path(__file__).parents[4]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A finished run, as the shipped checkpoint's was."""
    place = tmp_path / "run"
    shutil.copytree(own_checkpoint(), place / "model")
    shutil.copytree(own_checkpoint().with_name("judge"), place / "judge")
    (place / "report").mkdir()
    (place / "report" / "figures.json").write_text('{"seconds": 1}')
    return place


@pytest.fixture
def package(tmp_path: Path) -> Path:
    place = tmp_path / "artist"
    (place / "checkpoint").mkdir(parents=True)
    (place / "checkpoint" / "old.txt").write_text("old")
    return place


def test_a_finished_run_replaces_what_was_there(run: Path, package: Path, tmp_path: Path) -> None:
    ship(run, package, tmp_path / "reports")
    names = {path.relative_to(run / "model") for path in (run / "model").rglob("*")}
    assert {path.relative_to(package / "checkpoint") for path in (package / "checkpoint").rglob("*")} == names
    assert (package / "judge" / "judge.safetensors").is_file()
    assert (tmp_path / "reports" / "metrics.json").read_text() == '{"seconds": 1}'


def _unfinished(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / "model" / "README.md").unlink()


def _unjudged(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / "judge" / "judge.safetensors").unlink()


def _too_heavy(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipping, "MOST_BYTES", 1_000_000)


def _unadvised(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / "model" / "painting.json").unlink()


@pytest.mark.parametrize("harm", [_unfinished, _unjudged, _too_heavy, _unadvised])
def test_what_should_not_ship_leaves_the_old_one_in_its_place(
    run: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Any
) -> None:
    harm(run, monkeypatch)
    with pytest.raises(SetupError):
        ship(run, package, tmp_path / "reports")
    assert [path.name for path in (package / "checkpoint").iterdir()] == ["old.txt"]


def test_the_pipelines_dependencies_exist_and_its_first_stage_makes_what_ships() -> None:
    stages = yaml.safe_load((ROOT / "ml" / "artist" / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    for stage in stages.values():
        assert stage["wdir"] == "../.."
        for dependency in stage["deps"]:
            assert (ROOT / dependency).exists(), dependency
    made = {next(iter(out)) for out in stages["train_artist"]["outs"]}
    assert made == {own_checkpoint().relative_to(ROOT).as_posix(), "ml/artist/judge"}
