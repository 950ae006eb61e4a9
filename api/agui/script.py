"""A turn's events in AG-UI's words.

::

    route      STATE_SNAPSHOT {thread_id, turn_id, route}: it takes the place of whatever state the client had
    status     STEP_STARTED and STEP_FINISHED of the specialist, CUSTOM hashira.status {specialist, text}
    text       TEXT_MESSAGE_START, _CONTENT, _END: one message a turn, whose id is the turn's
    block      CUSTOM hashira.block: one of hashiramart.blocks
    citation   CUSTOM hashira.citation
    approval   CUSTOM hashira.approval, and RUN_FINISHED with an interrupt
    done       RUN_FINISHED with the whole answer as its result, also where the run waits for a yes or no
    error      RUN_ERROR with a plain sentence and a code: conflict, unavailable, refused, failed, cancelled, restated
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ag_ui.core import (
    PROTOCOL_VERSION,
    BaseEvent,
    CustomEvent,
    Interrupt,
    RunErrorEvent,
    RunFinishedCancelledOutcome,
    RunFinishedEvent,
    RunFinishedInterruptOutcome,
    RunFinishedOutcome,
    RunFinishedSuccessOutcome,
    RunStartedEvent,
    StateSnapshotEvent,
    StepFinishedEvent,
    StepStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
)
from ag_ui.encoder import EventEncoder

from agents.events import (
    ApprovalEvent,
    BlockEvent,
    ChatAnswer,
    CitationEvent,
    DoneEvent,
    ErrorEvent,
    RouteEvent,
    StatusEvent,
    TextEvent,
    TurnEvent,
)
from api.agui.told import Told, crc
from hashiramart.blocks import ApprovalBlock
from hashiramart.errors import Conflict, HashiraError, Unavailable

YES_OR_NO: dict[str, Any] = {
    "type": "object",
    "properties": {"approved": {"type": "boolean"}},
    "required": ["approved"],
}

RESTATED = "The answer was begun anew while you were away. Open this conversation again to read it."


class Restated(Exception):
    """What the client has heard is not how the answer goes."""


@dataclass(frozen=True)
class Names:
    """How the client calls things, and the turn's id, which is its text message's too."""

    thread_id: str
    run_id: str
    turn_id: str


class Script:
    """Tells one client the events of one turn, from what it has heard already.

    Args:
        names: what the client calls things.
        told: what it has heard; kept up to date.
        modern: whether it knows of runs that were cancelled (AG-UI 1.0); before, those are errors.
    """

    def __init__(self, names: Names, told: Told, *, modern: bool) -> None:
        self._names = names
        self.told = told
        self._modern = modern
        self._passed = Told()  # how far the events given to us have come, told or not
        self._encoder = EventEncoder()

    def opening(self) -> Iterator[bytes]:
        """The run's start."""
        if self.told.opened < 1:
            self.told.opened = 1
            yield self._line(
                RunStartedEvent(
                    thread_id=self._names.thread_id, run_id=self._names.run_id, protocol_version=PROTOCOL_VERSION
                )
            )

    def tell(self, event: TurnEvent) -> Iterator[bytes]:
        """The lines of one event of the turn; the turn's events are to come from its very first one.

        Raises:
            Restated: the client has heard something else.
        """
        if self.told.opened == 3:
            return
        match event:
            case RouteEvent():
                yield from self._route(event)
            case StatusEvent():
                yield from self._status(event)
            case TextEvent():
                yield from self._text(event.delta)
            case BlockEvent():
                yield from self._block(event)
            case CitationEvent():
                yield from self._citation(event)
            case ApprovalEvent():
                yield from self._approval(event)
            case DoneEvent():
                yield from self._done(event)
            case ErrorEvent():
                yield from self.error(event.detail, code_of(event.cause))

    def error(self, sentence: str, code: str) -> Iterator[bytes]:
        """The run's bad end."""
        self.told.opened = 3
        yield self._line(RunErrorEvent(message=sentence, code=code))

    def cancelled(self, sentence: str) -> Iterator[bytes]:
        """The end of a run that was stopped on purpose."""
        if self.told.opened == 3:
            return
        if not self._modern:
            yield from self.error(sentence, "cancelled")
            return
        yield from self._close()
        yield self._finish(RunFinishedCancelledOutcome())

    def _route(self, event: RouteEvent) -> Iterator[bytes]:
        if self.told.opened < 2:
            self.told.opened = 2
            yield self._line(StateSnapshotEvent(snapshot=event.model_dump(mode="json", exclude={"kind"})))

    def _status(self, event: StatusEvent) -> Iterator[bytes]:
        self._passed.statuses += 1
        if self._passed.statuses <= self.told.statuses:
            return
        if self.told.step != event.specialist:
            yield from self._end_step()
            self.told.step = event.specialist
            yield self._line(StepStartedEvent(step_name=event.specialist))
        self.told.statuses = self._passed.statuses
        yield self._custom("status", event.model_dump(mode="json", exclude={"kind"}))

    def _text(self, delta: str) -> Iterator[bytes]:
        known = min(max(self.told.text - self._passed.text, 0), len(delta))
        self._pass(delta[:known])
        fresh = delta[known:]
        if not fresh:
            return
        self._must_agree()
        if not self.told.speaking:
            self.told.speaking = 1
            yield self._line(TextMessageStartEvent(message_id=self._names.turn_id))
        self._pass(fresh)
        self.told.text, self.told.check = self._passed.text, self._passed.check
        yield self._line(TextMessageContentEvent(message_id=self._names.turn_id, delta=fresh))

    def _block(self, event: BlockEvent) -> Iterator[bytes]:
        self._passed.blocks += 1
        if self._passed.blocks > self.told.blocks:
            self.told.blocks = self._passed.blocks
            yield self._custom("block", event.block)

    def _citation(self, event: CitationEvent) -> Iterator[bytes]:
        self._passed.citations += 1
        if self._passed.citations > self.told.citations:
            self.told.citations = self._passed.citations
            yield self._custom("citation", event.model_dump(mode="json", exclude={"kind"}))

    def _approval(self, event: ApprovalEvent) -> Iterator[bytes]:
        if not self.told.asked:
            self.told.asked = 1
            yield self._custom("approval", event.model_dump(mode="json", exclude={"kind"}))

    def _pass(self, text: str) -> None:
        self._passed.check = crc(text, self._passed.check)
        self._passed.text += len(text)

    def _must_agree(self) -> None:
        if (self.told.text, self.told.check) != (self._passed.text, self._passed.check):
            raise Restated

    def _done(self, event: DoneEvent) -> Iterator[bytes]:
        self._must_agree()
        yield from self._close()
        outcome: RunFinishedOutcome = RunFinishedSuccessOutcome()
        if event.approval is not None:
            outcome = RunFinishedInterruptOutcome(interrupts=[_interrupt(event.approval)])
        answer = ChatAnswer.model_validate(event.model_dump(exclude={"kind"}))
        yield self._finish(outcome, answer.model_dump(mode="json"))

    def _close(self) -> Iterator[bytes]:
        if self.told.speaking:
            self.told.speaking = 0
            yield self._line(TextMessageEndEvent(message_id=self._names.turn_id))
        yield from self._end_step()

    def _end_step(self) -> Iterator[bytes]:
        if step := self.told.step:
            self.told.step = ""
            yield self._line(StepFinishedEvent(step_name=step))

    def _finish(self, outcome: RunFinishedOutcome, result: dict[str, Any] | None = None) -> bytes:
        self.told.opened = 3
        ids = {"thread_id": self._names.thread_id, "run_id": self._names.run_id}
        return self._line(RunFinishedEvent(**ids, outcome=outcome, result=result))

    def _custom(self, name: str, value: dict[str, Any]) -> bytes:
        return self._line(CustomEvent(name=f"hashira.{name}", value=value))

    def _line(self, event: BaseEvent) -> bytes:
        event.timestamp = time.time_ns() // 1_000_000
        return f"id: {self.told.mark()}\n{self._encoder.encode(event)}".encode()


def _interrupt(offer: ApprovalBlock) -> Interrupt:
    return Interrupt(
        id=offer.approval_id,
        reason="confirmation",
        message=offer.question,
        response_schema=YES_OR_NO,
        metadata={"approval": offer.model_dump(mode="json")},
    )


def code_of(cause: HashiraError | None) -> str:
    """A problem as one word."""
    if cause is None:
        return "failed"
    if isinstance(cause, Conflict):
        return "conflict"
    return "unavailable" if isinstance(cause, Unavailable) else "refused"
