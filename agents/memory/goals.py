"""Goals: "I want to beat Moon-ranked demons by spring", "my goal is to become a Hashira"; and giving them up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.memory.sayings import Saying
from hashiramart.memories import Note
from knowledge.words import terms

# A wish with one of these is something to work for; "I want a katana", "I want to see my points" are requests.
_ACHIEVE = (
    r"(?:become|be(?:at|st)?\s+(?:able|strong\w*|fast\w*|fit\w*|ready|a\b|an\b|the\b|as\b|good|great|better|feared|promoted)|beat|defeat|kill|slay|vanquish|reach|attain|achieve|master|"
    r"qualify|pass|surpass|outrank|overcome|conquer|climb|win (?:the|a|my|at|against)|get (?:really |much )?(?:strong\w*|fast\w*|fit\w*|better|good|in shape|back in(?:to)? shape|promoted|to (?:rank|level|hashira))|"
    r"run\b|lift\b|improve|increase (?:my|the)|build(?: up)?|gain (?:more )?(?:strength|stamina|muscle|speed)|lose (?:weight|\d+)|protect|avenge|rescue|compete|survive|hold my own|keep up with|"
    r"recover|return to|join (?:the|a))"
)
_LEAD = r"(?:(?:really|still|just|also|always|one day|some ?day|finally|only)\s+)*"
_TELLS = (
    re.compile(
        r"\bmy\s+(?:(?:main|big|biggest|long-term|only|personal|secret|next|new|current|greatest|life)\s+)*(?:goal|aim|dream|ambition|target|objective)(?:\s+(?:this|for)\s+[\w ]{2,20}?)?"
        r"(?:\s+is|'s|:)\s+(?:to\s+|that\s+|still\s+)*(?P<what>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bi(?:'m| am)\s+(?:training|preparing|practi[sc]ing|working hard|getting ready)\s+(?:for|to|towards?)\s+(?P<what>(?!(?:\d|an?\s+(?:hour|half|quarter|minute|while|bit)|half|one|two|ten|twenty|thirty|now|today)).+)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bi(?:'d|'m| am| would)?\s+{_LEAD}(?:want|hope|hoping|aim|aiming|plan|planning|wish|intend|like|love|going|dream of|aspire|mean)\s+(?:to\s+)?{_LEAD}(?P<what>(?:to\s+)?{_ACHIEVE}\b.*)",
        re.IGNORECASE,
    ),
)
_NOT_ANY_MORE = re.compile(
    r"\bi(?:'ve| have)?\s+(?:no longer (?:want|hope|aim|plan|wish|intend)(?: to)?|(?:don't|do not) (?:want|hope|plan|wish|intend|care)(?: to| about)?(?=.*\bany ?more\b)|g[ai]ven? up (?:on|my (?:goal|dream|plan) (?:of|to))|"
    r"(?:reached|achieved|met|fulfilled) my (?:goal|aim|dream|target)(?: of| to|,)?)\s+(?P<what>.+)",
    re.IGNORECASE,
)
_BY_WHEN = re.compile(
    r"\s+(?:by|before|until|till|within|in|this|next|some ?day|one day|soon|any ?more)\b(?:(?!\band\b).)*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s+(?:please|so that|so can|can you|could you|what|which|how)\b.*$", re.IGNORECASE)
_OF_THE_SHOP = re.compile(r"\b(?:coins?|discount|buy|order|price)\b", re.IGNORECASE)


def goals(saying: Saying) -> Iterator[Note]:
    """What a piece of a message says of goals."""
    if saying.asks or _OF_THE_SHOP.search(saying.text):
        return
    if over := _NOT_ANY_MORE.search(saying.text):
        yield Note("goal", _subject(over["what"]), "", ends=True)
        return
    told = next((found for rule in _TELLS if (found := rule.search(saying.text))), None)
    if told is None:
        return
    text = _ASIDE.sub("", saying.text[told.start() :])
    if subject := _subject(_ASIDE.sub("", told["what"])):
        yield Note("goal", subject, text)


def _subject(what: str) -> str:
    """What is to be reached, without when: "by spring" and "by autumn" are the same goal."""
    stems = terms(_BY_WHEN.sub("", what)) or terms(what)
    return " ".join(sorted(set(stems)))[:120]
