"""The frame of a plan: which days of which week, how many minutes each, and when care falls due. Arithmetic only.

The guides' rules: a lighter week of about half after every four hard ones, small steps of about a tenth from week to week for
those who begin, strength on at most three days that are not next to each other, one day a week without hard training.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from hashiramart.training_plan import SHORTEST_DAY, PlanWish

HARD_WEEKS = 4
_FIRST_SHARE, _STEP = 0.7, 0.1  # of the full minutes: what a beginner starts with, and adds each week
_STRENGTH_DAYS = 3
_DAYS = {
    1: (1,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 6), 5: (1, 2, 3, 5, 6), 6: (1, 2, 3, 4, 5, 6), 7: (1, 2, 3, 4, 5, 6, 7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayFrame:
    """A training day without its drills: ``easy`` ones have nothing hard in them, ``strength`` is for the body's force."""

    day: int
    minutes: int
    easy: bool
    strength: bool


@dataclass(frozen=True, slots=True)
class WeekFrame:
    """A week without its drills."""

    number: int
    lighter: bool
    days: tuple[DayFrame, ...]


def frame(wish: PlanWish, *, beginner: bool, lighter_weeks: bool, rest_days: bool) -> list[WeekFrame]:
    """The weeks that a wish asks for.

    Args:
        wish: weeks, days and minutes.
        beginner: whether to begin with less.
        lighter_weeks: whether the library asks for them.
        rest_days: whether the library asks for a day a week without hard training.
    """
    weeks = []
    for number in range(1, wish.weeks + 1):
        recovers = lighter_weeks and number % (HARD_WEEKS + 1) == 0
        share = min(1.0, _FIRST_SHARE + _STEP * (number - 1)) if beginner else 1.0
        minutes = _share_of(wish.minutes_per_day, 0.5 if recovers else share)
        days = _DAYS[wish.days_per_week]
        easy = days[-1] if rest_days and len(days) == 7 else None
        strong = _apart([day for day in days if day != easy])
        weeks.append(
            WeekFrame(
                number,
                lighter=recovers or (beginner and number == 1),
                days=tuple(
                    DayFrame(
                        day,
                        min(minutes, _share_of(wish.minutes_per_day, 0.5)) if day == easy else minutes,
                        easy=day == easy,
                        strength=day in strong and not recovers,
                    )
                    for day in days
                ),
            )
        )
    return weeks


def _share_of(minutes: int, share: float) -> int:
    grain = 5 if minutes % 5 == 0 else 1  # whole drills fit into such days
    return min(minutes, max(SHORTEST_DAY, grain * round(minutes * share / grain)))


def _apart(days: list[int]) -> set[int]:
    chosen: list[int] = []
    for day in days:
        if len(chosen) < _STRENGTH_DAYS and (not chosen or day - chosen[-1] > 1):
            chosen.append(day)
    return set(chosen)


_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_WITH_USE = re.compile(r"\b(?:after|before)\s+(?:each|every)\b(?!\s+\d)|\b(?:daily|every day)\b", re.IGNORECASE)
_EVERY_N = re.compile(
    rf"\bevery\s+(\d+|{'|'.join(_NUMBERS)})\s+(days?|weeks?|months?|years?|sessions?)\b", re.IGNORECASE
)
_NAMED: tuple[tuple[str, float], ...] = (
    (r"\bweekly\b|\b(?:every|once a|each) week\b", 1),
    (r"\bfortnight", 2),
    (r"\bquarter", 13),
    (r"\btwice (?:a year|yearly)\b|\bhalf[- ]year", 26),
    (r"\bmonthly\b|\b(?:every|once a|each) month\b", 4),
    (r"\b(?:yearly|annually)\b|\b(?:every|once a|each) year\b", 52),
)


def weeks_due(when: str, wish: PlanWish) -> list[int] | None:
    """The weeks of a plan in which a task of care falls due, counted from its beginning.

    Args:
        when: the manual's interval ("Every fortnight").
        wish: how long the plan is, and how many sessions a week has.

    Returns:
        Week numbers, perhaps none; None where the interval does not tell (by bouts, by the season).
    """
    if _WITH_USE.search(when):
        return list(range(1, wish.weeks + 1))
    period = _period(when, wish.days_per_week)
    if period is None:
        return None
    count = int(wish.weeks / period + 1e-9)
    return sorted({math.ceil(turn * period - 1e-9) for turn in range(1, count + 1)})


def _period(when: str, sessions: int) -> float | None:
    """Weeks from one time to the next."""
    if match := _EVERY_N.search(when):
        number = int(match[1]) if match[1].isdigit() else _NUMBERS[match[1].lower()]
        unit = match[2].lower().rstrip("s")
        weeks = {"day": number / 7, "week": number, "year": number * 52, "session": number / sessions}
        return max(weeks.get(unit, int(number * 52 / 12)), 1 / 7)
    return next((weeks for pattern, weeks in _NAMED if re.search(pattern, when, re.IGNORECASE)), None)
