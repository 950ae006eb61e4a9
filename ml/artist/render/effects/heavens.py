"""Moon and sun."""

from __future__ import annotations

from ml.artist.render.effects.sweep import Sweep, band, veil
from ml.artist.render.ink import Point, blend, disc, line, polar, put, shape
from ml.artist.render.palette import Paints


def _crescent_moon(center: Point, size: float, turn: float, fill: str, edge: str) -> str:
    data = "M12 -28A30 30 0 1 0 12 28A29 29 0 0 1 12 -28Z"
    return put(shape(data, fill, edge=edge, width=3), center, turn=turn, scale=size / 30)


def moon(s: Sweep, p: Paints) -> str:
    """Crescent moons along the sweep under a dark sky."""
    parts = [veil("#12103a", 0.4), band(s, 2, 42, p.dark), band(s, 2, 32, p.main), band(s, -4, 12, p.light)]
    for i in range(9):
        t = i / 8
        parts.append(
            _crescent_moon(
                s.at(t, s.rng.uniform(-16, 34)),
                s.rng.uniform(28, 52),
                s.angle(t) + s.rng.uniform(-30, 30),
                p.light if i % 3 == 1 else p.pale,
                p.dark,
            )
        )
    parts += [
        _crescent_moon(
            (s.rng.uniform(10, 500), s.rng.uniform(10, 490)),
            s.rng.uniform(9, 18),
            s.rng.uniform(0, 360),
            p.pale,
            p.dark,
        )
        for _ in range(10)
    ]
    return "".join(parts)


def sun(s: Sweep, p: Paints) -> str:
    """A sun disc with its rays."""
    center = (s.center[0], s.center[1] - 14)
    first = s.rng.uniform(0, 20)
    rays = ""
    for i in range(18):
        a = first + i * 20
        long = 420 if i % 2 else 300
        rays += line([polar(center, 120, a - 5.5), polar(center, long, a), polar(center, 120, a + 5.5)], closed=True)
    size = s.rng.uniform(150, 166)
    corona = [polar(center, size + (24 if k % 2 else 0), first + k * 9) for k in range(40)]
    return (
        shape(rays, p.light, edge=p.dark, width=3)
        + shape(line(corona, closed=True), p.pale, edge=p.dark, width=4)
        + disc(center, size - 4, p.main)
        + disc(center, size * 0.84, blend(p.main, p.light, 0.5))
        + disc(center, size * 0.7, p.light)
    )
