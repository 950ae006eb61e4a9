"""Send a plan's reports through many clients, and hear how it goes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.load.plan import Sent
from hashiramart.errors import HashiraError

_STEPS = 200  # how often the clients tell how far they are


@dataclass(frozen=True)
class Heard:
    """What became of one report.

    Attributes:
        sent: the report.
        status: of the last answer; 0 where there was none.
        ms: from the first attempt to the last answer.
        at: Unix time of the last answer.
        attempts: how often it was sent.
        answer: the last answer's JSON, or None.
    """

    sent: Sent
    status: int
    ms: float
    at: float
    attempts: int
    answer: dict[str, Any] | None


@dataclass(frozen=True)
class Outcome:
    """What became of all reports. ``troubles`` counts failed attempts by status or error; ``samples`` quotes one of each."""

    heard: Sequence[Heard]
    troubles: dict[str, int]
    samples: dict[str, str]

    @property
    def acknowledged(self) -> list[Heard]:
        """Reports that were answered with 200."""
        return [each for each in self.heard if each.status == 200]

    @property
    def retries(self) -> int:
        """Attempts beyond the first."""
        return sum(each.attempts - 1 for each in self.heard)


def send(
    reports: Sequence[Sent],
    port: int,
    folder: Path,
    *,
    clients: int,
    patient: bool,
    on_progress: Callable[[int], None],
) -> Outcome:
    """Send reports to the shop on this machine.

    Args:
        reports: in the order in which the clients take them.
        port: where the shop listens.
        folder: for the files that go to and fro.
        clients: how many send at the same time.
        patient: whether they send again what was not acknowledged, until it is.
        on_progress: told how many are acknowledged, a few hundred times; the clients do not wait for it.
    """
    order = {
        "port": port,
        "clients": clients,
        "patient": patient,
        "reports": str(folder / "reports.jsonl"),
        "answers": str(folder / "answers.jsonl"),
        "step": max(1, len(reports) // _STEPS),
    }
    (folder / "reports.jsonl").write_text("".join(json.dumps([each.token, each.body]) + "\n" for each in reports))
    (folder / "order.json").write_text(json.dumps(order))
    command = [sys.executable, "-m", "evals.load.clients", str(folder / "order.json")]
    last: Any = None
    # A session of its own: Ctrl-C in the terminal is for us, and we end the clients.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            for line in process.stdout or ():
                last = json.loads(line)
                if isinstance(last, int):
                    on_progress(last)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0 or not isinstance(last, dict):
        raise HashiraError("The clients of the load failed; the lines above say why.")
    heard = [_heard(reports, *json.loads(line)) for line in (folder / "answers.jsonl").read_text().splitlines()]
    return Outcome(heard, last["troubles"], last["samples"])


def _heard(reports: Sequence[Sent], number: int, status: int, ms: float, at: float, attempts: int, body: str) -> Heard:
    answer = json.loads(body) if status == 200 else None
    return Heard(reports[number], status, ms, at, attempts, answer)
