"""Chat turns as traces in MLflow: in the experiment ``turns``, a trace for each, under the turn's own id.

A finished recording is written as it was made, with its own times, by whoever has the time for it (``agents/outbox.py``): nothing
of MLflow is at work during the turn. That is also why its client is used rather than ``mlflow.start_span``: no tracer of the
process is set up or changed, and what does not arrive is heard of.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Sequence
from typing import Any

from hashiramart.config import Settings
from hashiramart.redact import Redactor
from hashiramart.spans import Recording, Span
from ml import tracking

NAME = "turns"
"""Name of the experiment."""

_LONGEST = 20_000  # letters of one text in a trace
_PREVIEW = 1000
_AT_ONCE = 100


def trace_id(turn_id: uuid.UUID, attempt: int = 1) -> str:
    """The id of a turn's trace in MLflow: of the turn itself, or, where a later process went on with it, made of both."""
    return f"tr-{_number(turn_id, attempt).hex}"


class TurnTraces:
    """Writes recordings to MLflow, and deletes them. It is of one thread at a time.

    Args:
        settings: say where MLflow keeps its traces, and what is secret.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._redactor = Redactor.of(settings)
        self._experiment: str | None = None

    def warm_up(self) -> None:
        """Import MLflow, which takes seconds. Nothing is sent."""
        import mlflow.tracing.client  # noqa: F401

    def write(self, recording: Recording) -> None:
        """Write a turn's trace.

        Raises:
            Unavailable: the tracking server cannot be reached or refuses.
        """
        with tracking.open_client(self._settings) as client:
            self._send(self._experiment_id(client), recording)

    def forget(self, thread_ids: Sequence[uuid.UUID]) -> None:
        """Delete the traces of threads.

        Raises:
            Unavailable: the tracking server cannot be reached or refuses.
        """
        with tracking.open_client(self._settings) as client:
            experiment = self._experiment_id(client)
            for thread_id in thread_ids:
                wanted = f"metadata.`mlflow.trace.session` = '{thread_id}'"
                while found := client.search_traces(
                    locations=[experiment], filter_string=wanted, max_results=_AT_ONCE, include_spans=False
                ):
                    client.delete_traces(experiment, trace_ids=[trace.info.trace_id for trace in found])

    def _experiment_id(self, client: Any) -> str:
        if self._experiment is None:
            found = client.get_experiment_by_name(NAME)
            if found is None:
                database = tracking.sqlite_file(self._settings)
                place = (database.parent.absolute() / "turns").as_uri() if database is not None else None
                self._experiment = str(client.create_experiment(NAME, artifact_location=place))
            else:
                self._experiment = str(found.experiment_id)
        return self._experiment

    def _send(self, experiment: str, recording: Recording) -> None:
        from mlflow.entities import Span as MlflowSpan
        from mlflow.entities import TraceData, TraceInfo, TraceLocation, TraceState
        from mlflow.exceptions import MlflowException
        from mlflow.tracing.client import TracingClient

        root = recording.spans[0]
        number = _number(recording.turn_id, recording.attempt)
        spans = [MlflowSpan.from_dict(self._as_dict(each, number)) for each in recording.spans]
        info = TraceInfo(
            trace_id=f"tr-{number.hex}",
            client_request_id=str(recording.turn_id),
            trace_location=TraceLocation.from_experiment_id(experiment),
            request_time=root.started_ns // 1_000_000,
            execution_duration=(root.ended_ns - root.started_ns) // 1_000_000,
            state=TraceState.ERROR if root.failed else TraceState.OK,
            request_preview=self._text(root.inputs)[:_PREVIEW],
            response_preview=self._text(root.failed or root.outputs)[:_PREVIEW],
            trace_metadata={"mlflow.trace.session": str(recording.thread_id)},
            tags={"mlflow.traceName": root.name, "turn_id": str(recording.turn_id), "attempt": str(recording.attempt)},
        )
        client = TracingClient(self._settings.tracking_uri)
        try:
            kept = client.start_trace(info)
        except MlflowException:
            self._experiment = None  # it may have been deleted there
            raise
        try:
            client.log_spans(experiment, spans)
        except (NotImplementedError, MlflowException):  # a store that keeps them as a file beside the trace
            client._upload_trace_data(kept, TraceData(spans))

    def _as_dict(self, span: Span, number: uuid.UUID) -> dict[str, Any]:
        """A span as ``mlflow.entities.Span.to_dict`` has it: ids in Base64, values of attributes as JSON."""
        attributes = {
            "mlflow.traceRequestId": f"tr-{number.hex}",
            "mlflow.spanType": span.kind,
            "mlflow.spanInputs": self._value(span.inputs),
            "mlflow.spanOutputs": self._value(span.outputs),
            **{key: self._value(value) for key, value in span.attributes.items()},
        }
        told = {key: json.dumps(value, ensure_ascii=False) for key, value in attributes.items() if value is not None}
        return {
            "trace_id": base64.b64encode(number.bytes).decode(),
            "span_id": _span_id(span.number),
            "parent_span_id": None if span.parent is None else _span_id(span.parent),
            "name": span.name,
            "start_time_unix_nano": span.started_ns,
            "end_time_unix_nano": span.ended_ns or span.started_ns,
            "status": {
                "code": "STATUS_CODE_ERROR" if span.failed else "STATUS_CODE_OK",
                "message": self._text(span.failed or ""),
            },
            "attributes": told,
            "events": [],
        }

    def _value(self, value: Any) -> Any:
        return _shortened(self._redactor.value(value))

    def _text(self, value: Any) -> str:
        clean = self._value(value)
        return clean if isinstance(clean, str) else json.dumps(clean, ensure_ascii=False)


def _number(turn_id: uuid.UUID, attempt: int) -> uuid.UUID:
    return turn_id if attempt == 1 else uuid.uuid5(turn_id, str(attempt))


def _span_id(number: int) -> str:
    return base64.b64encode((number + 1).to_bytes(8, "big")).decode()  # 0 is no valid id


def _shortened(value: Any) -> Any:
    match value:
        case str():
            return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}… ({len(value)} letters)"
        case dict():
            return {key: _shortened(each) for key, each in value.items()}
        case list():
            return [_shortened(each) for each in value]
        case _:
            return value
