"""Water, flame, thunder, wind, stone and mist."""

from __future__ import annotations

import math
from random import Random

from ml.artist.render.effects.sweep import Sweep, band, towards, veil
from ml.artist.render.ink import Point, crescent, disc, line, polar, put, shape, smooth, stroke
from ml.artist.render.palette import Paints


def water(s: Sweep, p: Paints) -> str:
    """Ribbons of water with foam, over a low wave."""
    parts = []
    for out, width in ((6, 62), (-46, 40)):
        parts.append(band(s, out, width, p.dark))
        parts.append(band(s, out, width * 0.8, p.main))
        parts.append(band(s, out + width * 0.05, width * 0.46, p.light))
        parts.append(band(s, out - width * 0.16, width * 0.12, p.pale))
        parts.append(band(s, out + width * 0.3, width * 0.15, p.pale))
    for i in range(9):
        t = 0.5 + i * 0.06
        curl = s.at(t, 34 + s.rng.uniform(-6, 10))
        size = 9 + 10 * t + s.rng.uniform(-3, 3)
        parts.append(disc(curl, size, p.pale, edge=p.main, width=3))
        parts.append(disc(curl, size * 0.45, p.light))
    parts += [
        disc(s.at(s.rng.uniform(0.2, 1), s.rng.uniform(48, 86)), s.rng.uniform(3, 8), p.pale, edge=p.main, width=2.5)
        for _ in range(14)
    ]
    y = 458.0
    wave = [(x, y + (8 if i % 2 else -8)) for i, x in enumerate(range(-20, 560, 44))]
    low = shape(smooth(wave) + "L532 522L-20 522Z", p.main, edge=p.dark, width=3) + stroke(
        smooth([(x, v + 13) for x, v in wave]), p.light, 8
    )
    low += stroke(smooth(wave), p.pale, 6)
    return "".join(parts) + low


def _tongue(base: Point, angle: float, long: float, wide: float, bend: float) -> str:
    """One lick of flame: a drop whose tip curls over."""
    left, right = polar(base, wide, angle - 90), polar(base, wide, angle + 90)
    tip = polar(base, long, angle + bend)
    a1, a2 = polar(left, long * 0.42, angle - bend * 1.5), polar(tip, long * 0.42, angle + bend + 180 - bend * 2.2)
    b1, b2 = polar(right, long * 0.5, angle - bend * 0.8), polar(tip, long * 0.3, angle + bend + 180 - bend * 2.6)
    start = f"M{left[0]:.0f} {left[1]:.0f}"
    there = f"C{a1[0]:.0f} {a1[1]:.0f} {a2[0]:.0f} {a2[1]:.0f} {tip[0]:.0f} {tip[1]:.0f}"
    back = f"C{b2[0]:.0f} {b2[1]:.0f} {b1[0]:.0f} {b1[1]:.0f} {right[0]:.0f} {right[1]:.0f}"
    return f"{start}{there}{back}A{wide:.0f} {wide:.0f} 0 0 1 {left[0]:.0f} {left[1]:.0f}Z"


def flame(s: Sweep, p: Paints) -> str:
    """A wheel of fire, and fire on the ground."""
    spots = []
    for i in range(15):
        t = i / 14
        spots.append(
            (s.at(t, s.rng.uniform(-12, 4)), s.angle(t), (70 + 56 * t) * s.rng.uniform(0.75, 1.25), 19 + 11 * t)
        )
    spots += [((x + s.rng.uniform(-14, 14), 505.0), -90.0, s.rng.uniform(80, 165), 34.0) for x in range(6, 530, 62)]
    layers = []
    for colour, scale in ((p.dark, 1.0), (p.main, 0.86), (p.light, 0.62), (p.pale, 0.36)):
        data = ""
        for base, angle, long, wide in spots:
            up = towards(angle, -90, 0.55)
            bend = s.turn / abs(s.turn) * 20
            data += _tongue(base, up, long * scale, wide * scale, bend)
        layers.append(shape(data, colour, edge=None))
    body = band(s, -6, 44, p.main) + band(s, -8, 28, p.light) + band(s, -10, 12, p.pale)
    embers = "".join(
        disc((s.rng.uniform(20, 492), s.rng.uniform(20, 420)), s.rng.uniform(2, 5), p.light) for _ in range(16)
    )
    return "".join(layers) + body + embers


def _bolt(start: Point, end: Point, swing: float, rng: Random, kinks: int = 5) -> list[Point]:
    points = [start]
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = max(math.hypot(dx, dy), 1.0)
    for i in range(1, kinks):
        off = swing * (1 if i % 2 else -1) * rng.uniform(0.7, 1.2)
        t = (i + rng.uniform(-0.2, 0.2)) / kinks
        points.append((start[0] + dx * t - dy / size * off, start[1] + dy * t + dx / size * off))
    return [*points, end]


def thunder(s: Sweep, p: Paints) -> str:
    """Zigzag bolts from the slayer to the edges of a darkened sky."""
    bolts = []
    first = s.rng.uniform(0, 40)
    for i in range(8):
        angle = first + i * 45 + s.rng.uniform(-9, 9)
        bolts.append(line(_bolt(polar(s.center, 40, angle), polar(s.center, 330, angle), 24, s.rng, 6)))
    for i in range(4):
        angle = first + 22 + i * 90
        bolts.append(line(_bolt(polar(s.center, 150, angle), polar(s.center, 290, angle + 14), 17, s.rng, 4)))
    glow = veil("#16163a", 0.5) + "".join(
        disc(s.center, radius, p.main, opacity=0.16) for radius in (230, 190, 150, 110)
    )
    data = "".join(bolts)
    sharp = 'stroke-linejoin="miter"'
    layers = "".join(
        stroke(data, colour, width).replace('stroke-linejoin="round"', sharp)
        for colour, width in ((p.dark, 19), (p.main, 13), (p.pale, 5))
    )
    sparks = "".join(
        stroke(line(_bolt(at, (at[0] + 24, at[1] + 12), 10, s.rng, 3)), p.light, 4)
        for at in ((s.rng.uniform(10, 490), s.rng.uniform(20, 480)) for _ in range(7))
    )
    return glow + layers + sparks


def wind(s: Sweep, p: Paints) -> str:
    """Thin crescents of wind, curls and leaves."""
    parts = []
    for i in range(9):
        out = -70 + i * 20
        start = s.angle(s.rng.uniform(-0.15, 0.25))
        long = s.turn * s.rng.uniform(0.55, 0.9)
        points = crescent(s.center, s.radius + out, start, start - long, s.rng.uniform(13, 26), head=0.7)
        parts.append(shape(smooth(points, closed=True), (p.main, p.light, p.pale)[i % 3], edge=p.dark, width=2.5))
    for _ in range(5):
        x, y, r = s.rng.uniform(40, 470), s.rng.uniform(60, 470), s.rng.uniform(16, 26)
        swirl = [polar((x, y), r * (1 - k / 11), 150 + k * 52) for k in range(10)]
        tail = [(x - r * 3.6, y + r * 1.1), (x - r * 2, y + r * 0.3), *swirl]
        parts.append(stroke(smooth(tail), p.dark, 8) + stroke(smooth(tail), p.pale, 5))
    for _ in range(10):
        x, y, turn = s.rng.uniform(10, 500), s.rng.uniform(10, 500), s.rng.uniform(0, 360)
        parts.append(put(shape("M-11 0q11 -9 22 0q-11 9 -22 0z", p.main, edge=p.dark, width=2), (x, y), turn=turn))
    return "".join(parts)


def _rock(center: Point, size: float, p: Paints, rng: Random) -> str:
    n = 7
    turn = rng.uniform(0, 50)
    points = [polar(center, size * rng.uniform(0.78, 1.1), turn + i * 360 / n) for i in range(n)]
    core = (center[0] - size * 0.18, center[1] - size * 0.2)
    facets = ""
    for i in range(n):
        a, b = points[i], points[(i + 1) % n]
        lit = (a[1] + b[1]) / 2 - center[1] + ((a[0] + b[0]) / 2 - center[0]) * 0.5
        colour = p.pale if lit < -size * 0.55 else p.light if lit < 0 else p.main if lit < size * 0.6 else p.dark
        facets += shape(line([core, a, b], closed=True), colour, edge=None)
    return facets + shape(line(points, closed=True), "none", edge="#231f1c", width=4)


def stone(s: Sweep, p: Paints) -> str:
    """Rocks in the air, and spikes out of the ground."""
    parts = []
    for i in range(7):
        t = i / 6
        parts.append(_rock(s.at(t, s.rng.uniform(-8, 26)), s.rng.uniform(25, 44), p, s.rng))
    parts += [_rock((s.rng.uniform(10, 500), s.rng.uniform(10, 400)), s.rng.uniform(9, 17), p, s.rng) for _ in range(7)]
    spikes = ""
    for i in range(9):
        x, h = i * 64 + s.rng.uniform(-18, 18), s.rng.uniform(54, 130)
        lean = s.rng.uniform(-18, 18)
        spikes += shape(
            line([(x - 34, 520), (x + lean, 520 - h), (x + 34, 520)], closed=True), p.main, edge="#231f1c", width=3.5
        )
        spikes += shape(line([(x - 34, 520), (x + lean, 520 - h), (x - 4, 520)], closed=True), p.light, edge=None)
    return "".join(parts) + spikes


def _capsule(x: float, y: float, wide: float, high: float) -> str:
    r = high / 2
    half = max(wide / 2 - r, 1)
    cap = f"A{r:.0f} {r:.0f} 0 0 1"
    left, right, top, low = x - half, x + half, y - r, y + r
    return f"M{left:.0f} {top:.0f}H{right:.0f}{cap} {right:.0f} {low:.0f}H{left:.0f}{cap} {left:.0f} {top:.0f}Z"


def mist(s: Sweep, p: Paints) -> str:
    """Banks of mist with curls."""

    def bank(x: float, y: float, wide: float, high: float, fill: str, clear: float) -> str:
        puffs = "".join(
            _capsule(x + wide * d, y - high * up, wide * r * 2, high * (1.5 + up * 0.8))
            for d, up, r in ((-0.26, 0.2, 0.22), (0.02, 0.6, 0.26), (0.28, 0.15, 0.2))
        )
        return shape(_capsule(x, y, wide, high) + puffs, fill, edge=None, opacity=clear)

    parts = [veil(p.light, 0.38)]
    for y in range(70, 500, 48):
        x = s.rng.uniform(20, 490)
        parts.append(
            bank(
                x, y, s.rng.uniform(190, 300), s.rng.uniform(24, 36), p.main if s.rng.random() < 0.45 else p.pale, 0.82
            )
        )
        other = (x + s.rng.uniform(200, 300)) % 512
        parts.append(bank(other, y + s.rng.uniform(-16, 16), s.rng.uniform(120, 200), 26, p.pale, 0.85))
    for _ in range(4):
        x, high, r = s.rng.uniform(50, 460), s.rng.uniform(60, 420), s.rng.uniform(18, 26)
        curl = [
            (x - 120, high + r),
            (x - 40, high + r),
            *[polar((x, high), r * (1 - k / 10), 90 - k * 50) for k in range(9)],
        ]
        parts.append(stroke(smooth(curl), p.dark, 4.5, opacity=0.75))
    return "".join(parts)
