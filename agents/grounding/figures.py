"""Figures and intervals as they are meant: "twenty minutes" is "20 minutes", "fortnightly" is "every two weeks"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from knowledge.words import STOP_WORDS, stem

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen "
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: float(number) for number, word in enumerate(_ONES.split(), start=1)}
_VALUES |= {word: 10.0 * number for number, word in enumerate(_TENS.split(), start=2)}
_VALUES |= {"zero": 0.0, "dozen": 12.0}
_SCALES = {"hundred": 100.0, "thousand": 1000.0}
_HALVES = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}

_DAY, _YEAR = 86400.0, 12.0
_SIZES: dict[str, tuple[str, float]] = {  # unit -> (dimension, size in its base unit)
    "sec": ("time", 1), "second": ("time", 1), "min": ("time", 60), "minute": ("time", 60), "hour": ("time", 3600),
    "hr": ("time", 3600), "h": ("time", 3600), "day": ("time", _DAY), "night": ("time", _DAY), "week": ("time", 7 * _DAY),
    "fortnight": ("time", 14 * _DAY), "month": ("months", 1), "quarter": ("months", 3), "year": ("months", _YEAR),
    "mm": ("length", 1), "millimetre": ("length", 1), "millimeter": ("length", 1), "cm": ("length", 10),
    "centimetre": ("length", 10), "centimeter": ("length", 10), "m": ("length", 1000), "metre": ("length", 1000),
    "meter": ("length", 1000), "km": ("length", 1e6), "kilometre": ("length", 1e6), "inch": ("length", 25.4),
    "g": ("mass", 1), "gram": ("mass", 1), "kg": ("mass", 1000), "kilo": ("mass", 1000), "kilogram": ("mass", 1000),
    "ml": ("volume", 1), "millilitre": ("volume", 1), "litre": ("volume", 1000), "liter": ("volume", 1000),
}  # fmt: skip
_COUNTED = (
    "degree percent coin drop coat breath round repetition rep set time pace stroke cut pass layer turn point battle win drill "
    "strip sheet sip cup spoonful thrust swing log session bout"
)
_SIZES |= {unit: (unit, 1) for unit in _COUNTED.split()}
_LABELS = ("level", "step", "grade", "grit")  # they stand before their number
_ADVERBS: dict[str, tuple[str, float]] = {
    "hourly": ("time", 3600), "daily": ("time", _DAY), "nightly": ("time", _DAY), "weekly": ("time", 7 * _DAY),
    "biweekly": ("time", 14 * _DAY), "fortnightly": ("time", 14 * _DAY), "monthly": ("months", 1), "quarterly": ("months", 3),
    "yearly": ("months", _YEAR), "annually": ("months", _YEAR),
}  # fmt: skip
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_ORDINALS = {"other": 2.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "tenth": 10.0}

MEASURES = frozenset(
    stem(word)
    for word in (*(unit for unit, (dimension, _) in _SIZES.items() if dimension != unit), *_ADVERBS, "twice", "thrice")
)
"""The stems of the words that measure: they tell how much, and not what a sentence is about."""

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]+(?:'[a-z]+)?|[%\u00b0\u00bd\u00bc\u00be]|[.,:;!?()|]")
_SYMBOLS = {"%": "percent", "\u00b0": "degree"}
_FRACTIONS = {"\u00bd": 0.5, "\u00bc": 0.25, "\u00be": 0.75}
_WHOLE = {**_FRACTIONS, "twice": 2.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: the number as written and, for a known unit, its dimension and size in the base unit."""

    number: str
    dimension: str | None = None
    size: float | None = None

    def meets(self, given: Figure) -> bool:
        """Whether a text that holds ``given`` bears this one out."""
        if self.dimension != given.dimension:
            return False
        return self.number == given.number if self.size is None else self.size == given.size


@dataclass(frozen=True, slots=True)
class Interval:
    """How often: a period, or the events that it comes with ("after every use")."""

    dimension: str
    size: float | None = None
    events: frozenset[str] = frozenset()

    def meets(self, given: Interval) -> bool:
        """Whether a text that holds ``given`` bears this one out."""
        if self.dimension == "event":
            return given.dimension == "event" and bool(self.events & given.events)
        return self.dimension == given.dimension and self.size == given.size


@dataclass(frozen=True, slots=True)
class Amounts:
    """The figures of a text with how often each stands in it, and its intervals."""

    figures: Counter[Figure]
    intervals: frozenset[Interval]


def amounts(text: str) -> Amounts:
    """Read the figures and intervals of one sentence; "one" and "once" alone, which count nothing, are left out."""
    tokens = _tokens(text)
    figures: Counter[Figure] = Counter()
    intervals: set[Interval] = set()
    waiting: list[float | str] = []  # the first numbers of a range, which take the unit of its last
    place = 0
    while place < len(tokens):
        if (every := _interval(tokens, place)) is not None:
            interval, place = every
            intervals.add(interval)
            continue
        number, after = _number(tokens, place)
        if number is None:
            place += 1
            continue
        if place and (label := _singular(tokens[place - 1])) in _LABELS:
            figures[Figure(_written(number), label, _size(number, 1))] += 1
            place = after
            continue
        unit, end = _unit(tokens, after)
        if unit is None and _is_range(tokens, after):
            waiting.append(number)
            place = after
            continue
        if unit is not None or number not in (1.0, 0.5, 0.25, 1 / 3) or tokens[place][0].isdigit():
            for each in (*waiting, number):
                figures[_figure(each, unit)] += 1
        waiting = []
        place = end
    return Amounts(figures, frozenset(intervals))


def _tokens(text: str) -> list[str]:
    plain = re.sub(r"[*_`]|\[\d+\]", "", text.lower().replace("\u2019", "'"))
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    plain = re.sub(r"\bminutes:\s*(\d+)", r"\1 minutes", plain)  # a drill's own line
    plain = re.sub(r"(?<=\d)(?=[a-z\u00b0%])|(?<=\d)\s*[-\u2013\u2014](?=\s*\d)", " ", plain)
    return _TOKEN.findall(re.sub(r"[-\u2013\u2014/]", " ", plain))


def _number(tokens: list[str], place: int) -> tuple[float | str | None, int]:
    """The number that begins here, and where what follows it begins; a figure with leading zeros is a name and stays as it is."""
    word = tokens[place]
    if word[0].isdigit():
        return _digits(tokens, place)
    if word in ("a", "an"):
        return _article(tokens, place)
    if word in _HALVES:
        return _fraction(tokens, place)
    if word in _WHOLE:
        return _WHOLE[word], place + 1
    return _counted(tokens, place)


def _digits(tokens: list[str], place: int) -> tuple[float | str, int]:
    word, after = tokens[place], place + 1
    if len(word) > 1 and word[0] == "0" and word.isdigit():
        return word, after
    if after < len(tokens) and tokens[after] in ("st", "nd", "rd", "th"):
        after += 1
    if after < len(tokens) and tokens[after] in _FRACTIONS:
        return float(word) + _FRACTIONS[tokens[after]], after + 1
    return float(word), after


def _counted(tokens: list[str], place: int) -> tuple[float | None, int]:
    """A number in words: "twenty-five", "two hundred", "two and a half"."""
    if tokens[place] not in _VALUES:
        return None, place + 1
    number, after = _VALUES[tokens[place]], place + 1
    if number >= 20 and after < len(tokens) and _VALUES.get(tokens[after], 10.0) < 10:
        number, after = number + _VALUES[tokens[after]], after + 1
    while after < len(tokens) and tokens[after] in _SCALES:
        number, after = number * _SCALES[tokens[after]], after + 1
    if tokens[after : after + 3] == ["and", "a", "half"]:
        return number + 0.5, after + 3
    return number, after


def _article(tokens: list[str], place: int) -> tuple[float | None, int]:
    """A number that begins with its article: "an hour", "a dozen", "a hundred", "a couple of"."""
    after = place + 1
    following = tokens[after] if after < len(tokens) else ""
    if following in _SCALES:
        return _SCALES[following], after + 1
    if following == "dozen":
        return 12.0, after + 1
    if following == "couple":
        return 2.0, after + (2 if tokens[after + 1 : after + 2] == ["of"] else 1)
    if following in ("minute", "hour", "day", "week", "fortnight", "month", "year"):
        half = tokens[after + 1 : after + 4] == ["and", "a", "half"]
        return (1.5 if half else 1.0), after
    return None, after


def _fraction(tokens: list[str], place: int) -> tuple[float | None, int]:
    after = place + 1
    while after < len(tokens) and tokens[after] in ("of", "a", "an"):
        after += 1
    if tokens[place] != "half" and after == place + 1:
        return None, after  # "the third cut", "the quarter"
    if after < len(tokens) and tokens[after] == "dozen":
        return 6.0, after + 1
    return (
        (_HALVES[tokens[place]], after)
        if after < len(tokens) and _singular(tokens[after]) in _SIZES
        else (None, place + 1)
    )


def _unit(tokens: list[str], after: int) -> tuple[str | None, int]:
    """The unit of a number, which one adjective may precede, and where what follows it begins."""
    for skipped in (0, 1):
        word = tokens[after + skipped] if after + skipped < len(tokens) else "."
        unit = _singular(_SYMBOLS.get(word, word))
        if unit in _SIZES:
            return unit, after + skipped + 1
        if not word.isalpha() or word in ("and", "or", "to", "of", "in", "on", "a", "the", "for"):
            break
    return None, after


def _is_range(tokens: list[str], after: int) -> bool:
    joined = after + 1 if tokens[after : after + 1] and tokens[after] in ("to", "or", "and", ",") else after
    return joined < len(tokens) and _number(tokens, joined)[0] is not None


def _interval(tokens: list[str], place: int) -> tuple[Interval, int] | None:
    token = tokens[place]
    if token in _ADVERBS:
        return Interval(*_ADVERBS[token]), place + 1
    if token in ("every", "each", "per"):
        return _every(tokens, place + 1)
    times, after = (_TIMES[token], place + 1) if token in _TIMES else _number(tokens, place)
    if isinstance(times, float) and times and tokens[after : after + 1] == ["times"]:
        after += 1
    elif token not in _TIMES:
        return None
    if tokens[after : after + 1] and tokens[after] in ("a", "an", "per", "each", "every"):
        unit, end = _unit(tokens, after + 1)
        if unit in _SIZES and _SIZES[unit][0] in ("time", "months") and isinstance(times, float):
            dimension, size = _SIZES[unit]
            return Interval(dimension, round(size / times, 6)), end
    return None


def _every(tokens: list[str], place: int) -> tuple[Interval, int] | None:
    number: float | str | None = 1.0
    after = place
    if place < len(tokens):
        if tokens[place] in _ORDINALS and tokens[place + 1 : place + 2]:
            number, after = _ORDINALS[tokens[place]], place + 1
        else:
            found, end = _number(tokens, place)
            number, after = (found, end) if found is not None else (1.0, place)
    unit, end = _unit(tokens, after)
    if unit in _SIZES and _SIZES[unit][0] in ("time", "months") and isinstance(number, float):
        dimension, size = _SIZES[unit]
        return Interval(dimension, round(number * size, 6)), end
    events: set[str] = set()
    for word in tokens[after : after + 3]:
        if not word.isalpha() or word in _VALUES or (word in STOP_WORDS and word != "use"):
            break
        events.add(stem(word))
    if not events:
        return None  # "facing each other", "rest after every ten"
    count = "" if number == 1.0 or number is None else f"{_written(number)} "
    return Interval("event", None, frozenset(f"{count}{event}" for event in events)), after


def _figure(number: float | str, unit: str | None) -> Figure:
    if unit is None:
        return Figure(_written(number))
    dimension, size = _SIZES[unit]
    return Figure(_written(number), dimension, _size(number, size))


def _written(number: float | str) -> str:
    return number if isinstance(number, str) else f"{number:.6g}"


def _size(number: float | str, unit: float) -> float | None:
    return None if isinstance(number, str) else round(number * unit, 6)


def _singular(token: str) -> str:
    if token in _SIZES or len(token) < 3:
        return token
    return token[:-2] if token.endswith("es") and token[:-2] in _SIZES else token.removesuffix("s")
