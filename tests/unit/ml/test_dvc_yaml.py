from __future__ import annotations

import configparser
import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml

from ml.layout import STAGES, Layout
from ml.params import Params
from ml.release import MANIFEST_FILE, MODEL_FILE, RUN_FILE, SCHEMA_FILE

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def stages() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    return found


def test_a_stage_is_the_module_and_the_section_of_its_name(stages: dict[str, Any]) -> None:
    assert tuple(stages) == STAGES
    for name, stage in stages.items():
        assert stage["cmd"] == f"python -m ml.{name}"
        assert importlib.util.find_spec(f"ml.{name}")
        assert name in stage["params"]
        assert f"ml/{name}.py" in stage["deps"]


def test_dependencies_exist_or_are_made_by_an_earlier_stage(stages: dict[str, Any]) -> None:
    made: set[str] = set()
    for stage in stages.values():
        for dependency in stage["deps"]:
            assert dependency in made or (ROOT / dependency).exists(), dependency
        for kind in ("outs", "metrics", "plots"):
            made |= {next(iter(out)) if isinstance(out, dict) else out for out in stage.get(kind, [])}


def test_every_watched_parameter_exists(stages: dict[str, Any]) -> None:
    sections = {field.alias or name: field.annotation for name, field in Params.model_fields.items()}
    for stage in stages.values():
        for key in stage["params"]:
            section, _, field = key.partition(".")
            model = sections[section]
            assert model is not None
            assert not field or field in model.model_fields


def test_the_outputs_are_where_the_code_writes_them(stages: dict[str, Any]) -> None:
    layout = Layout(Path())

    def written(name: str, kind: str) -> set[str]:
        return {next(iter(out)) if isinstance(out, dict) else out for out in stages[name].get(kind, [])}

    assert written("generate_data", "outs") == {layout.raw.as_posix()}
    assert written("split", "outs") == {layout.split.as_posix()}
    model = {(layout.model / name).as_posix() for name in (MODEL_FILE, SCHEMA_FILE, RUN_FILE)}
    assert written("train_recommender", "outs") == model
    assert written("evaluate", "metrics") == {layout.metrics.as_posix()}
    pictures = (layout.calibration_plot, layout.importance_plot, layout.regret_plot)
    assert written("evaluate", "plots") == {picture.as_posix() for picture in pictures}
    assert written("gate", "metrics") == {layout.verdict.as_posix()}
    assert written("deploy", "outs") == {(layout.model / MANIFEST_FILE).as_posix()}
    for name in STAGES:
        for report in (path for kind in ("outs", "metrics", "plots") for path in written(name, kind)):
            assert not report.startswith("reports/") or report.startswith(layout.report(name).as_posix())


def test_git_keeps_the_folder_of_the_champion_and_not_the_champion() -> None:
    # `gate` depends on the folder, so a fresh clone must have it; what lies in it is a copy.
    ignored = (Layout(ROOT).champion / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [line for line in ignored if not line.startswith("#")] == ["*", "!.gitignore"]


def test_dvc_sends_no_telemetry() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".dvc" / "config")
    assert config["core"]["analytics"] == "false"
