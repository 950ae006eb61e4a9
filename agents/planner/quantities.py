"""Numbers in a slayer's words: minutes, coins and counts, written in digits or in words."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNITS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {"one": 1, **{word: value for word, value in _UNITS.items() if value < 10}}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ONE_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?:(?:an?|one)\s+(?=hundred|thousand|million))?"
    rf"(?:(?:{_ONE_WORD}|one(?=\s+(?:hundred|thousand|million))|hundred|thousand|million)"
    rf"(?:[\s-]+(?:and\s+)?(?:{_ONE_WORD}|one|hundred|thousand|million)\b)*)\b",
    re.IGNORECASE,
)

NUMBER = r"(\d{1,9}(?:\.\d{1,2})?)"
# Where a number begins: not within another, and not below zero, which is no time that anybody trained.
_BEGINS = r"(?<![\d.])(?<!\s[-−])(?<!^[-−])(?<!minus\s)"
_HOURS = r"(?:hours?|hrs?|h)\b"
_MINUTES = r"(?:minutes?|mins?|min|m)\b"
_CLOCK = re.compile(r"\bfrom\s+(\d{1,2}):(\d{2})\s*(?:to|until|till|-)\s*(\d{1,2}):(\d{2})\b", re.IGNORECASE)
_HOUR_AND = re.compile(
    rf"(?:\b(?:an?|one)\s+|{NUMBER}\s*)hours?\s+and\s+(?:(a\s+)?(half|quarter)|{NUMBER}\s*{_MINUTES})", re.IGNORECASE
)
_N_AND_A_HALF = re.compile(rf"(?:{NUMBER}|\bone)\s+and\s+(?:a\s+)?(half|quarter)\s+hours?", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?:(3|three)[\s-]+quarters\s+of\s+an?\s+hour|(half)[\s-]+(?:an?[\s-]+)?hour|(quarter)[\s-]+(?:of\s+)?(?:an?[\s-]+)?hour)",
    re.IGNORECASE,
)
_HOURS_MINUTES = re.compile(
    rf"{_BEGINS}{NUMBER}\s*(?:hours?|hrs?|h)\s*,?\s*(?:and\s+)?(\d{{1,2}})\s*(?:{_MINUTES}|(?!\d)\b)", re.IGNORECASE
)
_N_HOURS = re.compile(rf"{_BEGINS}{NUMBER}[\s-]*{_HOURS}", re.IGNORECASE)
_COUPLE = re.compile(r"\b(?:a\s+)?couple\s+(?:of\s+)?hours\b", re.IGNORECASE)
_N_MINUTES = re.compile(rf"{_BEGINS}{NUMBER}(?:\s*(?:to|-|–)\s*\d+)?[\s-]*{_MINUTES}", re.IGNORECASE)
_ONE_HOUR = re.compile(
    r"\b(?:an|one|full|whole|another|1)[\s-]+(?:full\s+|whole\s+)?hour\b|\bhour(?=\s+of\b|[\s-]long\b)", re.IGNORECASE
)


def digits(text: str) -> str:
    """``"forty-five minutes, two hundred coins"`` -> ``"45 minutes, 200 coins"``. A lone "one" stays a word."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\b(\d+(?:\.\d)?)k\b", lambda m: str(int(float(m.group(1)) * 1000)), text)
    return _RUN.sub(lambda match: str(_value(match.group())), text)


def _value(words: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in {"a", "an", "and"}:
            continue
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        else:
            current += _UNITS.get(word, 0) or _ONES.get(word, 0)
    return total + current


def minutes(text: str) -> int | None:
    """The first duration in ``text`` as whole minutes, or None. Not bounded: the caller judges what is too much."""
    text = digits(text)
    if clock := _CLOCK.search(text):
        start_h, start_m, end_h, end_m = map(int, clock.groups())
        return (end_h * 60 + end_m - start_h * 60 - start_m) % (24 * 60) or None
    value = _hours(text)
    if value is None and (match := _N_MINUTES.search(text)):
        value = float(match.group(1))
    if value is None and _ONE_HOUR.search(text):
        value = 60
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
        return float(match.group(1)) * 60 + float(match.group(2))
    if _COUPLE.search(text):
        return 120
    if match := _N_HOURS.search(text):
        return float(match.group(1)) * 60
    return None


_N_WEEKS = re.compile(
    rf"{_BEGINS}{NUMBER}(?:\s*(?:to|-|–)\s*\d+)?[\s-]*(weeks?|wks?|months?|fortnights?)\b", re.IGNORECASE
)
_ONE_SPAN = re.compile(
    r"(?<!times\s)(?<!once\s)(?<!twice\s)(?<!days\s)(?<!day\s)\b(?:an?|one|the\s+next|next|the\s+coming|coming|whole|this|the)[\s-]+(week|month|fortnight|quarter)\b"
    r"(?![\s-]+by\b)",
    re.IGNORECASE,
)
_COUPLE_OF_WEEKS = re.compile(r"\b(?:a\s+)?couple\s+(?:of\s+)?(weeks|months)\b", re.IGNORECASE)
_SPANS = {"week": 1, "wk": 1, "fortnight": 2, "month": 4, "quarter": 13}
_N_DAYS = re.compile(
    rf"{_BEGINS}([1-7])[\s-]*(?:days?|times?|sessions?|evenings?|mornings?|x)\s*(?:an?|per|each|every|/)\s*week\b",
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


class Budget(NamedTuple):
    """Bounds in coins; None where there is none."""

    low: int | None = None
    high: int | None = None


# A number with one of these behind it counts something else than coins.
_NOT_COINS = (
    r"(?!\d|\.\d|\s*(?:-\s*)?(?:h|hours?|hrs?|m|min|mins|minutes?|seconds?|days?|weeks?|months?|years?|kg|kilos?|kilograms?|"
    r"grams?|cm|m|metres?|meters?|%|percent|points?|times|wins?|loss(?:es)?|battles?|fights?|victor(?:y|ies)|demons?|"
    r"weapons?|options?|suggestions?|drills?|steps?|miles?|people|dollars?|euros?|(?:sharpness|levels?|strength)\b)\b|\s*:\d)"
)
_SUM = rf"(?:[$¥]\s*)?{NUMBER}{_NOT_COINS}\s*(?:coins?|gold|yen|mon|c\b)?"
_COINS = rf"(?:[$¥]\s*)?{NUMBER}\s*(?:coins?|gold|yen|mon)\b"
_BETWEEN = re.compile(
    rf"\b(?:between|from|in\s+the)\s+{NUMBER}\s*(?:coins?\s*)?(?:and|to|-|–)\s*{_SUM}|{NUMBER}\s*(?:to|-|–)\s*{_COINS}",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    rf"(?<!level\s)(?<!kg\s)(?:\b(?:under|below|beneath|less\s+than|cheaper\s+than|lower\s+than|at\s+most|max(?:imum|\.)?(?:\s+of)?|up\s+to|"
    rf"no\s+more\s+than|not\s+more\s+than|nothing\s+(?:above|over)|pay(?:ing)?\s+more\s+than|none\s+(?:above|over)|not\s+(?:above|over)|"
    rf"within|only\s+have|only\s+got|can\s+spend|can\s+pay|can\s+afford|to\s+spend|afford|budget(?:\s+(?:is|of|:))*|"
    rf"spend(?:ing)?(?:\s+more\s+than)?|costs?\s+less\s+than)|<=?)\s*(?:about\s+|around\s+|roughly\s+|only\s+)?{_SUM}",
    re.IGNORECASE,
)
_OR_LESS = re.compile(
    rf"{_SUM}\s*(?:or\s+(?:less|under|below|cheaper)|max(?:imum)?\b|tops\b|at\s+(?:the\s+)?most|to\s+spend|is\s+(?:all|my\s+(?:limit|budget|max)))",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:\b(?:over|above|more\s+than|at\s+least|starting\s+at|from|upwards\s+of|no\s+less\s+than|minimum(?:\s+of)?)|>=?)\s*{_SUM}",
    re.IGNORECASE,
)
_OR_MORE = re.compile(rf"{_COINS}\s*(?:or\s+(?:more|above|up)|and\s+(?:up|above)|plus\b|\+)", re.IGNORECASE)
_AROUND = re.compile(rf"\b(?:around|about|roughly|approximately|near(?:ly)?|circa|ca\.?)\s+{_COINS}", re.IGNORECASE)
_PLAIN = re.compile(rf"{_COINS}|\bfor\s+{_SUM}(?=\s*(?:$|[.,;!?]|and\b|or\b))", re.IGNORECASE)
_SPENDS = re.compile(r"\b(?:spend|have|got|own|saved|budget|left|afford|pay)\b", re.IGNORECASE)
_AROUND_SHARE = 0.2


def budget(text: str) -> Budget:
    """The price bounds in ``text``, in coins. "around 300 coins" is 300 give or take a fifth; "cheap" is no bound."""
    text = digits(text)
    if match := _BETWEEN.search(text):
        low, high = sorted(round(float(number)) for number in match.groups() if number)
        return Budget(low, high)
    low_match = _OR_MORE.search(text) or (None if _is_negated(text) else _FROM.search(text))
    high_match = _UP_TO.search(text) or _OR_LESS.search(text)
    if high_match or low_match:
        return Budget(_number(low_match), _number(high_match))
    if match := _AROUND.search(text):
        centre = float(match.group(1))
        if _SPENDS.search(text):  # "I have about 300 coins": what there is, not what it should cost
            return Budget(None, round(centre))
        return Budget(round(centre * (1 - _AROUND_SHARE)), round(centre * (1 + _AROUND_SHARE)))
    return Budget(None, _number(_PLAIN.search(text)))


def _is_negated(text: str) -> bool:
    return re.search(r"\b(?:no|not|nothing|none|never)\s+(?:more\s+than|above|over)\b", text, re.IGNORECASE) is not None


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return next((round(float(number)) for number in match.groups() if number), None)


_THINGS = r"(?:weapons?|options?|suggestions?|recommendations?|choices?|ideas|picks?|alternatives|candidates|ones|others|pieces)"
_TOP = re.compile(r"\b(?:top|best|first)\s+(\d{1,2})\b(?!\s*(?:coins?|%|minutes?))", re.IGNORECASE)
_ONLY_ONE = re.compile(
    r"\b(?:just|only|exactly)\s+(?:one|1|a\s+single)\b|\b(?:one|1|a\s+single)\s+(?:suggestion|option|recommendation|pick)\b",
    re.IGNORECASE,
)
_FEW = re.compile(rf"\b(?:a\s+few|several|some)\s+{_THINGS}\b", re.IGNORECASE)
_PAIR = re.compile(r"\b(?:a\s+couple\s+(?:of\s+)?|down\s+to\s+2\b)", re.IGNORECASE)
_MORE = re.compile(
    r"\b(\d{1,2})\s+(?:more|other|different|further|cheaper|lighter|heavier|good|nice|light|heavy|rare)\b",
    re.IGNORECASE,
)


def top_k(text: str, nouns: str = "") -> int | None:
    """How many recommendations are wanted, or None. ``nouns``: a regex of type names that can be counted too."""
    text = digits(text)
    things = rf"(?:{_THINGS}|{nouns})" if nouns else _THINGS
    counted = re.compile(rf"(?<![\d.])\b(\d{{1,2}})\s+(?:[a-z]+\s+)?{things}\b", re.IGNORECASE)
    for pattern in (_TOP, counted, _MORE):
        if match := pattern.search(text):
            return int(match.group(1))
    if _ONLY_ONE.search(text):
        return 1
    if _FEW.search(text):
        return 3
    return 2 if _PAIR.search(text) else None


_BATTLES = r"(?:battles?|fights?|duels?|bouts?|wins?|victor(?:y|ies)|triumphs?|defeats?|loss(?:es)?|demons?|times|matches|match|enem(?:y|ies))"
_N_BATTLES = re.compile(rf"(?<![\d.])\b(\d{{1,9}})\s+(?:[a-z]+\s+){{0,2}}?{_BATTLES}\b", re.IGNORECASE)
_AFTER_OUTCOME = re.compile(
    r"\b(?:won|lost|win|lose|beat|defeated|killed|slew)\s+(?:(?:to|against)\s+)?(\d{1,9})\b(?!\s*(?:minutes?|coins?|points?))",
    re.IGNORECASE,
)
_ONE_BATTLE = re.compile(
    rf"\b(?:an?|one|another|the|1)\s+(?:[a-z]+\s+)?{_BATTLES}\b|\b(?:won|lost|beat)\s+(?:(?:to|against)\s+)?one\b",
    re.IGNORECASE,
)


def battles(text: str) -> int | None:
    """How many battles ``text`` tells of, or None when it does not say. Not bounded: the caller judges."""
    text = digits(text)
    for pattern in (_AFTER_OUTCOME, _N_BATTLES):
        if match := pattern.search(text):
            return int(match.group(1))
    if re.search(r"\b(?:twice|a\s+couple)\b", text, re.IGNORECASE):
        return 2
    if re.search(r"\bonce\b", text, re.IGNORECASE):
        return 1
    if re.search(r"\bthrice\b", text, re.IGNORECASE):
        return 3
    return 1 if _ONE_BATTLE.search(text) else None
