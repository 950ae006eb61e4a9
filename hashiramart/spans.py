"""What one chat turn did, as a tree of spans: noted while it runs, sent elsewhere when it has ended.

Whoever does something worth noting says so, and does not know whether anybody listens::

    with span("log_training", "TOOL", args) as here:
        result = tool.run(deps, args)
        if here is not None:
            here.outputs = result

Without a recording under way, which is so unless a tracking server is configured, ``here`` is None and nothing is kept. The
tree follows Python's own context, so it holds across threads and tasks that a turn starts.
"""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["AGENT", "CHAIN", "TOOL", "CHAT_MODEL", "RETRIEVER"]
"""MLflow's names of them."""

MOST_SPANS = 300
"""Of one recording; a turn has some ten, and its limits bound it at about a hundred."""


@dataclass
class Span:
    """Something that was done, from when to when, with what and what came of it. Times are Unix nanoseconds."""

    number: int
    parent: int | None
    name: str
    kind: Kind
    started_ns: int
    ended_ns: int = 0
    inputs: Any = None
    outputs: Any = None
    attributes: dict[str, Any] = field(default_factory=dict)
    failed: str | None = None


@dataclass
class Recording:
    """One turn's spans, the turn itself first. ``attempt`` counts the processes that worked on it, from 1."""

    turn_id: uuid.UUID
    thread_id: uuid.UUID
    attempt: int = 1
    spans: list[Span] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count, repr=False)

    @contextmanager
    def under_way(self, name: str, inputs: Any = None) -> Iterator[Span]:
        """Note what is done while the block runs, below a span of its own."""
        token = _current.set((self, None))
        try:
            with span(name, "AGENT", inputs) as root:
                assert root is not None
                yield root
        finally:
            _current.reset(token)


_current: ContextVar[tuple[Recording, Span | None] | None] = ContextVar("span", default=None)


@contextmanager
def span(
    name: str, kind: Kind, inputs: Any = None, *, calm: tuple[type[BaseException], ...] = ()
) -> Iterator[Span | None]:
    """Note what is done while the block runs.

    Args:
        name: of what is done.
        kind: of what is done.
        inputs: what it is done with; not to be changed afterwards.
        calm: exceptions that are no failure.

    Yields:
        the span, for its outputs; None when nothing is recorded.
    """
    current = _current.get()
    here = _begun(current, name, kind, inputs, time.time_ns()) if current is not None else None
    if current is None or here is None:
        yield None
        return
    token = _current.set((current[0], here))
    try:
        yield here
    except calm:
        raise
    except BaseException as error:
        here.failed = f"{type(error).__name__}: {error}"
        raise
    finally:
        here.ended_ns = here.ended_ns or time.time_ns()
        _current.reset(token)


def note(
    name: str, kind: Kind, *, ms: float, inputs: Any = None, outputs: Any = None, **attributes: Any
) -> Span | None:
    """Note what has just ended and took so many milliseconds; None when nothing is recorded."""
    current = _current.get()
    if current is None:
        return None
    now = time.time_ns()
    here = _begun(current, name, kind, inputs, now - int(ms * 1e6))
    if here is not None:
        here.ended_ns, here.outputs, here.attributes = now, outputs, attributes
    return here


def _begun(current: tuple[Recording, Span | None], name: str, kind: Kind, inputs: Any, started_ns: int) -> Span | None:
    recording, parent = current
    if len(recording.spans) >= MOST_SPANS:
        return None
    here = Span(next(recording.numbers), parent.number if parent else None, name, kind, started_ns, inputs=inputs)
    recording.spans.append(here)
    return here
