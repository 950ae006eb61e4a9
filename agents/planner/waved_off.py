"""What a slayer says that they do not want, before they say what they do: "not my points, my last fights", "no lecture, just a picture".

The router hears the points and the lecture, and not the "not". Where the message asks for something else, such a clause asks for
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.planner.draft import SPECIALISTS, Judged
from agents.planner.memory_words import INTENTS

_MOST_WORDS = 7  # of a clause that only names what is not wanted
_LEAD = r"^(?:(?:please|and|so|but|well|ok|okay|oh|look|listen|today|this time|for once|really|honestly|actually|thanks)[\s,]+)*"
_NAMED = re.compile(
    _LEAD + r"(?:not?|none of|enough of|never mind|forget(?: about)?|skip|leave out|spare me|to hell with)\s+"
    r"(?!(?:(?:one|idea|clue|doubt|matter|luck|problem|worries|time|money|way|wonder|sure|bad|really|yet|well|easy|now|today|only|just|thanks?|more than|less than|"
    r"over|above|under|below|expensive|that|it|what|how|why|much|many|good|able|even|long|enough)\b|\d))",
    re.IGNORECASE,
)
_SAID = re.compile(
    _LEAD
    + r"(?:(?:i|we)(?:'m| am|'re| are)? (?:(?:do(?:n't| not)|did(?:n't| not)|would(?:n't| not)) (?:(?:really|actually|even) )?(?:care (?:about|for)|ask (?:for|about|you|how|to|what|which)|mean\b|need (?:an?|any|your|another|the)\b)"
    r"|not (?:asking|looking|talking|interested|here|after|in the mood)\b)"
    r"|(?:do(?:n't| not)|no need to|stop|you need(?:n't| not)|there's no need to) (?:plan|planning|draw|drawing|paint|painting|recommend\w*|suggest\w*|explain\w*|lectur\w+|sell\w*|show\w*|give|giving|tell\w*|teach\w*|quiz\w*|compar\w+|cheer\w*|motivat\w+|log|logging)\b)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"\?|\b(?:unless|until|without|before|again|if|as long as)\b", re.IGNORECASE)


def without_the_declined(clauses: Sequence[Judged]) -> list[Judged]:
    """The clauses, those that only turn something down as background, where another one asks for something.

    Args:
        clauses: of one message, with their verdicts.
    """
    if len(clauses) < 2:
        return list(clauses)
    declined = [_asks(clause) and _declines(clause) for clause in clauses]
    kept = [clause for clause, gone in zip(clauses, declined, strict=True) if _asks(clause) and not gone]
    return [
        replace(clause, label="statement", intent=None, anchored=False, part=False)
        if gone and any((clause.label, clause.intent) != (other.label, other.intent) for other in kept)
        else clause
        for clause, gone in zip(clauses, declined, strict=True)
    ]


def _asks(clause: Judged) -> bool:
    return clause.label in SPECIALISTS and clause.intent not in INTENTS


def _declines(clause: Judged) -> bool:
    text = clause.text
    if _OTHERWISE.search(text) or clause.reading.only_types:
        return False
    return _SAID.match(text) is not None or (len(text.split()) <= _MOST_WORDS and _NAMED.match(text) is not None)
