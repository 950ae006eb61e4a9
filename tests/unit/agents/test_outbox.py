"""A turn never waits for the tracking server, and what it holds is bounded."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from agents.outbox import Outbox
from hashiramart.errors import Unavailable
from hashiramart.spans import Recording

SOON = 10


@dataclass
class Server:
    """A tracking server that is away, hangs or takes what it gets."""

    away: bool = False
    hanging: bool = False
    tried: int = 0
    got: list[Recording] = field(default_factory=list)
    forgotten: list[uuid.UUID] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def warm_up(self) -> None:
        pass

    def write(self, recording: Recording) -> None:
        self._answer()
        self.got.append(recording)

    def forget(self, thread_ids: Sequence[uuid.UUID]) -> None:
        self._answer()
        self.forgotten += thread_ids

    def _answer(self) -> None:
        self.tried += 1
        self.asked.set()
        if self.hanging:
            self.released.wait(SOON)
        if self.away:
            raise Unavailable("The experiment store cannot be reached.")


@contextmanager
def outbox(server: Server, *, room: int = 5, rest_s: float = 0.001) -> Iterator[Outbox]:
    opened = Outbox(server, room=room, rest_s=rest_s)
    try:
        yield opened
    finally:
        server.hanging = server.away = False
        server.released.set()
        opened.close()


def turn(thread: uuid.UUID | None = None) -> Recording:
    return Recording(uuid.uuid4(), thread or uuid.uuid4())


def test_recordings_arrive_in_order() -> None:
    server = Server()
    turns = [turn() for _ in range(4)]
    with outbox(server) as box:
        for each in turns:
            box.put(each)
        assert box.flush(SOON)
    assert server.got == turns


def test_a_server_that_hangs_keeps_nobody_waiting_and_nothing_without_bound() -> None:
    server = Server(hanging=True)
    turns = [turn() for _ in range(100)]
    with outbox(server, room=5) as box:
        box.put(turns[0])
        assert server.asked.wait(SOON)
        for each in turns[1:]:
            box.put(each)  # returns although nothing moves
        assert box.left_out == 94
        server.released.set()
        assert box.flush(SOON)
    assert server.got == [turns[0], *turns[-5:]]


def test_what_could_not_be_sent_is_sent_when_the_server_is_back() -> None:
    server = Server(away=True)
    with outbox(server) as box:
        box.put(turn())
        assert server.asked.wait(SOON)
        server.away = False
        assert box.flush(SOON)
    assert len(server.got) == 1
    assert box.left_out == 0


def test_a_recording_that_is_always_refused_does_not_hold_up_the_others() -> None:
    server, poison, good = Server(), turn(), turn()
    take = server.write

    def write(recording: Recording) -> None:
        if recording is poison:
            server.tried += 1
            raise Unavailable("refused")
        take(recording)

    server.write = write  # type: ignore[method-assign]
    with outbox(server) as box:
        box.put(poison)
        box.put(good)
        assert box.flush(SOON)
        assert box.left_out == 1
    assert server.got == [good]


def test_a_thread_that_is_gone_leaves_no_trace() -> None:
    server, gone = Server(hanging=True), uuid.uuid4()
    with outbox(server) as box:
        box.put(turn())
        assert server.asked.wait(SOON)
        kept = turn()
        box.put(turn(gone))
        box.put(kept)
        box.forget([gone])
        server.released.set()
        assert box.flush(SOON)
    assert kept in server.got
    assert gone not in {each.thread_id for each in server.got}
    assert server.forgotten == [gone]


def test_closing_sends_what_waits() -> None:
    server = Server()
    with outbox(server) as box:
        for _ in range(3):
            box.put(turn())
    assert len(server.got) == 3


def test_closing_does_not_wait_for_a_server_that_is_away() -> None:
    server = Server(away=True)
    box = Outbox(server, rest_s=3600)
    box.put(turn())
    assert server.asked.wait(SOON)
    box.close()
    assert not box._thread.is_alive()
