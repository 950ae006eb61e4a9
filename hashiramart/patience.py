"""Asking something that may take for ever to answer, such as a server on the network, without waiting for ever."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import TypeVar

from hashiramart.errors import Unavailable

T = TypeVar("T")


class Patience:
    """A limit on waiting. What is given up on goes on in the background until it ends by itself: only for what changes nothing.

    Args:
        seconds: after which an answer is given up on.
        at_once: how many may be waited for; those that were given up on count until they end.
        who: what does not answer, for the message.
    """

    def __init__(self, seconds: float, at_once: int, who: str) -> None:
        self._seconds = seconds
        self._places = BoundedSemaphore(at_once)
        self._silent = f"{who} did not answer within {seconds:g} seconds."

    def ask(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, or raises, within the limit.

        Raises:
            Unavailable: it took too long, or too many are waited for.
        """
        if not self._places.acquire(blocking=False):
            raise Unavailable(self._silent)
        answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def run() -> None:
            try:
                answers.put((work(), None))
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                answers.put((None, error))
            finally:
                self._places.release()

        Thread(target=run, name="patience", daemon=True).start()
        try:
            answer, error = answers.get(timeout=self._seconds)
        except Empty:
            raise Unavailable(self._silent) from None
        if error is not None:
            raise error
        return answer  # type: ignore[return-value] # there was no error, so this is what work returned
