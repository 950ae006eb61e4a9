"""Lengths of time in a slayer's words: minutes, weeks of a plan, training days a week."""

from __future__ import annotations

import re

from agents.planner.clock import between
from agents.planner.numbers import BEGINS, NUMBER, digits

_HOURS = r"(?:hours?|hrs?|h)\b"
_MINUTES = r"(?:minutes?|mins?|min|m)\b"
_KIND = r"spare|free|good|full|solid|short|long|odd|extra|hard|whole|straight|quiet|honest|tough|sweaty|brisk|gentle"
_HOUR_AND = re.compile(
    rf"(?:\b(?:an?|one)\s+|{NUMBER}\s*)hours?\s+and\s+(?:(a\s+)?(half|quarter)|{NUMBER}\s*{_MINUTES})", re.IGNORECASE
)
_N_AND_A_HALF = re.compile(rf"(?:{NUMBER}|\bone)\s+and\s+(?:a\s+)?(half|quarter)\s+hours?", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?:(3|three)[\s-]+quarters\s+of\s+an?\s+hour|(half)[\s-]+(?:an?[\s-]+)?(?:hour|hr\b)|(quarter)[\s-]+(?:of\s+)?(?:an?[\s-]+)?hour)",
    re.IGNORECASE,
)
_HOURS_MINUTES = re.compile(
    rf"(?:{BEGINS}{NUMBER}|\b(?:an|one))\s*(?:hours?|hrs?|h)\s*,?\s*(?:and\s+)?(\d{{1,2}})\s*(?:{_MINUTES}|(?!\d)\b(?!\s*(?:people\b|(?!(?:was|as|this|is|has|plus|yes|times)\b)[a-z]+s\b)))",
    re.IGNORECASE,
)
_N_HOURS = re.compile(rf"{BEGINS}{NUMBER}[\s-]*(?:(?:{_KIND})\s+)?{_HOURS}", re.IGNORECASE)
_COUPLE = re.compile(r"\b(?:a\s+)?couple\s+(?:of\s+)?hours\b", re.IGNORECASE)
_N_MINUTES = re.compile(
    rf"{BEGINS}{NUMBER}(?:\s*(?:to|-|–)\s*\d+)?[\s-]*(?:(?:{_KIND}|more)\s+)?{_MINUTES}",
    re.IGNORECASE,
)
_ONE_HOUR = re.compile(
    r"\b(?:an|one|full|whole|another|1|my|(?:an?|my)\s+(?:good|solid|hard|long|short))[\s-]+(?:full\s+|whole\s+)?hour\b|\bhour(?=\s+of\b|[\s-]long\b)",
    re.IGNORECASE,
)


def minutes(text: str) -> int | None:
    """The first duration in ``text`` as whole minutes, or None. Not bounded: the caller judges what is too much."""
    text = digits(text)
    if (span := between(text, plainly=True)) is not None:
        return span
    value = _hours(text)
    if value is None and (match := _N_MINUTES.search(text)):
        value = float(match.group(1))
    if value is None and _ONE_HOUR.search(text):
        value = 60
    if value is None:
        value = between(text, plainly=False)
    return round(value) if value else None


def _hours(text: str) -> float | None:
    """Durations that name hours, longest way of saying it first ("2 hours and a half" before "2 hours")."""
    parts = {"half": 30, "quarter": 15}
    if match := _HOUR_AND.search(text):
        hours, _, fraction, extra = match.groups()
        return float(hours or 1) * 60 + (parts[fraction.lower()] if fraction else float(extra))
    if match := _N_AND_A_HALF.search(text):
        return float(match.group(1) or 1) * 60 + parts[match.group(2).lower()]
    if match := _FRACTION.search(text):
        return 45 if match.group(1) else 30 if match.group(2) else 15
    if match := _HOURS_MINUTES.search(text):
        return float(match.group(1) or 1) * 60 + float(match.group(2))
    if _COUPLE.search(text):
        return 120
    if match := _N_HOURS.search(text):
        return float(match.group(1)) * 60
    return None


_N_WEEKS = re.compile(
    rf"{BEGINS}{NUMBER}(?:\s*(?:to|-|–)\s*\d+)?[\s-]*(weeks?|wks?|months?|fortnights?)\b", re.IGNORECASE
)
_ONE_SPAN = re.compile(
    r"(?<!times\s)(?<!once\s)(?<!twice\s)(?<!days\s)(?<!day\s)\b(?:an?|one|the\s+next|next|the\s+coming|coming|whole|this|the)[\s-]+(week|month|fortnight|quarter)\b"
    r"(?![\s-]+by\b)",
    re.IGNORECASE,
)
_COUPLE_OF_WEEKS = re.compile(r"\b(?:a\s+)?couple\s+(?:of\s+)?(weeks|months)\b", re.IGNORECASE)
_SPANS = {"week": 1, "wk": 1, "fortnight": 2, "month": 4, "quarter": 13}
_N_DAYS = re.compile(
    rf"{BEGINS}([1-7])[\s-]*(?:days?|times?|sessions?|evenings?|mornings?|x)\s*(?:an?|per|each|every|/)\s*week\b",
    re.IGNORECASE,
)
_EVERY_DAY = re.compile(r"\b(?:every\s+(?:single\s+)?day|each\s+day|daily|(?:an?|per)\s+day)\b", re.IGNORECASE)
_ON_SOME_DAYS = re.compile(r"\b(?:once|twice|thrice)\s+(?:an?|per|each|every)\s+week\b", re.IGNORECASE)
_TIMES = {"once": 1, "twice": 2, "thrice": 3}


def weeks(text: str) -> int | None:
    """The length of a plan in ``text`` as whole weeks, or None: "6-week", "a month" is 4 weeks, "three months" 13.

    "Three times a week" is no length. Not bounded: the caller judges what is too much.
    """
    text = digits(text)
    if match := _N_WEEKS.search(text):
        return _weeks_of(float(match.group(1)), match.group(2))
    if match := _COUPLE_OF_WEEKS.search(text):
        return _weeks_of(2, match.group(1))
    if match := _ONE_SPAN.search(text):
        return _weeks_of(1, match.group(1))
    return None


def _weeks_of(number: float, unit: str) -> int | None:
    name = unit.lower().rstrip("s")
    if name == "month" and number >= 2:
        return round(number * 52 / 12)
    return round(number * _SPANS[name]) or None


def training_days(text: str) -> int | None:
    """On how many days a week ``text`` wants to train, 1-7, or None when it does not say."""
    text = digits(text)
    if match := _N_DAYS.search(text):
        return int(match.group(1))
    if match := _ON_SOME_DAYS.search(text):
        return _TIMES[match.group().split()[0].lower()]
    return 7 if _EVERY_DAY.search(text) else None
