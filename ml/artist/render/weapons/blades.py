"""Swords: single, paired, and in plates on a line."""

from __future__ import annotations

import itertools

from ml.artist.render.ink import INK, Point, blend, line, shape, smooth, stroke
from ml.artist.render.weapons.craft import GOLD, STEEL, Arm, Craft, bar, hilt


def _sword(craft: Craft, length: float, back: float, broad: float, curve: float, guard: float) -> Arm:
    """A single-edged blade that curves away from its edge."""
    spine = [(16.0, -broad / 2), (length * 0.5, -broad / 2 - curve * 0.25), (length, -curve)]
    edge = [
        (length - broad * 0.9, broad * 0.55 - curve * 0.72),
        (length * 0.5, broad / 2 - curve * 0.1),
        (16.0, broad / 2),
    ]
    blade = smooth(spine) + "L" + smooth(edge)[1:] + "Z"
    ridge = smooth([(18, broad * 0.1), (length * 0.5, broad * 0.1 - curve * 0.2), (length - broad, -curve * 0.75)])
    picture = (
        shape(blade, craft.steel(), width=4)
        + stroke(ridge, "#ffffff", 2, opacity=0.8)
        + hilt(craft, back, 6.5)
        + shape(f"M11 {-guard}q10 0 10 10v{2 * guard - 20}q0 10 -10 10z", GOLD, width=3.5)
    )
    return Arm(picture, ((length, -curve), (length / 2, 0), (-back - 8, 0)))


def katana(craft: Craft) -> Arm:
    """A long, gently curved sword."""
    return _sword(craft, 198, 44, 15, 22, 19)


def nodachi(craft: Craft) -> Arm:
    """The same shape, much longer and broader."""
    return _sword(craft, 296, 88, 25, 42, 22)


def wakizashi(craft: Craft) -> Arm:
    """A short, broad sword for one hand."""
    return _sword(craft, 116, 30, 19, 9, 15)


def twin_blade(craft: Craft) -> Arm:
    """A leaf-bladed short sword with a notched back, one of two."""
    outline = smooth([(14, 7), (60, 13), (104, 16), (148, -14)])
    back = line([(148, -14), (112, -13), (108, -6), (84, -12), (80, -5), (56, -10), (52, -4), (14, -7)])
    blade = outline + "L" + back[1:] + "Z"
    picture = shape(blade, craft.steel(), width=4) + hilt(craft, 30, 6.5) + bar(9, 17, 13, GOLD)
    return Arm(picture, ((148, -12), (80, 8), (-36, 0)))


def whip_sword(craft: Craft) -> Arm:
    """A blade in plates on a line that swings out in an S."""
    spine = [
        (18.0, 0.0),
        (58.0, -44.0),
        (112.0, -52.0),
        (156.0, -6.0),
        (186.0, 50.0),
        (236.0, 62.0),
        (276.0, 18.0),
        (276.0, -44.0),
    ]
    cord = smooth(spine)
    paints = STEEL, blend(STEEL, craft.tint, 0.75)
    steps = list(itertools.pairwise(_along(spine, 12)))
    plates = [_plate(a, b, 19 - i * 0.5, paints[i % 2], tip=i == len(steps) - 1) for i, (a, b) in enumerate(steps)]
    picture = (
        stroke(cord, INK, 6)
        + "".join(reversed(plates))
        + hilt(craft, 40, 6.5)
        + shape("M11 -17q10 0 10 10v14q0 10 -10 10z", GOLD, width=3.5)
    )
    return Arm(picture, ((112, -68), (110, -40), (210, 78), (210, 50), (288, 0), (276, -78), (-46, 0)))


def _along(spine: list[Point], count: int) -> list[Point]:
    """Points spread over a Catmull-Rom curve."""
    points = []
    for i in range(count + 1):
        u = i / count * (len(spine) - 1)
        k = min(int(u), len(spine) - 2)
        t = u - k
        p0, p1, p2, p3 = spine[max(k - 1, 0)], spine[k], spine[k + 1], spine[min(k + 2, len(spine) - 1)]
        points.append((_spline(t, p0[0], p1[0], p2[0], p3[0]), _spline(t, p0[1], p1[1], p2[1], p3[1])))
    return points


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def _plate(a: Point, b: Point, half: float, fill: str, *, tip: bool) -> str:
    """One plate from a joint to the next, like a leaf; the last one runs out into a fang."""
    ux, uy = b[0] - a[0], b[1] - a[1]
    size = max((ux * ux + uy * uy) ** 0.5, 1e-6)
    nx, ny = -uy / size * half, ux / size * half
    outline = []
    for along, across in ((0.0, 0.45), (0.35, 1.0), (1.7 if tip else 1.2, 0.0), (0.35, -1.0), (0.0, -0.45)):
        outline.append((a[0] + ux * along + nx * across, a[1] + uy * along + ny * across))
    return shape(line(outline, closed=True), fill, width=3.5)
