"""The serpent, the butterflies and the beast."""

from __future__ import annotations

import math

from ml.artist.render.effects.sweep import Sweep, band
from ml.artist.render.ink import Point, disc, group, line, oval, polar, put, shape, smooth, stroke
from ml.artist.render.palette import Paints


def serpent(s: Sweep, p: Paints) -> str:
    """A serpent coiled around the slayer."""
    coil = []
    for i in range(30):
        t = i / 29
        angle = s.angle(0.92) + s.turn * 0.95 * (1 - t) * 1.25
        wobble = 24 * math.sin(t * math.pi * 5.5)
        x, y = polar(s.center, s.radius * (0.62 + 0.36 * t) + wobble + 18, angle)
        coil.append((x, min(y, 486.0)))
    body = smooth(coil)
    skin = (
        stroke(body, "#1a0f30", 50)
        + stroke(body, p.main, 42)
        + stroke(body, p.light, 42, dash="9 15")
        + stroke(body, p.pale, 12, dash="12 7")
    )
    end, before = coil[-1], coil[-2]
    turn = math.degrees(math.atan2(end[1] - before[1], end[0] - before[0]))
    skull = (
        stroke("M54 0h18l9 -7M72 0l9 7", "#e02a4a", 5)
        + shape("M-12 -24Q22 -36 58 -10Q64 0 58 10Q22 36 -12 24Z", p.main, edge="#1a0f30", width=4.5)
        + shape("M20 10Q40 14 58 6Q40 26 16 25Z", p.pale, edge=None)
        + oval((26, -12), 9, 7, "#ffe14a")
        + oval((27, -12), 3, 7, "#1a0f30")
        + oval((26, 13), 8, 6, "#ffe14a")
        + oval((27, 13), 3, 6, "#1a0f30")
    )
    return skin + put(skull, end, turn=turn, scale=1.15)


def _butterfly(center: Point, size: float, turn: float, p: Paints, fold: float) -> str:
    wing = "M0 -2C4 -24 30 -34 34 -20C37 -8 18 0 2 2Z"
    lower = "M1 2C16 2 27 10 22 20C16 30 4 18 0 5Z"
    spots = disc((23, -18), 4.5, p.pale) + disc((15, 13), 3.5, p.pale)
    half = shape(wing, p.main, edge="#1c0f38", width=3.2) + shape(lower, p.light, edge="#1c0f38", width=3.2) + spots
    body = stroke("M0 -8V12", "#1c0f38", 5) + stroke("M0 -8q-2 -8 -8 -12M0 -8q2 -8 8 -12", "#1c0f38", 2)
    return put(
        group(half, f"scale({fold:.2f} 1)") + group(half, "scale(-1 1)") + body, center, turn=turn, scale=size / 30
    )


def insect(s: Sweep, p: Paints) -> str:
    """A swarm of butterflies."""
    trail = band(s, 0, 9, p.light, opacity=0.85) + band(s, -26, 5, p.pale, opacity=0.8)
    glow = "".join(
        disc(at, 11, p.light, opacity=0.35) + disc(at, 4, p.pale)
        for at in ((s.rng.uniform(10, 500), s.rng.uniform(10, 490)) for _ in range(16))
    )
    swarm = ""
    for i in range(8):
        t = i / 7
        swarm += _butterfly(
            s.at(t, s.rng.uniform(-14, 34)), s.rng.uniform(30, 47), s.rng.uniform(-45, 45), p, s.rng.uniform(0.6, 1)
        )
    for _ in range(5):
        swarm += _butterfly(
            (s.rng.uniform(25, 487), s.rng.uniform(30, 470)),
            s.rng.uniform(17, 26),
            s.rng.uniform(-50, 50),
            p,
            s.rng.uniform(0.5, 1),
        )
    return trail + glow + swarm


def beast(s: Sweep, p: Paints) -> str:
    """A mane with two eyes, claw marks and fangs."""
    mane = []
    first = s.rng.uniform(0, 20)
    for k in range(28):
        long = (s.radius + s.rng.uniform(10, 44)) if k % 2 else s.radius * 0.78
        mane.append(polar(s.center, long, first + k * 360 / 28 + (5 if k % 2 else 0)))
    fur = shape(line(mane, closed=True), p.dark, edge="#24120a", width=4)
    inner = [polar(s.center, math.dist(s.center, at) * 0.8, first + 7 + k * 360 / 28) for k, at in enumerate(mane)]
    fur += shape(line(inner, closed=True), p.main, edge=None)
    for side in (-1, 1):
        x, y = s.center[0] + side * 104, s.center[1] - 76
        fur += shape(
            line(
                [(x - side * 34, y + 16), (x + side * 34, y - 20), (x + side * 22, y + 14), (x - side * 10, y + 26)],
                closed=True,
            ),
            "#ffd23c",
            edge="#24120a",
            width=5,
        )
        fur += oval((x + side * 6, y + 3), 6, 12, "#24120a")
    parts = [fur]
    slant = s.rng.uniform(40, 70)
    for t, scale in ((0.97, 0.95), (0.12, 0.95)):
        at, turn = s.at(t, 0), slant + s.rng.uniform(-12, 12)
        claws = ""
        for k, long in enumerate((92, 124, 128, 98)):
            y = -66 + k * 44
            gash = [
                (-long, y + 16),
                (-long * 0.35, y - 7),
                (long * 0.3, y - 8),
                (long, y + 22),
                (long * 0.25, y + 11),
                (-long * 0.35, y + 10),
            ]
            core = [(-long * 0.66, y + 6), (0, y - 1), (long * 0.62, y + 6)]
            claws += shape(smooth(gash, closed=True), p.main, edge=p.dark, width=6) + stroke(smooth(core), p.pale, 6)
        parts.append(put(claws, at, turn=turn, scale=scale))
    fangs = ""
    for i in range(12):
        x = i * 46 + s.rng.uniform(-5, 5)
        h = 46 if i % 3 else 82
        fangs += shape(
            smooth([(x - 20, 522), (x - 12, 522 - h * 0.6), (x + 8, 522 - h), (x + 18, 522)], tension=0.4) + "Z",
            p.pale,
            edge=p.dark,
            width=4,
        )
    return "".join(parts) + fangs
