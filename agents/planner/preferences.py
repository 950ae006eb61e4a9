"""What a slayer says about the price beside naming one: "cheap but good", "best value", "the strongest whatever it costs"."""

from __future__ import annotations

import re

from ml.shortlist import Prefer


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(wordings) + r")\b", re.IGNORECASE)


_DEAR = r"(?:expensive|dear|pricey|costly)"
_MONEY = r"(?:money|coins?|gold|buck|price)"

# The price is waved aside: that stands above all else that is said.
_WHATEVER_IT_COSTS = _any(
    r"whatever\s+(?:(?:it|they|that)\s+(?:may\s+)?costs?|(?:the|its|their)\s+(?:cost|price)s?)",
    r"cost\s+what\s+(?:it|they)\s+may",
    r"(?:regardless|irrespective)\s+of\s+(?:the\s+|its\s+|their\s+|what\s+(?:it|they)\s+)?(?:price|cost)s?",
    r"no\s+matter\s+(?:the\s+|its\s+|their\s+|what\s+(?:it|they)\s+)?(?:price|cost)s?",
    rf"no\s+matter\s+how\s+(?:{_DEAR}|much\s+(?:it|they)\s+costs?)",
    r"at\s+any\s+(?:price|cost)",
    r"(?:money|price|prices|cost|costs|budget|coins?)(?:\s+(?:is|are)|'s)?\s+(?:no|not\s+an?)\s+(?:object|problem|issue|matter|concern)",
    r"(?:money|price|prices|cost|costs|coins?)\s+(?:does\s*n[o']t|do\s*n[o']t)\s+matter",
    r"(?:don't|do\s+not)\s+(?:care|mind|worry)\s+(?:about\s+)?(?:the\s+(?:price|cost)s?|what\s+(?:it|they)\s+costs?)",
    r"spare\s+no\s+(?:expense|cost)",
    r"money\s+can\s+buy",
)
_STRONGEST = _any(r"strongest", r"most\s+powerful", r"mightiest", r"deadliest")
# Dear is only what is too dear.
_PRICE_COUNTS_TOO = _any(
    rf"(?:not|nothing|isn't|aren't|without\s+being)\s+(?:too|overly|so|that|very|terribly)\s+{_DEAR}",
    r"(?:reasonabl[ey]|fair(?:ly)?|moderately|decently|sensibl[ey]|mid)[\s-]+(?:price[ds]?|range|cost)",
    r"(?:reasonable|fair|decent|sensible|moderate)\s+(?:price|cost)s?",
    r"price\s+(?:counts|matters)(?:\s+(?:too|as\s+well|a\s+(?:bit|little)))?",
    r"balance(?:d)?\s+(?:of|between)\s+(?:price|cost|power|strength|quality)",
    r"(?:break(?:ing)?\s+the\s+bank|overspend(?:ing)?|(?:spend|pay)(?:ing)?\s+too\s+much)",
)
_VALUE = _any(
    r"(?:best|good|great|better|most|decent|real)\s+value",
    rf"value\s+for\s+(?:the\s+|my\s+|your\s+)?{_MONEY}",
    rf"(?:most|more|bang|best|good|great|decent)\s+for\s+(?:the\s+|my\s+|your\s+)?{_MONEY}",
    rf"worth\s+(?:the|its|their|my)\s+{_MONEY}",
    r"(?:good|best|great)\s+deals?",
    r"bargains?",
    r"cheap(?:er|est|ish|ly)?",
    r"inexpensive",
    r"low[\s-]+(?:cost|priced?)",
    r"affordable",
    r"economical",
    r"thrifty|frugal",
    r"budget[\s-]+(?:friendly|option|pick|weapon|blade|sword|katana|version)",
    r"(?:on\s+a|tight|small|low|limited|shoestring|modest)\s+budget",
    rf"less\s+{_DEAR}",
    rf"(?:too|so|all)\s+{_DEAR}",
    r"(?:easy|light|gentle)\s+on\s+(?:the|my)\s+(?:purse|wallet|pocket|coins?)",
    r"save\s+(?:me\s+)?(?:some\s+|a\s+few\s+|my\s+)?(?:money|coins?)",
    r"(?:i'm|i\s+am|we're|we\s+are|a|an)\s+(?:rather\s+|quite\s+|a\s+bit\s+|too\s+)?(?:poor|broke|skint)",
    rf"(?:short\s+of|low\s+on|(?:not|don't|do\s+not|haven't)\s+(?:got\s+|have\s+)?(?:much|many))\s+{_MONEY}",
)
_NOT = re.compile(
    r"\b(?:not|nothing|no|never|isn't|don't\s+(?:want|need|like|give\s+me|show\s+me)|do\s+not\s+(?:want|need)|hate|without)\s+"
    r"(?:(?:an?|the|any|your|something|anything|one|of|those|these)\s+)*$",
    re.IGNORECASE,
)


def preference(text: str) -> Prefer | None:
    """What the price is to a slayer, or None when they do not say.

    Args:
        text: their words for one request.
    """
    if _said(_WHATEVER_IT_COSTS, text):
        return "power"
    if _PRICE_COUNTS_TOO.search(text):  # these are negations themselves
        return "balance"
    if _said(_VALUE, text):
        return "value"
    return "power" if _said(_STRONGEST, text) else None


def _said(wording: re.Pattern[str], text: str) -> bool:
    """Whether it is said at least once without a "not" before it: "nothing cheap" asks for no bargain."""
    return any(not _NOT.search(text[: found.start()]) for found in wording.finditer(text))
