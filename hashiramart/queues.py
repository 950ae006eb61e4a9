"""The queues as whoever looks after the shop sees them: what waits and since when, who works, what failed.

Jobs of pictures and plans belong to slayers. They are counted here and never named, and only their slayers cancel them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from procrastinate import App
from procrastinate.exceptions import ConnectorException, UniqueViolation
from psycopg.errors import RaiseException
from sqlalchemy import text
from sqlmodel import Session

from hashiramart.errors import Conflict, DatabaseAway, NotFound
from hashiramart.jobs import LONG_QUEUE, QUEUES, QUICK_QUEUE, SILENCE_S

JobStatus = Literal["todo", "doing", "failed"]

_OURS = (QUICK_QUEUE, LONG_QUEUE)
"""Queues whose jobs are the shop's own."""

_SHOWN = 30

_COUNTS = """
SELECT j.queue_name AS queue,
  count(*) FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at <= now(), true)) AS waiting,
  count(*) FILTER (WHERE j.status = 'todo' AND j.scheduled_at > now()) AS scheduled,
  count(*) FILTER (WHERE j.status = 'doing') AS running,
  count(*) FILTER (WHERE j.status = 'failed') AS failed,
  extract(epoch FROM now() - min(greatest(e.first_at, j.scheduled_at))
    FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at <= now(), true)))::float AS oldest_s
FROM procrastinate.procrastinate_jobs j
LEFT JOIN LATERAL (
  SELECT min(at) AS first_at FROM procrastinate.procrastinate_events WHERE job_id = j.id
) e ON true
WHERE j.status IN ('todo', 'doing', 'failed')
GROUP BY j.queue_name
"""

_JOBS = """
SELECT j.id AS job_id, j.queue_name AS queue, j.task_name AS task, j.status::text AS status, j.attempts,
  j.scheduled_at, e.at AS since
FROM procrastinate.procrastinate_jobs j
LEFT JOIN LATERAL (
  SELECT max(at) AS at FROM procrastinate.procrastinate_events WHERE job_id = j.id
) e ON true
WHERE (j.status = 'failed' OR (j.status IN ('todo', 'doing') AND j.queue_name = ANY(:ours)))
  AND coalesce(j.id = CAST(:only AS bigint), true)
ORDER BY j.status = 'failed' DESC, j.id DESC LIMIT :shown
"""

_WORKERS = """
SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => :silence)) AS alive,
  max(last_heartbeat) AS last_sign
FROM procrastinate.procrastinate_workers
"""

_PICTURES = """
SELECT count(*) FILTER (WHERE status = 'queued') AS waiting, count(*) FILTER (WHERE status = 'painting') AS painting,
  count(*) FILTER (WHERE status = 'failed' AND finished_at > now() - interval '24 hours') AS failed_today,
  (SELECT pace FROM picture_queue()) AS seconds_each
FROM images
"""


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue. ``scheduled`` jobs wait for their hour; ``oldest_s`` is the age in seconds of what could run and does not."""

    queue: str
    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_s: float | None


@dataclass(frozen=True, slots=True)
class JobState:
    """A job that failed, or one of the shop's own that waits or runs. ``since`` is when it came into this state."""

    job_id: int
    queue: str
    task: str
    status: JobStatus
    attempts: int
    scheduled_at: datetime | None
    since: datetime | None

    @property
    def can_retry(self) -> bool:
        """Whether ``retry`` has something to do."""
        return self.status == "failed"

    @property
    def can_cancel(self) -> bool:
        """Whether ``cancel`` has."""
        return self.status == "todo" and self.queue in _OURS


@dataclass(frozen=True, slots=True)
class PictureState:
    """The pictures, by their own record. ``seconds_each`` is what the last ones took; None before the first."""

    waiting: int
    painting: int
    failed_today: int
    seconds_each: float | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All queues at one moment. A worker takes jobs of one queue: a process that works off all four counts four times."""

    queues: tuple[QueueState, ...]
    jobs: tuple[JobState, ...]
    pictures: PictureState
    workers_alive: int
    last_sign: datetime | None


def overview(session: Session) -> Overview:
    """How the queues are, for the service role."""
    counts = {row["queue"]: QueueState(**row) for row in _rows(session, _COUNTS)}
    (workers,) = _rows(session, _WORKERS, silence=SILENCE_S)
    (pictures,) = _rows(session, _PICTURES)
    return Overview(
        queues=tuple(counts.get(name) or QueueState(name, 0, 0, 0, 0, None) for name in QUEUES),
        jobs=_jobs(session),
        pictures=PictureState(**pictures),
        workers_alive=workers["alive"],
        last_sign=workers["last_sign"],
    )


def job(session: Session, job_id: int) -> JobState:
    """One job that can be seen in the overview.

    Raises:
        NotFound: there is none, or it is a slayer's and has not failed.
    """
    found = _jobs(session, only=job_id)
    if not found:
        raise NotFound("job_id", f"There is no job {job_id} that waits or has failed.")
    return found[0]


def retry(app: App, found: JobState, *, now: datetime) -> None:
    """Put a failed job back into its queue.

    Raises:
        Conflict: it has not failed, or the same work waits already.
        DatabaseAway: PostgreSQL cannot be reached.
    """
    if not found.can_retry:
        raise Conflict("job_id", f"Job {found.job_id} has not failed.")
    with _asking(found):
        app.job_manager.retry_job_by_id(found.job_id, retry_at=now)


def cancel(app: App, found: JobState) -> None:
    """Take a job of the shop's own out of its queue, unless it has begun.

    Raises:
        Conflict: it does not wait any more, or is a slayer's.
        DatabaseAway: PostgreSQL cannot be reached.
    """
    with _asking(found):
        if not found.can_cancel or not app.job_manager.cancel_job_by_id(found.job_id):
            raise Conflict("job_id", f"Job {found.job_id} cannot be cancelled any more.")


@contextmanager
def _asking(found: JobState) -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise Conflict("job_id", f"The same work as job {found.job_id} waits in the queue already.") from error
    except ConnectorException as error:
        if isinstance(error.__cause__, RaiseException):  # its worker, or somebody else, was quicker
            raise Conflict("job_id", f"Job {found.job_id} has gone on meanwhile.") from error
        raise DatabaseAway from error


def _jobs(session: Session, only: int | None = None) -> tuple[JobState, ...]:
    rows = _rows(session, _JOBS, ours=list(_OURS), shown=_SHOWN, only=only)
    return tuple(JobState(**row) for row in rows)


def _rows(session: Session, statement: str, **values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(text(statement), values).mappings()]
