"""Many slayers who chat at once over the HTTP API, each turn told from the one before by its thread, and what the API weighs.

Each is a thread with one keep-alive connection. They ask for weapons, drills, care and their standing, log training, and open a
new thread now and then, until so many turns are taken.
"""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread

import numpy as np

MESSAGES = (
    "recommend me a blade under 400 coins",
    "how do I look after it?",
    "log 20 minutes of training",
    "a 10-minute routine with my katana",
    "how many points do I have?",
    "what is the weather like?",
    "thanks!",
)
TURNS_A_THREAD = 14
_TIMEOUT_S = 120
_LOOKS = 100
_SETTLED = 0.4  # of all turns, from which on the memory counts: caches and pools are full by then


@dataclass
class Held:
    """What became of the turns: seconds of each, troubles by kind with one of each quoted, and (turns, MB) as time went by."""

    seconds: list[float] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    samples: dict[str, str] = field(default_factory=dict)
    weights: list[tuple[int, float]] = field(default_factory=list)
    whole_s: float = 0.0

    @property
    def errors(self) -> int:
        """Turns without an answer."""
        return sum(self.troubles.values())

    @property
    def growth(self) -> float:
        """MB per 1,000 turns, over the later part: the middle of the slopes between any two weights (Theil and Sen)."""
        late = [each for each in self.weights if each[0] >= _SETTLED * self.weights[-1][0]]
        slopes = [
            (after[1] - before[1]) / (after[0] - before[0]) * 1000
            for number, before in enumerate(late)
            for after in late[number + 1 :]
            if after[0] > before[0]
        ]
        return float(np.median(slopes)) if slopes else 0.0


def hold(
    port: int, tokens: Sequence[str], turns: int, weigh: Callable[[], float], tell: Callable[[float], None]
) -> Held:
    """Take so many turns, a client for each token, all at once.

    Args:
        port: where the shop listens on this machine.
        tokens: of the slayers.
        turns: of all together.
        weigh: MB that the API has in memory.
        tell: hears the share that is done.
    """
    held, lock, left = Held(), Lock(), iter(range(turns))
    every = max(1, turns // _LOOKS)

    def take() -> bool:
        with lock:
            return next(left, None) is not None

    def heard(seconds: float, trouble: str, said: str) -> None:
        with lock:
            held.seconds.append(seconds)
            if trouble:
                held.troubles[trouble] += 1
                held.samples.setdefault(trouble, said[:300])
            if len(held.seconds) % every == 0:
                held.weights.append((len(held.seconds), weigh()))
                tell(len(held.seconds) / turns)

    started = time.perf_counter()
    clients = [Thread(target=_chat, args=(port, token, n, take, heard)) for n, token in enumerate(tokens)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    held.whole_s = time.perf_counter() - started
    return held


def _chat(
    port: int, token: str, number: int, take: Callable[[], bool], heard: Callable[[float, str, str], None]
) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    turn, thread = number, None  # they begin at different places of the list
    while take():
        if turn % TURNS_A_THREAD == 0:
            thread = None
        body = {"message": MESSAGES[turn % len(MESSAGES)]} | ({"thread_id": thread} if thread else {})
        turn += 1
        started, trouble, said = time.perf_counter(), "", ""
        try:
            line.request("POST", "/coach/chat", json.dumps(body), headers)
            answer = line.getresponse()
            said = answer.read().decode()
            if answer.status == 200 and json.loads(said)["reply"]:
                thread = json.loads(said)["thread_id"]
            else:
                trouble = str(answer.status)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            trouble, said = type(error).__name__, str(error)
            line.close()
        heard(time.perf_counter() - started, trouble, said)
    line.close()
