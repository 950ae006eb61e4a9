"""What a question is after, from its words alone: used where no planner has said it."""

from __future__ import annotations

import re

from agents.planner.plan import CoachIntent

_CARE = r"(?:oil(?:ing|ed)?|clean(?:ing)?|sharpen(?:ing)?|polish(?:ing)?|wax(?:ing)?|stor(?:e|ing)|rewrap|hone|honing)"
_EXERCISE = r"(?:train(?:ing)?|drills?|practi[cs]e|practi[cs]ing|exercises?|session)"
_USE = r"(?:use|hold|grip|swing|cut|draw|fight|handle|wield|stand|thrust|throw|shoot)"

# In order of precedence: the first intent with a pattern that fits is taken.
_RULES: tuple[tuple[CoachIntent, tuple[str, ...]], ...] = (
    (
        "compare",
        (r"\bcompar", r"\bversus\b", r"\bvs\b", r"\bdiffer(?:s|ences?|ent)?\b", r"\bbetter\b.+\bor\b", r"\bwhich of\b"),
    ),
    (
        "how_often",
        (
            r"\bhow (?:often|frequently|regularly)\b",
            r"\bhow many times\b",
            r"\bevery how many\b",
            rf"\bwhen (?:should|must|do) i (?:next )?{_CARE}",
        ),
    ),
    (
        "routine",
        (
            r"\broutine\b",
            r"\bworkout\b",
            r"\btraining (?:session|plan|schedule)\b",
            r"\bsession of\b",
            rf"\b{_EXERCISE}\b.*\b(?:minutes?|hours?)\b",
            rf"\b(?:minutes?|hours?)\b.*\b{_EXERCISE}\b",
        ),
    ),
    (
        "motivation",
        (
            r"\bquotes?\b",
            r"\b(?:motivat|inspir|(?:en|dis)courag)",
            r"\bgiv(?:e|ing) up\b",
            r"\b(?:afraid|scared|nervous|hopeless)\b",
            r"\bi (?:just |have )?(?:lost|failed)\b",
            r"\bcheer me\b",
            r"\bfeel(?:ing)? (?:down|weak|useless|bad|tired)\b",
        ),
    ),
    (
        "troubleshooting",
        (
            r"\b(?:rattl|squeak|wobbl|snapp|fray|jam|crack)",
            r"\b(?:stuck|sticks?|loose|chip(?:ped|s)?|bent|broken?|rusty|slip(?:s|ping))\b",
            r"\b(?:won't|wont|doesn't|does not|problem|wrong|fix|repair)\b",
            r"\bwhy (?:is|does|do|are) (?:my|the|it)\b",
            r"\b(?:has|have|is|got|gets|are) rust",
            r"\brust (?:spots?|stains?)\b",
        ),
    ),
    (
        "accessories",
        (r"\baccessor", r"\badd-?ons?\b", r"\bgo(?:es)? (?:well )?with\b", r"\b(?:extra|spare) (?:gear|parts?)\b"),
    ),
    (
        "safety",
        (
            r"\bsafe(?:ty|ly)?\b",
            r"\b(?:danger|precaution|risk)",
            r"\b(?:avoid|prevent)\w*\b.*\b(?:injur|hurt)",
            r"\baccidents?\b",
        ),
    ),
    (
        "maintenance",
        (
            r"\blook(?:ing)? after\b",
            r"\bcar(?:e|ing) (?:for|of)\b",
            r"\btake care\b",
            r"\bmaint(?:ain|enance)",
            r"\bupkeep\b",
            rf"\b{_CARE}\b",
        ),
    ),
    ("drills", (rf"\b{_EXERCISE}\b", r"\b(?:improve|strengthen|get better|work on)\b")),
    (
        "handling",
        (
            rf"\bhow (?:do|should|can|must|to) ?(?:i |one |you )?(?:\w+ )?{_USE}\b",
            r"\b(?:stance|grip|handling|techniques?|beginners?)\b",
            r"\bwield",
        ),
    ),
    (
        "overview",
        (
            r"\bwhat(?:'s| is| are) (?:the|a|an|my)\b",
            r"\btell me (?:\w+ )?about\b",
            r"\bdescribe\b",
            r"\boverview\b",
            r"\bwho is it for\b",
            r"\bsuit(?:s|ed)?\b",
        ),
    ),
)
_COMPILED = tuple((intent, re.compile("|".join(patterns))) for intent, patterns in _RULES)

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MINUTES = re.compile(
    r"\b(\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")[ -]?(minutes?|mins?|hours?|hrs?|h)\b"
)
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
    return bool(
        re.search(r"\bquotes?\b|\bsaying\b|\bwords? of (?:wisdom|encouragement)\b|\bmotivational\b", text.lower())
    )
