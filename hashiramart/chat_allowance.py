"""How much a slayer may say: so many messages in a minute, and so many on one of their own days.

A token bucket and a count, in one row for each slayer: the bucket refills by the minute, the count begins anew with the slayer's
day. A message is counted in the transaction that puts it on record: one that comes to nothing costs nothing, and deleting a
conversation gives nothing back. Answers to an offer are free: nobody is kept from saying yes or no.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from hashiramart import days
from hashiramart.errors import TooMany
from hashiramart.ledger import zones_of
from hashiramart.models import ChatAllowance


@dataclass(frozen=True, slots=True)
class ChatBounds:
    """Messages that may come in a minute (as many may come at once), and on a day."""

    minute: int
    day: int


def take(session: Session, slayer_id: uuid.UUID, bounds: ChatBounds, *, now: datetime) -> None:
    """Count one message.

    Args:
        session: the slayer's transaction; other messages of theirs wait for its end.
        slayer_id: who speaks.
        bounds: of minute and day.
        now: when.

    Raises:
        TooMany: the minute's or the day's messages are used up; says when to ask again.
    """
    zones = zones_of(session, slayer_id)
    today = zones.day_of(now)
    own = select(ChatAllowance).where(ChatAllowance.slayer_id == slayer_id).with_for_update()
    kept = session.exec(own).one_or_none()
    if kept is None:  # their first message; another that comes at the same moment may have been quicker
        fresh = {"slayer_id": slayer_id, "local_day": today, "messages": 0, "spare": float(bounds.minute), "at": now}
        session.execute(insert(ChatAllowance).values(**fresh).on_conflict_do_nothing())
        kept = session.exec(own).one()
    said = kept.messages if kept.local_day == today else 0
    if said >= bounds.day:
        _, midnight = days.bounds(today, zones.zone_at(now))
        seconds = max(1, math.ceil((midnight - now).total_seconds()))
        raise TooMany(
            f"The dojo answers {bounds.day} messages a day for each slayer. "
            f"Your next day begins in {days.spell(seconds)}.",
            seconds,
        )
    passed = max(0.0, (now - kept.at).total_seconds())
    spare = min(float(bounds.minute), kept.spare + passed * bounds.minute / 60)
    if spare < 1:
        seconds = max(1, math.ceil((1 - spare) * 60 / bounds.minute))
        raise TooMany(f"Slow down: ask again in {days.spell(seconds)}.", seconds)
    kept.local_day, kept.messages, kept.spare, kept.at = today, said + 1, spare - 1, max(now, kept.at)
    session.add(kept)
