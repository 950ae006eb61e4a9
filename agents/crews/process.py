"""The crew's process from outside: started, listened to, and ended when it takes too long or nobody waits for it any more."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from agents.crews.plan_crew import Endpoint
from hashiramart.config import Settings, crew_environment

_LOOK_EVERY_S = 0.25
_SPARE_S = 600


class CrewFailed(Exception):
    """The crew wrote nothing usable. The message is for the log."""


class NobodyWaits(Exception):
    """The plan was cancelled, or the worker is about to stop."""


def run_crew(
    settings: Settings,
    brief: Mapping[str, str],
    *,
    on_stage: Callable[[str, float], None],
    wanted: Callable[[], bool],
) -> str:
    """Have the crew write a plan in a process of its own.

    Args:
        settings: the endpoint and how long to wait for it.
        brief: the parts of ``agents.crews.brief.Brief``.
        on_stage: told what is being done and the share that is done, 0 to 1.
        wanted: asked four times a second whether somebody still waits.

    Returns:
        The editor's answer, unchecked.

    Raises:
        CrewFailed: the endpoint or the crew failed, or took too long.
        NobodyWaits: ``wanted`` said so; the call of the language model is abandoned.
    """
    endpoint = Endpoint(
        model=settings.llm_model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or "none",
        connect_timeout_s=settings.llm_connect_timeout_s,
        silence_timeout_s=settings.crew_silence_timeout_s,
    )
    _sweep(settings)
    # CrewAI writes down what it was asked and what it answered: gone with the run, as it is the slayer's.
    with tempfile.TemporaryDirectory(dir=settings.crews_path, ignore_cleanup_errors=True) as folder:
        return _run(settings, {"endpoint": asdict(endpoint), "brief": dict(brief)}, Path(folder), on_stage, wanted)


def _run(
    settings: Settings,
    wish: dict[str, Any],
    folder: Path,
    on_stage: Callable[[str, float], None],
    wanted: Callable[[], bool],
) -> str:
    process = subprocess.Popen(
        [sys.executable, "-m", "agents.crews"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=crew_environment(folder),
        text=True,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    lines: queue.Queue[dict[str, Any] | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process.stdout, lines), daemon=True)
    reader.start()
    try:
        process.stdin.write(json.dumps(wish) + "\n")
        process.stdin.flush()
        return _listen(lines, time.monotonic() + settings.crew_total_timeout_s, on_stage, wanted)
    except BrokenPipeError as error:
        raise CrewFailed("the crew's process did not start") from error
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()
        with suppress(BrokenPipeError):  # what it did not read any more
            process.stdin.close()


def _sweep(settings: Settings) -> None:
    """Delete what crews left whose worker was killed."""
    settings.crews_path.mkdir(parents=True, exist_ok=True)
    for left in settings.crews_path.iterdir():
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > settings.crew_total_timeout_s + _SPARE_S:
                shutil.rmtree(left)


def _listen(
    lines: queue.Queue[dict[str, Any] | None],
    deadline: float,
    on_stage: Callable[[str, float], None],
    wanted: Callable[[], bool],
) -> str:
    while True:
        if not wanted():
            raise NobodyWaits
        if time.monotonic() > deadline:
            raise CrewFailed("the crew took too long")
        try:
            line = lines.get(timeout=_LOOK_EVERY_S)
        except queue.Empty:
            continue
        if line is None:
            raise CrewFailed("the crew's process ended without a word")
        if "error" in line:
            raise CrewFailed(str(line["error"]))
        if "plan" in line:
            return str(line["plan"])
        on_stage(str(line["stage"]), float(line["progress"]))


def _read(output: IO[str], lines: queue.Queue[dict[str, Any] | None]) -> None:
    for line in output:
        lines.put(json.loads(line))
    lines.put(None)
