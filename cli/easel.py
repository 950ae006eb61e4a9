"""The process that paints: it gives way to every other, and is started again when it dies."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hashiramart.jobs import PICTURE_QUEUE
from ml.artist.aside import NICE, stands_back

logger = logging.getLogger(__name__)

_STOP_S = 6.0
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0
_LIVED_WELL_S = 60.0
_SESSION_NICE = (
    5  # a third of the weight of another session: behind what answers people, and not starved by what computes
)


def step_aside() -> None:
    """Let the processes that people wait for have the processor first.

    The threads that paint stand back by themselves where a thread can (``ml/artist/aside.py``): signs of life are still given in
    time. But where Linux shares the processor out by session, that counts within the session only: this stands back as a whole.
    """
    if not stands_back():
        with suppress(OSError, AttributeError):  # AttributeError: not on Windows
            os.nice(NICE)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_SESSION_NICE))


def painter() -> list[str]:
    """The command of the process that paints, which ends with this one."""
    return [sys.executable, "-m", "cli.main", "worker", "--queue", PICTURE_QUEUE, "--parent", str(os.getpid())]


async def keep(command: Sequence[str]) -> None:
    """Have a process until cancelled: it is started again when it ends, later each time it does so soon.

    A picture too large for the memory, or a driver that crashes, then costs this process and no other.
    """
    wait_s = _FIRST_WAIT_S
    while True:
        started = time.monotonic()
        # A session of its own: so Linux can put it behind the others as a whole.
        child = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL, start_new_session=True)
        try:
            code = await child.wait()
        except asyncio.CancelledError:
            await _stop(child)
            raise
        wait_s = _FIRST_WAIT_S if time.monotonic() - started > _LIVED_WELL_S else min(wait_s * 2, _LONGEST_WAIT_S)
        logger.warning("the process that paints ended (%s); it is started again in %.0f s", code, wait_s)
        await asyncio.sleep(wait_s)


async def _stop(child: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.wait(), _STOP_S)
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
