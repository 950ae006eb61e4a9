"""The topic: what a question asks about, as stems, without the weapon's name and the words every question has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from agents.composer.thesaurus import kin
from hashiramart.seed import style_names
from knowledge.words import stem, terms, words

# Words that say what kind of answer is wanted, or whose: they never tell one sentence of a manual from another.
_GENERIC = """
    weapon weapons arm arms blade blades sword manual manuals guide slayer slayers coach style styles level
    look looking care caring maintain maintaining maintenance upkeep clean cleaning properly correctly best right way ways
    often frequently regularly times time interval intervals minute minutes hour day daily week weekly month routine session
    drill drills exercise exercises train training practice practise practising practicing workout plan work works
    quick short long today tomorrow morning handle handling wield wielding beginner beginners start starting
    advice tips tip teach show explain describe question find possible recommend suggest safe safely safety danger dangerous
    improve improving better strengthen strengthening learn learning master mastering get
    whole entire complete total deal dealing cope put apply see happen someone
    problem problems wrong fix fixing repair happen happens try trying new old thing stuff lot bit keep ideal proper actually
    really currently always usually first second next last one two three four five six seven eight nine ten fifteen twenty
    motivation motivational motivate quote quotes inspire compare comparison difference differences versus better accessory
    accessories overview stay avoid prevent
    whole buy purchase add ons addons extra extras gear equipment materials supplies tools anything something
    more longer shorter simpler briefly again detail details summary summarise quiz test questions plan rank points lately
    recent recently
    according quote saying sayings else suit suits suited worth fits fit come comes own feel feeling
    calendar schedule timetable rhythm interval upkeep rule rules mind careful beware precaution precautions hazard hazards risk
    risks add added adding list attach attached option options put
    accessories overview beginner's perfect owner own owned step steps important tell hold holding someone people
"""
_GENERIC_STEMS = frozenset(stem(word) for word in words(_GENERIC))

_HOW = re.compile(r"\bhow (long|short|wide|thick|big|heavy|deep|tall)\b")
# Tasks of care, by stem, as a sentence names them.
_TASKS = {
    "oil": "oiling", "sharpen": "sharpening", "polish": "polishing", "wax": "waxing", "stor": "storing", "dry": "drying",
    "rewrap": "rewrapping", "wrap": "wrapping", "hon": "honing", "inspect": "inspection", "replac": "replacing",
    "rust": "removing rust", "unstr": "unstringing", "tighten": "tightening", "lubricat": "lubricating",
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
        """The topic as it stands in a sentence: "sharpen the edge" is "sharpening edge"."""
        return " ".join(_TASKS.get(one, word) for one, word in zip(self.stems, self.words, strict=True))

    @property
    def task(self) -> Topic:
        """Only the task of care in it ("oil" of "oil the axe"); the whole topic where it names none."""
        pairs = [(one, _TASKS[one]) for one in self.stems if one in _TASKS]
        return Topic(tuple(one for one, _ in pairs), tuple(name for _, name in pairs)) if pairs else self

    @property
    def is_one_task(self) -> bool:
        """Whether it names one task of care and nothing else, so that it reads as the subject of a sentence."""
        return len(self.stems) == 1 and self.stems[0] in _TASKS

    def meets(self, text: str) -> bool:
        """Whether ``text`` names any of it, or kin of it."""
        held = set(terms(text))
        return any(held & kin(one) for one in self.stems)


@cache
def _styles() -> re.Pattern[str]:
    """The name of a style with its "Breathing": it says who asks, where "breathing" alone is what is asked about."""
    return re.compile(rf"\b(?:{'|'.join(style_names())}) (?:breathing|style)\b", re.IGNORECASE)


def find_topic(text: str, *names: str) -> Topic:
    """The topic of ``text``; the words of ``names`` (titles and types of the weapons in question) do not count."""
    dropped = _GENERIC_STEMS | {one for name in names for one in terms(name)}
    measures = set(_HOW.findall(text.lower()))  # "how long" asks for a length; "a long session" does not
    stems: dict[str, str] = {}
    for word in words(_styles().sub(" ", re.sub(r"\b\d+\b", " ", text))):
        for one in terms(word):
            if one not in dropped or word in measures:
                stems.setdefault(one, word)
    return Topic(tuple(stems), tuple(stems.values()))
