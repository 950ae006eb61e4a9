"""Reads clauses: mends the spelling, finds the names, and masks them for the router."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from agents.planner import references
from agents.planner.clauses import TAIL_QUESTION
from agents.planner.corrections import settled
from agents.planner.references import Reference
from agents.planner.spelling import Speller
from agents.planner.training_data import known_words
from agents.planner.vocabulary import TypeMention, Vocabulary, WeaponMention

MAX_CHARACTERS = 4000
MAX_CLAUSE = 600  # characters of a clause that are looked at
_ABOUT = re.compile(
    r"^(?:and |so |but |ok |okay )*(?:what|how) about (?:the |that |this )?(?:\w+ )?(?:one|it|that|this|them|first|second|third|last)\W*$",
    re.IGNORECASE,
)
_NONE_OF = re.compile(r"(?:but |please )*(?:no|neither|not|nothing like)(?: (?:an?|the|nor|or|and|no|not|any|please))*")


@dataclass(frozen=True)
class Reading:
    """One clause and the names in it. Positions refer to ``text``."""

    text: str
    weapons: tuple[WeaponMention, ...]
    types: tuple[TypeMention, ...]
    masked: str

    @cached_property
    def reference(self) -> Reference:
        """The back references; the names are masked first, so that a name's words are none."""
        return references.find(self.masked)

    @cached_property
    def only_names(self) -> bool:
        """Whether the clause says nothing but weapons' names: "Dawnwheel", "the Heron or the Gatewarden"."""
        rest = self.text
        for start, end in sorted(self.spans, reverse=True):
            rest = rest[:start] + rest[end:]
        return bool(self.weapons) and not re.sub(r"\b(?:the|my|a|an|and|or)\b|\W", "", rest, flags=re.IGNORECASE)

    @cached_property
    def only_topic(self) -> bool:
        """Whether the clause only says what the next is about: a name, "no bows, no axes", or "how about the last one"."""
        return self.only_names or self.only_types or (_ABOUT.match(self.text) is not None and bool(self.reference))

    @cached_property
    def only_types(self) -> bool:
        """Whether the clause says nothing but which types it is not to be: "no bows", "neither scythes nor flails"."""
        rest = self.text
        for start, end in sorted(self.spans, reverse=True):
            rest = rest[:start] + rest[end:]
        said = re.sub(r"\W+", " ", rest).strip().lower()
        return bool(self.types) and not self.weapons and _NONE_OF.fullmatch(said) is not None

    @cached_property
    def without_names(self) -> str:
        """The clause without the names in it: the Leaping Hare Spear is no pose, and three tonfa are not three pictures."""
        rest = self.text
        for start, end in sorted(self.spans, reverse=True):
            rest = f"{rest[:start]}\x00{rest[end:]}"
        return rest

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where names of weapons and types stand."""
        return [(weapon.start, weapon.end) for weapon in self.weapons] + [(kind.start, kind.end) for kind in self.types]


class Reader:
    """Reads with the eyes of one catalogue."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known = known_words() - vocabulary.words
        self._speller = Speller(
            lambda word: word in self._known or word.replace("'", "") in vocabulary.words, vocabulary.words
        )

    def mend(self, message: str) -> str:
        """The message as it will be cut: at most 4000 characters of one Unicode form, mended, without what it takes back itself."""
        text = unicodedata.normalize("NFKC", message[:MAX_CHARACTERS])[:MAX_CHARACTERS]
        text = "".join(char if char in "\n\t" or unicodedata.category(char)[0] != "C" else " " for char in text)
        mended = self._speller.mend(re.sub(r"[ \t\r\f\v]+", " ", text).replace("’", "'")).strip()
        return settled(mended, lambda message: sorted(self.read(message).spans))

    def read(self, clause: str) -> Reading:
        """Find the names in a mended clause."""
        text = clause[:MAX_CLAUSE]
        weapons = self.vocabulary.find_weapons(text, self._known)
        return Reading(
            text=text,
            weapons=tuple(weapons),
            types=tuple(self.vocabulary.find_types(text, weapons)),
            masked=TAIL_QUESTION.sub("?", self.vocabulary.mask(text, weapons)),
        )
