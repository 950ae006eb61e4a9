"""Faults, spread over a load by its progress: the API is killed, PostgreSQL stops as in a power cut; each is started again."""

from __future__ import annotations

import random
import time
from collections import deque
from dataclasses import dataclass

from evals.load.shop import LoadShop

KILL, CRASH = "API killed", "PostgreSQL stopped"


@dataclass(frozen=True)
class Fault:
    """One that happened: when (Unix time), after how many acknowledged reports, what, and how long until it ran again."""

    at: float
    acknowledged: int
    what: str
    away_s: float


class Faults:
    """Faults to come and faults that were."""

    def __init__(self, shop: LoadShop, reports: int, *, kills: int, crashes: int, seed: int) -> None:
        kinds = [KILL] * kills + [CRASH] * crashes
        random.Random(seed).shuffle(kinds)
        self._shop = shop
        self._ahead = deque((reports * (place + 1) // (len(kinds) + 1), what) for place, what in enumerate(kinds))
        self.happened: list[Fault] = []

    def progress(self, acknowledged: int) -> None:
        """Let the next one happen when its time has come; returns when what it broke runs again."""
        if not self._ahead or acknowledged < self._ahead[0][0]:
            return
        _, what = self._ahead.popleft()
        at, started = time.time(), time.perf_counter()
        if what == KILL:
            self._shop.kill_api()
            self._shop.start_api()
        else:
            self._shop.crash_postgres()
            self._shop.restart_postgres()
        self.happened.append(Fault(at, acknowledged, what, time.perf_counter() - started))

    def count(self, what: str) -> int:
        """How often a kind happened."""
        return sum(fault.what == what for fault in self.happened)
