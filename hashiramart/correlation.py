"""The id under which a request is known: in its answer, in the response's header, in the log and, for a chat turn, in its trace.

A chat turn takes its request's id as its own, so what is logged about it hours later, when another process goes on with it, still
bears the id that the slayer was given.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NONE = "-"
_current: ContextVar[str] = ContextVar("correlation", default=_NONE)


@contextmanager
def bound(correlation_id: str) -> Iterator[None]:
    """Everything that is logged while the block runs, in threads and tasks that it starts too, bears this id."""
    token = _current.set(correlation_id)
    try:
        yield
    finally:
        _current.reset(token)


class Correlated(logging.Filter):
    """Gives each record the field ``correlation``; ``-`` outside of any request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the field; no record is left out."""
        record.correlation = _current.get()
        return True
