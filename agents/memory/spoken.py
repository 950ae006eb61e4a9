"""A slayer's words said back to them: "my knee is bad" as "your knee is bad"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_TURNED = {
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "i": "you", "me": "you", "my": "your", "mine": "yours",
    "myself": "yourself", "we": "you", "we're": "you're", "we've": "you've", "our": "your", "us": "you", "am": "are",
}  # fmt: skip
_WORD = re.compile(
    r"(?<![\w'-])(?:i'm|i've|i'd|i'll|i was|i am|i|me|my|mine|myself|we're|we've|we|our|us)(?![\w'-])", re.IGNORECASE
)


def to_you(text: str) -> str:
    """``text`` in the second person, as it goes on after "that"."""

    def turned(found: re.Match[str]) -> str:
        said = " ".join(found.group().lower().split())
        return {"i was": "you were", "i am": "you are"}.get(said) or _TURNED[said]

    return _WORD.sub(turned, text)


def spoken_day(day: str) -> str:
    """A day such as 2026-03-10 as "10 March 2026"."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B} {found.year}"


def joined(parts: Sequence[str]) -> str:
    """Several as one: "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
