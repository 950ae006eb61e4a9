"""What a question is after, from its words alone: used where no planner has said it."""

from __future__ import annotations

import re

from agents.planner.plan import CoachIntent
from agents.planner.quantities import minutes

_DAY = 24 * 60  # minutes

_CARE = r"(?:oil(?:ing|ed)?|clean(?:ing)?|sharpen(?:ing)?|polish(?:ing)?|wax(?:ing)?|stor(?:e|ing)|rewrap|hone|honing)"
_EXERCISE = r"(?:train(?:ing)?|drills?|practi[cs]e|practi[cs]ing|exercises?|session)"
_USE = r"(?:use|hold|grip|swing|cut|draw|fight|handle|wield|stand|thrust|throw|shoot)"

# In order of precedence: the first intent with a pattern that fits is taken.
_RULES: tuple[tuple[CoachIntent, tuple[str, ...]], ...] = (
    (
        "quiz",
        (
            r"\bquiz\b",
            r"\btest (?:me|my knowledge|what i know)\b",
            r"\bask me (?:a few |some |three |a )?questions?\b",
            r"\bexamine me\b",
        ),
    ),
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
            r"\b(?:a|any|some) sayings?\b",
            r"\b(?:motivat\w*|inspire me|inspiration|(?:en|dis)courag\w*)\b",
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
            r"^\W*(?:and |but )?what (?:if|happens (?:if|when)|(?:do|should|must|can) i do (?:if|when)|to do (?:if|when))\b",
            r"\b(?:rattl|squeak|wobbl|snapp|fray|jam|crack)",
            r"\bi (?:get|feel|am getting) (?:dizzy|sick|numb|cramps?)\b",
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
    ("drills", (rf"(?<!\ba )(?<!\bby ){_EXERCISE}\b", r"\b(?:improve|strengthen|get better|work on)\b")),
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


def detect_intent(text: str) -> CoachIntent:
    """The kind of answer that ``text`` asks for; ``"general"`` where no rule fits."""
    lowered = text.lower().replace("\u2019", "'")
    for intent, pattern in _COMPILED:
        if pattern.search(lowered):
            return intent
    return "general"


def find_minutes(text: str) -> int | None:
    """The length of time that ``text`` names, in minutes, between 1 and 1440."""
    found = minutes(text)
    return found if found is not None and found <= _DAY else None


def wants_quote(text: str) -> bool:
    """Whether ``text`` asks for a quote or a word of motivation."""
    return bool(
        re.search(r"\bquotes?\b|\bsaying\b|\bwords? of (?:wisdom|encouragement)\b|\bmotivational\b", text.lower())
    )
