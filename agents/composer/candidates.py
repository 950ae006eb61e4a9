"""Candidates: the sentences that may answer a question, with what each holds of it.

Similarity alone cannot tell whether a manual answers: a question about a part that the weapon does not have is as near to its
passages as one about a part that it has. So each sentence is also measured by the words of the question: whether it names them,
names the same thing in another word, or something near it, and whether it holds what was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.composer.matter import Matter
from agents.composer.thesaurus import kin, same
from knowledge.embed import Embedder
from knowledge.parts import drill, quotes
from knowledge.retrieve import Hit
from knowledge.shelf import Shelf
from knowledge.split import Passage
from knowledge.words import STOP_WORDS, sentences, terms, words

_UNNAMED = ("Steps", "Materials", "Intervals")  # headings that say nothing about a sentence under them
_WHOLE = 5  # passages whose sentences are all looked at
_MOST = 32  # sentences embedded for one question, until they are remembered: about 3 ms of one core each
_CLOSEST = 8  # sentences whose words are compared one by one

# How much of a word a sentence holds: itself, the same thing, something of the same matter, or a word near it in meaning.
_SAME, _KIN = 0.9, 0.6
_FAR, _NEAR = 0.35, 0.75  # cosines of two words: nothing in common, as good as the same


Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence and what it holds of the question.

    Args:
        text: the sentence.
        passage: where it stands.
        near: cosine of the question with it and its heading.
        heading: cosine of the question with its heading.
        around: cosine of the question with the passage (0 where only words matched).
        holds: for each telling word of the question how much of it the sentence and its heading hold, 0-1.
        beside: the same for the whole passage.
        exact: which telling words it holds as they are.
        fits: whether it holds what was asked for.
        close: how near that stands to a word of the question, 0-1.
        read: the reader's log odds that it answers; 0 until it was read.
    """

    text: str
    passage: Passage
    near: float
    heading: float
    around: float
    holds: tuple[float, ...]
    beside: tuple[float, ...]
    exact: tuple[bool, ...]
    fits: bool
    close: float
    read: float = 0.0

    @property
    def in_place(self) -> str:
        """The sentence under its headings, as the reader gets it."""
        return f"{self.passage.heading}: {self.text}"


def said_in(passage: Passage) -> list[str]:
    """The sentences of a passage that say something, without labels; the line of a drill as one sentence, no sayings."""
    if quotes(passage):
        return []
    said = []
    for one in sentences(passage.text):
        if one.startswith("Minutes:"):
            if parsed := drill(passage):
                said.append(drill_line(parsed.minutes, parsed.focus, parsed.styles))
        else:
            said.append(one.removeprefix("Cause: ").removeprefix("Fix: "))
    return [text for text in said if len(text.split()) > 2]


def drill_line(minutes: int, focus: str, styles: Sequence[str]) -> str:
    """The line under a drill's heading as a sentence."""
    suited = f", for {', '.join(styles)}" if styles else ""
    return f"Minutes: {minutes}, focus: {focus}{suited}."


def name_of(passage: Passage) -> str:
    """The heading of a passage as far as it tells anything."""
    return "" if passage.name in _UNNAMED else passage.name


def named(passage: Passage, text: str) -> str:
    """A sentence under the heading of its passage, as it is compared with a question."""
    return f"{name_of(passage)}: {text}".removeprefix(": ")


def find_candidates(matter: Matter, hits: Sequence[Hit], shelf: Shelf) -> list[Candidate]:
    """The sentences of ``hits`` (best first) that may answer: those of the best passages, then those that share words."""
    rows = [(text, hit) for hit in hits for text in said_in(hit.passage)]
    if not rows:
        return []
    held = [set(terms(f"{name_of(hit.passage)} {text}")) for text, hit in rows]
    known = np.array([[_known(one, stems) for one in matter.stems] for stems in held]).reshape(len(rows), -1)
    weights = np.array(matter.weights) / (sum(matter.weights) or 1.0)
    best = {hit.passage.id for hit in hits[:_WHOLE]}
    order = sorted(
        range(len(rows)), key=lambda row: (rows[row][1].passage.id not in best, -float(known[row] @ weights))
    )[:_MOST]
    rows, known, held = [rows[row] for row in order], known[order], [held[row] for row in order]

    embedder = shelf.embedder
    titled = [named(hit.passage, text) for text, hit in rows]
    headings = [name_of(hit.passage) or hit.passage.section for _, hit in rows]
    vectors = embedder.recall([matter.text, *titled, *headings])
    near, heading = vectors[1 : len(titled) + 1] @ vectors[0], vectors[len(titled) + 1 :] @ vectors[0]

    closest = np.argsort(-(near + 0.3 * (known @ weights)))[:_CLOSEST]
    for row in closest:
        known[row] = np.maximum(known[row], _by_meaning(matter, titled[row], known[row], embedder))
    relatives = frozenset().union(*(same(one) for one in matter.stems))
    beside: dict[str, Shares] = {}
    for row, (_, hit) in enumerate(rows):
        key = hit.passage.id
        if key not in beside:
            stems = set(terms(f"{hit.passage.heading} {hit.passage.text}"))
            beside[key] = np.array([_known(one, stems) for one in matter.stems])
        beside[key] = np.maximum(beside[key], known[row])
    return [
        Candidate(
            text=text,
            passage=hit.passage,
            near=float(near[row]),
            heading=float(heading[row]),
            around=hit.similarity or 0.0,
            holds=tuple(known[row].tolist()),
            beside=tuple(beside[hit.passage.id].tolist()),
            exact=tuple(one in held[row] for one in matter.stems),
            fits=matter.asked.in_(text),
            close=matter.asked.nearness(text, relatives),
        )
        for row, (text, hit) in enumerate(rows)
    ]


def _known(one: str, stems: set[str]) -> float:
    if one in stems:
        return 1.0
    return _SAME if stems & same(one) else _KIN if stems & kin(one) else 0.0


def _by_meaning(matter: Matter, text: str, known: Shares, embedder: Embedder) -> Shares:
    """How near the words of the question that ``text`` does not hold come to words that it does hold."""
    missing = [word for word, share in zip(matter.words, known, strict=True) if share < _SAME]
    said = [word for word in dict.fromkeys(words(text)) if word not in STOP_WORDS and len(word) > 2]
    found = np.zeros(len(matter.words))
    if missing and said:
        vectors = embedder.recall([*missing, *said])
        closest = (vectors[: len(missing)] @ vectors[len(missing) :].T).max(axis=1)
        shares = np.clip((closest - _FAR) / (_NEAR - _FAR), 0.0, 1.0) * _SAME
        found[[place for place, share in enumerate(known) if share < _SAME]] = shares
    return found
