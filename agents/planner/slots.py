"""Fills a step's slots from a clause's words. What a back reference points to is not decided here (``antecedents``)."""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.planner.quantities import top_k
from agents.planner.reading import Reading
from agents.planner.vocabulary import Vocabulary

MAX_MINUTES = 24 * 60
MAX_BATTLES = 20
MAX_TOP_K = 50

_NOT = re.compile(
    r"\b(?:no|not|without|except(?:\s+for)?|excluding|besides|other\s+than|anything\s+but|everything\s+but|(?:all|any|every)(?:\s+weapons?)?\s+but|apart\s+from|aside\s+from|instead\s+of|rather\s+than|"
    r"hate|dislike|avoid|never|nor|neither|isn't|aren't|(?:don't|do\s+not|doesn't|wouldn't|can't|cannot)\s+(?:like|want|need|care\s+for|use|wield|carry|have|buy|suggest|"
    r"recommend|show(?:\s+me)?)|tired\s+of|sick\s+of|than)\b",
    re.IGNORECASE,
)
_STILL_NOT = re.compile(
    r"^[\s,/]*(?:(?:an?|the|any|another|more|or|and|nor|of|those|these|to|carry|use|wield|want|have|buy|get|be|my|your|heavy|big|long|kind|sort|type|weapons?|\x00)[\s,/]+)*$",
    re.IGNORECASE,
)
_WON = re.compile(
    r"\b(?:won|wins?|winning|victor(?:y|ies|ious)|beat(?!\s+me)|defeated|slew|slain|slayed|killed|destroyed|triumph(?:s|ed)?|bested|took\s+(?:down|out|the\s+head)|(?:cut|struck|brought|put)(?:\s+\w+)?\s+down|"
    r"knocked\s+(?:out|down)|kills?|finished\s+off|wiped\s+out|crushed|smashed|sliced|slashed|beheaded|slaughtered|annihilated|thrashed|outfought|prevailed|demons?\s+down|overpowered|got\s+the\s+better\s+of|"
    r"on\s+top|overcame|vanquished|no\s+chance\s+against\s+(?:me|us|my)|fell\s+to\s+(?:me|my|our)|gave\s+up)\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:lost|loss(?:es)?|lose|losing|defeats?|beaten|(?:got|was|were|been)\s+(?:\w+\s+)?(?:destroyed|crushed|wrecked|smashed|flattened|thrashed|demolished|outclassed|humiliated|knocked\s+(?:out|down))|(?:was|were|got|been|am)\s+(?:\w+\s+)?(?:defeated|killed|bested|beaten)|(?:beat|bested|defeated|overpowered|outfought|overcame|crushed|thrashed|got\s+the\s+better\s+of|was\s+too\s+(?:strong|fast|much)\s+for)\s+(?:me|us)|got\s+away|kicked|failed|came\s+off\s+worse|(?:demons?|enem(?:y|ies)|opponents?|rivals?|moon|he|she|they|it|other\s+(?:one|guy|side))\s+(?:just\s+|has\s+|have\s+)?(?:won|wins?)(?=\W|$)(?!\s+(?:by|for)\s+(?:me|us))|win\s+on\s+me|had\s+to\s+flee|"
    r"fled|(?:didn't|did\s+not|couldn't|could\s+not)\s+(?:win|beat|defeat|kill)|went\s+badly|no\s+win)\b",
    re.IGNORECASE,
)
_NO_BATTLE = re.compile(
    r"\b(?:lost|lose|losing)\s+(?:all\s+)?(?:(?:my|the|any)\s+)?(?:track|count|sight|interest|sleep|patience|time|touch|weight|courage|heart|hope|nerve|way|balance|grip|voice)\b",
    re.IGNORECASE,
)
_BEATEN_BY_ME = re.compile(
    r"\b(?:demons?|ogres?|enem(?:y|ies)|opponents?|foes?|rivals?)\s+beaten\b(?!\s+(?:me|us|by))", re.IGNORECASE
)
_DID_NOT_LOSE = re.compile(r"\b(?:didn't|did\s+not|never)\s+lose\b", re.IGNORECASE)
_QUOTE = re.compile(
    r"\b(?:quot(?:e|es|ation)|motto|maxim|motivational|sayings?|proverbs?|(?:lines?|verses?)\s+(?:about|on)|(?:lines?|words?|bits?)\s+of\s+wisdom|wise\s+(?:words?|line)|mantra|line\s+to\s+live\s+by|inspir(?:ing|ational)\s+(?:line|words?))\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bwhat\s+ma(?:kes|de)\s+you\b|\bhow\s+(?:did|do)\s+you\s+(?:choose|pick|decide|rank)|\bon\s+what\s+grounds\b|\bhow\s+come\b|\bthe\s+reason",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:and |so |but )*(?:how|what(?! an?\b(?!.*\?))|when|why|which|who|where|do|does|did (?:i|you|we|they)|did (?:it|that)(?![,.;!]|,? (?:for|with|all|again|today|twice|the whole)\b)|did (?:the|my|our) .*\b(?:give|count|get|go|make|bring|earn|reach|arrive|go through)|is|are|am|have (?:i|you|we)|has|(?:was|were)(?! (?:\w+ )?(?:beaten|bested|defeated|killed|knocked|destroyed|crushed|smashed|thrashed|outclassed)\b)|should|may|will (?:i|it|that))\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\bif (?:i|we)\b|\b(?:i|we) (?:want|would like|hope|wish|plan|need|will|am going|try) (?:to )?(?:win|beat|defeat|kill|train|practi[sc]e|fight)\b|"
    r"\bi'(?:ll|d like to) (?:win|beat|train)\b",
    re.IGNORECASE,
)
_ASKS_TO_LOG = re.compile(
    r"\b(?:log|record|register|note|add|mark|count|write|put|save|credit|enter|track|report)\b", re.IGNORECASE
)
FOUGHT = re.compile(r"\bfought\b|\b(?:had|faced|survived|met)\b.{0,20}\b(?:battle|fight|duel|demon)", re.IGNORECASE)

_REPORTED = re.compile(
    r"\b(?:log(?:ged)?|record|register|note|track|enter|add|mark|count|write|save|credit|put|trained|practi[sc]ed|drilled|finished|done|did|completed|"
    r"spent|swung|ran|worked (?:out|on|with|at)|sparred|just|today|yesterday|was training|was (?:swinging|shooting|drilling|practi[sc]ing)|been|took|lasted|altogether|in total|behind me|in the bag|managed|"
    r"back from|(?:went|was going) (?:for|from)|all i (?:did|could|managed)|got in|put in|squeezed in|rehearsed|repeated|shot|swam|threw|exercised|meditated|stretched)\b"
    r"|\b(?:i|we)(?:'ve| have| just| also| then)* (?!need|feed|speed|indeed|exceed)\w{2,}ed\b",
    re.IGNORECASE,
)


class TypeWish(NamedTuple):
    """Weapon types that are wanted and that are not."""

    wanted: list[str]
    unwanted: list[str]
    family_only: bool


def type_wish(reading: Reading) -> TypeWish:
    """Wanted and unwanted types: ``"a blade but no whip sword"`` wants four types and not the fifth."""
    wanted: list[str] = []
    unwanted: list[str] = []
    asked = []
    for mention in reading.types:
        if _is_negated(reading, mention.start):
            unwanted.extend(mention.types)
        else:
            asked.append(mention)
    named = {type_ for mention in asked if not mention.family for type_ in mention.types}
    for mention in asked:  # "a sword, a katana if possible": the family says less than its member
        if not (mention.family and named & set(mention.types)):
            wanted.extend(mention.types)
    families = all(mention.family for mention in asked)
    unwanted = list(dict.fromkeys(unwanted))
    return TypeWish([type_ for type_ in dict.fromkeys(wanted) if type_ not in unwanted], unwanted, families)


def _is_negated(reading: Reading, start: int) -> bool:
    before = reading.text[:start]
    for mention in reading.types:  # "no axes or bows": the types between the "no" and this one do not end its reach
        if mention.end <= start:
            before = before[: mention.start] + "\x00" + " " * (mention.end - mention.start - 1) + before[mention.end :]
    last = next(reversed(list(_NOT.finditer(before))), None)
    return last is not None and _STILL_NOT.match(before[last.end() :]) is not None


def wanted_count(text: str, vocabulary: Vocabulary) -> int | None:
    """How many recommendations, None when not said or not between 1 and 50."""
    count = top_k(text, vocabulary.countable)
    return count if count is not None and 1 <= count <= MAX_TOP_K else None


def outcome(text: str) -> bool | None:
    """Whether a battle was won; None when the clause does not say, or says both."""
    text = _BEATEN_BY_ME.sub("won", _NO_BATTLE.sub(" ", text))
    if _DID_NOT_LOSE.search(text):
        return True
    if _LOST.search(text):
        won_too = _WON.search(_LOST.sub(" ", text))
        survived = re.search(r"\bbut\s+(?:i\s+|we\s+)?lost\b", text, re.IGNORECASE)
        return None if won_too and not survived else False
    return True if _WON.search(text) else None


def wants_quote(text: str) -> bool:
    """Whether a quote or saying is asked for."""
    return _QUOTE.search(text) is not None


def asks_why(text: str) -> bool:
    """Whether a reason for an earlier recommendation is asked for."""
    return _WHY.search(text) is not None


def asks_only(text: str) -> bool:
    """Whether a clause asks or supposes something, and so reports nothing: "what do I get if I win?", "I want to win"."""
    return _ASKS.match(text) is not None or (_SUPPOSES.search(text) is not None and _ASKS_TO_LOG.search(text) is None)


def reports_battle(text: str) -> bool:
    """Whether a clause says how a battle went, that one was fought, or that one is to be logged."""
    return outcome(text) is not None or _ASKS_TO_LOG.search(text) is not None or FOUGHT.search(text) is not None


def reports_training(text: str) -> bool:
    """Whether a clause with a length of time says that it was trained, or asks to log it: else it may be a wish."""
    return _REPORTED.search(text) is not None
