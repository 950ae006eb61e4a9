"""Slips of the finger, made on purpose: what the speller does not mend, the encoder should read all the same.

Two letters change places, one is left out, doubled, or replaced by its neighbour on the keyboard. The same clauses give the same
slips.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SHARE = 0.12  # of the clauses that are told once more with slips
_SHORTEST = 3  # letters of a word that may slip
_TWICE = 0.4  # of these clauses, share with two slips
_SEED = 11
_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "x",
}  # fmt: skip
_WORD = re.compile(rf"(?<![\w'])[a-z]{{{_SHORTEST},}}(?![\w'])")


def with_slips(texts: Sequence[str], y: NDArray[np.str_]) -> tuple[list[str], NDArray[np.str_]]:
    """Texts and their labels, and some of them once more with slips.

    Args:
        texts: clauses.
        y: their labels, shape (n,).
    """
    chance = random.Random(_SEED)
    slipped: list[str] = []
    labels: list[str] = []
    for at in sorted(chance.sample(range(len(texts)), round(_SHARE * len(texts)))):
        text = texts[at]
        for _ in range(2 if chance.random() < _TWICE else 1):
            text = slip(text, chance)
        if text != texts[at]:
            slipped.append(text)
            labels.append(str(y[at]))
    return [*texts, *slipped], np.concatenate([y, np.array(labels, dtype=y.dtype)])


def slip(text: str, chance: random.Random) -> str:
    """``text`` with one slip in one of its words; as it is where no word is long enough."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(1, len(word[0])) + word.start()
    kind = chance.randrange(4)
    if kind == 0:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + chance.choice(_BESIDE[text[at]]) + text[at + 1 :]
