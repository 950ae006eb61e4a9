"""Near-duplicates across a split: texts that mean the same and say it in the same words.

Either sign alone accuses the innocent: "log 20 minutes" and "log 50 minutes" share most words and are fair to hold apart by
their numbers only, and two honest questions about oil are near in meaning. So both must be there: the embeddings' cosine and
the share of words in common.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.planner.classifier import Encoder

_WORD = re.compile(r"[a-z']+|\d+")


class Twin(NamedTuple):
    """A held-out case and the text that is too near to it."""

    case: str
    text: str
    cosine: float
    overlap: float


def words(text: str) -> frozenset[str]:
    """The words of a text, in lower case; all numbers are one word."""
    return frozenset("0" if word.isdigit() else word for word in _WORD.findall(text.lower()))


def twins(
    held_out: Sequence[tuple[str, str]], texts: Sequence[str], encoder: Encoder, *, cosine: float, overlap: float
) -> list[Twin]:
    """The nearest text of every held-out case that has one too near.

    Args:
        held_out: ids and texts.
        texts: what they must not be near to.
        encoder: the embedding model.
        cosine: from this cosine of the embeddings on two texts mean the same.
        overlap: from this share of common words on (of all words of both) they say it in the same words.
    """
    if not held_out or not texts:
        return []
    nearness = encoder.encode([text for _, text in held_out]) @ encoder.encode(texts).T
    bags = [words(text) for text in texts]
    found: list[Twin] = []
    for row, (case, text) in enumerate(held_out):
        mine = words(text)
        candidates = [int(index) for index in np.flatnonzero(nearness[row] >= cosine)]
        near = [
            Twin(case, texts[index], float(nearness[row, index]), shared)
            for index in candidates
            if (shared := _overlap(mine, bags[index])) >= overlap
        ]
        found += sorted(near, key=lambda twin: -twin.overlap)[:1]
    return found


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if both else 1.0
