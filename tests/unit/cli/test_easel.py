"""The process that paints is started again when it dies, and ends with the worker."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from cli import easel

_BORN = "import os, sys, pathlib; pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()}\\n'); "


async def _until(file: Path, lines: int) -> list[int]:
    async with asyncio.timeout(60):
        while not file.exists() or len(file.read_text().splitlines()) < lines:  # noqa: ASYNC110, ASYNC240 - another process writes it
            await asyncio.sleep(0.02)
    return [int(line) for line in file.read_text().splitlines()]  # noqa: ASYNC240


def _kept(program: str, file: Path, lines: int) -> list[int]:
    """The process ids of a program that is kept until it has been started so often."""

    async def run() -> list[int]:
        keeping = asyncio.create_task(easel.keep([sys.executable, "-c", _BORN + program, str(file)]))
        try:
            return await _until(file, lines)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    return asyncio.run(run())


def test_a_painter_that_dies_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(easel, "_FIRST_WAIT_S", 0.01)
    assert len(set(_kept("os.kill(os.getpid(), 9)", tmp_path / "born", 3))) == 3


@pytest.mark.parametrize("deaf", [False, True], ids=["told", "killed"])
def test_a_painter_ends_with_its_worker(deaf: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(easel, "_STOP_S", 0.5)
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " if deaf else ""
    (process,) = _kept(f"{ignore}import time; time.sleep(600)", tmp_path / "born", 1)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_the_painter_works_off_pictures_only_and_leaves_with_its_worker() -> None:
    command = easel.painter()
    assert command[command.index("--queue") + 1] == "pictures"
    assert command[command.index("--parent") + 1] == str(os.getpid())
