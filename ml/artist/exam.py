"""The painter's exam: a judge that knows only renders looks at its pictures, and they are held against what it learnt from.

The judge (``train/judge.py``) was trained on renders of seeds that no other part has seen. Three questions:

* does it recognise weapon type and style on painted pictures, asked for in the shop's own words;
* do other seeds give other pictures: how far pictures of the same words lie apart, against renders of the same words;
* is it a lookup: how far a painted picture is from the nearest render that the model learnt from, against how far a fresh render
  is from its own nearest. A painter that plays back what it saw comes far nearer than a fresh drawing does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from ml.artist import likeness
from ml.artist.choose import own_checkpoint
from ml.artist.orders import How, asked, every_pair, paint_all, spread
from ml.artist.painter import Painter
from ml.artist.render.draw import Picture, render
from ml.artist.render.portrait import STYLES, WEAPONS, Portrait

if TYPE_CHECKING:
    from ml.artist.train.judge import Verdict

SEED, RENDERS_SEED = 30_000_000, 60_000_000
"""First seeds of the portraits to paint and of the renders to compare with; nothing was trained on either."""

SIDE = 256
"""The judge's pictures, in pixels."""

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is painted: pictures for the judge, words × seeds for diversity; and how many are held against training."""

    pictures: int = len(WEAPONS) * len(STYLES)
    words: int = 4
    seeds: int = 4
    neighbours: int = 8


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A painted picture beside the nearest of the renders that the model learnt from.

    Attributes:
        portrait: what was asked for.
        picture: what was painted.
        nearest: that render.
        distance: how far they are apart, 0 to 1.
        fresh: how far a fresh render of the same portrait is from its own nearest.
    """

    portrait: Portrait
    picture: Picture
    nearest: Picture
    distance: float
    fresh: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What the exam found.

    Attributes:
        portraits: what was asked for.
        pictures: what was painted for the judge, (256, 256, 3) each.
        painted: the judge about them.
        saw: the weapon type and style that it saw on each.
        renders: the judge about as many renders that it never saw.
        families: pictures of the same words and other seeds.
        painted_apart: mean distance within them.
        rendered_apart: the same of renders.
        neighbours: painted pictures beside their nearest training renders; none for a painter that learnt from others.
        seconds: that a picture took, by the clock.
    """

    portraits: list[Portrait]
    pictures: list[Picture]
    painted: Verdict
    saw: list[tuple[str, str]]
    renders: Verdict
    families: list[list[Picture]]
    painted_apart: float
    rendered_apart: float
    neighbours: list[Neighbour]
    seconds: float


def examine(painter: Painter, how: How, learnt_from: range, size: Size, tell: Tell) -> Findings:
    """Paint, judge and compare.

    Args:
        painter: who is examined.
        how: as of ``asked``.
        learnt_from: seeds of the renders that it learnt from; empty for a painter that learnt from others.
        size: how much.
        tell: told what is done and the share of it.
    """
    portraits = spread(list(every_pair(SEED)), size.pictures)
    began = time.monotonic()
    pictures = _paint(painter, [(one, one.seed) for one in portraits], how, "Painting for the judge", tell)
    seconds = (time.monotonic() - began) / len(pictures)
    some = spread(portraits, size.words)
    wanted = [(one, one.seed + 1 + number) for one in some for number in range(size.seeds)]
    others = _paint(painter, wanted, how, "Painting other seeds", tell)
    families = [others[at : at + size.seeds] for at in range(0, len(others), size.seeds)]
    rendered = [
        [render(one, SIDE) for one in islice(likeness.same_words(one, RENDERS_SEED), size.seeds)] for one in some
    ]
    tell("Judging", 0)
    painted, saw, renders = _judged(portraits, pictures)
    return Findings(
        portraits=portraits,
        pictures=pictures,
        painted=painted,
        saw=saw,
        renders=renders,
        families=families,
        painted_apart=float(np.mean([likeness.mean_apart(family) for family in families])),
        rendered_apart=float(np.mean([likeness.mean_apart(family) for family in rendered])),
        neighbours=_neighbours(list(zip(portraits, pictures, strict=True)), learnt_from, size.neighbours, tell),
        seconds=seconds,
    )


def _paint(painter: Painter, wanted: Sequence[tuple[Portrait, int]], how: How, what: str, tell: Tell) -> list[Picture]:
    from PIL import Image

    requests = [asked(portrait, seed, how) for portrait, seed in wanted]
    return [
        np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS))
        for picture in paint_all(painter, requests, lambda share: tell(what, share))
    ]


def _judged(
    portraits: Sequence[Portrait], pictures: Sequence[Picture]
) -> tuple[Verdict, list[tuple[str, str]], Verdict]:
    """What the judge says of the pictures, what it saw on each, and what it says of fresh renders of the same portraits."""
    import torch

    from ml.artist.train.judge import Judge, verdict

    judge = Judge.load(own_checkpoint().with_name("judge"))
    truth = torch.tensor([(judge.weapons.index(one.weapon), judge.styles.index(one.style)) for one in portraits])
    fresh = [render(replace(one, seed=RENDERS_SEED + number), SIDE) for number, one in enumerate(portraits)]
    pixels = torch.from_numpy(np.stack(pictures))
    seen = zip(*(numbers.tolist() for numbers in judge.guess(pixels)), strict=True)
    saw = [(judge.weapons[weapon], judge.styles[style]) for weapon, style in seen]
    return verdict(judge, pixels, truth), saw, verdict(judge, torch.from_numpy(np.stack(fresh)), truth)


def _neighbours(
    painted: Sequence[tuple[Portrait, Picture]], learnt_from: range, most: int, tell: Tell
) -> list[Neighbour]:
    found = []
    some = spread(painted, most) if learnt_from else []
    for number, (portrait, picture) in enumerate(some):
        tell("Looking for neighbours", number / len(some))
        kin = likeness.kin_of(portrait, learnt_from)
        if kin:
            near, far = likeness.nearest(picture, kin)
            fresh = render(replace(portrait, seed=RENDERS_SEED + number), SIDE)
            found.append(Neighbour(portrait, picture, render(near, SIDE), far, likeness.nearest(fresh, kin)[1]))
    return found
