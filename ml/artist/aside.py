"""One thread at low priority that does one thing after the other: painting must not slow what people wait for."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")

NICE = 10
"""How far the thread stands back. The threads that torch starts from it inherit that, so it paints with every core that
nobody else wants, and with next to none of one that the API wants."""


class Aside:
    """The thread. It starts with the first work, and ends when nothing holds this object any more."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name, initializer=step_back)

    def do(self, work: Callable[[threading.Event], T]) -> T:
        """Do some work there, and wait for what it gives or raises.

        Args:
            work: it is handed an event, and should end soon once that is set: whoever waits has been interrupted (Ctrl-C).
        """
        stop = threading.Event()
        future: Future[T] | None = None
        try:
            future = self._pool.submit(copy_context().run, work, stop)
            return future.result()
        except BaseException:
            stop.set()
            if future is not None and not future.cancel():
                wait([future])
            raise


def stands_back() -> bool:
    """Whether a thread can have a priority of its own here; Linux only."""
    return sys.platform == "linux"


def step_back() -> None:
    """Give the calling thread, and those that it starts from now on, a low priority for good."""
    if stands_back():
        with suppress(OSError):  # a sandbox may forbid it; then the painting is merely not as polite
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
