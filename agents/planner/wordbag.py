"""A bag of words and word pairs, hashed into a fixed number of places: what a sentence embedding blurs, kept apart.

The hashing trick (Weinberger et al. 2009) with CRC-32, so that a vector is the same in every process and on every machine.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

PLACES = 2048
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_MAX_WORDS = 80


def word_bags(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row a text, of length 1 (or 0 for a text without words): shape ``(len(texts), PLACES)``. All numbers are one word."""
    bags = np.zeros((len(texts), PLACES), dtype=np.float32)
    for row, text in enumerate(texts):
        words = ["0" if word.isdigit() else word for word in _WORD.findall(text.lower())[:_MAX_WORDS]]
        framed = ["<", *words, ">"]
        pairs = (f"{first} {second}" for first, second in pairwise(framed))
        for gram in (*words, *pairs):
            bags[row, zlib.crc32(gram.encode()) % PLACES] = 1.0
    lengths = np.linalg.norm(bags, axis=1, keepdims=True)
    normed: NDArray[np.float32] = bags / np.maximum(lengths, 1.0)
    return normed
