"""Preferences: how a slayer likes to be answered, when and how long they train, and what they like or cannot stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.memory.sayings import Saying
from agents.planner.quantities import minutes, training_days
from hashiramart.memories import Note
from knowledge.words import terms

LENGTH, WORDING, MINUTES, DAYS, TIME = "length", "wording", "minutes", "days", "time of day"
SHORT, LONG, SIMPLE = "I like short answers", "I like detailed answers", "I like simple words"

_ANSWERS = r"(?:answers|replies|responses|explanations|texts|messages|lessons)"
_LIKE = r"(?:like|prefer|love|want|need|enjoy|appreciate|would like)"
_HATE = r"(?:hate|dislike|detest|don't like|do not like|can't stand|cannot stand|don't (?:want|need)|do not (?:want|need)|never read|have no (?:patience|time) for|am (?:tired|sick) of)"
_SHORT = r"(?:short(?:er)?|brief(?:er)?|concise|crisp|snappy)"
_LONG = r"(?:long(?:er)?|lengthy|wordy|endless|verbose|long-winded|detailed|thorough|in-depth)"
_SETTLED: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (subject, text, re.compile(pattern, re.IGNORECASE))
    for subject, text, pattern in (
        (LENGTH, SHORT, rf"^(?:(?:only|always|just|from now on)\s+)*{_SHORT}\s+{_ANSWERS}\b|\bi(?:'d)?\s+(?:\w+\s+)?{_LIKE}\s+(?:\w+\s+)?{_SHORT}\s+{_ANSWERS}\b"),
        (LENGTH, SHORT, rf"\bi\s+(?:\w+\s+)?{_HATE}\s+(?:such |these |your |the |those )?{_LONG}\s+{_ANSWERS}\b|\b(?:your )?{_ANSWERS} (?:are|is) (?:always |all |much |far |way )*too (?:long|wordy)\b"),
        (LENGTH, SHORT, rf"\b(?:always|from now on|in future|in general)\b.*\b(?:keep (?:it|things|{_ANSWERS}) (?:short|brief)|be (?:brief|short|concise))\b|^keep (?:your |all )?(?:{_ANSWERS}|things) (?:short|brief)\b"),
        (LENGTH, LONG, rf"^(?:(?:only|always|from now on)\s+)*{_LONG}\s+{_ANSWERS}\b|\bi(?:'d)?\s+(?:\w+\s+)?{_LIKE}\s+(?:\w+\s+)?(?:{_LONG}\s+{_ANSWERS}|(?:more |all (?:the )?)?details?$)|\bi\s+{_HATE}\s+{_SHORT}\s+{_ANSWERS}\b|\b{_ANSWERS} are (?:always |all |much |far )*too short\b"),
        (WORDING, SIMPLE, rf"\b(?:simple|simpler|easy|plain)\s+(?:words|language|english|{_ANSWERS})\b(?!.*\bthis\b)|\bexplain (?:things|everything) (?:\w+ )?simply\b|\bmy english is (?:bad|not (?:so |very )?good|poor|weak)\b|\bi(?:'m| am) not (?:so |very )?good at english\b"),
    )
)  # fmt: skip
_USUAL_LENGTH = re.compile(
    rf"\b(?:normal|usual|regular|standard)(?:[- ]length)?\s+{_ANSWERS}\b|\b{_ANSWERS} (?:of|at) (?:any|normal|usual) length\b|\bi don't mind long(?:er)? {_ANSWERS}\b",
    re.IGNORECASE,
)
_DONE_BY_ME = r"\bi\s+(?:(?:usually|always|mostly|only|normally|generally|just|often|do|can only|can|prefer to|like to|love to|tend to|want to)\s+)*(?:train|practi[sc]e|exercise|work ?out|drill|spar)\b"
_HOURS = r"(?:mornings?|evenings?|nights?|afternoons?|noon|midday|dawn|dusk|sunrise|sunset|lunch(?: ?time| break)?|before (?:work|breakfast|sunrise|dawn|school|dinner)|after (?:work|dinner|school|sunset|supper|dark))"
_TIME = re.compile(
    rf"{_DONE_BY_ME}\s+(?:best\s+|mostly\s+|only\s+)*(?:(?:in the|in|at|on|early in the|late in the|every|during)\s+)?(?:early\s+|late\s+)?{_HOURS}\b|\bi(?:'m| am) (?:more of )?an? (?:morning|evening|night) (?:person|slayer|owl)\b|\bi(?:'m| am) an? (?:early bird|night owl)\b"
    rf"|\bi\s+(?:prefer|like|love)\s+(?:to train|training|practi[sc]ing|sessions)\s+(?:in the|at|on|before|after)\s+\w+|{_HOURS} (?:are|is|suits?) (?:best|me best|me better|good for me|me)\b|^mornings? (?:are|is) when i train\b",
    re.IGNORECASE,
)
_A_DAY = (
    r"(?:a|per|each|every|for each|for every)\s+(?:day|session|morning|evening|night|training|week ?day|time)|daily"
)
_MINUTES = re.compile(
    rf"\bi(?:'ve| have)?\s+(?:(?:only|usually|just|always|can|could|never|normally|mostly)\s+)*(?:have|got|get|spare|train|practi[sc]e|exercise|manage|find|spend)\b.{{0,40}}\b(?:minutes?|mins?|hours?)\b.{{0,12}}\b(?:{_A_DAY})\b"
    rf"|\bi\s+(?:prefer|like|want|love)\s+(?:my\s+)?(?:(?:short|quick)\s+)?[\w-]+[- ](?:minute|hour)s?\s+(?:sessions|routines|workouts|trainings)\b|\b(?:sessions|routines|workouts) of [\w ]+ (?:minutes|hours?) (?:suit|are best|work best)\b"
    r"|\bmy (?:sessions|routines|workouts|trainings) (?:are|last|take|should be)\b.{0,20}\b(?:minutes?|hours?)\b",
    re.IGNORECASE,
)
_DAYS_NAMED = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|week ?ends?|week ?days?)"
_DAYS = re.compile(
    rf"{_DONE_BY_ME}\s+(?:only\s+)?(?:on\s+)?{_DAYS_NAMED}\b|{_DONE_BY_ME}.{{0,25}}\b(?:days|times) (?:a|per|each|every) week\b|\bi\s+(?:never train|don't train|do not train|can't train|rest)\s+(?:on\s+)?{_DAYS_NAMED}\b|\bi (?:only )?have (?:time )?.{{0,15}}\bdays (?:a|per|each) week\b",
    re.IGNORECASE,
)
_TASTE = re.compile(
    r"\bi\s+(?:(?:really|always|generally|usually|just|absolutely|do|also|much)\s+)*(?:prefer|like|love|enjoy|hate|dislike|don't like|do not like|don't enjoy|can't stand|cannot stand|detest|am (?:scared|afraid) of)\s+"
    r"(?P<what>(?!(?:it|its|that|this|these|those|them|they|the|your|you|one|ones|him|her|he|she|us|me|my|how|what|when|where|why|a|an|any|some|another|to (?:buy|order|see|know|ask|have|get|hear|learn|try|log)|"
    r"both|neither|all|nothing|everything|number|first|second)\b)[a-z].{2,70})",
    re.IGNORECASE,
)


def preferences(saying: Saying) -> Iterator[Note]:
    """What a piece of a message says of preferences."""
    text = saying.text
    if saying.asks:
        return
    if _USUAL_LENGTH.search(text):
        yield Note("preference", LENGTH, "", ends=True)
        return
    settled = next(((subject, said) for subject, said, rule in _SETTLED if rule.search(text)), None)
    if settled:
        yield Note("preference", *settled)
        return
    if (found := _MINUTES.search(text)) and minutes(text) is not None:
        yield Note("preference", MINUTES, text[found.start() :])
    elif found := _DAYS.search(text):
        yield Note("preference", DAYS, text[found.start() :])
        if again := _TIME.search(text):
            yield Note("preference", TIME, text[again.start() :])
    elif found := _TIME.search(text):
        yield Note("preference", TIME, text[found.start() :])
    elif (found := _TASTE.search(text)) and (what := terms(found["what"])):
        yield Note("preference", f"taste:{' '.join(sorted(set(what)))[:100]}", text[found.start() :])


def preferred_minutes(text: str) -> int | None:
    """The minutes of a preference such as "I only have 20 minutes a day"; None where it names none that a session can have."""
    said = minutes(text)
    return said if said is not None and 1 <= said <= 24 * 60 else None


def preferred_days(text: str) -> int | None:
    """The training days a week of a preference, where it says a number of them."""
    return training_days(text)
