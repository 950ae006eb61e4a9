"""Swords and what is held like one."""

from __future__ import annotations

import math

from hashiramart.silhouettes.parts import blade, chain, grip, guard, sheath
from hashiramart.silhouettes.strokes import (
    Brush,
    Line,
    Point,
    arc,
    box,
    ellipse,
    placed,
    ribbon,
    straight,
    stroke,
    swept,
)


def katana(brush: Brush) -> str:
    """A long curved blade above its scabbard."""
    rise = 20 + 8 * brush.vary
    sword = blade(brush, -58, 138, width=11.5, rise=rise) + grip(brush, -132, -62) + guard(brush, -61, 14)
    return placed(sheath(brush, -70, 118, 11, rise * 0.9), "translate(6 34)") + placed(sword, "translate(0 4)")


def wakizashi(brush: Brush) -> str:
    """A short blade crossed over its short scabbard."""
    rise = 9 + 5 * brush.vary
    sword = blade(brush, -34, 92, width=15, rise=rise) + grip(brush, -88, -38, 13) + guard(brush, -37, 14)
    scabbard = sheath(brush, -60, 66, 15, rise)
    return placed(scabbard, "rotate(58) translate(-6 4)") + sword


def nodachi(brush: Brush) -> str:
    """A blade as long as a man, with a very long grip and a bound ricasso."""
    rise = 30 + 8 * brush.vary
    cord = ribbon(lambda t: swept(-66, 150, rise)(0.03 + 0.13 * t), lambda _: 15.0, brush.wrap, 8)
    turns = "".join(box(-58 + 7 * n, -8, 2.2, 15.5, brush.wrap_dark, 0) for n in range(4))
    sword = (
        blade(brush, -66, 150, width=15.5, rise=rise)
        + cord
        + turns
        + grip(brush, -158, -70, 12)
        + guard(brush, -69, 18)
    )
    return placed(sword, "translate(2 12)")


def twin_blades(brush: Brush) -> str:
    """Two broad blades, crossed, their pommels tied by a short chain."""
    rise = 6 + 8 * brush.vary
    one = blade(brush, -38, 96, width=22, rise=rise) + grip(brush, -88, -42, 11) + guard(brush, -41, 12)
    tie = chain(arc(-74, 0, 34, 47, 94, 266), 15, brush.fitting, 4)
    return tie + placed(one, "translate(4 0) rotate(-32)") + placed(one, "translate(4 0) rotate(32) scale(1 -1)")


def whip_sword(brush: Brush) -> str:
    """A ribbon of steel in waves, curling at the tip."""
    high = 22 + 8 * brush.vary

    def wave(t: float) -> Point:
        if t < 0.72:
            u = t / 0.72
            return -84 + 168 * u, -high * math.sin(u * 2.5 * math.pi) * (0.5 + 0.5 * u)
        u = (t - 0.72) / 0.28
        angle = math.radians(-70 + 400 * u)
        radius = 30 * (1 - 0.72 * u)
        return 84 - 10 + radius * math.cos(angle), -high + 28 + radius * math.sin(angle)

    band = ribbon(wave, lambda t: 10 * (1 - t) ** 0.6 + 1.5, brush.steel, 110)
    shine = stroke(lambda t: wave(t * 0.96), brush.edge, 1.2, 110)
    return band + shine + grip(brush, -140, -90, 11) + guard(brush, -88, 12)


def _one_sai(brush: Brush, curl: float) -> str:
    prong = ribbon(straight(-30, 118), lambda t: 9.5 * (1 - t) ** 0.55 + 0.8, brush.steel, 30)
    shine = stroke(straight(-26, 100, -0.5), brush.edge, 1.2, 2)
    wing: Line = lambda t: (-30 + 62 * t**2.2, 25 * math.sin(math.pi * 0.55 * t) + curl * t**4)  # noqa: E731
    side = ribbon(wing, lambda t: 7 * (1 - t) ** 0.5 + 0.8, brush.steel, 30)
    handle = grip(brush, -92, -32, 9) + ellipse(-94, 0, 6, 6, brush.fitting) + ellipse(-32, 0, 7, 7, brush.fitting)
    return prong + shine + side + placed(side, "scale(1 -1)") + handle


def sai(brush: Brush) -> str:
    """A pair of three-pronged sai, crossed."""
    one = _one_sai(brush, 2 + 6 * brush.vary)
    return placed(one, "translate(34 0) rotate(-27) translate(-40 0)") + placed(
        one, "translate(34 0) rotate(27) translate(-40 0)"
    )
