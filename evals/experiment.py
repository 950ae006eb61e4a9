"""Evaluations in MLflow: each suite that is run becomes a run of the experiment ``agents``, its trials rows of it.

The suites score themselves, without a model and always alike; what they found is handed to ``mlflow.genai.evaluate``, which keeps
it where MLflow's page shows it: a trace for each trial with the verdicts as assessments, and their means as metrics. The figures
are metrics of the run, and ``report.json`` holds everything that ``hashira eval compare`` needs.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from evals.report import Report
from evals.trajectories import ordered_route
from evals.trials import Trial
from hashiramart.config import Settings, open_telemetry
from hashiramart.errors import NotFound
from ml import tracking

NAME = "agents"
REPORT_FILE = "report.json"
_AGO = re.compile(r"(?P<suite>[a-z_]+)(?:~(?P<ago>\d{1,4}))?")
_RUN_ID = re.compile(r"[0-9a-f]{6,32}")
_LOOKED_THROUGH = 1000


@dataclass(frozen=True)
class Logged:
    """A run as it was logged."""

    run_id: str
    suite: str
    told: Mapping[str, str]
    figures: Mapping[str, float]
    bounds: Mapping[str, tuple[str, float]]
    cases: Sequence[Trial]


def log(report: Report, settings: Settings, told: Mapping[str, str]) -> str:
    """Log a suite's report.

    Args:
        report: of the suite.
        settings: say where MLflow keeps its runs.
        told: how it was run (planner, repeats, …), kept as parameters.

    Returns:
        the run's id.

    Raises:
        Unavailable: the tracking server cannot be reached or refuses.
    """
    rows = [_without_closed_texts(trial) for trial in report.cases]
    with tracking.open_client(settings) as client, _fluent(settings) as mlflow:
        run = client.create_run(_experiment_id(client, settings), run_name=report.name, tags={"suite": report.name})
        run_id = str(run.info.run_id)
        with mlflow.start_run(run_id=run_id, log_system_metrics=False):
            mlflow.log_params(dict(told))
            mlflow.log_metrics(dict(report.figures))
            mlflow.set_tags({"ok": str(report.ok).lower(), "missed": ", ".join(report.missed)})
            mlflow.log_dict({**report.to_json(), "told": dict(told), "cases": rows}, REPORT_FILE)
            if rows:
                with warnings.catch_warnings(action="ignore"):  # MLflow's own, of what pandas will do one day
                    mlflow.log_table(_columns(rows), "cases.json")
                    _evaluate(mlflow, rows)
    return run_id


def find(settings: Settings, name: str) -> Logged:
    """A run that was logged.

    Args:
        settings: say where MLflow keeps its runs.
        name: a run's id or the first six letters of it and more; or a suite's name for its latest run, ``routing~1`` for the
            one before it, and so on.

    Raises:
        NotFound: there is none.
        Unavailable: the tracking server cannot be reached or refuses.
    """
    with tracking.open_client(settings) as client:
        experiment = client.get_experiment_by_name(NAME)
        runs = [] if experiment is None else _runs(client, experiment.experiment_id, name)
        if not runs:
            raise NotFound("run", f"There is no evaluation {name!r} on record; 'hashira eval SUITE' makes one.")
        run = runs[0]
        text = _artifact(client, str(run.info.run_id))
    kept = json.loads(text)
    return Logged(
        run_id=str(run.info.run_id),
        suite=kept["name"],
        told=kept["told"],
        figures=kept["figures"],
        bounds={figure: (sign, limit) for figure, (sign, limit) in kept["bounds"].items()},
        cases=kept["cases"],
    )


def _runs(client: Any, experiment_id: str, name: str) -> list[Any]:
    """The run of that name, as a list of one; empty when there is none."""
    suite = _AGO.fullmatch(name)
    if suite is not None:
        found = client.search_runs([experiment_id], f"tags.suite = '{suite['suite']}'", max_results=_LOOKED_THROUGH)
        if found:
            return list(found[int(suite["ago"] or 0) :][:1])
    if _RUN_ID.fullmatch(name):
        return [
            run
            for run in client.search_runs([experiment_id], max_results=_LOOKED_THROUGH)
            if run.info.run_id.startswith(name)
        ][:1]
    return []


def _artifact(client: Any, run_id: str) -> str:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="hashira-eval-") as folder:
        return Path(client.download_artifacts(run_id, REPORT_FILE, folder)).read_text(encoding="utf-8")


def _experiment_id(client: Any, settings: Settings) -> str:
    found = client.get_experiment_by_name(NAME)
    if found is not None:
        return str(found.experiment_id)
    database = tracking.sqlite_file(settings)
    # A server decides itself where artifacts live; our own SQLite keeps them beside it.
    location = (database.parent.absolute() / "evaluations").as_uri() if database is not None else None
    return str(client.create_experiment(NAME, artifact_location=location))


@contextmanager
def _fluent(settings: Settings) -> Iterator[Any]:
    """MLflow's module with the configured store as its own: ``genai.evaluate`` knows no other."""
    with open_telemetry():  # which its traces are made with
        import mlflow
        from mlflow import environment_variables as knobs

        for knob, value in (
            (knobs.MLFLOW_GENAI_EVAL_SCORER_RATE_LIMIT, "0"),  # no endpoint is asked
            (knobs.MLFLOW_GENAI_EVAL_PREDICT_RATE_LIMIT, "0"),
            (knobs.MLFLOW_GENAI_EVAL_MAX_WORKERS, 2),
            (knobs.MLFLOW_GENAI_EVAL_MAX_SCORER_WORKERS, 1),
        ):
            if not knob.is_set():
                knob.set(value)
        before = mlflow.get_tracking_uri()
        named = knobs.MLFLOW_TRACKING_URI.is_set()
        mlflow.set_tracking_uri(settings.tracking_uri)
        try:
            yield mlflow
        finally:
            mlflow.set_tracking_uri(before)
            if not named:  # set_tracking_uri names it in the environment, where our own settings would read it
                knobs.MLFLOW_TRACKING_URI.unset()


def _evaluate(mlflow: Any, rows: Sequence[Trial]) -> None:
    from mlflow.genai import scorer

    def passed(outputs: dict[str, Any]) -> bool:
        return bool(outputs["passed"])

    def ordered(outputs: dict[str, Any], expectations: dict[str, Any]) -> bool:
        trial: Any = {**outputs, "expected_trajectory": expectations["trajectory"]}
        return bool(ordered_route(trial))

    routed = [row for row in rows if "expected_trajectory" in row]
    scorers = [scorer(passed, name="passed")]
    if len(routed) == len(rows):
        scorers.append(scorer(ordered, name="ordered_route"))
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):  # its banner, where programs read JSON
        mlflow.genai.evaluate(data=[_datum(row) for row in rows], scorers=scorers)


def _datum(row: Trial) -> dict[str, Any]:
    expectations: dict[str, Any] = {"expected": row["expected"]}
    if "expected_trajectory" in row:
        expectations["trajectory"] = row["expected_trajectory"]
    keys = ("passed", "got", "trajectory", "latency_ms", "faults", "tokens_in", "tokens_out", "calls")
    return {
        "inputs": {"case": row["id"], "trial": row.get("trial", 0), "message": row.get("message", "")},
        "outputs": {key: value for key in keys if (value := row.get(key)) is not None},
        "expectations": expectations,
        "tags": {"slice": row["slice"]},
    }


def _without_closed_texts(trial: Trial) -> Trial:
    """A trial as it may be kept: nobody reads the texts of a test half there either."""
    if not trial.get("quiet"):
        return trial
    closed: Trial = {**trial, "expected": "", "got": "", "message": "", "faults": []}
    return closed


def _columns(rows: Sequence[Trial]) -> dict[str, list[Any]]:
    """The rows as a table: what is no number or word becomes JSON."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return {key: [_cell(row.get(key)) for row in rows] for key in keys}


def _cell(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) or value is None else json.dumps(value)
