"""Facts: the stronger hand, what lies near, with whom a slayer trains, and what they ask to be remembered in so many words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.memory.sayings import Saying
from hashiramart.memories import Note
from knowledge.words import stem, terms

_PLACE = (
    r"(?P<place>rivers?|lakes?|forests?|woods?|beach(?:es)?|sea|mountains?|hills?|parks?|dojos?|gyms?|gardens?|yards?|fields?|meadows?|streams?|waterfalls?|"
    r"bamboo groves?|shrines?|temples?|pools?|barns?|cellars?|roofs?|courtyards?|training grounds?|stairs|slopes?|caves?|ponds?)"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, re.compile(pattern, re.IGNORECASE))
    for subject, pattern in (
        ("hand", r"\bi(?:'m| am)\s+(?:actually\s+|in fact\s+|a\s+)*(?:(?:left|right|both)[- ]?hand(?:ed|er)|lefty|righty|southpaw|ambidextrous)\b|\bi (?:write|fight|throw|cut) with my (?:left|right)\b(?: hand)?|\bmy (?:left|right) hand is (?:my )?(?:stronger|dominant|better)\b|\bmy (?:dominant|stronger|strong) hand is (?:my |the )?(?:left|right)\b"),
        ("near:{place}", rf"\b(?:there(?:'s| is| are)|i(?:'ve| have)(?: got)?|i got|we have|i live (?:near|by|next to|close to|at|on|in)|i train (?:near|by|at|in|on|next to|beside))\s+(?:an?\s+|the\s+|some\s+|my\s+|our\s+)?(?:(?!(?:question|problem|plan)\b)[\w-]+\s+){{0,2}}?{_PLACE}\b"),
        ("home", r"\bi live (?:in|at|on|near|by|with|alone|far)\b"),
        ("company", r"\bi (?:(?:usually|always|mostly|only|often|have to)\s+)*(?:train|practi[sc]e|spar|drill)\s+(?:all )?(?:alone|on my own|by myself|with (?:an?|my|the|two|three|some|other)\b)|\bi have (?:no|a) (?:training |sparring )?partner\b|\bi have (?:nobody|no one|no-one) to (?:train|spar|practi[sc]e) with\b"),
        ("age", r"\bi(?:'m| am)\s+(?:already |only |just )?(?:\d{1,3}|[a-z-]+)\s+years? old\b"),
        ("height", r"\bi(?:'m| am)\s+(?:about |only |just )?[\d.,']+\s?(?:m|cm|metres?|meters?|feet|ft)?(?:\s?\d+)?\s+tall\b|\bi(?:'m| am) (?:very |quite |rather )?(?:tall|short|small) for my age\b"),
        ("weight", r"\bi weigh\b.{1,20}\b(?:kg|kilos?|pounds|lbs?|stone)\b"),
        ("eyesight", r"\bi (?:wear|need) (?:glasses|contact lenses|contacts|spectacles)\b|\bi(?:'m| am) (?:colou?r[- ]?blind|short-?sighted|near-?sighted|far-?sighted|blind|deaf)\b"),
        ("work", r"\bi work (?:nights|shifts|at|as|in|on|night shifts|late)\b|\bi(?:'m| am) an? (?:blacksmith|farmer|nurse|doctor|teacher|student|carpenter|fisherman|cook|guard|soldier|baker|merchant)\b"),
        ("gear", r"\bi (?:have|own|got) (?:no|an?|two|some) (?:wooden sword|bokken|punch(?:ing)? bag|dummy|training dummy|practice dummy|weights|kettlebells?|rope|mat|mats)\b"),
    )
)  # fmt: skip
_NO_LONGER = re.compile(r"\bi (?:no longer|(?:don't|do not)(?=.*\bany ?more\b))\s+", re.IGNORECASE)
_NONE_LEFT = re.compile(
    rf"\bthere(?:'s| is| are)\s+no\s+(?:longer an?\s+|more\s+)?{_PLACE}\b.*(?:\bany ?more\b|$)", re.IGNORECASE
)


def facts(saying: Saying) -> Iterator[Note]:
    """What a piece of a message says of other things that stay so."""
    if saying.asks:
        return
    if gone := _NONE_LEFT.search(saying.text):
        yield Note("fact", f"near:{stem(gone['place'].lower())}", "", ends=True)
        return
    over = _NO_LONGER.search(saying.text) is not None
    text = _NO_LONGER.sub("I ", saying.text)
    for subject, rule in _RULES:
        if found := rule.search(text):
            about = subject.format(place=stem(found["place"].lower())) if "{" in subject else subject
            yield Note("fact", about, "" if over else text[found.start() :], ends=over)
            return


def told_to_remember(text: str) -> Note:
    """A fact in the slayer's own words, which no rule knows: "remember that my katana is called Mizu"."""
    return Note("fact", f"said:{' '.join(sorted(set(terms(text))))[:120] or text.lower()[:120]}", text)
