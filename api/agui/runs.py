"""Turns under way that clients may leave and come back to.

A turn's events are kept here until it is over; then its record has all that is left to tell (``record.py``). Whoever leaves may
come back for a while, as a connection that broke looks like one that was closed. When nobody has come back, or a client says
stop, the turn has no listener any more, and goes on or is cancelled as ``agents/turn.py`` has it.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager

from agents.events import DoneEvent, ErrorEvent, TurnEvent
from agents.turn import Resume

Begin = Callable[[], Awaitable[AsyncGenerator[TurnEvent, None]]]
"""Starts a turn; raises what ``agents.turn.start_turn`` does."""


FIRST_S = 5.0
"""Seconds, at least, for whoever asked to begin to listen."""


class LiveRun:
    """One turn under way, heard by any number of clients.

    Args:
        thread_id: its thread.
        wish: what was asked for.
        return_s: seconds that it goes on for clients that have left.
    """

    def __init__(self, thread_id: uuid.UUID, wish: str | Resume, return_s: float) -> None:
        self.thread_id = thread_id
        self.wish = wish
        self._return_s = return_s
        self._begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._begun.add_done_callback(_heard_of)
        self._events: list[TurnEvent] = []
        self._over = False
        self._news = asyncio.Event()
        self._listeners = 0
        self._leaving: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, begin: Begin, over: Callable[[], None]) -> None:
        """Begin the turn, and keep its events as they come; ``over`` is called when there are no more."""
        self._task = asyncio.create_task(self._carry(begin))
        self._task.add_done_callback(lambda _task: over())

    async def begun(self) -> None:
        """Wait until the turn is on record; raises what kept it from that."""
        await asyncio.shield(self._begun)

    async def events(self) -> AsyncGenerator[TurnEvent, None]:
        """All its events from the first, as they come. Without a last one (done, error) where the turn lost its listeners."""
        told = 0
        with self._listened_to():
            while True:
                while told < len(self._events):
                    yield self._events[told]
                    told += 1
                if self._over:
                    return
                await self._news.wait()

    def stop(self) -> None:
        """Nobody wants to hear the rest."""
        self.keep()
        if self._task is not None:
            self._task.cancel()

    def keep(self) -> None:
        """Do not count the time until somebody comes back."""
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    async def _carry(self, begin: Begin) -> None:
        try:
            events = await begin()
        except BaseException as error:
            self._end()
            if not self._begun.done():
                self._begun.set_exception(error) if isinstance(error, Exception) else self._begun.cancel()
            if not isinstance(error, Exception):
                raise
            return
        self._begun.set_result(None)
        self._wait(max(self._return_s, FIRST_S))
        try:
            async with aclosing(events):
                async for event in events:
                    self._events.append(event)
                    self._tell_news()
                    if isinstance(event, (DoneEvent, ErrorEvent)):
                        return
        finally:
            self._end()

    def _end(self) -> None:
        self.keep()
        self._over = True
        self._tell_news()

    def _tell_news(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    @contextmanager
    def _listened_to(self) -> Iterator[None]:
        self._listeners += 1
        self.keep()
        try:
            yield
        finally:
            self._listeners -= 1
            self._wait(self._return_s)

    def _wait(self, seconds: float) -> None:
        """Give somebody so long to listen."""
        if self._listeners == 0 and not self._over:
            self._leaving = asyncio.get_running_loop().call_later(seconds, self.stop)


class Runs:
    """The turns of one process that began over AG-UI and are under way.

    Args:
        return_s: seconds that a turn goes on for clients that have left.
    """

    def __init__(self, return_s: float) -> None:
        self._return_s = return_s
        self._runs: dict[tuple[uuid.UUID, uuid.UUID], LiveRun] = {}

    def find(self, caller: uuid.UUID, turn_id: uuid.UUID) -> LiveRun | None:
        """A turn of the caller that is under way here."""
        return self._runs.get((caller, turn_id))

    def begin(
        self, caller: uuid.UUID, thread_id: uuid.UUID, turn_id: uuid.UUID, wish: str | Resume, begin: Begin
    ) -> LiveRun:
        """The caller's turn of that id; begun now unless it is under way."""
        key = (caller, turn_id)
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = LiveRun(thread_id, wish, self._return_s)
            run.start(begin, lambda: self._drop(key))
        return run

    def close(self) -> None:
        """The process stops: from here on no turn loses its listeners."""
        for run in self._runs.values():
            run.keep()

    def _drop(self, key: tuple[uuid.UUID, uuid.UUID]) -> None:
        del self._runs[key]


def _heard_of(begun: asyncio.Future[None]) -> None:
    """An error that nobody waited for is not worth a line in the log: who asked has left."""
    if not begun.cancelled():
        begun.exception()
