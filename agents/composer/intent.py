"""What a question is after, from its words alone: used where no planner has said it."""

from __future__ import annotations

import re

from agents.planner.plan import CoachIntent

_CARE = r"oil(?:ing|ed)?|clean(?:ing)?|sharpen(?:ing)?|polish(?:ing)?|wax(?:ing)?|stor(?:e|ing)|rewrap|hone|honing"

_RULES: tuple[tuple[CoachIntent, str], ...] = (
    ("compare", r"\bcompar|\bversus\b|\bvs\b|\bdifferences?\b|\bdiffer\b|\bbetter\b.+\bor\b|\bwhich of\b"),
    ("how_often", r"\bhow (?:often|frequently|regularly)\b|\bhow many times\b|\bevery how many\b"
                  r"|\bwhen (?:should|must|do) i (?:next )?(?:" + _CARE + r")"),
    ("routine", r"\broutine\b|\bworkout\b|\btraining (?:session|plan|schedule)\b|\b(?:train|drills?|practi[cs]e|exercises?)\b.*\bminutes?\b"
                r"|\bminutes?\b.*\b(?:train|training|drills?|practi[cs]e|exercises?|session)\b|\bsession of\b"),
    ("motivation", r"\bquotes?\b|\bmotivat|\binspir|\bencourag|\bdiscourag|\bgiv(?:e|ing) up\b|\bafraid\b|\bscared\b|\bnervous\b"
                   r"|\bi (?:just |have )?(?:lost|failed)\b|\bhopeless\b|\bcheer me\b|\bfeel(?:ing)? (?:down|weak|useless|bad|tired)\b"),
    ("troubleshooting", r"\brattl|\bstuck\b|\bsticks?\b|\bjam|\bloose\b|\bcrack|\bchip(?:ped|s)?\b|\bbent\b|\bbroken?\b|\bsqueak|\bsnapp|\bfray"
                        r"|\bwon'?t\b|\bdoes(?:n'?t| not)\b|\bproblem\b|\bwrong\b|\bfix\b|\brepair\b|\bwhy (?:is|does|do|are) (?:my|the|it)\b"
                        r"|\brusty\b|\b(?:has|have|is|got|gets|are) rust|\brust (?:spots?|stains?)\b|\bslip(?:s|ping)\b|\bwobbl"),
    ("accessories", r"\baccessor|\badd-?ons?\b|\bgo(?:es)? (?:well )?with\b|\b(?:extra|spare) (?:gear|parts?)\b|\bbuy for (?:it|my)\b"),
    ("safety", r"\bsafe(?:ty|ly)?\b|\bdanger|\binjur|\bhurt|\bprecaution|\brisk|\baccidents?\b"),
    ("maintenance", r"\blook(?:ing)? after\b|\bcar(?:e|ing) (?:for|of)\b|\btake care\b|\bmaint(?:ain|enance)|\bupkeep\b|\b(?:" + _CARE + r")\b"),
    ("drills", r"\bdrills?\b|\bexercises?\b|\bpracti[cs](?:e|ing)\b|\btrain(?:ing)?\b"),
    ("handling", r"\bhow (?:do|should|can|must|to) ?(?:i |one |you )?(?:\w+ )?(?:use|hold|grip|swing|cut|draw|fight|handle|wield|stand|thrust|throw|shoot)\b"
                 r"|\bstance\b|\bgrip\b|\bhandling\b|\btechniques?\b|\bwield|\bbeginners?\b"),
    ("overview", r"\bwhat(?:'s| is| are) (?:the|a|an|my)\b|\btell me (?:\w+ )?about\b|\bdescribe\b|\boverview\b|\bwho is it for\b|\bsuit(?:s|ed)?\b"),
)  # fmt: skip
_COMPILED = tuple((intent, re.compile(pattern)) for intent, pattern in _RULES)

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MINUTES = re.compile(r"\b(\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")[ -]?(minutes?|mins?|hours?|hrs?|h)\b")
_SPOKEN = (
    (re.compile(r"\bthree[ -]quarters of an hour\b"), 45),
    (re.compile(r"\ban hour and a half\b|\bone and a half hours\b"), 90),
    (re.compile(r"\bhalf an hour\b|\bhalf[ -]hour\b"), 30),
    (re.compile(r"\bquarter of an hour\b|\bquarter[ -]hour\b"), 15),
    (re.compile(r"\ban hour\b|\bhour-long\b"), 60),
)


def detect_intent(text: str) -> CoachIntent:
    """The kind of answer that ``text`` asks for; ``"general"`` where no rule fits."""
    lowered = text.lower().replace("\u2019", "'")
    for intent, pattern in _COMPILED:
        if pattern.search(lowered):
            return intent
    return "general"


def find_minutes(text: str) -> int | None:
    """The length of time that ``text`` names, in minutes, between 1 and 1440."""
    lowered = text.lower()
    for pattern, value in _SPOKEN:
        if pattern.search(lowered):
            return value
    match = _MINUTES.search(lowered)
    if match is None:
        return None
    number = _NUMBERS.get(match.group(1)) or int(match.group(1))
    value = number * 60 if match.group(2).startswith("h") else number
    return value if 1 <= value <= 1440 else None


def wants_quote(text: str) -> bool:
    """Whether ``text`` asks for a quote or a word of motivation."""
    return bool(re.search(r"\bquotes?\b|\bsaying\b|\bwords? of (?:wisdom|encouragement)\b|\bmotivational\b", text.lower()))
