"""MLflow's client, and the experiment in which every training is a run.

``ml.registry`` is built on it; no other module talks to MLflow.

MLflow takes seconds and 200 MB to import and is therefore imported inside functions. Its own wait for a server that is away is
minutes; here it is seconds. Whatever goes wrong inside it comes out as ``Unavailable``.
"""

from __future__ import annotations

import logging
import re
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml.release import MANIFEST_FILE, MODEL_FILE, SCHEMA_FILE, TrainingRecord

NAME = "weapon-recommender"
"""Name of the experiment and of the registered model."""

_CONNECT_S = 1.5
_ANSWER_S = 5
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def log_training(
    settings: Settings,
    *,
    params: Mapping[str, Any],
    metrics: Mapping[str, float],
    record: TrainingRecord,
    files: Sequence[Path],
) -> str:
    """Log one training run in the experiment ``weapon-recommender``.

    Args:
        settings: says where MLflow keeps its runs.
        params: what the training was asked to do.
        metrics: what was measured on the training part.
        record: lineage; becomes tags.
        files: model and schema, kept with the run.

    Returns:
        The run's id.

    Raises:
        Unavailable: the tracking server cannot be reached or refuses.
    """
    with open_client(settings) as client:
        run_id = _new_run(client, settings, record)
        for key, value in params.items():
            client.log_param(run_id, key, value)
        for key, value in metrics.items():
            client.log_metric(run_id, key, value)
        for file in files:
            client.log_artifact(run_id, str(file), "model")
        client.set_terminated(run_id)
    return run_id


def log_evaluation(
    settings: Settings,
    *,
    record: TrainingRecord,
    metrics: Mapping[str, float],
    files: Sequence[Path],
    folder: str = "evaluate",
    tags: Mapping[str, str] | None = None,
) -> str:
    """Add what was found later to the run of the training, files below ``folder``; otherwise as ``log_training``.

    The tracking store may not know that run (another machine, a model out of DVC's cache); then a new run takes its place.
    """
    with open_client(settings) as client:
        run_id = run_of(client, settings, record)
        for key, value in metrics.items():
            client.log_metric(run_id, key, value)
        for file in files:
            client.log_artifact(run_id, str(file), folder)
        for key, word in (tags or {}).items():
            client.set_tag(run_id, key, word)
        client.set_terminated(run_id)
    return run_id


@contextmanager
def open_client(settings: Settings) -> Iterator[Any]:
    """A client of the configured store; what the store or the way to it raises comes out as ``Unavailable``."""
    uri = settings.tracking_uri
    _knock(uri)
    import mlflow
    from mlflow import environment_variables as knobs
    from mlflow.exceptions import MlflowException
    from sqlalchemy.exc import SQLAlchemyError

    for knob, value in (
        (knobs.MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR, False),
        (knobs.MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR, 1),
        (knobs.MLFLOW_HTTP_REQUEST_MAX_RETRIES, 1),
        (knobs.MLFLOW_HTTP_REQUEST_TIMEOUT, _ANSWER_S),
        (knobs.MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT, True),  # standard output is for programs
    ):
        if not knob.is_set():  # what the user set wins
            knob.set(value)
    database = sqlite_file(settings)
    if database is not None and not knobs.MLFLOW_SQLALCHEMYSTORE_POOLCLASS.is_set():
        # A pooled connection would go on reading a file that was moved away while another took its place.
        knobs.MLFLOW_SQLALCHEMYSTORE_POOLCLASS.set("NullPool")
    for noisy in ("mlflow", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)  # each retry; what comes of it we say ourselves
    try:
        if database is not None:
            database.parent.mkdir(parents=True, exist_ok=True)
        yield mlflow.MlflowClient(tracking_uri=uri, registry_uri=uri)
    except (MlflowException, SQLAlchemyError, OSError) as error:  # OSError: files, sockets and everything of requests
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        first_line = _ADDRESS.sub("", first_line)  # the same trouble is told in the same words
        raise Unavailable(f"The experiment store did not answer: {first_line}") from error


def _knock(uri: str) -> None:
    """Fail within a second and a half when nobody listens at an HTTP address, where MLflow would retry for minutes."""
    parts = urlsplit(uri)
    if parts.scheme not in {"http", "https"} or parts.hostname is None:
        return
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname, port), timeout=_CONNECT_S).close()
    except (OSError, ValueError) as error:
        raise Unavailable(f"The experiment store at {parts.hostname} cannot be reached.") from error


def sqlite_file(settings: Settings) -> Path | None:
    """The file of an SQLite store; None where MLflow is elsewhere."""
    prefix = "sqlite:///"
    return Path(settings.tracking_uri.removeprefix(prefix)) if settings.tracking_uri.startswith(prefix) else None


def stamp(settings: Settings) -> int | None:
    """Another number whenever an SQLite registry was written to: cheap, and without MLflow. None where there is no such file."""
    database = sqlite_file(settings)
    try:
        return None if database is None else database.stat().st_mtime_ns
    except OSError:
        return None


def _experiment_id(client: Any, settings: Settings) -> str:
    found = client.get_experiment_by_name(NAME)
    if found is not None:
        return str(found.experiment_id)
    database = sqlite_file(settings)
    # A server decides itself where artifacts live; our own SQLite keeps them beside it.
    location = (database.parent / "artifacts").as_uri() if database is not None else None
    return str(client.create_experiment(NAME, artifact_location=location))


def _new_run(client: Any, settings: Settings, record: TrainingRecord) -> str:
    # Lineage is whole or it is none: what does not apply (no real battles, no DVC) is said, not left out.
    told = record.model_dump(exclude={"run_id"})
    tags = {key: "null" if value is None else str(value) for key, value in told.items()}
    run = client.create_run(_experiment_id(client, settings), tags=tags, run_name=f"model-{record.model_sha256[:8]}")
    return str(run.info.run_id)


def run_of(client: Any, settings: Settings, record: TrainingRecord) -> str:
    """The run of a model: by its id, else by the model's hash, else a new one."""
    from mlflow.exceptions import MlflowException

    if record.run_id is not None:
        try:
            return str(client.get_run(record.run_id).info.run_id)
        except MlflowException as error:
            if error.error_code != "RESOURCE_DOES_NOT_EXIST":
                raise
    known = client.search_runs(
        [_experiment_id(client, settings)], f"tags.model_sha256 = '{record.model_sha256}'", max_results=1
    )
    return str(known[0].info.run_id) if known else _new_run(client, settings, record)


def log_release(client: Any, run_id: str, release_dir: Path, folder: str) -> None:
    """Keep the files of a release with a run, in a folder of it."""
    for name in (MODEL_FILE, SCHEMA_FILE, MANIFEST_FILE):
        client.log_artifact(run_id, str(release_dir / name), folder)
    _log_flavor(client, run_id, folder)


def _log_flavor(client: Any, run_id: str, folder: str) -> None:
    """Describe the files as MLflow's own LightGBM flavor, so that ``mlflow.lightgbm.load_model`` reads them too."""
    import lightgbm
    from mlflow.models import Model

    model = Model(artifact_path=folder, run_id=run_id)
    model.add_flavor(
        "lightgbm", lgb_version=lightgbm.__version__, data=MODEL_FILE, model_class="lightgbm.basic.Booster"
    )
    with tempfile.TemporaryDirectory() as scratch:
        model.save(str(Path(scratch) / "MLmodel"))
        client.log_artifact(run_id, str(Path(scratch) / "MLmodel"), folder)
