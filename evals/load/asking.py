"""Ask a shop for recommendations through many clients, and hear which model answers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from hashiramart.errors import HashiraError

_END_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One request and what became of it; times in Unix seconds, status 0 where no answer came, ``body`` only of a 200."""

    client: int
    started: float
    ended: float
    status: int
    trouble: str
    body: dict[str, Any]

    @property
    def version(self) -> str:
        """The model that answered; empty where none did."""
        return str(self.body.get("model_version", ""))

    @property
    def ms(self) -> float:
        """How long it took."""
        return (self.ended - self.started) * 1000


class Asking:
    """Clients at work."""

    def __init__(self, process: subprocess.Popen[str], answers: Path) -> None:
        self._process = process
        self._answers = answers
        self._heard: list[tuple[str, float, float]] = []
        self._changed = Condition()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def wait_for(self, version: str, since: float, timeout_s: float) -> float | None:
        """Wait until a model answers.

        Args:
            version: of the model.
            since: Unix time; what was asked before does not count, whenever it was answered.
            timeout_s: how long to wait.

        Returns:
            the Unix time of its first answer, or None when none came.
        """

        def found() -> float | None:
            return next((ended for name, began, ended in self._heard if name == version and began >= since), None)

        with self._changed:
            self._changed.wait_for(lambda: found() is not None, timeout_s)
            return found()

    def end(self) -> list[Answer]:
        """Have every client get its last answer, and return all of them.

        Raises:
            HashiraError: the clients failed.
        """
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._listener.join(_END_S)
        if self._process.wait(_END_S) != 0:
            raise HashiraError("The clients of the load failed; the lines above say why.")
        return [_answer(*json.loads(line)) for line in self._answers.read_text().splitlines()]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            version, began, ended = json.loads(line)
            with self._changed:
                self._heard.append((version, began, ended))
                self._changed.notify_all()


@contextmanager
def asking(tokens: Sequence[str], port: int, folder: Path, wish: dict[str, Any]) -> Iterator[Asking]:
    """Let each of some slayers ask for recommendations, again and again, until the block ends or ``end`` is called.

    Args:
        tokens: of those who ask, one client each.
        port: where the shop listens on this machine.
        folder: for the files that go to and fro.
        wish: the body of every request.
    """
    order = {
        "port": port,
        "body": json.dumps(wish),
        "tokens": list(tokens),
        "answers": str(folder / f"answers-{time.time_ns()}.jsonl"),
    }
    (folder / "order.json").write_text(json.dumps(order))
    command = [sys.executable, "-m", "evals.load.askers", str(folder / "order.json")]
    # A session of its own: Ctrl-C in the terminal is for us, and we end the clients.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield Asking(process, Path(str(order["answers"])))
        finally:
            if process.poll() is None:
                process.kill()


def _answer(client: int, started: float, ended: float, status: int, text: str) -> Answer:
    good = status == 200
    return Answer(client, started, ended, status, "" if good else text, json.loads(text) if good else {})
