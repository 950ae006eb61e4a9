"""Evidence: the sentences of the library that bear on a question, how well each answers, and whether the best of them does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agents.composer.candidates import Candidate, find_candidates, said_in
from agents.composer.known import known_of
from agents.composer.matter import Matter, find_matter
from agents.composer.reader import load_reader
from agents.composer.thesaurus import same
from agents.composer.trace import Trail
from agents.composer.verdict import (
    UNKNOWN,
    Model,
    Setting,
    load_models,
    probability,
    question_measures,
    read_measures,
    sentence_measures,
    vocabulary,
)
from knowledge.retrieve import Hit, retrieve
from knowledge.shelf import Entry, Shelf
from knowledge.split import Passage

READ = 12  # sentences that the reader reads: among the first twelve stands the answer in 98 of 100 cases, and they cost 40 ms
_OWN = 14  # passages of the manual that are looked at
_GUIDES = 2  # and of the guides, which hold for every weapon
_GUIDES_ALONE = 8  # of the guides, where the question is about no weapon
_WIDEST = 300  # where they are all that is looked for
_WIDE = 60  # hits among which those of the guides are looked for
_KEPT = 1.2  # log odds below the best at which a sentence of the same passage is still told
_KEPT_ELSEWHERE = 1.0  # and one of another passage
_BESIDE = 1.0  # log odds below the best within which the section that was asked for is preferred
_LEANS = re.compile(
    r"(?:That|This|These|Those|It|They|Such|He|She|Both|Then|Two changes|Keep that|Use (?:it|the)\b.* only)\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage and the log odds that it answers."""

    text: str
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    Args:
        matter: what it asks.
        ranked: sentences, best first.
        odds: log odds that the best of them answers.
        answers: whether it does.
    """

    matter: Matter
    ranked: tuple[Sentence, ...]
    odds: float
    answers: bool

    @property
    def best(self) -> Sentence | None:
        """The sentence that answers best, whether or not it does."""
        return self.ranked[0] if self.ranked else None

    def within(self, section: str) -> Sentence | None:
        """The best sentence of a section, if it comes near the best of all."""
        return next(
            (
                one
                for one in self.ranked
                if one.passage.section == section and one.score >= self.ranked[0].score - _BESIDE
            ),
            None,
        )

    @property
    def why(self) -> str:
        """One plain sentence on the decision."""
        if self.best is None:
            return "No passage of the library bears on the question."
        where = f'"{self.best.passage.heading}" of {self.best.passage.title}'
        sure = f"{probability(self.odds):.0%}"
        if self.answers:
            return f"The best sentence, in {where}, holds what was asked for ({sure} sure)."
        missing = f" ({', '.join(self.matter.words)})" if self.matter.words else ""
        return (
            f"The nearest sentence, in {where}, does not hold what was asked for{missing} ({sure} sure that it does)."
        )


def find_evidence(text: str, entry: Entry | None, shelf: Shelf, trail: Trail | None = None) -> Evidence:
    """Look for what answers a question.

    Args:
        text: the question.
        entry: the manual that it is about; None looks everywhere.
        shelf: where to look.
        trail: remembers the searches.

    Raises:
        Unavailable: the store cannot be reached.
    """
    matter, ranked, setting = examine(text, entry, shelf, trail or Trail())
    if not ranked:
        return Evidence(matter, (), float("-inf"), answers=False)
    models = load_models()
    setting = replace(setting, known=known_of(matter.text, entry.weapon if entry else None, shelf))
    odds = models.question(question_measures(matter, ranked, setting))
    sentences = tuple(Sentence(one.text, one.passage, score) for score, one in ranked)
    says_something = bool(matter.stems) or entry is not None  # "tell me about it" of nothing in particular asks nothing
    return Evidence(matter, sentences, odds, says_something and odds >= models.threshold)


def examine(
    text: str, entry: Entry | None, shelf: Shelf, trail: Trail
) -> tuple[Matter, list[tuple[float, Candidate]], Setting]:
    """The question's matter, its candidates with their log odds, best first, and the setting."""
    matter, candidates, setting = look(text, entry, shelf, trail)
    models = load_models()
    chosen = best_first(models.first, matter, candidates, setting)[:READ]
    read = read_all(matter, chosen)
    scored = [(models.sentence(read_measures(matter, one, setting.of_weapon)), one) for one in read]
    return matter, sorted(scored, key=lambda pair: -pair[0]), setting


def best_first(model: Model, matter: Matter, candidates: Sequence[Candidate], setting: Setting) -> list[Candidate]:
    """The candidates in the order of a model that has not read them."""
    scores = [model(sentence_measures(matter, one, setting.of_weapon)) for one in candidates]
    return [candidates[place] for place in sorted(range(len(scores)), key=lambda place: -scores[place])]


def read_all(matter: Matter, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with what the reader makes of each."""
    scores = load_reader().scores(matter.text, [one.in_place for one in candidates])
    return [replace(one, read=score) for one, score in zip(candidates, scores, strict=True)]


def look(text: str, entry: Entry | None, shelf: Shelf, trail: Trail) -> tuple[Matter, list[Candidate], Setting]:
    """The question's matter, its candidates in no order, and the setting."""
    matter = find_matter(text, entry, shelf)
    wide = retrieve(shelf, matter.text, k=_WIDE if entry else _WIDEST)
    trail.searched(matter.text, None, None, wide)
    guides = [hit for hit in wide if hit.passage.weapon is None]
    if entry is None:
        hits = guides[:_GUIDES_ALONE]
        nearest = _nearest(hits)
        setting = Setting(_known_words(matter, shelf), nearest, _nearest(wide), of_weapon=False)
    else:
        own = retrieve(shelf, matter.text, k=_OWN, weapon=entry.weapon)
        trail.searched(matter.text, entry.weapon, None, own)
        hits = [*own, *guides[:_GUIDES]]
        foreign = _nearest([hit for hit in wide if hit.passage.weapon not in (None, entry.weapon)])
        held = vocabulary([passage.embedded_text for passage in shelf.by_source.get(entry.source, [])])
        setting = Setting(held, _nearest(own), foreign, of_weapon=True)
    return matter, find_candidates(matter, hits, shelf), setting


def choose(evidence: Evidence, most: int = 4) -> list[Sentence]:
    """The sentences to say: the best and those that come near it, passage by passage in reading order; none without an answer.

    A sentence that leans on the one before it ("That is ...") brings it along, and a lone sentence its successor.
    """
    if not evidence.answers or evidence.best is None:
        return []
    best = evidence.best
    kept = [
        one
        for one in evidence.ranked
        if one.score >= best.score - (_KEPT if one.passage.id == best.passage.id else _KEPT_ELSEWHERE)
    ][:most]
    return in_reading_order(kept)


def in_reading_order(kept: Sequence[Sentence]) -> list[Sentence]:
    """Sentences passage by passage, with those that they lean on."""
    chosen: dict[tuple[str, int], Sentence] = {}
    for one in kept:
        said = said_in(one.passage)
        place = said.index(one.text)
        if place and _LEANS.match(one.text):
            chosen[one.passage.id, place - 1] = Sentence(said[place - 1], one.passage, one.score)
        chosen[one.passage.id, place] = one
        if len(kept) == 1 and place + 1 < len(said) and one.passage.name not in ("Steps", "Materials", "Intervals"):
            chosen[one.passage.id, place + 1] = Sentence(said[place + 1], one.passage, one.score)
    order = list(dict.fromkeys(one.passage.id for one in kept))
    return [chosen[key] for key in sorted(chosen, key=lambda key: (order.index(key[0]), key[1]))]


def nearest_advice(text: str, source: str, shelf: Shelf, most: int = 3) -> list[tuple[str, Passage]]:
    """The sentences of one document that are nearest to ``text``, in their order; none when there is no such document."""
    embedder = shelf.embedder
    asked = embedder.recall([text])[0]
    found = shelf.nearest(asked, 1, {"source": source})
    if not found:
        return []
    passage = found[0][0]
    free = [sentence for sentence in said_in(passage) if not _LEANS.match(sentence)]
    near = embedder.recall(free) @ asked if free else []
    best = sorted(range(len(free)), key=lambda place: -float(near[place]))[:most]
    return [(free[place], passage) for place in sorted(best)]


def _known_words(matter: Matter, shelf: Shelf) -> frozenset[str]:
    """The stems of the question, and those that name the same, that the library holds."""
    every = {other for one in matter.stems for other in same(one)}
    return frozenset(one for one in every if shelf.lexical.rarity(one) < UNKNOWN)


def _nearest(hits: Sequence[Hit]) -> float:
    return max((hit.similarity for hit in hits if hit.similarity is not None), default=0.0)
