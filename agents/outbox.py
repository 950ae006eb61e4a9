"""Finished recordings on their way to the tracking server, on a thread of their own.

A turn hands its recording over and is done; whether the server is quick, slow or away is nothing to it. What cannot be sent
waits, bounded: when it is full, the oldest are left out. After a failure the server is left alone for a while.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from hashiramart.spans import Recording
from hashiramart.trouble import Trouble

logger = logging.getLogger(__name__)

ROOM = 200
"""Recordings; each has some ten to a hundred kilobytes."""

_REST_S = 10.0
_TRIES = 20  # of one recording, which the server may have a reason to refuse
_GRACE_S = 3.0


class Writer(Protocol):
    """Sends recordings, one at a time."""

    def warm_up(self) -> None:
        """Load what is needed."""

    def write(self, recording: Recording) -> None:
        """Send one; raises where it does not arrive."""

    def forget(self, thread_ids: Sequence[uuid.UUID]) -> None:
        """Delete what was sent of threads; raises where it cannot."""


class Outbox:
    """Takes recordings at once and sends them when it can. Threads may share it.

    Args:
        writer: sends them.
        room: how many may wait.
        rest_s: seconds that the server is left alone after a failure.
    """

    def __init__(self, writer: Writer, *, room: int = ROOM, rest_s: float = _REST_S) -> None:
        self._writer = writer
        self._rest_s = rest_s
        self._waiting: deque[tuple[Recording, int]] = deque()
        self._room = room
        self._forgotten: list[uuid.UUID] = []
        self._change = threading.Condition()
        self._closing = False
        self._busy = False
        self._trouble = Trouble(logger, "Sending traces")
        self.left_out = 0
        """How many were never sent."""
        self._thread = threading.Thread(target=self._work, name="traces", daemon=True)
        self._thread.start()

    def put(self, recording: Recording) -> None:
        """Have a recording sent. Never waits."""
        with self._change:
            self._keep(recording, 0)
            self._change.notify_all()

    def forget(self, thread_ids: Sequence[uuid.UUID]) -> None:
        """Have what was or will be sent of threads deleted. Never waits."""
        with self._change:
            gone = set(thread_ids)
            self._waiting = deque(each for each in self._waiting if each[0].thread_id not in gone)
            self._forgotten += thread_ids
            self._change.notify_all()

    def flush(self, seconds: float) -> bool:
        """Wait until everything is sent; whether it is."""
        with self._change:
            return self._change.wait_for(lambda: not (self._waiting or self._forgotten or self._busy), seconds)

    def close(self) -> None:
        """Send what waits, for a moment, and stop; what does not arrive in that time never does."""
        with self._change:
            self._closing = True
            self._change.notify_all()
        self._thread.join(_GRACE_S)

    def _keep(self, recording: Recording, tries: int) -> None:
        if len(self._waiting) >= self._room:
            self._waiting.popleft()
            self.left_out += 1
        self._waiting.append((recording, tries))

    def _work(self) -> None:
        with suppress(Exception):  # whoever sends finds out again
            self._writer.warm_up()
        while self._take_turn():
            pass

    def _take_turn(self) -> bool:
        """Send or delete one thing, or wait for it; whether to go on."""
        with self._change:
            self._busy = False
            self._change.notify_all()
            self._change.wait_for(lambda: self._waiting or self._forgotten or self._closing)
            if not (self._waiting or self._forgotten):
                return False
            self._busy = True
            sending = self._waiting.popleft() if self._waiting else None
            deleting = [] if sending else self._forgotten
            self._forgotten = self._forgotten if sending else []
        self._trouble.attempt(
            lambda: self._writer.write(sending[0]) if sending else self._writer.forget(deleting),
            meanwhile=lambda: "Traces of chat turns wait, or are left out.",
            over=lambda: f"Traces of chat turns are sent again; {self.left_out} were left out.",
        )
        if self._trouble.cause is None:
            return True
        with self._change:
            if sending is None:
                self._forgotten = [*deleting, *self._forgotten]
            elif sending[1] + 1 < _TRIES and len(self._waiting) < self._room:
                self._waiting.append((sending[0], sending[1] + 1))
            else:
                self.left_out += 1
            if self._closing:
                return False
            self._busy = False
            self._change.wait_for(lambda: self._closing, self._rest_s)
            return True
