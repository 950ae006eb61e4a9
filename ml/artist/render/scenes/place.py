"""What scenes share: ground, hills, peaks, stars and the moon."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ml.artist.render.ink import Point, Sheet, bands, disc, line, shape, smooth

HORIZON = 372.0


@dataclass(frozen=True, slots=True)
class Place:
    """Whether it is night, where the gradients go, and chance."""

    night: bool
    sheet: Sheet
    rng: Random


def ground(paints: tuple[str, str], y: float = HORIZON, *, wave: float = 8.0, rng: Random | None = None) -> str:
    """The ground from its far edge to the frame's, from one colour to another."""
    points: list[Point] = [(-10, y)]
    points += [(i * 128.0 - 64, y + (rng.uniform(-wave, wave) if rng else 0)) for i in range(1, 5)]
    edge = shape(smooth([*points, (522, y)]) + "L522 522L-10 522Z", paints[0], edge=None)
    return edge + bands(y + wave + 4, 512, (0, paints[0]), (1, paints[1]), count=18)


def stars(rng: Random, count: int = 26) -> str:
    """Stars in the upper half."""
    return "".join(
        disc((rng.uniform(0, 512), rng.uniform(0, 250)), rng.uniform(1.2, 2.6), "#fff8e0", opacity=0.9)
        for _ in range(count)
    )


def moon(center: Point, radius: float) -> str:
    """A moon with its glow."""
    return disc(center, radius * 1.35, "#fff6d0", opacity=0.18) + disc(center, radius, "#fdf3cf")


def hills(rng: Random, y: float, height: float, colour: str) -> str:
    """A range of round hills."""
    points: list[Point] = [(-20, y)]
    points += [
        (i * 85.0 + rng.uniform(-14, 14), y - height * (0.3 + 0.7 * rng.random() if i % 2 else 0.25)) for i in range(7)
    ]
    return shape(smooth([*points, (532, y)]) + "L532 522L-20 522Z", colour, edge=None)


def peaks(rng: Random, y: float, height: float, colour: str, cap: str) -> str:
    """A range of peaks with snow on them."""
    parts = []
    for i in range(4):
        x, h = i * 150 + rng.uniform(-30, 30), height * rng.uniform(0.65, 1)
        wide = h * 0.85
        parts.append(shape(line([(x - wide, y), (x, y - h), (x + wide, y)], closed=True), colour, edge=None))
        tip = [
            (x, y - h),
            (x + wide * 0.3, y - h * 0.7),
            (x + 8, y - h * 0.76),
            (x - 6, y - h * 0.66),
            (x - wide * 0.3, y - h * 0.7),
        ]
        parts.append(shape(line(tip, closed=True), cap, edge=None))
    return "".join(parts) + f'<rect y="{y:.0f}" width="512" height="200" fill="{colour}"/>'
