"""What one turn may cost. Whatever a message, a plan or a model comes up with, a turn ends, and ends with plain words.

Steps are told from the turn's state, so they count through a crash; calls, tokens and seconds are of the process that runs it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from hashiramart.config import Settings
from hashiramart.errors import ToolError

HARD = 2
"""So many times its seconds a turn is waited for at all, whatever it hangs on."""


class Abandoned(Exception):
    """Nobody listens any more to a turn that only reads."""


@dataclass(frozen=True)
class Limits:
    """The most that one turn may take. ``seconds`` are looked at between steps."""

    steps: int = 8
    tool_calls: int = 24
    tokens: int = 60_000
    seconds: float = 120

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As configured."""
        return cls(
            steps=settings.turn_steps,
            tool_calls=settings.turn_tool_calls,
            tokens=settings.turn_tokens,
            seconds=settings.turn_seconds,
        )


class Allowance:
    """What is left of one turn's limits, and whether anybody still listens to it. Threads may share it."""

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits or Limits()
        self._clock = clock
        self._started = clock()
        self._lock = Lock()
        self.tool_calls = 0
        self.tokens = 0
        self.heard = True

    def leave(self) -> None:
        """The client has left."""
        self.heard = False

    def call_tool(self) -> None:
        """Count a call of a tool.

        Raises:
            ToolError: it would be one too many.
        """
        with self._lock:
            if self.tool_calls >= self.limits.tool_calls:
                raise ToolError("That is more than I can do in one go. Ask for the rest in a message of its own.")
            self.tool_calls += 1

    def spend_tokens(self, count: int) -> None:
        """Count tokens of a language model, asked and answered."""
        with self._lock:
            self.tokens += count

    def spent(self, steps: int) -> str | None:
        """Why no further step may begin after so many, in plain words; None while one may."""
        if steps >= self.limits.steps:
            return "That was as much as I do in one go; ask for the rest in a message of its own."
        if self._clock() - self._started > self.limits.seconds:
            return "This took longer than one answer may, so I leave it here; ask for the rest in a message of its own."
        if self.tokens >= self.limits.tokens:
            return (
                "The language model has used up what one answer may cost, so I leave it here; ask for the rest again."
            )
        return None
