"""The topic: what a question asks about, as stems, without the weapon's name and the words every question has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.words import stem, terms, words

# Words that say what kind of answer is wanted, or whose: they never tell one sentence of a manual from another.
_GENERIC = """
    weapon weapons arm arms blade blades sword manual manuals guide slayer slayers coach breathing style styles level
    look looking care caring maintain maintaining maintenance upkeep clean cleaning properly correctly best right way ways
    often frequently regularly times time interval intervals minute minutes hour day daily week weekly month routine session
    drill drills exercise exercises train training practice practise practising practicing workout plan work works
    quick short long today tomorrow morning handle handling wield wielding beginner beginners start starting
    advice tips tip teach show explain describe question find possible recommend suggest safe safely safety danger dangerous
    problem problems wrong fix fixing repair happen happens try trying new old thing stuff lot bit keep ideal proper actually
    really currently always usually first second next last one two three four five six seven eight nine ten fifteen twenty
    motivation motivational motivate quote quotes inspire compare comparison difference differences versus better accessory
    accessories overview beginner's perfect owner own owned step steps important tell hold holding someone people
"""
_GENERIC_STEMS = frozenset(stem(word) for word in words(_GENERIC))

# Stems that mean the same task or thing in a manual.
_KIN = (
    ("oil", "choji", "camellia", "linse", "tung"),
    ("sharpen", "sharp", "whetston", "hon", "oilston", "grind"),
    ("rust", "rusti", "corrod", "corrosion", "brown"),
    ("stor", "storag", "rack", "hang"),
    ("dry", "damp", "wet", "moist", "moistur"),
    ("rewrap", "wrap", "silk"),
    ("pric", "cost", "coin", "expens", "cheap", "pay"),
    ("slip", "slippery", "slid", "slide"),
    ("weight", "weigh", "heav", "kg"),
    ("scabbard", "sheath", "saya"),
    ("shaft", "pol", "haft"),
    ("crack", "split"),
    ("fear", "afraid", "scar", "frighten", "nervous"),
    ("travel", "journei", "journey", "road", "transport", "carri", "carry", "train"),
    ("injur", "hurt", "wound", "pain"),
    ("rest", "recover", "recoveri", "deload"),
    ("feet", "foot", "footwork", "step"),
    ("hand", "grip"),
    ("children", "child", "kid"),
)  # fmt: skip
_KIN_OF: dict[str, frozenset[str]] = {}
for _group in _KIN:
    for _word in _group:
        _KIN_OF[_word] = _KIN_OF.get(_word, frozenset()) | frozenset(_group)

_GERUNDS = {
    "oil": "Oiling", "sharpen": "Sharpening", "polish": "Polishing", "wax": "Waxing", "rust": "Rust", "stor": "Storing",
    "dry": "Drying", "rewrap": "Rewrapping", "wrap": "Wrapping", "hon": "Honing", "string": "The string", "inspect": "Inspection",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked about. ``stems`` keep the order of the words; empty for "that" or "it" alone."""

    stems: tuple[str, ...]
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.stems)

    @property
    def spoken(self) -> str:
        """The topic in the slayer's own words: "sharpening", "grip tape"."""
        return " ".join(self.words)

    @property
    def heading(self) -> str:
        """The topic as the subject of a sentence: "Oiling"."""
        known = [_GERUNDS[one] for one in self.stems if one in _GERUNDS]
        return known[0] if known else self.spoken.capitalize()

    def meets(self, text: str) -> bool:
        """Whether ``text`` names any of it, or kin of it."""
        held = set(terms(text))
        return any(held & kin(one) for one in self.stems)


def kin(one: str) -> frozenset[str]:
    """The stems that count as the same thing as ``one``, itself included."""
    return _KIN_OF.get(one, frozenset()) | {one}


def find_topic(text: str, *names: str) -> Topic:
    """The topic of ``text``; the words of ``names`` (titles and types of the weapons in question) do not count."""
    dropped = _GENERIC_STEMS | {one for name in names for one in terms(name)}
    stems: dict[str, str] = {}
    for word in words(re.sub(r"\b\d+\b", " ", text)):
        for one in terms(word):
            if one not in dropped:
                stems.setdefault(one, word)
    return Topic(tuple(stems), tuple(stems.values()))
