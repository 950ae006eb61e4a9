"""What a slayer did, day by day of their own: for the calendar of the streak and the chart of training."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlmodel import Session, col

from hashiramart.ledger import zones_of
from hashiramart.models import Event

LONGEST = 371
"""Days that one look goes back: a year of whole weeks."""

_ZONES_APART = timedelta(days=2)  # a local day begins at most 14 hours before, and ends 12 hours after, that day in UTC


class Day(BaseModel):
    """A day of the slayer's own clock on which something was reported."""

    day: date
    minutes: int = Field(description="Trained.")
    trainings: int
    battles: int
    login: bool = Field(description="Whether they were here: such days in a row are the streak.")


def days_of(session: Session, slayer_id: uuid.UUID, *, days: int, now: datetime) -> tuple[date, list[Day]]:
    """A slayer's latest days.

    Args:
        session: a session that sees the slayer's rows.
        slayer_id: whose.
        days: how many days back, today included, 1 to 371.
        now: the time now, with a zone.

    Returns:
        their today, and the days on which something was reported, the earliest first.
    """
    today = zones_of(session, slayer_id).day_of(now)
    first = today - timedelta(days=days - 1)
    earliest = datetime.combine(first, datetime.min.time(), now.tzinfo) - _ZONES_APART
    rows = session.execute(
        select(col(Event.local_day), col(Event.type), func.count(), func.coalesce(func.sum(col(Event.minutes)), 0))
        .where(col(Event.slayer_id) == slayer_id, col(Event.occurred_at) >= earliest, col(Event.local_day) >= first)
        .group_by(col(Event.local_day), col(Event.type))
        .order_by(col(Event.local_day))
    )
    found: dict[date, Day] = {}
    for day, kind, count, minutes in rows:
        entry = found.setdefault(day, Day(day=day, minutes=0, trainings=0, battles=0, login=False))
        if kind == "training":
            entry.minutes, entry.trainings = int(minutes), count
        elif kind == "battle":
            entry.battles = count
        else:
            entry.login = True
    return today, list(found.values())
