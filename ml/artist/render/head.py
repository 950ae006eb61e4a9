"""A slayer's face, in coordinates around the middle of the skull, looking right."""

from __future__ import annotations

from random import Random

from ml.artist.render.ink import INK, disc, line, oval, shade, shape, smooth, stroke
from ml.artist.render.palette import EYES, SKIN

_SKULL = [
    (-32.0, -14.0),
    (-30.0, 12.0),
    (-17.0, 31.0),
    (7.0, 42.0),
    (25.0, 30.0),
    (32.0, 10.0),
    (32.0, -14.0),
    (0.0, -38.0),
]


def skin(rng: Random) -> str:
    """One of the skin tones."""
    return rng.choice(SKIN)


def face(tone: str, rng: Random) -> str:
    """A face with large eyes, looking to the right."""
    iris = rng.choice(EYES)
    blush = shade(tone, -0.1)
    parts = [
        disc((-29, 8), 8, tone, edge=INK),
        shape(smooth(_SKULL, closed=True), tone),
        shape(smooth([(-30, 12), (-17, 31), (7, 42), (-6, 24), (-20, 2)], closed=True), blush, edge=None, opacity=0.8),
    ]
    for x, wide in ((-8, 11), (20, 9)):
        parts += [
            oval((x, 9), wide, 12.5, "#ffffff"),
            oval((x + 1.5, 10), wide * 0.72, 11.5, shade(iris, -0.25)),
            oval((x + 1.5, 13.5), wide * 0.62, 7.5, shade(iris, 0.3)),
            oval((x + 1.5, 10), wide * 0.34, 6, INK),
            disc((x + 4, 5), 3.2, "#ffffff"),
            stroke(smooth([(x - wide - 2, 4), (x - 2, -4.5), (x + wide + 1, 1)]), INK, 4.5),
            stroke(
                line([(x - wide, -12 + (2 if x < 0 else -1)), (x + wide - 2, -11 + (4 if x < 0 else -3))]), INK, 3.2
            ),
        ]
    mouth = rng.choice(("M3 28q6 2 11 -1", "M3 27q6 5 11 -1", "M4 28h9"))
    return "".join(parts) + stroke(mouth, "#7a2f2f", 3)
