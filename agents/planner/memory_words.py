"""Wordings about what the Coach remembers: "remember that …", "forget my knee", "what do you remember about me?"."""

from __future__ import annotations

import re
from typing import Literal

from agents.planner.slots import reports_battle, reports_training

MemoryWish = Literal["remember", "forget", "memories"]
INTENTS: frozenset[str] = frozenset({"remember", "forget", "memories"})
"""The Coach's intents that are about his memory."""

_LEAD = (
    r"^(?:(?:please|and|so|also|but|then|now|ok|okay|oh|well|just|coach|sensei|hey|can you|could you|would you|will you|you can|you may|you should|i want you to|"
    r"i'd like you to|i would like you to|i need you to)[\s,]+)*"
)
_YOU_KNOW = r"(?:remember|know|noted?|learn(?:ed|t)?|kept?|keep|stored?|saved?|got|have|wrote down|written down|recall)"
_MEMORIES = re.compile(
    rf"\bwhat(?:\s+(?:else|all|exactly))?\s+(?:do|did|have|has|can)\s+you\s+(?:(?:still|also|really|actually|already)\s+)*{_YOU_KNOW}\b.{{0,25}}\b(?:about|of|on|for)\s+me\b"
    rf"|\bwhat (?:do|have) you (?:still )?(?:remember|remembered|noted|memori[sz]ed)\W*$"
    rf"|\b(?:show|list|tell|read|give)\b.{{0,20}}\b(?:what|everything|all)\s+(?:that\s+)?you\s+(?:\w+\s+)?{_YOU_KNOW}\b.{{0,15}}\b(?:about|of|on)\s+me\b"
    r"|\b(?:your|the) (?:memories|notes)\s+(?:of|about|on)\s+me\b|\bmemories\b.{0,20}\b(?:of|about) me\b|^(?:show|list|read|tell)(?: me)? (?:my|your) (?:memories|notes)\W*$"
    r"|\bdo you (?:still )?(?:remember|recall)\s+(?:me\b|anything\b|something about me|what i (?:have )?(?:told|said)|my (?:\w+ )?(?:knee|injur\w+|goals?|preferences?|shoulder|wrist|elbow|back|ankle|hip|hand)\b)"
    r"|\bwhat (?:did|have) i (?:ever |already )?(?:tell|told) you (?:about (?:me|myself|my\b)|so far|earlier about me)",
    re.IGNORECASE,
)
_OF_THE_RULES = re.compile(
    r"\b(?:rules?|instructions?|prompts?|guidelines?|restrictions?|polic(?:y|ies)|filters?|safety|system|above|you (?:were|are) (?:told|an?|the)|act as|pretend|training data|persona|role)\b",
    re.IGNORECASE,
)
_WHAT_YOU_KNOW = (
    r"(?:(?:everything|all|anything|whatever|what|the things?|the stuff)(?:\s+(?:that|of it))*\s+)(?:(?:you|i)(?:'ve| have)?\s+(?:just\s+|ever\s+|still\s+)*(?:know|knew|remember(?:ed)?|noted?|stored?|saved|told|said|have|learn\w*|kept)\b.*"
    r"|(?:about|on|of) me\b.*)"
)
_MINE = r"(?:my|your|the|all(?: of)?(?: my| your| the)?|these|those)\s+(?:memor(?:y|ies)|notes?)(?:\s+(?:about|of|on)\s+me)?|(?:all(?: of)? )?my (?:injur(?:y|ies)|goals?|preferences?|facts)"
_NUMBERED = r"(?:about )?(?:the )?(?:first|second|third|fourth|fifth|last|number \d{1,2}|no\. ?\d{1,2}|#\d{1,2}|\d{1,2})(?: one| memory| note| thing)?"
_FORGET = re.compile(
    _LEAD
    + r"(?:forget|stop remembering|don't remember|do not remember|no longer remember|unlearn)\s+(?P<what>(?:that|it|this)(?: again| please| one| right away| then)*"
    rf"|{_WHAT_YOU_KNOW}|{_MINE}|{_NUMBERED}|(?:about )?(?:my\b(?! (?:points|rank|password|account|orders?|purchases?|order|battles?|login|session|question|request|last)\b).*|me)"
    r"|(?:the fact )?that (?:i|i'm|i am|i've|my|there)\b.*|i(?:'m| am| have|'ve)\b.*)\W*$",
    re.IGNORECASE,
)
_DELETE = re.compile(
    _LEAD
    + rf"(?:erase|delete|remove|wipe|clear|drop)\s+(?P<what>{_WHAT_YOU_KNOW}|{_MINE}|{_NUMBERED}(?<=memory)|{_NUMBERED}(?<=note))\W*$",
    re.IGNORECASE,
)
_REMEMBER = re.compile(
    _LEAD
    + r"(?:remember|keep in mind|bear in mind|don't forget|do not forget|never forget|memori[sz]e|make a (?:mental )?note(?: of)?|take note(?: of)?|note (?=that (?:i|my|i'm|i've|there)\b))\b[\s,:]*"
    r"(?:(?:this|please|for (?:next time|later|me|the future)|the fact)\b[\s,:]*)*(?:(?:of )?that\b[\s,:]*)?(?P<what>.*)$",
    re.IGNORECASE,
)
_NOT_TOLD = re.compile(
    r"^(?:to\b|how\b|when\b|what\b|where\b|why\b|who\b|which\b|if\b|me\b|him\b|her\b|them\b|us\b|you\b|your\b|(?:the|a|an)\b(?!.*\b(?:is|are|was|has|have|lies)\b))",
    re.IGNORECASE,
)
_COLON = re.compile(
    r"\b(remember|keep in mind|bear in mind|don't forget|note)(?:\s+(?:this|that|please))*\s*[:,\u2013-]\s*(?=\S)(?!please\W*$|that\W*$)",
    re.IGNORECASE,
)


def wish(text: str) -> MemoryWish | None:
    """What a clause wants of the Coach's memory; None where it wants nothing."""
    if _OF_THE_RULES.search(text):
        return None
    if _MEMORIES.search(text):
        return "memories"
    if forgotten(text) is not None:
        return "forget"
    found = _REMEMBER.match(text)
    if found is None or _NOT_TOLD.match(found["what"]):
        return None
    return None if reports_training(text) or reports_battle(found["what"]) else "remember"


def forgotten(text: str) -> str | None:
    """What is to be forgotten, in the clause's words; None where nothing is."""
    if _OF_THE_RULES.search(text):
        return None
    found = _FORGET.match(text) or _DELETE.match(text)
    return found["what"].strip(" .!?") if found else None


def remembered(text: str) -> str:
    """What is to be remembered, without the words that ask for it; empty for a bare "remember that"."""
    found = _REMEMBER.match(text)
    return found["what"].strip() if found else text


def joined(text: str) -> str:
    """``text`` with "remember this: …" as one clause, so that what is to be remembered is not taken for a request."""
    return _COLON.sub(r"\1 that ", text)
