"""Hearts, flowers and sound."""

from __future__ import annotations

import math

from ml.artist.render.effects.sweep import Sweep, band
from ml.artist.render.ink import Point, disc, group, line, polar, put, shape, smooth, stroke
from ml.artist.render.palette import Paints


def _heart(center: Point, size: float, turn: float, fill: str, edge: str | None, shine: str) -> str:
    data = "M0 14C-26 -4 -19 -24 -8 -22C-3 -21 0 -16 0 -13C0 -16 3 -21 8 -22C19 -24 26 -4 0 14Z"
    light = stroke("M-12 -12q0 -5 5 -5", shine, 3.5)
    return put(shape(data, fill, edge=edge, width=2.8) + light, center, turn=turn, scale=size / 20)


def love(s: Sweep, p: Paints) -> str:
    """A great heart, a ribbon and many small hearts."""
    ribbon = band(s, 0, 40, p.dark) + band(s, 0, 31, p.main) + band(s, -4, 13, p.light)
    ribbon += band(s, -38, 15, p.light, edge=p.dark)
    hearts = ""
    for i in range(8):
        t = i / 7
        hearts += _heart(
            s.at(t, s.rng.uniform(-8, 34)),
            s.rng.uniform(24, 40),
            s.rng.uniform(-25, 25),
            s.rng.choice((p.main, p.light, "#ff2f7e")),
            p.dark,
            p.pale,
        )
    for _ in range(9):
        hearts += _heart(
            (s.rng.uniform(15, 497), s.rng.uniform(15, 480)),
            s.rng.uniform(10, 18),
            s.rng.uniform(-30, 30),
            s.rng.choice((p.main, "#ff2f7e")),
            p.dark,
            p.pale,
        )
    big = _heart((s.center[0], s.center[1] + 20), 190, 0, p.main, None, p.pale).replace(
        "<path", '<path fill-opacity="0.5" stroke-opacity="0.4"'
    )
    return big + ribbon + hearts


def _blossom(center: Point, size: float, turn: float, p: Paints) -> str:
    outline = "M0 0C-16 -10 -16 -30 -4 -33L0 -28L4 -33C16 -30 16 -10 0 0Z"
    petal = shape(outline, p.light, edge=p.dark, width=2.6) + stroke("M0 -6V-18", p.main, 4)
    petals = "".join(group(petal, f"rotate({k * 72})") for k in range(5))
    return put(petals + disc((0, 0), 7, "#ffd94a", edge=p.dark, width=2.4), center, turn=turn, scale=size / 32)


def flower(s: Sweep, p: Paints) -> str:
    """A wreath of blossoms with leaves and petals."""
    vine = [s.at(t / 12, 10 * math.sin(t * 1.6)) for t in range(13)]
    parts = [stroke(smooth(vine), "#234a2a", 13) + stroke(smooth(vine), "#5fae58", 8)]
    for i in range(10):
        at, turn = s.at(i / 9, s.rng.uniform(-24, 24)), s.rng.uniform(0, 360)
        parts.append(put(shape("M0 0Q16 -18 42 -4Q22 14 0 0Z", "#6cc060", edge="#234a2a", width=2.6), at, turn=turn))
    parts += [
        _blossom(s.at(i / 6, s.rng.uniform(-10, 20)), s.rng.uniform(34, 50), s.rng.uniform(0, 72), p) for i in range(7)
    ]
    for _ in range(18):
        x, y, turn = s.rng.uniform(8, 504), s.rng.uniform(8, 500), s.rng.uniform(0, 360)
        parts.append(
            f'<g transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f})">'
            + shape("M-11 0q8 -11 20 -3q-4 10 -20 3z", s.rng.choice((p.light, p.main)), edge=p.dark, width=1.8)
            + "</g>"
        )
    return "".join(parts)


def _note(at: Point, size: float, colour: str, edge: str) -> str:
    stem = "M9 -2V-38L30 -45V-10"
    heads = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="9" ry="7" fill="{colour}" stroke="{edge}" stroke-width="3"/>'
        for x, y in ((2, 0), (23, -8))
    )
    return put(stroke(stem, edge, 9) + stroke(stem, colour, 5) + heads, at, scale=size)


def sound(s: Sweep, p: Paints) -> str:
    """Rings around three drums, and notes."""
    parts = []
    hubs = [(s.at(1), 1.0), (s.at(0.35), 0.85), (s.at(0.0), 0.65)]
    for hub, scale in hubs:
        for k, radius in enumerate((112, 84, 56, 28)):
            colour = (p.main, p.pale)[k % 2]
            parts.append(
                disc(hub, radius * scale, "none", edge=p.dark, width=13 * scale)
                + disc(hub, radius * scale, "none", edge=colour, width=8 * scale)
            )
        burst = [polar(hub, (46 if k % 2 else 20) * scale, k * 22.5) for k in range(16)]
        if scale < 1:  # the tip of the weapon stays clear
            parts.append(shape(line(burst, closed=True), p.pale, edge=p.dark, width=3))
    parts += [
        _note(
            (s.rng.uniform(20, 470), s.rng.uniform(60, 480)),
            s.rng.uniform(0.7, 1.15),
            s.rng.choice((p.pale, p.light)),
            p.dark,
        )
        for _ in range(8)
    ]
    return "".join(parts)
