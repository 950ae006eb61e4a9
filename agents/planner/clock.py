"""Spans between two times of the clock: "from 6:00 to 6:40", "half past five until quarter to six", "11:45pm - 12:15am"."""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.planner.numbers import digits

_HALF_DAY, _DAY = 12 * 60, 24 * 60
_NAMED = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
_PARTS = {"half": 30, "quarter": 15}

_MERIDIEM = r"(?:\s*(?P<meridiem{n}>[ap])\.?m\b\.?)?"
_TIME = (
    r"(?:(?P<part{n}>half|(?:a\s+)?quarter|\d{{1,2}})(?:\s+minutes?)?\s+(?P<side{n}>past|after|to|before)\s+(?P<of{n}>\d{{1,2}})(?![\d:.]*\d)"
    r"|(?P<hour{n}>\d{{1,2}})(?:[:.h](?P<minute{n}>[0-5]\d))?(?![\d:.]*\d)(?P<sharp{n}>\s*o'?\s?clock\b)?"
    r"|(?P<named{n}>noon|midday|midnight)\b)"
) + _MERIDIEM
_TO = r"\s*(?:\b(?:to|until|till?|and|through|up\s+to)\b|[-–—])\s*(?:(?:about|around|at)\s+)?"
_UNIT = (  # "from 20 to 30 minutes", "from 6 to 8 weeks": the numbers of something else than a clock
    r"(?!\s*-?\s*(?:h|hours?|hrs?|m|mins?|minutes?|seconds?|days?|weeks?|months?|coins?|gold|yen|mon|k|kg|kilos?|points?|wins?|"
    r"battles?|fights?|demons?|weapons?|drills?|times|levels?|steps?|%|percent)\b)"
)
_ONE = re.compile(
    r"(?<=\bpast )one\b|(?<=\bto )one\b|(?<=\bfrom )one\b|(?<=\btill )one\b|(?<=\buntil )one\b", re.IGNORECASE
)
_LED = re.compile(
    r"\b(?:from|between|since)\s+(?:(?:about|around)\s+)?" + _TIME.format(n=1) + _TO + _TIME.format(n=2) + _UNIT,
    re.IGNORECASE,
)
_UNLED = re.compile(r"(?<![\d.:])" + _TIME.format(n=1) + _TO + _TIME.format(n=2) + _UNIT, re.IGNORECASE)
_SINCE = re.compile(
    r"\bsince\s+" + _TIME.format(n=1) + r"\b.{0,20}?\b(?:it's|it\s+is|now)\s+(?:now\s+)?" + _TIME.format(n=2) + _UNIT,
    re.IGNORECASE,
)


class _Moment(NamedTuple):
    """A time of the day in minutes after midnight; ``exact`` where it is plainly one, ``fixed`` where the half of the day is known."""

    minute: int
    exact: bool
    fixed: bool


def between(text: str, *, plainly: bool) -> int | None:
    """The minutes between two times of the clock in ``text``, or None.

    Args:
        text: any words.
        plainly: only where one of the two is written as a time ("6:10", "7 pm", "half past six"); otherwise hours alone will do
            where "from" or "between" leads them in ("from 6 to 7").
    """
    text = _ONE.sub("1", digits(text))
    for pattern in (_SINCE, _LED, _UNLED):
        for found in pattern.finditer(text):
            start, end = _moment(found, 1), _moment(found, 2)
            if start is None or end is None:
                continue
            if not (start.exact or end.exact) and (plainly or pattern is _UNLED):
                continue
            return _length(start, end)
    return None


def _moment(found: re.Match[str], n: int) -> _Moment | None:
    """The n-th time of a match; None where it is no time of the day."""
    part, side, of, hour, minute, sharp, named, meridiem = (
        found[f"{name}{n}"] for name in ("part", "side", "of", "hour", "minute", "sharp", "named", "meridiem")
    )
    if named:
        return _Moment(_NAMED[named.lower()], exact=True, fixed=True)
    if part:
        offset = _PARTS.get(part.lower().removeprefix("a").strip()) or int(part)
        hours, minutes = int(of), offset if side.lower() in {"past", "after"} else -offset
    else:
        hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or not -60 < minutes < 60:
        return None
    fixed = hours > 12
    if meridiem and not fixed:
        hours, fixed = hours % 12 + (12 if meridiem.lower() == "p" else 0), True
    return _Moment(hours * 60 + minutes, exact=bool(part or minute or sharp or meridiem), fixed=fixed)


def _length(start: _Moment, end: _Moment) -> int | None:
    """How long it is from one to the other. Where only one half of the day is known, the other is the nearer."""
    around = _DAY if start.fixed and end.fixed else _HALF_DAY
    return (end.minute - start.minute) % around or None
