"""Evaluations in a real MLflow store: logged whole, found again, and quiet about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import experiment
from evals.report import Report
from evals.trials import Trial
from hashiramart.config import Settings
from hashiramart.errors import NotFound, Unavailable
from ml import tracking
from tests.releases import lay_out_store
from tests.unit.evals.trials_made import trial

TOLD = {"planner": "embedded", "repeats": "1"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    own = Settings(home=tmp_path / "home", mlflow_tracking_uri=None)
    lay_out_store(own)
    return own


def report(share: float, cases: list[Trial]) -> Report:
    return Report("routing", {"share": share}, {"share": (">=", 0.5)}, cases=cases)


@pytest.mark.slow
def test_a_run_is_logged_with_its_cases_and_found_again(settings: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [
        trial("a", expected_trajectory=["coach"], tokens_in=3),
        trial("b", passed=False, expected_trajectory=["artist"], message="draw", faults=["no picture"]),
        trial("c", passed=False, expected_trajectory=["coach"], message="closed", got="closed", quiet=True),
    ]
    first = experiment.log(report(0.4, rows), settings, TOLD)
    second = experiment.log(report(0.6, []), settings, TOLD)
    assert capfd.readouterr().out == ""  # standard output is for programs

    logged = experiment.find(settings, first[:8])
    assert logged.run_id == first
    assert (logged.suite, logged.figures, logged.told) == ("routing", {"share": 0.4}, TOLD)
    assert logged.bounds == {"share": (">=", 0.5)}
    assert [(row["id"], row["passed"]) for row in logged.cases] == [("a", True), ("b", False), ("c", False)]
    assert "closed" not in str(logged.cases)
    assert experiment.find(settings, "routing").run_id == second
    assert experiment.find(settings, "routing~1").run_id == first
    with pytest.raises(NotFound, match="routing~2"):
        experiment.find(settings, "routing~2")

    with tracking.open_client(settings) as client:
        run = client.get_run(first).data
        assert run.tags["missed"] == "share"
        assert run.metrics["passed/mean"] == pytest.approx(1 / 3)
        assert run.metrics["ordered_route/mean"] == pytest.approx(2 / 3)
        assert {file.path for file in client.list_artifacts(first)} >= {"report.json", "cases.json"}
        traces = client.search_traces(locations=[client.get_run(first).info.experiment_id])
        assert len(traces) == 3
        verdicts = {each.name: each.value for each in traces[0].info.assessments}
        assert {"passed", "ordered_route"} <= set(verdicts)


def test_where_nothing_was_evaluated_nothing_is_found(settings: Settings) -> None:
    with pytest.raises(NotFound, match="no evaluation 'routing'"):
        experiment.find(settings, "routing")


def test_a_store_that_is_away_is_told(tmp_path: Path) -> None:
    away = Settings(home=tmp_path, mlflow_tracking_uri="http://127.0.0.1:9")
    with pytest.raises(Unavailable, match="cannot be reached"):
        experiment.log(report(0.4, []), away, TOLD)
