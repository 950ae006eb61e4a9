"""A slayer's own days: local dates by their IANA zone, over daylight saving, travel and the date line.

A slayer who moves takes a new zone from that moment on; what happened before keeps the day it had. A streak of days goes on
over dates that a move cut short: who flies over the date line never lived the date in between, and cannot have missed it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_HALF = timedelta(hours=12)
_WIDEST = timedelta(days=7)  # a gap longer than this is never bridged


@dataclass(frozen=True)
class ZoneHistory:
    """From when a slayer lived in which zone.

    Attributes:
        moves: (moment, IANA zone), by moment, at least one. The first zone holds for all the time before it as well.
    """

    moves: Sequence[tuple[datetime, str]]

    def zone_at(self, moment: datetime) -> ZoneInfo:
        """The zone the slayer lived in at a moment."""
        name = self.moves[0][1]
        for since, zone in self.moves:
            if since > moment:
                break
            name = zone
        return ZoneInfo(name)

    def day_of(self, moment: datetime) -> date:
        """The slayer's local date at a moment."""
        return moment.astimezone(self.zone_at(moment)).date()

    def cut_short(self, day: date) -> bool:
        """Whether the slayer lived less than half of a local date: they moved, or the zone itself skipped it."""
        lived = timedelta()
        for number, (since, name) in enumerate(self.moves):
            start, end = bounds(day, ZoneInfo(name))
            if number > 0:
                start = max(start, since)
            if number + 1 < len(self.moves):
                end = min(end, self.moves[number + 1][0])
            lived += max(end - start, timedelta())
        return lived < _HALF

    def joins(self, earlier: date, later: date) -> bool:
        """Whether no date that the slayer lived lies between two dates: they are in a row."""
        if later - earlier > _WIDEST:
            return False
        return all(self.cut_short(earlier + _DAY * n) for n in range(1, (later - earlier).days))

    def streak(self, days: Collection[date]) -> int:
        """How many of some dates are in a row up to the latest."""
        return self._runs(days)[-1] if days else 0

    def longest_streak(self, days: Collection[date]) -> int:
        """The most of some dates in a row."""
        return max(self._runs(days), default=0)

    def _runs(self, days: Collection[date]) -> list[int]:
        runs: list[int] = []
        previous: date | None = None
        for day in sorted(days):
            if previous is not None and self.joins(previous, day):
                runs[-1] += 1
            else:
                runs.append(1)
            previous = day
        return runs


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments (UTC) at which a date begins and ends in a zone: 23 to 25 hours apart, or less where a date was skipped."""
    first, last = (datetime.combine(each, time.min, zone).astimezone(UTC) for each in (day, day + _DAY))
    return first, last


def spell(seconds: int) -> str:
    """How long that is, as one says it."""
    if seconds < 90:
        return f"{max(1, seconds)} seconds" if seconds != 1 else "a second"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 90 else f"{round(minutes / 60)} hours"
