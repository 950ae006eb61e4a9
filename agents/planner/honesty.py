"""Reports that are none: another's deed, an imagined one, one that is taken back or asked for by overriding the rules.

Points are taken on the slayer's word, so the word must at least be theirs, be given and bear being looked at. What is
found here is never written down; what else the message asks for is still done.
"""

from __future__ import annotations

import re

_KIN = r"friends?|brother|sister|rival|cousin|wife|husband|partner|neighbou?r|master|teacher|student|team-?mate|comrade|father|mother"
_NAMES = (  # whom slayers speak of most; a name that nobody knows is told by its place alone
    "tanjiro|nezuko|zenitsu|inosuke|kanao|giyu|tomioka|shinobu|rengoku|kyojuro|tengen|uzui|mitsuri|muichiro|obanai|sanemi|gyomei|genya|"
    "urokodaki|sabito|makomo|aoi|yoriichi|muzan|akaza|kokushibo|doma|murata"
)
_DID = r"won|lost|beat|defeated|killed|slew|trained|practi[sc]ed|drilled|sparred|fought|logged in|checked in"
_OF_ANOTHER = re.compile(
    rf"^(?:and |so |but |log that |record that )*(?:(?:my|his|her|a|the) (?:{_KIN})|you|he|she|they|{_NAMES})\s+(?:(?:has|have|had|just|also|finally)\s+)*(?:{_DID})\b(?!'t)(?!.*\b(?:me|us)\b)"
    rf"|\b(?:on behalf of|in the name of)\s+(?:{_NAMES}|(?:my|his|her|a|the) (?:{_KIN}))\b"
    rf"|\b(?:log|record|register|report|note|mark|credit|count|write)\b.{{0,40}}\b(?:for|of|on behalf of|in the name of)\s+(?:{_NAMES})\b",
    re.IGNORECASE,
)
_IMAGINED = re.compile(
    r"\b(?:pretend|imagin(?:e|ed|ary|ing)|(?<!i )(?<!we )suppos(?:e|ing)|dream(?:t|ed)?|hypothetical(?:ly)?|made-up|invented)\b.{0,40}\b(?:i|we|wins?|won|battles?|fights?|victor(?:y|ies)|training|minutes|session)\b"
    r"|\b(?:i|we) (?:would|could|might) have (?:won|trained|beaten|fought)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:(?:is|was|were|are|'s|'re) (?:all )?fake|(?:never|did(?:n't| not)) (?:happen(?:ed)?|take place|took place)|(?:made|making) (?:it|that|this|them|all of it) up|(?:i am|i'm) lying(?! (?:in|on|down|here|flat|low|awake|there)\b)|"
    r"(?:did(?:n't| not)|never) (?:really |actually )?(?:fight|fought|train|trained|do|did) (?:it|that|this|them|any of (?:it|them)|though|at all|one|really)\b)"
    r"|\b(?:i|we) (?:did(?:n't| not)|never) (?:really |actually )?(?:fight|fought|train|trained)\W*$",
    re.IGNORECASE,
)
_REPORTS = r"(?:log|record|register|report|note|mark|credit|count|write|enter|put|add|save|book|check|tick)"
_NOT_YET = re.compile(
    rf"\b{_REPORTS}\b.{{0,60}}\b(?:tomorrow|do (?:it|them|the \w+) later|next (?:week|month|time)|in advance|beforehand|ahead of time|(?:i|we)(?:'ll| will| am going to| plan to| haven't| have not))\b"
    rf"|\b{_REPORTS}\b.{{0,40}}\b(?:every|each|all|the (?:whole|entire|rest of the)|this whole) (?:single )?(?:days?|week|month|year)\b.{{0,20}}\b(?:until|till|up to|from now)\b"
    rf"|\b{_REPORTS}\b.{{0,40}}\b(?:for|of) (?:tomorrow|the (?:next|coming) (?:\w+ )?(?:days?|weeks?|month))\b",
    re.IGNORECASE,
)
_DID_NOTHING = re.compile(
    r"\b(?:i|we)\s+(?:did(?:n't| not)|have(?:n't| not)|never)\s+(?:even\s+|actually\s+|really\s+)?(?:train|practi[sc]e|drill|spar|fight|fought|do|did|done|had?|win|won)\w*\b.{0,40}\b(?:but|anyway|anyhow|still|nevertheless|regardless|yet)\b(?!.{0,24}\b(?:log me in|check me in|tick me|i'm here|count me in)\b)"
    rf"|\b{_REPORTS}\b.{{0,60}}\b(?:(?:even )?though|although|but|while)\s+(?:i|we)\s+(?:was|were|did nothing|did(?:n't| not)|stayed|slept|have(?:n't| not)|never)\b"
    rf"|\b(?:i|we)\s+(?:was|were|stayed|lay|slept)\s+(?:\w+\s+){{0,2}}?(?:sick|ill|asleep|in bed|at home|away|on holiday|resting)\b.{{0,30}}\b(?:but|anyway|still|yet)\b.{{0,20}}\b{_REPORTS}\b"
    rf"|\b{_REPORTS}\b.{{0,60}}\b(?:i|we) (?:was|were|stayed|lay|slept|overslept|rested)\b[\w\s]{{0,25}}\b(?:but (?:still|anyway)|anyway|all the same|regardless)\W*$"
    r"|\b(?:invent|make up|fabricate|fake)\s+(?:me\s+)?(?:an?|some|a few|my|\d+)\s+(?:\w+\s+)?(?:training|session|battle|fight|win|victory|duel|practi[sc]e|report|entr)",
    re.IGNORECASE,
)
_OF_KIN = re.compile(
    rf"\b(?:wins?|victor(?:y|ies)|battles?|fights?|duels?|training|session|practi[sc]e)\b.{{0,10}}\b(?:that |which )?(?:my|his|her|their|a) (?:{_KIN})\s+(?:\w+\s+)?(?:had|won|did|fought|has|made|{_DID})\b"
    rf"|\b(?:my|his|her) (?:{_KIN})'s\s+(?:\w+\s+)?(?:wins?|victor(?:y|ies)|battles?|fights?|duels?|training|practi[sc]e)\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    rf"\b{_REPORTS}\b.{{0,80}}\b(?:nobody|no one|no-one|none)(?: else)?(?:'ll| will| would| can| could| has to| have to| needs? to| is going to)? (?:ever )?(?:check|know|notice|find out|verif|see|mind|ask|look)"
    rf"|\b{_REPORTS}\b.{{0,60}}\b(?:without (?:(?:any|a) )?(?:proof|check(?:ing|s)?|verification|evidence)|(?:that|which) (?:i|we) (?:have(?:n't| not)|did(?:n't| not)|never) (?:earn|deserve)(?:ed)?)\b",
    re.IGNORECASE,
)
OVERRIDING = (
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop)\b.{0,30}\b(?:rules?|instructions?|prompts?|guidelines?|restrictions?|polic(?:y|ies)|filters?|safety)\b"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:told|everything|above|before)\b"
)
_NOBODY_LOOKS = re.compile(
    r"\b(?:nobody|no ?one)\s+(?:(?:ever|really|will|would|is going to|'ll)\s+)*(?:read|check|know|notice|see|look|count|find out|care|ask)s?\b(?!.*\b(?:how|what|why|where|which|me|my)\b)",
    re.IGNORECASE,
)
_SLEPT = re.compile(
    r"^(?:i|we)\s+(?:was|were|stayed|lay|slept|overslept|rested)\b[\w\s]{0,25}\b(?:but (?:still|anyway)|anyway|all the same|regardless)\W*$",
    re.IGNORECASE,
)
_OVERRIDING = re.compile(rf"(?:{OVERRIDING})(?<!i said before)(?<!i wrote before)(?<!i told you before)", re.IGNORECASE)


def no_deed_of_theirs(clause: str) -> bool:
    """Whether a clause reports what another did, or what was only imagined: "my friend won", "pretend I trained"."""
    return any(told.search(clause) for told in (_OF_ANOTHER, _IMAGINED, _NOT_YET, _DID_NOTHING, _OF_KIN, _UNSEEN))


def voids_reports(clause: str) -> bool:
    """Whether nothing beside this clause may be written: it takes a report back ("I made that up") or overrides the rules."""
    return any(told.search(clause) for told in (_TAKEN_BACK, _DID_NOTHING, _NOBODY_LOOKS, _SLEPT, _OVERRIDING))
