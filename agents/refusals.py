"""What is said to whoever asks for what nobody here does, and to whoever means to hurt themselves.

The second is looked for in each message, whatever the plan makes of it: who writes "I lost again, everyone is better off without me"
is not to be sold a blade, and points are no answer.
"""

from __future__ import annotations

import re

WORRIED = (
    "I am worried about you, and I would rather talk of that than of weapons. Please put the blade out of reach and do not stay alone "
    "with this: tell somebody near you now, or call the emergency number or a crisis line where you live. They answer at night, too. "
    "I am only a shop's voice, but you matter more than any fight."
)
_HARM = (
    "I help nobody to hurt people or animals, or to frighten them. Our weapons are for demons, and for practice with care. If you are "
    "in danger or in a quarrel that frightens you, turn to somebody who can step in."
)
_MONEY = (
    "That I cannot do. Everybody pays the price on the card, and nothing is ordered without your own yes. Tell me what you can spend, "
    "and I will look for the best that it buys."
)
_PRIVATE = "That I cannot do. What other slayers own, order, write or train is theirs; the leaderboard is all that is open to everybody."
_RECORD = (
    "That I cannot do. Points come only from battles, training and logins that you report, and nobody's account but yours is open to "
    "you here."
)
_MEANS_THEMSELVES = re.compile(
    r"\b(?:kill|hang|drown|shoot|poison) my ?self\b(?! laughing)|\bsuicid\w*|\bself[- ]harm\w*"
    r"|\bend my (?:own )?life\b|\b(?:want|wish|ready|going|time) to end it all\b|\btake my (?:own )?life\b|\b(?:want|wish|like) (?:to (?:die|be dead)|i (?:was|were) dead)\b(?! (?:in|a|as|with|for|like|of|on|fighting)\b)"
    r"|\b(?:don't|do not) want to (?:live|be alive|be here|wake up) any ?(?:more|longer)\b|\bno (?:reason|point) (?:to|in) (?:live|living|be(?:ing)? alive)\b"
    r"|\b(?:better off|happier|best) without me\b|\b(?:my|a) (?:goodbye|suicide|farewell) (?:note|letter)\b|\bbleed out\b"
    r"|\b(?:hurt|harm|cut|burn|stab)(?:ting|ing)? my ?self (?:on purpose|deliberately|again|to feel|so (?:that )?i|because i|when(?:ever)? i (?:lose|feel|am))\b"
    r"|\b(?:press|push|hold|stick|put|drag)(?:ing|s)? (?:the|a|my) (?:\w+ )?(?:blade|knife|point|tip|edge) (?:in(?:to)?|to|against|across) my (?:own )?(?:leg|arm|wrist|skin|throat|neck|chest|stomach|heart)s?\b(?! by (?:accident|mistake))",
    re.IGNORECASE,
)
_HURTS = re.compile(
    r"\b(?:kill|murder|poison\w*|stab|strangle|hurt|harm|wound|cripple|maim|beat up|attack|ambush|punish|revenge|knock out|frighten|scare|threaten|rob|mug|torture)\b.{0,40}"
    r"\b(?:him|her|them|someone|somebody|people|person|man|woman|neighbou?r\w*|boss|brother|sister|wife|husband|ex|rival|captain|teacher|child|children|kid|kids|dog|cat|animal\w*|guard|human|friend|cousin)\b"
    r"|\bpoison\b.{0,30}\b(?:tea|soup|food|drink|cup|sake)\b",
    re.IGNORECASE,
)
_UNPAID = re.compile(
    r"\b(?:free|for nothing|discount|half[- ]price|cheaper than it says|coupon|voucher|without pay\w*|pay (?:later|nothing|half)|(?:not|never|won't) pay|price|coins?|refund|charge)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:address|phone|password|email|account|messages?|chats?|private)\b|\bwhere (?:does|do|is) (?!(?:my|the)\b)\w+ (?:live|train|sleep)\b|\b(?!(?:it|that|what|let|today|here|there|who|how)'s)\w+'s (?:\w+ )?(?:orders?|log|history|training|points|picture)\b",
    re.IGNORECASE,
)


def means_themselves(message: str) -> bool:
    """Whether somebody writes of hurting themselves on purpose; an accident is none."""
    return _MEANS_THEMSELVES.search(message) is not None


def refusal(message: str) -> str:
    """The words for a message that is refused, as near to what it asked for as can be told from its words."""
    if means_themselves(message):
        return WORRIED
    if _HURTS.search(message):
        return _HARM
    if _OTHERS.search(message):
        return _PRIVATE
    return _MONEY if _UNPAID.search(message) else _RECORD
