"""DVC as a child process: its output line by line, an end when it is told to end, and no life of its own.

Whoever starts it holds the other end of its standard input. When that closes, because its parent was killed or has had enough,
the child and every stage that it runs are ended on the spot. What DVC had not finished then, it does again next time.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_LOOK_S = 0.2
_GRACE_S = 5

Cancelled = Callable[[], bool]
"""Asked every now and then; once it says yes, the work ends."""


def never() -> bool:
    """The will of nobody to stop."""
    return False


class Stopped(Exception):
    """The child was ended because its starter wanted it to."""


def run(
    root: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    on_line: Callable[[str], None],
    cancelled: Cancelled = never,
) -> int:
    """Run ``dvc`` in a folder that ``ml`` can be imported from.

    Args:
        root: the folder.
        arguments: what follows ``dvc`` on a command line.
        environment: of the child.
        on_line: told each line of its output, and of the stages' output, as it comes.
        cancelled: whether to stop.

    Returns:
        The exit code.

    Raises:
        Stopped: ``cancelled`` said so; child and stages are gone.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "ml.repro", *arguments],
        cwd=root,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,  # one group with its stages, and Ctrl-C in the terminal is for us
    )
    lines: queue.Queue[str | None] = queue.Queue()
    assert child.stdin is not None
    assert child.stdout is not None
    reader = threading.Thread(target=_read, args=(child.stdout, lines), daemon=True)
    reader.start()
    try:
        _listen(lines, on_line, cancelled)
        return child.wait()
    except BaseException:
        _end(child)
        raise
    finally:
        reader.join(_GRACE_S)  # the output ends when the last stage has
        child.stdin.close()
        child.stdout.close()


def _read(output: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in output:
        lines.put(line)
    lines.put(None)


def _listen(lines: queue.Queue[str | None], on_line: Callable[[str], None], cancelled: Cancelled) -> None:
    """Hand on every line until there are no more."""
    while True:
        if cancelled():
            raise Stopped
        with suppress(queue.Empty):
            line = lines.get(timeout=_LOOK_S)
            if line is None:
                return
            on_line(line.rstrip())


def _end(child: subprocess.Popen[str]) -> None:
    """End child and stages; what does not listen is killed."""
    for way in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, way)
        with suppress(subprocess.TimeoutExpired):
            child.wait(_GRACE_S)


def _end_with_parent() -> None:
    while os.read(0, 1):  # not sys.stdin, whose lock a thread must not hold when the interpreter ends
        pass
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """The child."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from dvc.cli import main as dvc

    sys.exit(dvc(sys.argv[1:]))


if __name__ == "__main__":
    main()
