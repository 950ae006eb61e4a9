"""What can be counted in a slayer's words: coins, recommendations and battles; lengths of time are in ``durations``."""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.planner.durations import minutes, training_days, weeks
from agents.planner.numbers import NUMBER, digits

__all__ = ["NUMBER", "Budget", "battles", "budget", "digits", "minutes", "top_k", "training_days", "weeks"]


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
    rf"(?<!level\s)(?<!kg\s)(?:\b(?:under|below|beneath|less\s+than|cheaper\s+than|lower\s+than|(?:none|nothing|not|no)\s+(?:dearer|pricier|costlier|more\s+expensive)\s+than|at\s+most|max(?:imum|\.)?(?:\s+(?:price|cost|budget|sum))?(?:\s+(?:of|is|:))*|up\s+to|"
    rf"no\s+more\s+than|not\s+more\s+than|nothing\s+(?:above|over)|(?:pay|spend)(?:ing)?\s+(?:more\s+than|over|above)|(?:limit|cap|ceiling)(?:\s+(?:is|of|:))*|none\s+(?:above|over)|not\s+(?:above|over)|"
    rf"within|only\s+have|only\s+got|can\s+(?:only\s+)?(?:spend|pay|afford)|to\s+spend|afford(?:\s+(?:with|for|on))?|budget(?:\s+(?:is|of|:|ends\s+at|stops\s+at))*|"
    rf"spend(?:ing)?(?:\s+more\s+than)?|costs?\s+less\s+than)|<=?)\s*(?:about\s+|around\s+|roughly\s+|only\s+)?{_SUM}",
    re.IGNORECASE,
)
_OR_LESS = re.compile(
    rf"{_SUM}\s*(?:or\s+(?:less|under|below|cheaper)|max(?:imum)?\b|tops\b|at\s+(?:the\s+)?most|to\s+spend|is\s+(?:all|(?:my|the)\s+(?:limit|budget|max(?:imum)?|ceiling|most)))",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:\b(?:over|above|more\s+than|at\s+least|starting\s+at|from|upwards\s+of|no\s+less\s+than|minimum(?:\s+of)?)|>=?)\s*{_SUM}",
    re.IGNORECASE,
)
_OR_MORE = re.compile(rf"{_COINS}\s*(?:or\s+(?:more|above|up)|and\s+(?:up|above)|plus\b|\+)", re.IGNORECASE)
_AROUND = re.compile(
    rf"\b(?:around|about|roughly|approximately|near(?:ly)?|circa|ca\.?)\s+(?:{_COINS}|(?=\d{{3}}){_SUM}(?=\s*(?:$|[.,;!?])))",
    re.IGNORECASE,
)
# "saved up 600", "have 280 now": two digits and more, and nothing behind them that they could count
_HAS = re.compile(
    rf"\b(?:have|'ve|got|saved(?:\s+up)?|earned)\s+(?:about\s+|around\s+|roughly\s+|only\s+|just\s+|exactly\s+)?(?=\d{{2}}){_SUM}(?=\s*(?:$|[.,;!?]|now\b|left\b|altogether\b|in\s+total\b|on\s+me\b))",
    re.IGNORECASE,
)
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
        centre = float(match.group(1) or match.group(2))
        if _SPENDS.search(text):  # "I have about 300 coins": what there is, not what it should cost
            return Budget(None, round(centre))
        return Budget(round(centre * (1 - _AROUND_SHARE)), round(centre * (1 + _AROUND_SHARE)))
    return Budget(None, _number(_PLAIN.search(text) or _HAS.search(text)))


def _is_negated(text: str) -> bool:
    return (
        re.search(
            r"\b(?:no|not|nothing|none|never|(?:won|don|can|wouldn)'t|cannot)\s+(?:\w+\s+){0,2}?(?:more\s+than|above|over)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return next((round(float(number)) for number in match.groups() if number), None)


_THINGS = r"(?:weapons?|options?|suggestions?|recommendations?|choices?|ideas|picks?|alternatives|candidates|ones|others|pieces)"
_TOP = re.compile(r"\b(?:top|best|first)\s+(\d{1,2})\b(?!\s*(?:coins?|%|minutes?))", re.IGNORECASE)
_ASKED_FOR = re.compile(
    r"\b(?:recommend|suggest|show|give|list|find|name)\s+(?:me\s+)?(?:just\s+|only\s+)?(\d{1,2})\s*(?:please\s*)?(?=$|[.,;!?])",
    re.IGNORECASE,
)
_ONLY_ONE = re.compile(
    r"\b(?:just|only|exactly)\s+(?:one|1|a\s+single)\b|\b(?:one|1|a\s+single)\s+(?:suggestion|option|recommendation|pick)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(\d{1,2})\s+instead\s+of\s+\d{1,2}\b", re.IGNORECASE)
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
    for pattern in (_TOP, counted, _MORE, _ASKED_FOR, _INSTEAD):
        if match := pattern.search(text):
            return int(match.group(1))
    if _ONLY_ONE.search(text):
        return 1
    if _FEW.search(text):
        return 3
    return 2 if _PAIR.search(text) else None


_BATTLES = r"(?:battles?|fights?|duels?|bouts?|wins?|kills?|victor(?:y|ies)|triumphs?|defeats?|loss(?:es)?|demons?|heads|times|matches|match|enem(?:y|ies)|of\s+(?:them|those|these))"
_N_BATTLES = re.compile(rf"(?<![\d.])\b(\d{{1,9}})\s+(?:[a-z]+\s+){{0,2}}?{_BATTLES}\b", re.IGNORECASE)
_AFTER_OUTCOME = re.compile(
    r"\b(?:won|lost|win|lose|beat|defeated|killed|slew|bested|(?:knocked|took|put|cut|struck)\s+(?:out|down))\s+(?:(?:to|against)\s+)?(\d{1,9})\b(?!\s*(?:minutes?|coins?|points?))",
    re.IGNORECASE,
)
_BEFORE_OUTCOME = re.compile(r"(?<![\d.:])\b(\d{1,9})\s+(?:were\s+)?(?:won|lost)\b", re.IGNORECASE)
_ONE_BATTLE = re.compile(
    rf"\b(?:an?|one|another|the|1)\s+(?:[a-z]+\s+)?{_BATTLES}\b|\b(?:won|lost|beat)\s+(?:(?:to|against)\s+)?one\b",
    re.IGNORECASE,
)


def battles(text: str) -> int | None:
    """How many battles ``text`` tells of, or None when it does not say. Not bounded: the caller judges."""
    text = digits(text)
    for pattern in (_AFTER_OUTCOME, _N_BATTLES, _BEFORE_OUTCOME):
        if match := pattern.search(text):
            return int(match.group(1))
    if re.search(
        rf"\b(?:twice|a\s+(?:couple|pair)|both\s+(?:of\s+)?(?:my\s+|the\s+)?{_BATTLES})\b", text, re.IGNORECASE
    ):
        return 2
    if re.search(r"\bonce\b", text, re.IGNORECASE):
        return 1
    if re.search(r"\bthrice\b", text, re.IGNORECASE):
        return 3
    return 1 if _ONE_BATTLE.search(text) else None
