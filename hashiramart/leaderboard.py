"""Who leads: this week (from Monday, UTC) or of all time. A name is shown only with its slayer's consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from sqlmodel import Session

Window = Literal["week", "all"]


@dataclass(frozen=True)
class Place:
    """A place on the board. ``name`` is None for slayers who did not agree to be named; ``you`` marks the caller."""

    place: int
    name: str | None
    rank: str
    points: int
    you: bool


@dataclass(frozen=True)
class Board:
    """The first places, and the caller's own when they have points in the window."""

    since: datetime | None
    places: list[Place]
    you: Place | None


def week_start(now: datetime) -> datetime:
    """Monday, 0:00 UTC: one week for everybody, wherever they live."""
    today = now.astimezone(UTC).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time.min, UTC)


def board(session: Session, window: Window, *, limit: int, now: datetime) -> Board:
    """The leaderboard as the slayer that the session acts for sees it."""
    since = week_start(now) if window == "week" else None
    rows = session.connection().exec_driver_sql(
        # The caller's own place may lie below the limit.
        "SELECT place, name, rank, points, you FROM (SELECT *, row_number() OVER () AS line FROM leading_slayers(%s)) board "
        "WHERE line <= %s OR you ORDER BY line",
        (since, limit),
    )
    places = [Place(*row) for row in rows]
    return Board(since, places[:limit], next((each for each in places if each.you), None))
