"""Exchange the champion of a load's shop while its clients ask: for a good model, for bad ones, without a registry, and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from evals.load.asking import Asking
from evals.load.models import BAD, Bad, Candidate, Stable
from evals.load.shop import LoadShop
from hashiramart.config import Settings
from ml import registry

Share = Callable[[float], None]
Span = tuple[float, float]
"""From and to, in Unix seconds."""

WAIT_S = 30
"""How long what must happen may take."""

_LOOK_S = 0.05


@dataclass(frozen=True)
class Swap:
    """One move of the alias: when (Unix time), to whom, and when that one first answered, if it did."""

    at: float
    to: Candidate
    served_at: float | None

    @property
    def seconds(self) -> float:
        """From the alias to the first answer."""
        return (self.served_at or self.at + WAIT_S) - self.at


@dataclass(frozen=True)
class Attempt:
    """A bad model that was made champion, and whether the shop said that it refuses it."""

    bad: Bad
    candidate: Candidate
    refused: bool


@dataclass
class Course:
    """What was done, and when."""

    calm: Span = (0, 0)
    swapping: Span = (0, 0)
    away: Span = (0, 0)
    swaps: list[Swap] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    rollbacks: list[Swap] = field(default_factory=list)


@dataclass(frozen=True)
class Exchange:
    """The hand that moves the alias. The shop looks every ``poll_s`` seconds."""

    shop: LoadShop
    settings: Settings
    stable: Stable
    clients: Asking
    course: Course
    poll_s: float

    def be_calm(self, seconds: float) -> None:
        """Let the clients ask, and change nothing."""
        started = time.time()
        time.sleep(seconds)
        self.course.calm = (started, time.time())

    def swap(self, times: int, share: Share) -> None:
        """Point the alias at the other model, wait until it answers, and again."""
        started = time.time()
        for number in range(times):
            share(number / times)
            self._point_at_other()
        self.course.swapping = (started, time.time())

    def try_bad_ones(self, share: Share) -> None:
        """Make each bad model champion, give the shop time to look at it more than once, and go on with a good one."""
        for number, bad in enumerate(BAD):
            share(number / len(BAD))
            candidate = self.stable.make_bad(bad)
            self.stable.crown(candidate)
            refused = self._said(f"Version {candidate.version} is refused")
            time.sleep(3 * self.poll_s)
            self.course.attempts.append(Attempt(bad, candidate, refused))
            self._point_at_other()

    def move_registry_away(self, seconds: float) -> None:
        """Take the registry away and put it back; a promotion after that must be served like any other."""
        store, away = self.shop.home / "mlflow" / "mlflow.db", self.shop.home / "away.db"
        started = time.time()
        store.rename(away)
        time.sleep(seconds)
        away.rename(store)
        self.course.away = (started, time.time())
        for _ in self.stable.good:
            self._point_at_other()

    def roll_back(self, times: int, share: Share) -> None:
        """Let ``hashira rollback`` take a promotion back, from the command to the first answer."""
        for number in range(times):
            share(number / times)
            to = self._other()
            at = time.time()
            self.shop.hashira("rollback")
            self.course.rollbacks.append(Swap(at, to, self.clients.wait_for(to.name, at, WAIT_S)))

    def _other(self) -> Candidate:
        """The good model that does not serve now."""
        moves = [*self.course.swaps, *self.course.rollbacks]
        return self.stable.good[1] if not moves or moves[-1].to is self.stable.good[0] else self.stable.good[0]

    def _point_at_other(self) -> None:
        to, at = self._other(), time.time()
        registry.point_at(self.settings, to.version)
        self.course.swaps.append(Swap(at, to, self.clients.wait_for(to.name, at, WAIT_S)))

    def _said(self, words: str) -> bool:
        deadline = time.monotonic() + WAIT_S
        while words not in self.shop.log.read_text(errors="replace"):
            if time.monotonic() > deadline:
                return False
            time.sleep(_LOOK_S)
        return True
