"""Buying: which clauses order one particular weapon, which ask for one to be found, and which call an order off.

"Buy the Heron Spear" and "I'll take the second one" are orders; "I want to buy a katana under 300 coins" names no weapon yet, so
it is a wish for the Recommender; "don't buy it" and "I bought it last week" order nothing.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from agents.planner.reading import Reading

Wish = Literal["order", "search", "declined"]

_POLITE = r"(?:(?:ok(?:ay)?|yes|yeah|sure|well|so|then|and|now|please|just|great|good|fine|deal|sold|alright)[\s,!.]+)*"
_ORDERING = re.compile(
    r"\b(?:buy|buying|purchas(?:e|ing)|acquire|on my (?:bill|tab)|sell me|sell (?:it|that|this) to me|i'(?:ll|d|m) (?:pay for|paying for))\b"
    r"|(?<!\bmy )(?<!\bthe )(?<!\ban )(?<!\bin )(?<!\bno )(?<!\blast )(?<!\byour )(?<!\bthis )(?<!\bout of )\border(?:ing)?\b(?! (?:history|number\W*$))"
    r"|\b(?:place|make|complete|confirm|put in|put through)\s+(?:the|an|my|that|this)\s+(?:order|purchase)\b|\bon order\b"
    rf"|^{_POLITE}(?:take|get me|i(?:'ll|'d|'m| will| would)? (?:take|taking)|i'll have|i'll go (?:for|with)|i(?:'m going| go) (?:for|with)|i choose|i'll get)\s+(?:it|that|this|the|them|both|number|option)\b"
    r"(?!.*\b(?:apart|to|off|out|down|along|up|into|back|away|slow(?:ly)?|easy|seriously|step)\b)",
    re.IGNORECASE,
)
# Wordings that order only what stands right behind them, to the end: "I want that one", not "I want that one's history".
_HAVING = re.compile(
    rf"^{_POLITE}(?:(?:i|we)(?:'d| would)? (?:want|like)(?: to have)?|(?:may|can|could) (?:i|we) have|let me have|give me)\s+"
    r"(?:(?:it|that|this|the|them|both)\b|\x00)(?:\s+(?:one|first|second|third|fourth|fifth|last|best|top|\x00))*(?:\s+(?:please|now|then|for me))*\W*$",
    re.IGNORECASE,
)
# Without any of these nothing is ordered, whatever the router makes of a clause: "and the second one?".
_OF_BUYING = re.compile(
    r"\b(?:buy\w*|order\w*|purchas\w+|pay\w*|sell|sold|take|taking|have|get|give|want|like|go|going|choose|chosen|decided|deal|mine|own|acquire|bill|tab|basket|cart|checkout|money|coins?|"
    r"ship|deliver\w*|reserve|book|aside|ring up|wrap|pack|send|bought|mind)\b",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"\b(?:the|your) (?:very )?(?:best|top)(?: (?:one|pick|choice|of (?:them|those|these)))?\W*$", re.IGNORECASE
)
_UNNAMED = re.compile(r"\b(?:weapons?|swords?|blades?|something|anything)\b", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"\b(?:an?|some|any|another|one of|new|\d+|two|three|four|five)\s+(?:[\w-]+\s+){0,3}?$", re.IGNORECASE
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_ADVICE = re.compile(
    rf"^{_POLITE}(?:but\s+)?(?:what|which|how|why|when|where|should|is(?! it (?:possible|ok|okay|all right) to (?:buy|order|get)\b)|are|do you|would you (?!.*\bfor me\b|(?:please )?(?:sell|order|send|ship|wrap|pack)\b)|if)\b|\bshould i\b|\b(?:order|sort) (?:them|these|those|the \w+) by\b|\bworth\b|\bbefore i (?:buy|order)\b",
    re.IGNORECASE,
)
_FOR_IT = re.compile(  # "buy oil for it": the thing to buy is another
    r"\b(?:buy|order|purchase)\s+(?!it\b|that\b|this\b|the\b|them\b|both\b)(?:[\w-]+\s+){1,3}for (?:it|them|that|this|my|the)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(rf"^{_POLITE}(?:did|have|has|had|was|were)\b", re.IGNORECASE)
_DECLINED = re.compile(
    r"\b(?:do not|don't|won't|will not|wouldn't|would not|not|never|haven't|can't|cannot|didn't)\b[\s\w]{0,20}?\b(?:buy|buying|order|ordering|ordered|purchas\w+|take|taking|want|afford|get)\b"
    r"|\b(?:think(?:ing)? (?:of|about)|consider(?:ing)?|wonder(?:ing)? about|toy(?:ing)? with(?: the idea of)?) (?:buying|ordering|getting|taking)\b|\bcancel\b|\b(?:sell|return) (?:my|back|it back)\b|\brather not\b|\b(?:maybe|perhaps|later|next (?:week|month|year)|some day|someday)\b|^i (?:just |already |have )*(?:bought|ordered|purchased)\b|^(?:\w+ ){0,2}?you (?:have |'ve )?(?:sold|sent|gave|shipped) me\b",
    re.IGNORECASE,
)


class Verdict(NamedTuple):
    """What a clause is that the router takes for an order."""

    label: str
    intent: str | None


def wish(reading: Reading) -> Wish | None:
    """What a clause says of buying; None when its words do not settle it."""
    text = reading.text
    having = _HAVING.match(_names_blanked(reading)) is not None
    if not having and not _ORDERING.search(text):
        return None
    if _DECLINED.search(text):
        return "declined"
    if _ADVICE.search(text) or _REPORT.match(text) or _for_another(reading):
        return None
    if particular(reading):
        return "order"
    if reading.types or _UNNAMED.search(text):
        return "search"
    return None


def checked(reading: Reading, *, sure: bool = False) -> Verdict:
    """The verdict on a clause that looks like an order: only a wish to have one particular weapon now is one.

    Args:
        reading: the clause.
        sure: whether the router is, so that a named weapon is ordered in whatever words; the slayer is asked before it is paid for.
    """
    worded = wish(reading) == "order" or _OF_BUYING.search(reading.text) or (sure and reading.weapons)
    if _DECLINED.search(reading.text) or not worded:
        return Verdict("statement", None)
    if _REPORT.match(reading.text):
        return Verdict("quartermaster", "orders")
    if _for_another(reading):
        return Verdict("coach", "accessories")
    if _ADVICE.search(reading.text) or wish(reading) == "search":
        return Verdict("recommender", None)
    return Verdict("quartermaster", "buy")


def particular(reading: Reading) -> bool:
    """Whether a clause names or points to a weapon: "the Heron", "it", "the best one", "that spear"; not "a spear"."""
    if reading.weapons or points_to_best(reading.text):
        return True
    kinds = [reading.text[: kind.start] for kind in reading.types]
    if any(_DEFINITE.search(before) for before in kinds):
        return True
    reference = reading.reference
    points = reference.pronoun or reference.plural or reference.pair or reference.ordinal is not None
    return points and not any(_INDEFINITE.search(before) for before in kinds)


def _for_another(reading: Reading) -> bool:
    """Whether something else is bought for a weapon; "buy the Pilgrim Staff for my dad" buys the staff."""
    match = _FOR_IT.search(reading.text)
    return match is not None and not any(match.start() <= each.start < match.end() for each in reading.weapons)


def points_to_best(text: str) -> bool:
    """Whether "the best one" of what was shown is meant. "The best katana" is none: it is still to be found."""
    return _BEST.search(text) is not None


def _names_blanked(reading: Reading) -> str:
    text = reading.text
    for start, end in sorted(reading.spans, reverse=True):
        text = f"{text[:start]}\x00{text[end:]}"
    return text
