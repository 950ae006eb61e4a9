"""How alike pictures are, and which of the renders that a model learnt from comes nearest to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ml.artist.render.draw import Picture, render
from ml.artist.render.portrait import Portrait, sample

SIDE = 48
"""Pixels across of what is compared: where things stand and in which colours, not how crisp their lines are."""

_Small = NDArray[np.float32]


def distance(one: Picture, other: Picture) -> float:
    """Root of the mean squared difference of two pictures (height, width, 3), 0 to 1; a mirror image counts as the same."""
    return _between(_small(one), _small(other))


def mean_apart(pictures: Sequence[Picture]) -> float:
    """The mean distance of any two of several pictures."""
    small = [_small(picture) for picture in pictures]
    return float(np.mean([_between(one, other) for one, other in combinations(small, 2)]))


def nearest(picture: Picture, kin: Sequence[Portrait]) -> tuple[Portrait, float]:
    """Which of the portraits' renders comes nearest to a picture, and how far it is."""
    ours = _small(picture)
    found = [_between(ours, _small(render(portrait, 2 * SIDE))) for portrait in kin]
    best = int(np.argmin(found))
    return kin[best], found[best]


def kin_of(portrait: Portrait, learnt_from: range) -> list[Portrait]:
    """Of the portraits with these seeds, those that a picture of this one could be copied from.

    Rendering all would take many minutes for each picture. These share style and weapon, or style and scene: what covers the
    picture's face.
    """
    return [one for one in map(sample, learnt_from) if _kin(one, portrait)]


def same_words(portrait: Portrait, first_seed: int) -> Iterator[Portrait]:
    """The same portrait with other seeds, which settle geometry, camera and mirror image."""
    seed = first_seed
    while True:
        yield replace(portrait, seed=seed)
        seed += 1


def _kin(one: Portrait, other: Portrait) -> bool:
    return one.style == other.style and (one.weapon == other.weapon or one.scene == other.scene)


def _small(picture: Picture) -> _Small:
    """Brought to ``SIDE`` by taking means; colours of 0 to 1."""
    from PIL import Image

    whole = Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(whole, np.float32) / np.float32(255)


def _between(one: _Small, other: _Small) -> float:
    return float(min(np.sqrt(np.mean((one - way) ** 2)) for way in (other, other[:, ::-1])))
