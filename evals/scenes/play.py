"""Plays a scene: each turn through the product's own door, ``agents.turn``, in order; what was heard, and how long it took."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from agents.events import DoneEvent
from agents.turn import Agents, Resume, answer_of, start_turn
from evals.scenes.cases import SceneTurn
from hashiramart.errors import Conflict

_PATIENCE_S = 120


@dataclass(frozen=True)
class Heard:
    """What came of one turn: the whole answer, or the words of an error; ``conflict`` where nothing waited for an answer."""

    answer: DoneEvent | None
    error: str = ""
    conflict: bool = False
    milliseconds: float = 0.0

    @property
    def route(self) -> list[str]:
        """Who acted."""
        return list(self.answer.route) if self.answer else []

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The weapons that were recommended."""
        blocks = self.answer.blocks if self.answer else []
        return [each for block in blocks if block["type"] == "recommendations" for each in block["recommendations"]]

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """The pictures that were asked for."""
        return [block for block in (self.answer.blocks if self.answer else []) if block["type"] == "image"]


@dataclass
class Played:
    """A scene that was played: who played it, what was heard, and the threads that it left."""

    slayer: uuid.UUID
    heard: list[Heard] = field(default_factory=list)
    threads: list[uuid.UUID] = field(default_factory=list)


async def play(agents: Agents, slayer: uuid.UUID, turns: list[SceneTurn]) -> Played:
    """Say each turn's words, one after the other, in one thread unless a turn asks for another."""
    played = Played(slayer)
    thread: uuid.UUID | None = None
    for turn in turns:
        started = time.perf_counter()
        wish, where = _wish(turn, played, None if turn.new_thread else thread)
        try:
            heard = await _heard(agents, slayer, wish, where)
        except Conflict as conflict:
            heard = Heard(None, conflict.message, conflict=True)
        took = (time.perf_counter() - started) * 1000
        played.heard.append(Heard(heard.answer, heard.error, heard.conflict, took))
        if heard.answer:
            thread = heard.answer.thread_id
            if thread not in played.threads:
                played.threads.append(thread)
    return played


def _wish(turn: SceneTurn, played: Played, thread: uuid.UUID | None) -> tuple[str | Resume, uuid.UUID | None]:
    """What is handed to the product, and in which thread."""
    if turn.say is not None:
        return turn.say, thread
    offers = [heard.answer for heard in played.heard if heard.answer and heard.answer.approval]
    named = played.heard[turn.of].answer if turn.of is not None else (offers[-1] if offers else None)
    if named is None or named.approval is None:
        return Resume("none", approved=bool(turn.answer)), thread
    return Resume(named.approval.approval_id, approved=bool(turn.answer)), named.thread_id


async def _heard(agents: Agents, slayer: uuid.UUID, wish: str | Resume, thread: uuid.UUID | None) -> Heard:
    if isinstance(wish, Resume) and thread is None:
        return Heard(None, "there was no offer to answer")
    last = await asyncio.wait_for(answer_of(await start_turn(agents, slayer, wish, thread)), _PATIENCE_S)
    if isinstance(last, DoneEvent):
        return Heard(last)
    return Heard(None, last.detail, conflict=isinstance(last.cause, Conflict))
