"""The circuit breaker: after a failure the endpoint is left alone for a while, then one call is let through to see.

::

    closed --failed--> open --a while--> half-open --worked--> closed
                        ^                    |
                        +-------failed-------+
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Literal

logger = logging.getLogger(__name__)

State = Literal["closed", "open", "half-open"]

REST_S = 30.0
LONGEST_S = 300.0
"""The longest that an endpoint is left alone because it asked for it."""


class Breaker:
    """Threads may share it.

    Args:
        rest_s: seconds that a failing endpoint is left alone.
        clock: gives seconds.
    """

    def __init__(self, rest_s: float = REST_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest_s = rest_s
        self._clock = clock
        self._failed = False
        self._rests_until = 0.0
        self._lock = Lock()

    @property
    def state(self) -> State:
        """``half-open``: the next call is the trial."""
        if not self._failed:
            return "closed"
        return "open" if self._clock() < self._rests_until else "half-open"

    def enter(self) -> bool:
        """Whether this call may go through. The one on trial keeps others out until it has ended, or a rest has passed."""
        with self._lock:
            state = self.state
            if state == "half-open":
                self._rests_until = self._clock() + self._rest_s  # whoever is lost on trial does not block it for ever
                logger.info("language model: one call on trial")
            return state != "open"

    def failed(self, at_least_s: float = 0.0) -> None:
        """A call failed. ``at_least_s``: for how long the endpoint asked to be left alone."""
        with self._lock:
            rest_s = max(self._rest_s, min(at_least_s, LONGEST_S))
            self._failed = True
            self._rests_until = self._clock() + rest_s
        logger.warning("language model: left alone for %.0f s", rest_s)

    def worked(self) -> None:
        """A call worked."""
        with self._lock:
            recovered, self._failed = self._failed, False
        if recovered:
            logger.info("language model: it answers again")

    def left(self) -> None:
        """A call ended that tells nothing of the endpoint; if it was the trial, the next one is."""
        with self._lock:
            if self._failed:
                self._rests_until = self._clock()
