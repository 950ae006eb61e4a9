"""One question on its way to an answer: everything that a kind of answer needs, gathered once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agents.composer.evidence import Evidence, find_evidence
from agents.composer.models import CoachQuestion
from agents.composer.subject import Subject
from agents.composer.thesaurus import same
from agents.composer.topic import Topic, find_topic
from agents.composer.trace import Trail
from agents.planner.plan import CoachIntent
from knowledge.parts import for_beginners
from knowledge.retrieve import Hit, retrieve
from knowledge.shelf import Shelf
from knowledge.split import Passage
from knowledge.words import sentences, terms

BEGINNER_BELOW = 10
_HOW_TO = re.compile(
    r"\bhow (?:do|does|should|would|can|could|must|to|is (?:that|this|it) done|am i to)\b|"
    r"\b(?:best|proper|right|correct|safest) way\b|"
    r"\b(?:talk|walk|take|lead) me through\b|\b(?:show|teach) me\b|\bsteps (?:for|to|of)\b|\bexplain\b",
    re.IGNORECASE,
)
MASTER_FROM = 50  # the level from which the longer drills come first


@dataclass(frozen=True)
class Ask:
    """A question, what it wants, and the manual it is about."""

    question: CoachQuestion
    intent: CoachIntent
    shelf: Shelf
    subject: Subject | None
    trail: Trail = field(default_factory=Trail)

    @cached_property
    def topic(self) -> Topic:
        """What is asked about, beside the weapon itself."""
        entry = self.subject.entry if self.subject else None
        return find_topic(self.question.text, *((entry.title, entry.weapon_type or "") if entry else ()))

    @cached_property
    def evidence(self) -> Evidence:
        """What the library says to the question, and whether it answers."""
        found = find_evidence(self.question.text, self.subject.entry if self.subject else None, self.shelf, self.trail)
        self.trail.why = found.why
        return found

    @property
    def how_to(self) -> bool:
        """Whether a way of doing something is asked for, so that its steps must come whole."""
        return self.evidence.matter.asked.kind is None and bool(_HOW_TO.search(self.question.text))

    @property
    def silent(self) -> bool:
        """Whether something particular is asked that the manuals do not answer; a request for a whole subject never is."""
        return bool(self.topic) and not self.evidence.answers

    @property
    def manual(self) -> Subject:
        """The subject, where the answer cannot be without one."""
        assert self.subject is not None
        return self.subject

    @property
    def beginner(self) -> bool:
        """Whether the slayer is below the level at which the manuals stop speaking to beginners."""
        return self.question.level is not None and self.question.level < BEGINNER_BELOW

    @property
    def master(self) -> bool:
        """Whether the slayer is a Hashira, or of a level at which the harder drills are due."""
        activity = self.question.activity
        ranked = activity is not None and activity.rank == "Hashira"
        return ranked or (self.question.level is not None and self.question.level >= MASTER_FROM)

    @property
    def shorter(self) -> bool:
        """Whether only the essential is wanted."""
        return self.question.shape == "shorter"

    def section(self, section: str, part: str | None = None) -> list[Passage]:
        """The manual's passages under a section, and under one ``###`` part of it."""
        found = self.shelf.by_weapon.get(self.manual.slug, [])
        return [p for p in found if p.section == section and (part is None or p.name == part)]

    def search(self, section: str | None = None, k: int = 6) -> list[Hit]:
        """Passages of the manual that bear on the question's words."""
        hits = retrieve(self.shelf, self.question.text, k=k, weapon=self.manual.slug, section=section)
        self.trail.searched(self.question.text, self.manual.slug, section, hits)
        return hits

    def by_nearness(self, texts: Sequence[str]) -> list[int]:
        """The places of ``texts``: those that name the topic first, nearer ones before others; as they are without a topic."""
        if not self.topic:
            return list(range(len(texts)))
        embedder = self.shelf.embedder
        near = embedder.recall(texts) @ embedder.recall([self.question.text])[0]
        return sorted(range(len(texts)), key=lambda place: (not self.topic.meets(texts[place]), -float(near[place])))

    @cached_property
    def weights(self) -> dict[str, float]:
        """How telling each stem of the topic is, by its rarity in the library."""
        return {one: self.shelf.lexical.rarity(one) for one in self.topic.stems}

    def coverage(self, text: str) -> float:
        """The share of the topic, by weight, that ``text`` holds; 0 without a topic."""
        total = sum(self.weights.values())
        held = set(terms(text)) if total else set()
        return sum(weight for one, weight in self.weights.items() if held & same(one)) / total if total else 0.0

    def style_line(self) -> tuple[str, Passage] | None:
        """The manual's sentence for the slayer's breathing style."""
        if not self.question.style:
            return None
        names = (f"{self.question.style} Breathing", f"{self.question.style} ")
        return self._line(lambda sentence: names[0] in sentence) or self._line(lambda sentence: names[1] in sentence)

    def beginner_line(self) -> tuple[str, Passage] | None:
        """The manual's sentence for slayers below level 10."""
        return self._line(for_beginners)

    def _line(self, wanted: Callable[[str], bool]) -> tuple[str, Passage] | None:
        for passage in self.section("Handling"):
            for sentence in sentences(passage.text):
                if wanted(sentence):
                    return sentence, passage
        return None
