"""The trade's own words: names of the manuals' drills, and the terms of sword and school that no dictionary has.

The router has never seen most of them, and to a sentence embedding "habaki" is noise. A question that uses one is for the Coach.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

WORDS_FILE = "trade_words.txt"
_ASKS = re.compile(
    r"^(?:(?:please|and|so|but|ok|okay|then|now|can you|could you|would you|i (?:want|would like|'d like) to know)[\s,]+)*"
    r"(?:what|how|why|when|where|who|which|is|are|do|does|should|can i|explain|describe|define|tell|show|teach|give|run|walk|talk|let's|help)\b",
    re.IGNORECASE,
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Whatever the case, and with a capital only: a drill called "Minnows" is not every minnow."""
    lines = files(__package__).joinpath("data", WORDS_FILE).read_text(encoding="utf-8").splitlines()
    capital = [line for line in lines if line[:1].isupper() and " " not in line]
    any_case = sorted((line for line in lines if line not in capital), key=len, reverse=True)
    return (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, any_case))})s?\b", re.IGNORECASE),
        re.compile(rf"(?<!^)\b(?:{'|'.join(map(re.escape, capital))})\b"),
    )


def asks_about_the_trade(text: str) -> bool:
    """Whether a clause asks about a drill by its name or about a term of the trade: "what's a habaki?", "explain Minnows"."""
    any_case, capital = _patterns()
    return _ASKS.match(text) is not None and (any_case.search(text) is not None or capital.search(text) is not None)
