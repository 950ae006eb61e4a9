"""How far a run is: by the wall clock, over all its sittings."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import torch

_WARM = 3  # steps that compile and allocate


@dataclass
class Clock:
    """Seconds of one run, those before an interruption included."""

    spent: float = 0.0
    _start: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        """Seconds since the run began, without those in which it lay still."""
        return self.spent + time.monotonic() - self._start


@dataclass(frozen=True, slots=True)
class Span:
    """One part of the run, from a second to a second of its clock."""

    clock: Clock
    begin: float
    end: float

    def done(self, steps: int = 1, least: int = 1) -> float:
        """The share that is over, 0 to 1; not more of it than of the least steps, however slow they are."""
        length = max(1e-9, self.end - self.begin)
        return min(1.0, max(0.0, (self.clock.elapsed() - self.begin) / length), steps / least)

    def at(self, share: float) -> Span:
        """The same length, shifted so that now this share of it is over."""
        now, length = self.clock.elapsed(), self.end - self.begin
        return Span(self.clock, now - share * length, now + (1 - share) * length)


class Pace:
    """How fast a loop goes, without its first steps (which compile) and its rests."""

    def __init__(self, device: torch.device) -> None:
        self.steps = 0
        self.first_step = 0.0
        self._device = device
        self._began = time.monotonic()

    def step(self) -> bool:
        """Count a step; true for the very first."""
        self.steps += 1
        if self._device.type == "cuda" and self.steps <= _WARM:
            torch.cuda.synchronize()
        if self.steps == 1:
            self.first_step = time.monotonic() - self._began
        if self.steps <= _WARM:
            self._began = time.monotonic()
        return self.steps == 1

    def per_second(self) -> float:
        """Steps a second."""
        return max(0, self.steps - _WARM) / max(1e-9, time.monotonic() - self._began)

    def rest(self, seconds: float) -> None:
        """Leave out that much time."""
        self._began += seconds
