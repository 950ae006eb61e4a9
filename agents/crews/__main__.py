"""The crew's process: one line of JSON in, lines of JSON out, gone when the other side is.

In: ``{"endpoint": {...}, "brief": {...}}``. Out: ``{"stage": "…", "progress": 0.3}`` for each stage, at last ``{"plan": "…"}`` or
``{"error": "…"}``.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import IO, Any

from agents.crews.plan_crew import Endpoint, Stage, write


def _leave_with(other_side: IO[str]) -> None:
    """End at once when whoever started us closes the line: cancelled, out of time, or dead."""
    other_side.read()
    os._exit(1)


def main() -> None:
    """Write one plan."""
    asked = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - what libraries print or ask is not for the other side
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    wish = json.loads(asked.readline())
    threading.Thread(target=_leave_with, args=(asked,), daemon=True).start()

    def say(**line: Any) -> None:
        answers.write(json.dumps(line) + "\n")
        answers.flush()

    def tell(stage: Stage) -> None:
        say(stage=stage.told, progress=stage.progress)

    try:
        say(plan=write(Endpoint(**wish["endpoint"]), wish["brief"], tell))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in here, the other side goes on without the crew
        say(error=f"{type(error).__name__}: {str(error)[:300]}")
    answers.close()
    sys.stderr.flush()
    os._exit(0)  # no waiting for threads of libraries


if __name__ == "__main__":
    main()
