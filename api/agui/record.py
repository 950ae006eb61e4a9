"""Turns as they stand on record: what was asked, and the events of an answer that is over."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from agents.events import (
    ApprovalEvent,
    BlockEvent,
    CitationEvent,
    DoneEvent,
    ErrorEvent,
    RouteEvent,
    TextEvent,
    TurnEvent,
)
from agents.purchase import NO, YES
from agents.turn import Resume
from hashiramart import threads
from hashiramart.blocks import ApprovalBlock
from hashiramart.db import Database
from hashiramart.models import Turn


@dataclass(frozen=True)
class Recorded:
    """A turn, and the offer that its thread waits with."""

    turn: Turn
    waits_for: str | None

    @property
    def under_way(self) -> bool:
        """Whether its answer is still to come."""
        return self.turn.status == "running"

    @property
    def cancelled(self) -> str | None:
        """Why there is no answer, where it was stopped on purpose."""
        return self.turn.error if self.turn.status == "cancelled" else None

    def says(self, wish: str | Resume) -> bool:
        """Whether it is the answer to that."""
        if isinstance(wish, Resume):
            return self.turn.approved is wish.approved and self.turn.message == (YES if wish.approved else NO)
        return self.turn.message == wish

    def events(self) -> Iterator[TurnEvent]:
        """Its events; the words in one piece, and without the status lines, which nobody keeps."""
        turn = self.turn
        if turn.status != "done":
            yield ErrorEvent(detail=turn.error or "", correlation_id=str(turn.id))
            return
        ids = {"thread_id": turn.thread_id, "turn_id": turn.id}
        yield RouteEvent.model_validate({**ids, "route": turn.route})
        if turn.reply:
            yield TextEvent(specialist=None, delta=turn.reply)
        offers = [block for block in turn.blocks if block["type"] == "approval"]
        for block in turn.blocks:
            if block not in offers:  # which are told as such
                yield BlockEvent(block=block)
        for citation in turn.citations:
            yield CitationEvent.model_validate(citation)
        open_offer = next((ApprovalBlock(**offer) for offer in offers if offer["approval_id"] == self.waits_for), None)
        if open_offer is not None:
            yield ApprovalEvent(**open_offer.model_dump())
        shown = turn.model_dump(include={"reply", "route", "citations", "blocks", "engine"})
        yield DoneEvent.model_validate({**ids, **shown, "approval": open_offer})


def read(database: Database, caller: uuid.UUID, turn_id: uuid.UUID) -> Recorded | None:
    """A turn of the caller; None where they have none of this id.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached.
    """
    with database.session(caller) as session:
        turn = session.get(Turn, turn_id)
        if turn is None or turn.slayer_id != caller:
            return None
        return Recorded(turn, threads.get(session, caller, turn.thread_id).approval_id)
