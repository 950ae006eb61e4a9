"""Evidence: the sentences that answer a question, and whether they do.

Similarity alone cannot tell whether a manual answers: a question about a part that the weapon does not have is as near to
its passages as one about a part that it has. So a sentence must also hold what was asked *for*: the telling words of the
question (weighted by how rare they are in the library), and a figure where the question asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agents.composer.ask import Ask
from knowledge.parts import quotes
from knowledge.retrieve import Hit, retrieve
from knowledge.split import Passage
from knowledge.words import sentences, terms

_PASSAGES = 6
_SENTENCES = 24  # sentences embedded for one question: about 7 ms of one core each, until they are remembered
_NEAR = 0.3  # cosine below which a sentence is about something else
_STILL_NEAR = 0.15  # the same for a sentence that itself holds every telling word of the question
_VERY_NEAR = 0.62  # cosine from which a paraphrase needs only some of the question's words
_COVERED = 0.6  # share of the question's telling words that the passage must hold
_PARTLY = 0.34
_KEPT = 0.72  # a further sentence is kept when it scores this share of the best
_KEPT_ELSEWHERE = 0.85  # and this share when it stands in another passage

_COUNTED = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|half|once|twice"
_FIGURE = re.compile(rf"\d|\b(?:{_COUNTED})\b")
_ASKED_FOR = (  # (what a question asks for, what a sentence must hold to answer it)
    (
        re.compile(r"\b(?:price|prices|costs?|expensive|cheap|coins)\b|\bhow much (?:is|are|for)\b"),
        re.compile(r"\b(?:coins?|price[sd]?|costs?)\b"),
    ),
    (
        re.compile(r"\bwho (?:made|forged|makes|invented|designed|built)\b"),
        re.compile(r"\b(?:made|forged|built|designed) by\b"),
    ),
    (
        re.compile(r"\bhow (?:much|many|long|heavy|wide|thick|far|hot|tall|old)\b|\bwhat (?:weight|length|age)\b"),
        _FIGURE,
    ),
)
_LEANS = re.compile(r"(?:That|This|These|Those|It|They|Such|He|She|Both|Two changes|Keep that|Then)\b")
_LABEL = re.compile(r"^(?:Cause|Fix): ?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage with how well it answers (0 to about 1) and whether it does."""

    text: str
    passage: Passage
    score: float
    answers: bool


def said_in(passage: Passage) -> list[str]:
    """The sentences of a passage that say something, without labels; drill lines and sayings do not count."""
    if quotes(passage):
        return []
    every = [_LABEL.sub("", one) for one in sentences(passage.text) if not one.startswith("Minutes:")]
    return [text for text in every if len(text.split()) > 2]


def nearest_advice(ask: Ask, source: str) -> list[tuple[str, Passage]]:
    """The two consecutive sentences of one document that are nearest to the question; none when nothing is near."""
    embedder = ask.library.embedder
    asked = embedder.recall([ask.question.text])[0]
    hits = ask.library.query(asked, 1, {"source": source})
    if not hits:
        return []
    said = said_in(hits[0].passage)
    near = embedder.recall(said) @ asked
    free = [index for index, text in enumerate(said) if not _LEANS.match(text)]
    if not free:
        return []
    best = max(free, key=lambda index: float(near[index]))
    return [(text, hits[0].passage) for text in said[best : best + 2]]


def gather(ask: Ask) -> list[Sentence]:
    """Sentences that bear on the question, best first: from the subject's manual and the guides, or from everything."""
    hits = retrieve(ask.library, ask.question.text, k=_PASSAGES * 3)
    guides = [hit for hit in hits if hit.passage.weapon is None]
    if ask.subject:
        return weigh(ask, [*ask.search(k=_PASSAGES * 2), *guides[: _PASSAGES // 2]])
    return weigh(ask, hits[:_PASSAGES] + [hit for hit in guides if hit not in hits[:_PASSAGES]][:_PASSAGES])


def weigh(ask: Ask, hits: Sequence[Hit]) -> list[Sentence]:
    """Score the sentences of the hits against the question, best first."""
    rows = [(text, hit, ask.coverage(text)) for hit in hits for text in said_in(hit.passage)]
    # The best passages in full, then whatever shares words with the question.
    rows = sorted(rows, key=lambda row: (row[1] not in hits[:2], -row[2]))[:_SENTENCES]
    if not rows:
        return []
    embedder = ask.library.embedder
    about = f"{ask.question.text} ({ask.manual.entry.title})" if ask.subject else ask.question.text
    near = embedder.recall([text for text, _, _ in rows]) @ embedder.recall([about])[0]
    judged = []
    for (text, hit, alone), similarity in zip(rows, near.tolist(), strict=True):
        lift = _for_its_kind(ask, hit.passage)
        around = ask.coverage(f"{hit.passage.context} {hit.passage.text}") + lift
        score = 0.5 * similarity + 0.15 * (hit.similarity or 0.0) + 0.25 * alone + 0.1 * around + 0.4 * lift
        judged.append(Sentence(text, hit.passage, score, _answers(ask, text, similarity, alone, around)))
    return sorted(judged, key=lambda one: -one.score)


def choose(ranked: list[Sentence], most: int = 5) -> list[Sentence]:
    """The sentences to say: the best that answers and those that score near it, passage by passage in reading order.

    A sentence that leans on the one before it ("That is ...") brings it along, and a lone sentence its successor.
    """
    answering = [one for one in ranked if one.answers]
    if not answering:
        return []
    best = answering[0]
    kept = [
        one
        for one in answering
        if one.score >= best.score * (_KEPT if one.passage.id == best.passage.id else _KEPT_ELSEWHERE)
    ][:most]
    chosen: dict[tuple[str, int], Sentence] = {}
    for one in kept:
        said = said_in(one.passage)
        place = said.index(one.text)
        if place and _LEANS.match(one.text):
            chosen[one.passage.id, place - 1] = Sentence(said[place - 1], one.passage, one.score, answers=False)
        chosen[one.passage.id, place] = one
        if len(kept) == 1 and place + 1 < len(said):
            chosen[one.passage.id, place + 1] = Sentence(said[place + 1], one.passage, one.score, answers=False)
    order = list(dict.fromkeys(one.passage.id for one in kept))
    return [chosen[key] for key in sorted(chosen, key=lambda key: (order.index(key[0]), key[1]))]


def _for_its_kind(ask: Ask, passage: Passage) -> float:
    """A lift for a guide's passage on the weapon type in question: its name is no part of the topic, but it tells here."""
    kind = set(terms(ask.manual.entry.weapon_type or "")) if ask.subject else set()
    return 0.25 if passage.weapon is None and kind & set(terms(passage.heading)) else 0.0


def _answers(ask: Ask, sentence: str, similarity: float, alone: float, around: float) -> bool:
    asked, said = ask.question.text.lower(), sentence.lower()
    if any(wanted.search(asked) and not given.search(said) for wanted, given in _ASKED_FOR):
        return False
    if similarity >= _VERY_NEAR:
        return around >= _PARTLY
    if alone >= 0.99:
        return similarity >= _STILL_NEAR
    return similarity >= _NEAR and around >= _COVERED and alone > 0
