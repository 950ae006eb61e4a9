"""Cues: what a question says about where its answer stands, beside what it asks.

All manuals share their headings, and people ask for each part in few ways: "how often" is answered by the intervals, "which
exercise" by a drill, "what oil" by the materials, and a complaint by the troubleshooting. The cues are ordinary question forms,
not a vocabulary of these weapons; a question may match several or none. And a question that names a weapon wants its manual.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.split import DRILL_MARK, Passage
from knowledge.words import terms

_CARE = "oil|clean|wash|polish|sharpen|hone|whet|dry|wax|grease|look after|care for"
_SUPPLIES = "oil|grease|wax|stones?|whetstones?|paper|sandpaper|brush|cloth|glue|powder|materials?|supplies|tools?"
_DRILLS = "Drills"

_CUES: dict[str, tuple[str, ...]] = {
    "Maintenance > Intervals": (
        r"\bhow (?:often|frequent\w*|soon)\b",
        r"\b(?:every|after|until|till?) how (?:many|long)\b",
        r"\bhow many \w+ (?:between|until|till?|before)\b",
        r"\bafter many\b",
        r"\bwhen\b.*\b(?:again|due|new|chang\w+|replac\w+|renew\w*|swap\w*)\b",
    ),
    "Maintenance > Materials": (
        rf"\b(?:what|which)\b.*\b(?:{_SUPPLIES})\b",
        r"\bhow (?:much|many drops)\b.*\b(?:oil|grease|wax|cord)\b",
    ),
    "Maintenance > Steps": (rf"\bhow (?:do|can|should|to|must|would)\b.*\b(?:{_CARE})\b",),
    _DRILLS: (r"\bdrills?\b", r"\bexercises?\b"),
    "Safety": (
        r"\b(?:safe|safely|safety|danger\w*|risk\w*|protect\w*|allowed|wear|people|bystanders|others)\b",
        r"\b(?:may i|can i|is it (?:ok|okay|bad)|how (?:far|close))\b",
    ),
    "Troubleshooting": (
        r"^(?:my|the|i)\b",
        r"\b(?:help|fix|mend|repair|remedy|problem|wrong|stuck|loose|hurts?|aches?|rust\w*|bent|crack\w*|split)\b",
        r"\b(?:broken?|keeps?|won't|no longer)\b",
    ),
    "Handling": (r"\b(?:hold|grip|stance|stand|beginners?|novices?|recruits?|below level|level \d+)\b",),
    "Overview": (
        r"\bhow (?:heavy|long|big|wide) (?:is|are)\b",
        r"\bweighs?\b",
        r"\bmade (?:of|from)\b",
        r"\bwho (?:is|are|should)\b",
        r"\bwhich (?:breathing|style)",
    ),
    "Accessories": (r"\baccessor\w+", r"\badd-?ons?\b", r"\bextras?\b"),
}
_PATTERNS = {place: re.compile("|".join(forms), re.IGNORECASE) for place, forms in _CUES.items()}


class Cues:
    """What one question points to. ``places`` are headings."""

    def __init__(self, question: str) -> None:
        text = question.strip().replace("\u2019", "'")
        self.places = tuple(place for place, pattern in _PATTERNS.items() if pattern.search(text))
        self._terms = frozenset(terms(text))

    def point_to(self, passage: Passage) -> bool:
        """Whether the passage stands where the answer is to be expected. Guides have drills under headings of other names."""
        if passage.heading.startswith(tuple(place for place in self.places if place != _DRILLS)):
            return True
        return _DRILLS in self.places and DRILL_MARK in passage.text

    def name(self, passage: Passage) -> float:
        """The share of the passage's weapon's name that is in the question, its type aside; 0 for a guide."""
        if passage.weapon is None:
            return 0.0
        own = _own_name(passage.title, passage.weapon_type or "")
        return len(own & self._terms) / len(own) if own else 0.0


@lru_cache(maxsize=4096)
def _own_name(title: str, weapon_type: str) -> frozenset[str]:
    return frozenset(terms(title)) - frozenset(terms(weapon_type))
