"""``hashira report``: the latest report for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from hashiramart.config import Settings
from ml import nightly
from ml.params import load_params
from tests.unit.ml.nights import pipeline


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = pipeline(tmp_path_factory.mktemp("report") / "pipeline", slayers=60, battles=600)
    nightly.write(made.root, load_params(), Settings(home=made.root, mlflow_tracking_uri="http://127.0.0.1:9"))
    return made.root


def test_people_get_the_report_as_it_was_written(root: Path) -> None:
    done = CliRunner().invoke(app, ["report", "--root", str(root)])
    assert done.exit_code == 0
    assert done.stdout == (root / "reports" / "nightly" / "report.md").read_text(encoding="utf-8")
    assert "reports/nightly" in done.stderr.replace("\n", "")


def test_programs_get_both_findings_as_one_document(root: Path) -> None:
    done = CliRunner().invoke(app, ["report", "--root", str(root), "--json"])
    found = json.loads(done.stdout)
    assert found["offpolicy"]["state"] == "no impressions"
    assert found["drift"]["state"] == "no battles"
    assert Path(found["folder"]).is_dir()


def test_the_state_folder_is_where_it_is_looked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIRA_HOME", str(root.parent))
    assert CliRunner().invoke(app, ["report"]).exit_code == 0


def test_before_the_first_retrain_it_says_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert "hashira retrain" in done.stderr.replace("\n", " ")


def test_a_damaged_report_is_a_sentence(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "nightly"
    folder.mkdir(parents=True)
    for name in ("report.md", "offpolicy.json", "drift.json"):
        (folder / name).write_text("{", encoding="utf-8")
    done = CliRunner().invoke(app, ["report", "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert "cannot be read" in done.stderr.replace("\n", " ")
