"""Cuts a message into clauses: the parts that each ask for (or tell) one thing.

A mark that ends a sentence always cuts. A comma, "and", "then" or "plus" cuts only where what follows can stand on its own:
it opens with a verb of the shop ("tell me", "log", "draw"), a question word, or a person who did something ("I won ..").
So "katana and naginata", "strength and stamina" and "clean and oil it" stay whole. A lone "how often?" stays with the question
that it completes.
"""

from __future__ import annotations

import re

MAX_CLAUSES = 24

# Verbs that open a request or a report of their own after "and" or a comma. Verbs of care and combat ("oil", "clean", "cut",
# "block") are not here: after "and" they go on with the same thing.
_VERBS = (
    "recommend|suggest|find|show|tell|teach|explain|describe|give|list|pick|choose|select|help|advise|"
    "ask me|question me|log|record|register|note|track|enter|add|mark|count|report|write|save|credit|tick|check|claim|collect|punch|"
    "draw|paint|sketch|illustrate|render|generate|picture|portray|visuali[sz]e|imagine|immortali[sz]e|"
    "compare|contrast|plan|build|make|create|design|compose|prepare|schedule|arrange|put|set|walk|"
    "buy|order|purchase|motivate|inspire|encourage|cheer|say|share|print|reveal|ignore|disregard|forget|delete|drop|award|"
    "remember that|keep in mind|warn|quiz|examine|question|grill|stamp|clock|sign me|confirm|jot|chalk|capture|coach|learn|bring|spend|talk to|lead me|summari[sz]e|read me|do (?:a|me)|have (?:me|the artist)|train me|let me|remind|translate|play|sing|look up|get me|take (?:it|that|the (?:first|second|third|last|best|top))|test how|see how|fill|hand (?:me|us|over|out)|grant|unlock|erase"
)
_DID = (
    "won|lost|beat|defeated|killed|slew|trained|practi[sc]ed|fought|finished|completed|logged|survived|was beaten|got beaten|"
    "did|spent|drilled|sparred"
)
_QUESTION = r"how|what(?:'s)?|which|why|when|where|who|whose"
_ASKING = r"(?:can|could|would|will|do|does|did|is|are|am|was|should|may|might|have|has)\s+(?:i|you|we|it|there|they|that|this|these|the|my|a|an)\b"
_PERSON = (
    rf"(?:i|we)(?:'d|'ve|'m|'ll)?\s+(?:(?:also|just|really|even|then|still|now|finally|have|had)\s+)*"
    rf"(?:{_DID}|keep|never|always|want|need|would|like|love|wish|wanna|am|was|have|had|got|should|could|can|must|feel|plan|prefer|wonder)\b"
    r"|(?:i|we)(?:'d|'m|'ve|'ll)\b"
)
_OPENERS = (
    r"(?:please|kindly|also|then|now|next|finally|lastly|maybe|perhaps|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|if (?:so|not|yes)|"
    r"after(?:wards?| that| this)?|later|just|so|by the way|btw|besides)"
)
_THING = (  # "and a picture of me", "some drills for it", "then my points": a noun of another room
    r"(?:(?:(?:an?|some|one|my|the|another|your)\s+)(?:[a-z0-9-]+\s+){0,2}?"
    r"(?:picture|pictures|image|portrait|painting|drawing|sketch|photo|poster|wisdom|check-in|status|score|balance|plan|drill|drills|exercise|exercises|routine|test|quiz|quote|quotes|points|rank|streak|"
    r"workout|warm-up|session|motivation|recommendation|recommendations|suggestions?|maintenance|accessories|login|"
    r"place|win|loss|victory|defeat|badges?|achievements?|ledger|history|orders?|purchases?|leaderboard|(?:recent|latest|last) (?:battles|fights|entries|events))\b(?!\s+(?:of|with)\s+(?:training|practice)))"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|another)\s+(?:more\s+)?(?:wins?|loss(?:es)?|victor(?:y|ies)|defeats?)\b"
)
_ACHES = r"my\s+(?:\w+\s+)?\w+\s+(?:hurts?|aches?|(?:is|are)\s+(?:killing|sore|stiff|aching|swollen))\b|any\s+(?:advice|ideas?|tips|help)\b"
_JOINERS = re.compile(
    r"^(?:(?:and|then|also|plus|but|so|after(?:wards| that| this)|by the way|btw|finally|lastly)\b[\s,]+)+(?=\S)",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(
    r"(?:(?:and|then)\s+)?(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|last(?:ly)?|finally|next|also|then|plus|by the way|btw|"
    r"after(?:wards| that| this))|\(?[1-9][.)]",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?!hi\b|hey|hello|thanks|ok\b|okay|well\b|so\b|please)(?:[\w'’-]+\s*){1,5}", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:an?|the|my|this|that)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:\d+|an?|half|[a-z]+)[\s-]*(?:an?\s+)?(?:hours?|minutes?|mins?)\b(?!\s+(?:more|later|ago))", re.IGNORECASE
)
_ENDS_IN_HOURS = re.compile(r"(?:hours?|hrs?|h)$", re.IGNORECASE)
_START = re.compile(
    rf"(?:{_OPENERS}[,:]?\s+)*(?:please\s+)?"
    rf"(?:(?:{_VERBS})\b|(?:{_DID})\b|(?:{_QUESTION})\b|{_ASKING}|{_PERSON}|{_THING}|{_ACHES})",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[!?;])\s+|(?<=[^\W\d]\.)\s+|(?<=\d\.)\s+(?=[A-Z])|[!?]+(?=[^\W\d])|\n+|\s+[•*·]\s+|;")
_SOFT = re.compile(
    r"\s*(?:,\s*(?:and\s+then|and\s+also|and|then|also|plus|but|so|or)\b|,|:|\s[-–—]+(?=\s)|"
    r"\b(?:and\s+then|and\s+also|and\s+after\s+that|and\s+afterwards|after\s+that|afterwards|and|then|also|plus|but)\b)\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:\(?1[.)]|\(?a\)|[-*•])\s+\S", re.IGNORECASE)
_ITEM = re.compile(r"(?:^|\s)(?:\(?[1-9][.)]|\(?[a-h]\)|[-*•])\s+(?=\S)", re.IGNORECASE)
_SHEET = re.compile(
    r"(?:badges|achievements|medals|orders|purchases|leaderboard|ledger|points|rank|streak|status|history|fights|battles|entries)(?:\s+(?:please|too|first))?\W*$",
    re.IGNORECASE,
)
_HARD = re.compile(r"(?:then|after that|afterwards?|plus|also)", re.IGNORECASE)
_ELLIPSIS = re.compile(
    r"^(?:and\s+|or\s+|but\s+)*(?:how\s+(?:often|long|much|frequently|many times)|why|when|where|with what|what with|what for|how|which)\W*$",
    re.IGNORECASE,
)
_OPENS_QUESTION = re.compile(
    rf"(?:{_QUESTION}|tell|explain|show|teach|can|could|should|do|is|are|give)\b", re.IGNORECASE
)
# ", and how often?" behind a question: the question decides what it is about
TAIL_QUESTION = re.compile(
    r",?\s+and\s+(?:how\s+(?:often|long|much|frequently|many times)|when|why|with what|where)\W*$", re.IGNORECASE
)
_ABBREVIATION = re.compile(
    r"\b(min|mins|approx|ca|vs|e\.g|i\.e|etc|no|max|hr|hrs)\.(?=\s+(?-i:[a-z0-9]))", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"^(?:please\s+)?(?:if|when|whenever|while|since|because|as|after|before|although|though|once|whether|unless|given)\b",
    re.IGNORECASE,
)
# What a clause cannot end with: before "and" a word that still waits for its other half, before a comma a verb that waits
# for its question ("tell me, how ..").
_WAITS = re.compile(r"(?<!thank )\b(?:and|or|of|until|till|since|to|the|my|your|an?|i|we|you|than)$", re.IGNORECASE)
_WAITS_AT_COMMA = re.compile(
    r"\b(?:tell me|know|see|show me|explain|ask|say|wonder|remember|sure|exactly|well|ok|okay)$", re.IGNORECASE
)


_SIGNED = re.compile(  # "Yours, a worried archer": who writes is no wish
    r"(?<=[.!?,\n])\s*(?:with (?:kind|best|many|warm) (?:regards|thanks|wishes|greetings)|with (?:thanks|regards|respect)|(?:best|kind|warm) (?:regards|wishes)|"
    r"yours(?: (?:truly|sincerely|faithfully|respectfully|ever|in haste))?|respectfully(?: yours)?|sincerely(?: yours)?|regards|in gratitude)\s*,\s*(?:[^\s.!?]+[\s.]*){0,6}$",
    re.IGNORECASE,
)


def split(text: str) -> list[str]:
    """The clauses of ``text`` in order, without the words that joined them; at most 24, never an empty one.

    Args:
        text: a message, spelling already mended.
    """
    text = _SIGNED.sub("", text)
    protected = _ABBREVIATION.sub(r"\1", _ITEM.sub("\n", text) if _LISTED.match(text) else text)
    clauses: list[str] = []
    for sentence in _SENTENCE_END.split(protected):
        clauses.extend(_split_sentence(sentence))
    cleaned = (_clean(clause) for clause in clauses)
    kept = [clause for clause in cleaned if re.search(r"\w", clause)]
    if not kept and re.search(r"\w", text):
        kept = [text.strip()]  # "next" alone is no item of a list
    return _join_ellipses(kept)[:MAX_CLAUSES]


def _split_sentence(sentence: str) -> list[str]:
    parts: list[str] = []
    begin = 0
    for joint in _SOFT.finditer(sentence):
        left, right = sentence[begin : joint.start()], sentence[joint.end() :]
        if not left.strip() or not right.strip() or not _cuts(left.strip(), joint.group(), right):
            continue
        parts.append(left)
        begin = joint.end()
    parts.append(sentence[begin:])
    return parts


def _cuts(left: str, joint: str, right: str) -> bool:
    joint = joint.strip().lower()
    if _WAITS.search(left) or (joint == "," and _WAITS_AT_COMMA.search(left)):
        return False
    lists_sheets = _SHEET.search(left) is not None and _START.match(right) is not None  # "my badges, my orders"
    if _TOPIC.fullmatch(left) and (joint == ":" or (joint == "," and _DETERMINER.match(left) and not lists_sheets)):
        return False  # "Dawnwheel: is it for me?", "a nodachi, how heavy is that?"
    if (
        joint != ":"
        and _DURATION.match(right)
        and re.search(r"\b(?:minutes?|mins?|hours?)\b.*\s\w+$", left)
        and not _ENDS_IN_HOURS.search(left)
    ):
        return True  # "20 minutes with the spear and 30 minutes with the bow"
    if _ELLIPSIS.match(right) or not _START.match(right):
        return bool(
            joint != ","
            and _HARD.search(joint)
            and (len(right.split()) > 1 or _SHEET.match(right))  # "then leaderboard"
            and ":" not in joint
            and "-" not in joint
        )
    # "When I swing it, what should ..." is one question; so is "If I have 200 coins, what would you get"
    opens_condition = _SUBORDINATE.match(left) is not None and joint == ","
    bare_and_question = joint == "and" and re.match(r"(?:where|who|whose)\s+\w+$", right, re.IGNORECASE) is not None
    return not (opens_condition or bare_and_question)


def _clean(clause: str) -> str:
    clause = re.sub(r"\s+", " ", clause).strip(" \t,;:-–—*•·>").removesuffix(".")
    if _ENUMERATION.fullmatch(clause):
        return ""
    return _JOINERS.sub("", clause)


def _join_ellipses(clauses: list[str]) -> list[str]:
    """Put "how often?" back behind the question that it completes."""
    joined: list[str] = []
    for clause in clauses:
        if joined and _ELLIPSIS.match(clause) and _OPENS_QUESTION.search(joined[-1]):
            joined[-1] = f"{joined[-1].rstrip('?.! ')}, and {clause}"
        else:
            joined.append(clause)
    return joined
