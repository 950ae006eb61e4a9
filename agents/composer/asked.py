"""What a question asks for: a price, a person, a length, a colour, a reason. And whether a sentence holds such a thing.

The topic says what a question is about; this says what its answer must look like. "How thick is the shaft?" is not answered by a
sentence about the shaft that has no measure in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agents.composer.looks import ANSWERS, LOOSE, NUMBER, QUESTIONS, RARE, Kind
from agents.composer.thesaurus import kin
from knowledge.words import stem, words

_QUESTIONS = tuple((kind, re.compile("|".join(patterns))) for kind, patterns in QUESTIONS)
_ANSWERS = {
    kind: re.compile(pattern, 0 if kind == "name" else re.IGNORECASE)  # a name is told by its capital
    for kind, pattern in ANSWERS.items()
}
_IS_NUMBER = re.compile(rf"^{NUMBER}$")
_COUNTED = re.compile(r"\bhow many ((?:\w+ ){0,2}\w+)")
_NEAR = 4  # words between a number and what it counts
_HALF = 6  # words between two things that are half as near as neighbours


@dataclass(frozen=True, slots=True)
class Asked:
    """The kind of thing that is asked for; ``None`` for a plain "how" or "what". ``counted``: stems of what "how many" counts."""

    kind: Kind | None
    counted: frozenset[str] = frozenset()

    @property
    def rare(self) -> bool:
        """Whether manuals hardly ever say such a thing: what one costs, who made it, when."""
        return self.kind in RARE

    @property
    def strict(self) -> bool:
        """Whether a sentence without such a thing cannot be the answer."""
        return self.kind is not None and self.kind not in LOOSE

    def in_(self, text: str) -> bool:
        """Whether ``text`` holds such a thing (True where nothing particular is asked for)."""
        if self.kind is None:
            return True
        if self.kind == "count" and self.counted:
            return self._counts(text)
        return bool(_ANSWERS[self.kind].search(text))

    def nearness(self, text: str, topic: frozenset[str]) -> float:
        """How near such a thing stands to a word of the topic: 1 side by side, a half six words apart, 0 where there is none.

        Args:
            text: a sentence.
            topic: stems of what is asked about.
        """
        if self.kind is None:
            return 0.0
        found = [len(words(text[: match.start()])) for match in _ANSWERS[self.kind].finditer(text)]
        said = [place for place, word in enumerate(words(text)) if stem(word) in topic]
        if not found or not said:
            return 0.0
        return 1.0 / (1.0 + min(abs(one - other) for one in found for other in said) / _HALF)

    def _counts(self, text: str) -> bool:
        """Whether a number stands near what is counted: "how many studs?" and "sixteen blunt studs"."""
        said = words(text)
        numbers = [place for place, word in enumerate(said) if _IS_NUMBER.match(word)]
        things = [place for place, word in enumerate(said) if stem(word) in self.counted]
        return any(abs(one - other) <= _NEAR for one in numbers for other in things)


def asked_for(text: str) -> Asked:
    """What the words of a question ask for."""
    lowered = " ".join(text.lower().replace("\u2019", "'").split())
    for kind, pattern in _QUESTIONS:
        if pattern.search(lowered):
            if kind == "count" and (match := _COUNTED.search(lowered)):
                return Asked(kind, frozenset().union(*(kin(stem(word)) for word in match.group(1).split())))
            return Asked(kind)
    return Asked(None)
