"""Small words: lists in sentences, lower case, numbers of steps, amounts in brackets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_PROPER = ("Hashira", "I ", "Breathing")
_ASIDE = re.compile(
    r",? (?:because|since|so that|although|though|whereas|as though|as if|rather than|even when|even if)\b.*$"
    r"|, (?:as|for|which|who|where|so|but|and never|and not)\b.*$"
)
_LEAST_WORDS = 4  # of what is left of a sentence
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def listing(items: Sequence[str], last: str = "and") -> str:
    """``["a", "b", "c"]`` -> ``"a, b and c"``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def lower_first(text: str) -> str:
    """Lower the first letter, unless the word is a name, an abbreviation or "I"."""
    if len(text) < 2 or text[1].isupper() or text.startswith(_PROPER):
        return text
    return text[0].lower() + text[1:]


def count(number: int, noun: str) -> str:
    """``count(2, "drill")`` -> ``"two drills"``; figures from eleven on."""
    word = _COUNTS[number] if number < len(_COUNTS) else str(number)
    return f"{word} {noun}" if number == 1 else f"{word} {noun}s"


def minutes(number: int) -> str:
    """``5`` -> ``"5 minutes"``."""
    return "1 minute" if number == 1 else f"{number} minutes"


def steps_named(numbers: Sequence[int]) -> str:
    """``[3]`` -> ``"step 3"``, ``[3, 6]`` -> ``"steps 3 and 6"``."""
    return f"step{'s' if len(numbers) > 1 else ''} {listing([str(number) for number in numbers])}"


def material(item: str) -> str:
    """A line of a list of materials as it reads in a sentence.

    ``"Camellia oil, two drops"`` -> ``"camellia oil (two drops)"``.
    """
    thing, _, amount = lower_first(item).rstrip(".").partition(", ")
    return f"{thing} ({amount})" if amount else thing


def kilograms(weight: float) -> str:
    """A weight as the catalogue writes it: ``1.7`` -> ``"1.70 kg"``."""
    return f"{weight:.2f} kg"


def article(noun: str) -> str:
    """``"axe"`` -> ``"an axe"``."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def pick(seed: str, number: int) -> int:
    """A choice below ``number`` that is always the same for the same words and differs between others."""
    return int.from_bytes(hashlib.sha256(seed.strip().lower().encode()).digest()[:8], "big") % number


def plain(sentence: str) -> str:
    """A sentence without its side remark: "Avoid hard blocks, because ash splits." is "Avoid hard blocks."."""
    end = sentence[len(sentence.rstrip(".!?")) :]
    short = _ASIDE.sub("", sentence.rstrip(".!?"))
    return f"{short}{end}" if len(short.split()) >= _LEAST_WORDS else sentence
