"""The sandbox: files are parsed in a worker process that is watched, and killed when it takes too long or too much."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillAtIt
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import psutil  # type: ignore[import-untyped]

from hashiramart.errors import InvalidInput
from knowledge.readers.worker import TOO_MUCH_MEMORY

SECONDS = 8.0  # for one file, the start of a worker included
RESIDENT = 400_000_000  # bytes of memory that are in use, watched from here on every system
ADDRESSES = 500_000_000  # bytes of address space, held by the system itself where it does so
MAX_ANSWER = 16_000_000  # bytes of JSON

_LOOK_EVERY = 0.02  # seconds
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from knowledge.readers.worker import main; main(int(sys.argv[2]), int(sys.argv[3]))"
)


class Sandbox:
    """One worker process, started for the first file, kept for the next ones, replaced when it had to be killed.

    A context manager; leaving it ends the worker. Not for two threads at once.
    """

    def __init__(self, *, seconds: float = SECONDS, resident: int = RESIDENT, addresses: int = ADDRESSES) -> None:
        self.seconds, self.resident, self.addresses = seconds, resident, addresses
        self.peak = 0  # bytes of the largest worker seen
        self._worker: subprocess.Popen[bytes] | None = None
        self._talk = ThreadPoolExecutor(1, thread_name_prefix="reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()
        self._talk.shutdown()

    def parse(self, kind: str, raw: bytes) -> tuple[str, dict[str, Any]]:
        """What ``readers.parse.parse`` returns for these bytes, worked out in the worker.

        Raises:
            InvalidInput: the file is refused, or the worker had to be killed over it.
        """
        worker = self._worker if self._worker and self._worker.poll() is None else self._start()
        answer = self._watch(worker, self._talk.submit(_exchange, worker, kind, raw))
        if "refused" in answer:
            if answer["refused"] == TOO_MUCH_MEMORY:
                self._end()  # what is left of it may not be sound
            raise InvalidInput(str(answer.get("field", "paths")), str(answer["refused"]))
        text, front = answer.get("text"), answer.get("front")
        if not isinstance(text, str) or not isinstance(front, dict):
            self._end()
            raise InvalidInput("paths", "The file made its reader answer nonsense.")
        return text, front

    def _watch(self, worker: subprocess.Popen[bytes], future: Future[dict[str, Any]]) -> dict[str, Any]:
        deadline = time.monotonic() + self.seconds
        process = psutil.Process(worker.pid)
        while True:
            try:
                return future.result(timeout=_LOOK_EVERY)
            except StillAtIt:
                reason = self._overrun(process, deadline)
            except (OSError, EOFError, ValueError, TypeError):
                reason = "The file made its reader break down."
            except BaseException:
                self._end()  # Ctrl-C: the thread that waits for the answer must not wait for ever
                raise
            if reason:
                self._end()
                raise InvalidInput("paths", reason)

    def _overrun(self, process: psutil.Process, deadline: float) -> str | None:
        try:
            resident = process.memory_info().rss
        except psutil.Error:
            return None  # it has died; the pipe says so in a moment
        self.peak = max(self.peak, resident)
        if resident > self.resident:
            return TOO_MUCH_MEMORY
        if time.monotonic() > deadline:
            return f"The file takes more than {self.seconds:g} seconds to read."
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        self._end()
        limits = [str(self.addresses), str(int(self.seconds) + 5)]
        self._worker = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _START, json.dumps(sys.path), *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},  # no key, no address of a database
            cwd=Path(sys.executable).anchor,
        )
        return self._worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        self._talk.submit(int).result()  # the thread has seen the pipe end: only now is it closed
        for pipe in (worker.stdin, worker.stdout):
            with contextlib.suppress(OSError):  # bytes that the worker did not take
                if pipe is not None:
                    pipe.close()


def _exchange(worker: subprocess.Popen[bytes], kind: str, raw: bytes) -> dict[str, Any]:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(json.dumps({"kind": kind, "size": len(raw)}).encode() + b"\n")
    worker.stdin.write(raw)
    worker.stdin.flush()
    length = int.from_bytes(_exactly(worker.stdout, 8), "big")
    if length > MAX_ANSWER:
        raise ValueError(length)
    answer = json.loads(_exactly(worker.stdout, length))
    if not isinstance(answer, dict):
        raise TypeError(answer)
    return answer


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found
