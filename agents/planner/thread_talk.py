"""Short messages that mean nothing to the router and all to the thread: "my hands are small though", "how many of each?".

Where no wording settles what they are, and the router is not sure either, they go on with what was talked of last. Nothing that
would be written down is ever taken from this.
"""

from __future__ import annotations

import re

from agents.planner.context import PlanContext
from agents.planner.draft import Judged
from agents.planner.quantities import budget

_MOST_WORDS = 8
_UNSURE = 0.7
_FOREIGN = 0.9  # from here on what is off topic is off topic, whatever was talked of
_LEAVES_IT = re.compile(
    r"\b(?:sleep on|think (?:about|on|over|it over)|later|not now|not today|never ?mind|leave it|forget it|that's (?:all|it|enough)|no (?:more|need|thanks?)|enough|maybe|got it|"
    r"i see|right|fine|good|great|nice|well|ok(?:ay)?|wow|oh|aha|stop)\b",
    re.IGNORECASE,
)
_HM = re.compile(r"(?:h+m+\W*)+", re.IGNORECASE)
_NOT_THAT_ONE = re.compile(
    r"\b(?:too \w+|not (?:my|to my|quite my) (?:taste|thing|style|kind|size)|not (?:quite )?what i|not (?:that|so|the) \w+|(?:i'd )?rather (?:an?|some|have)|don't like)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:prices?|costs?|how much|expensive|cheap\w*|dear|coins?|stock|sold out|available|left|why)\b", re.IGNORECASE
)
_WANTED_AGAIN = frozenset({"routine", "drills", "quiz", "motivation"})
_OF_THE_SAME = re.compile(
    r"^(?:(?:and|but|or|maybe|please|give me|show me|have you got|now)\s+)*(?:(?:something|anything|another|one)\b(?! (?:to (?:buy|carry|wield)|sharp|else to)\b)|(?:an?|the) (?:\w+er|\w+ \w+|\w+) one\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:and |but |so )*(?:is|are|does|do|would|will|can|could|has|how|what|which|why|isn't|doesn't)\b", re.IGNORECASE
)


def goes_on(clause: Judged, context: PlanContext) -> tuple[str, str | None] | None:
    """Specialist and intent that a short message goes on with, or None where it stands on its own.

    Args:
        clause: the message's only clause.
        context: the thread; not empty.
    """
    if clause.anchored or len(clause.text.split()) > _MOST_WORDS:
        return None
    last = context.last_route[-1]
    if clause.label == "recommender" and not (
        clause.reading.types or clause.reading.weapons or any(budget(clause.text))
    ):
        if last == "coach" and context.last_intent == "compare":
            return "coach", "compare"  # "so which would you take?"
        if last == "coach" and context.last_intent in _WANTED_AGAIN and _OF_THE_SAME.match(clause.text):
            return (
                None if _PRICE.search(clause.text) else ("coach", context.last_intent)
            )  # "something easier on the back"
        asks = _ASKS.match(clause.text) is not None and not _PRICE.search(clause.text)
        if last == "recommender" and clause.reading.reference.ordinal is not None and asks:
            return "coach", "overview"  # "is the second any good in the rain?"
    if (
        last not in {"coach", "artist", "recommender"}
        or not _means_little(clause)
        or _LEAVES_IT.search(clause.text)
        or _HM.fullmatch(clause.text)
    ):
        return None
    if last == "recommender" and not _NOT_THAT_ONE.search(clause.text):
        return None
    if last != "coach":
        return last, None
    anew = context.last_intent == "plan" and not _of_length(clause)  # talk about a plan must not order another one
    return "coach", "general" if anew else context.last_intent or "general"


def _means_little(clause: Judged) -> bool:
    if clause.label == "off_topic":
        return clause.confidence < _FOREIGN
    if clause.label == "statement":
        return len(clause.text.split()) > 2
    return clause.confidence < _UNSURE


def _of_length(clause: Judged) -> bool:
    return re.search(r"\b(?:weeks?|months?|days?)\b", clause.text, re.IGNORECASE) is not None
