"""Weapons on a shaft: spears, blades on poles, axes, clubs."""

from __future__ import annotations

import math

from hashiramart.silhouettes.parts import blade, grip, guard, pole
from hashiramart.silhouettes.strokes import (
    Brush,
    Point,
    arc,
    box,
    ellipse,
    placed,
    ribbon,
    segment,
    straight,
    stretch,
    stroke,
)


def spear(brush: Brush) -> str:
    """A straight shaft, a leaf-shaped head, a tassel."""
    leaf = ribbon(
        straight(88, 152),
        lambda t: (17 + 7 * brush.vary) * math.sin(math.pi * (0.12 + 0.88 * t)) ** 0.9,
        brush.steel,
        40,
    )
    rib = stroke(straight(92, 146), brush.edge, 1.6)
    tassel = "".join(
        stroke(segment(82, 0, 56, drop), brush.wrap if n % 2 else brush.wrap_dark, 3, 1)
        for n, drop in enumerate((-11, 22, -5, 16, 0, 10, 5))
    )
    return pole(brush, -152, 88) + tassel + leaf + rib + box(78, -6, 14, 12, brush.fitting)


def naginata(brush: Brush) -> str:
    """A shaft with a guard and a broad curved blade."""
    head = blade(brush, 46, 150, width=20, rise=28 + 12 * brush.vary)
    return pole(brush, -152, 44, 8) + head + guard(brush, 44, 13)


def scythe(brush: Brush) -> str:
    """A long bent shaft and a crescent blade hanging from its head."""
    shaft = ribbon(lambda t: (-132 + 240 * t, 22 - 30 * t - 14 * math.sin(math.pi * t)), lambda _: 7.5, brush.wood)
    bound = ribbon(segment(-62, 1.5, -18, -7.5), lambda _: 9.5, brush.wrap)
    handle = ribbon(segment(-16, -10, -22, -36), lambda _: 6.0, brush.wood)
    reach = 150 + 12 * brush.vary
    crescent = ribbon(arc(44, 42, 72, 60, -58, -58 - reach), lambda t: 25 * (1 - t) ** 0.75 + 0.6, brush.steel, 60)
    edge = stroke(arc(44, 42, 65, 53, -58, -58 - reach * 0.94), brush.edge, 1.4, 50)
    collar = placed(box(-9, -8, 18, 16, brush.fitting), "translate(86 -14) rotate(-8)")
    return placed(crescent + edge + shaft + bound + handle + collar, "translate(4 -4)")


def axe(brush: Brush) -> str:
    """A haft and a broad bearded head with a spike behind."""
    beard = 34 + 10 * brush.vary
    bit = f"126,{beard + 14:.1f} Q86,{beard + 34:.1f} 40,{beard + 10:.1f}"
    head = f'<path d="M58,-5 L104,-5 Q110,20 {bit} Q60,22 58,5 Z" fill="{brush.steel}"/>'
    edge = f'<path d="M{bit}" fill="none" stroke="{brush.edge}" stroke-width="3.4" stroke-linecap="round"/>'
    spike = f'<polygon points="66,-5 96,-5 81,-34" fill="{brush.steel}"/>'

    def curve(t: float) -> Point:
        return -138 + 256 * t, 5 * math.sin(2 * math.pi * t)

    haft = ribbon(curve, lambda t: 9 + 3 * (1 - t) ** 4, brush.wood)
    wrap = ribbon(stretch(curve, 0.05, 0.3), lambda _: 12.0, brush.wrap)
    collar = box(60, -10, 42, 20, brush.fitting, 3)
    return placed(spike + haft + wrap + head + edge + collar, "translate(4 -12)")


def kanabo(brush: Brush) -> str:
    """A club that widens to its end, set with rows of studs."""
    club = ribbon(straight(-60, 140), lambda t: 15 + (24 + 6 * brush.vary) * t**0.8, brush.wood, 40)
    studs = ""
    for column in range(8):
        t = 0.16 + column * 0.105
        half = (15 + 27 * t**0.8) / 2
        rows = (-0.62, 0.0, 0.62) if column % 2 else (-0.86, -0.3, 0.3, 0.86)
        studs += "".join(
            ellipse(-60 + 200 * t, half * row, 3.4, 3.4, brush.steel, f'stroke="{brush.dark}" stroke-width="0.8"')
            for row in rows
        )
    cap = box(136, -21, 9, 42, brush.fitting, 4)
    ring = stroke(arc(-138, 0, 9, 9, 0, 360), brush.fitting, 4)
    return club + studs + cap + ring + grip(brush, -128, -62, 14) + box(-64, -10, 8, 20, brush.fitting)


def staff(brush: Brush) -> str:
    """A pilgrim's staff: a plain pole and a head ring that carries six loose ones."""
    size = 27 + 5 * brush.vary
    hoop = stroke(arc(112, 0, size + 4, size, 0, 360), brush.fitting, 5, 50)
    spine = stroke(straight(84, 152), brush.fitting, 3, 2) + ellipse(146, 0, 6, 5, brush.edge)
    rings = "".join(
        stroke(arc(x, s * (size + 7), 9, 10, 0, 360), brush.edge, 2.4, 24) for s in (-1, 1) for x in (94, 112, 130)
    )
    return placed(
        pole(brush, -156, 84, 9) + rings + hoop + spine + box(76, -8, 12, 16, brush.fitting), "translate(-6 0)"
    )
