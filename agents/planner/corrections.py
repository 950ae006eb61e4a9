"""A slayer who puts right what they have just said: "log 20, sorry, 30 minutes", "the Heron Spear, no wait, the Oak Kanabo".

What was put right is taken out, so that nothing further on sees it: an entry for each would be one too many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from agents.planner.numbers import digits

_MARK = (
    r"(?:\s*[,;.…–—-]+\s*|\s+)(?:(?:no+[, ]+)?wait(?:[, ]+no)?|(?:oh[, ]+)?(?:no[, ]+)?sorry|(?:no[, ]+)?i\s+mean(?:t)?(?:\s+to\s+say)?|(?:or|no)[, ]+rather|"
    r"scratch\s+that|correction)\b[\s,:;–—-]+(?:(?:make|let's\s+say|rather)\s+(?:that|it)?\s*)?"
    r"|\s*[,;.…–—-]+\s*(?:no|rather|actually|(?:no[, ]+)?make\s+(?:that|it)|better)\b[\s,:;–—-]+"
)
_SAID = re.compile(r"\b(?:wait|sorry|mean|meant|rather|scratch|correction|no|actually|make|better)\b", re.IGNORECASE)
_UNITS = {
    "time": r"hours?|hrs?|h|minutes?|mins?|min|m",
    "weeks": r"weeks?|months?",
    "coins": r"coins?|gold",
    "battles": r"battles?|fights?|wins?|victor(?:y|ies)|loss(?:es)?|defeats?|demons?",
}
_UNIT = "|".join(f"(?P<{kind}{{n}}>(?:{words})\\b)" for kind, words in _UNITS.items())
_AMOUNT = (
    r"(?<![\w.])(?:\d+(?:\.\d+)?|half\s+an?|(?:a\s+)?quarter\s+of\s+an|an?|one)[\s-]*(?:" + _UNIT + r")"
    r"|(?<![\w.:])\d+(?:\.\d+)?(?![\w:]|\.\d)"
)
_AMOUNT_CORRECTED = re.compile(
    rf"(?P<first>{_AMOUNT.format(n=1)})(?P<between>[^.!?\d]{{0,40}}?)(?:{_MARK})(?P<second>{_AMOUNT.format(n=2)})",
    re.IGNORECASE,
)
_NAME_CORRECTED = re.compile(rf"(?!.*\bno\s+$)(?:{_MARK})(?:(?:the|my|a|an)\s+)?", re.IGNORECASE)  # not "bows, no axes"
_TURNS_AWAY = re.compile(
    r"^(?:no|nope|wait|sorry|oh|hm+)[,!. ]*[,!.]\s*(?=(?:with|for|in|at|under|as|on|the same)\b)", re.IGNORECASE
)
_MOST = 4

Names = Callable[[str], Sequence[tuple[int, int]]]
"""Where names of weapons and types stand in a text, in its order."""


def settled(text: str, names: Names) -> str:
    """``text`` without what the slayer takes back in the same breath; unchanged where they take nothing back.

    Args:
        text: a message, spelling mended.
        names: finds the names.
    """
    text = _TURNS_AWAY.sub("", text)  # "no, with the Oak Kanabo": what is turned down stands in the turn before
    if not _SAID.search(text):
        return text
    for _ in range(_MOST):
        shorter = _amount_settled(_name_settled(text, names))
        if shorter == text:
            break
        text = shorter
    return text


def _amount_settled(text: str) -> str:
    plain = digits(text)
    found = _AMOUNT_CORRECTED.search(plain)
    if found is None or not _of_one_kind(found):
        return text
    between, rest = found["between"], plain[found.end() :]
    if between.strip() and rest.lstrip().lower().startswith(between.strip().lower()):
        between = ""  # "20 minutes of training, sorry, 30 minutes of training"
    return plain[: found.start()] + found["second"] + between + rest


def _of_one_kind(found: re.Match[str]) -> bool:
    """Whether both amounts may be of the same thing: "20 minutes, actually 2 battles too" are not."""
    first, second = ({kind for kind in _UNITS if found[f"{kind}{n}"]} for n in (1, 2))
    return not first or not second or first == second


def _name_settled(text: str, names: Names) -> str:
    spans = names(text)
    for (start, end), (next_start, _) in pairwise(spans):
        if _NAME_CORRECTED.fullmatch(text[end:next_start]):
            return text[:start] + text[next_start:]
    return text
