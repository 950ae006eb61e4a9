"""Numbers in a slayer's words: number words as digits, and what a number looks like."""

from __future__ import annotations

import re

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
    rf"(?:[\s-]+(?:(?<=hundred\s)and\s+|(?<=thousand\s)and\s+|(?<=million\s)and\s+)?(?:{_ONE_WORD}|one|hundred|thousand|million)\b)*)\b",
    re.IGNORECASE,
)
_SHARED_SCALE = re.compile(  # "between two and three hundred": the first has the scale of the second
    rf"\b({'|'.join(_ONES)})(\s+(?:and|to|or)\s+(?:{'|'.join(_ONES)})\s+(hundred|thousand))\b", re.IGNORECASE
)
_FROM_ROUND = re.compile(  # "between a hundred and two hundred": the "and" belongs to the between
    rf"\b(between|from)\s+((?:(?:an?|{_ONE_WORD}|one)\s+)?(?:hundred|thousand))\s+(and|to)\b", re.IGNORECASE
)
_DOZENS = re.compile(rf"\b(?:(half)(?:\s+an?)?|an?|({'|'.join(_ONES)}|\d{{1,2}}))\s+dozen\b", re.IGNORECASE)
_HALF_OF = re.compile(r"\bhalf\s+an?\s+(hundred|thousand)\b", re.IGNORECASE)

NUMBER = r"(\d{1,9}(?:\.\d{1,2})?)"
# Where a number begins: not within another, and not below zero, which is no time that anybody trained.
BEGINS = r"(?<![\d.])(?<!\s[-−])(?<!^[-−])(?<!minus\s)"


def digits(text: str) -> str:
    """``"forty-five minutes, two hundred coins"`` -> ``"45 minutes, 200 coins"``. A lone "one" stays a word."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\b(\d+(?:\.\d)?)k\b", lambda m: str(int(float(m.group(1)) * 1000)), text)
    text = _DOZENS.sub(_dozens, text)
    text = _HALF_OF.sub(lambda match: str(_SCALES[match[1].lower()] // 2), text)
    text = _FROM_ROUND.sub(lambda match: f"{match[1]} {_value(match[2])} {match[3]}", text)
    text = _SHARED_SCALE.sub(lambda match: f"{_ONES[match[1].lower()] * _SCALES[match[3].lower()]}{match[2]}", text)
    return _RUN.sub(lambda match: str(_value(match.group())), text)


def _dozens(match: re.Match[str]) -> str:
    if match[1]:
        return "6"
    number = match[2] or "1"
    return str(12 * (int(number) if number.isdigit() else _ONES[number.lower()]))


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
