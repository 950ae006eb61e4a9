"""Everything else: fans, chains, bars, bows, and the cloth for a type that nobody has drawn."""

from __future__ import annotations

import math

from hashiramart.silhouettes.parts import chain, grip
from hashiramart.silhouettes.strokes import (
    Brush,
    Line,
    Point,
    arc,
    box,
    ellipse,
    join,
    placed,
    ribbon,
    segment,
    straight,
    stretch,
    stroke,
)


def _fan(brush: Brush, radius: float, spread: float) -> str:
    """One open fan standing on its rivet at the origin, opening upwards."""
    start, end = -90 - spread / 2, -90 + spread / 2
    leaf = ribbon(arc(0, 0, radius * 0.7, radius * 0.7, start, end), lambda _: radius * 0.6, brush.wrap, 40)
    band = ribbon(arc(0, 0, radius * 0.84, radius * 0.84, start, end), lambda _: radius * 0.1, brush.wrap_dark, 40)
    rim = stroke(arc(0, 0, radius, radius, start, end), brush.edge, 2.6, 40)
    parts = [leaf, band, rim]
    count = 9
    for n in range(count + 1):
        angle = math.radians(start + (end - start) * n / count)
        outer = n in (0, count)
        rib = segment(0, 0, math.cos(angle) * radius, math.sin(angle) * radius)
        parts.append(stroke(rib, brush.steel, 5.0 if outer else 1.7, 1))
    return "".join(parts) + ellipse(0, 0, 5, 5, brush.fitting) + stroke(arc(-4, 14, 6, 13, -60, 170), brush.wrap, 2)


def war_fans(brush: Brush) -> str:
    """Two open fans of iron ribs."""
    spread = 118 + 16 * brush.vary
    return placed(_fan(brush, 84, spread), "translate(-46 46) rotate(-24)") + placed(
        _fan(brush, 84, spread), "translate(46 46) rotate(24)"
    )


def kusarigama(brush: Brush) -> str:
    """A sickle, a long chain in loops, a weight."""
    handle = box(-128, -5, 96, 10, brush.wood, 4) + grip(brush, -118, -62, 11)
    blade = ribbon(
        arc(-74, -14, 56, 44, 12, -142 - 16 * brush.vary), lambda t: 19 * (1 - t) ** 0.7 + 0.6, brush.steel, 50
    )
    edge = stroke(arc(-74, -14, 51, 39, 8, -138), brush.edge, 1.3, 50)

    def loops(t: float) -> Point:
        angle = t * 3.4 * math.pi
        return -131 + 239 * t, 32 * min(1.0, 7 * t) + 24 * math.sin(angle) * (0.5 + 0.5 * t) + 8 * t

    end_x, end_y = loops(1.0)
    weight = placed(
        box(-2, -9, 28, 18, brush.steel, 5)
        + box(3, -9, 4, 18, brush.fitting, 0)
        + box(17, -9, 4, 18, brush.fitting, 0),
        f"translate({end_x:.1f} {end_y:.1f}) rotate(-38)",
    )
    head = box(-40, -9, 16, 18, brush.fitting, 3)
    return placed(chain(loops, 46, brush.edge, 4.4) + weight + blade + edge + handle + head, "translate(12 6)")


def _one_tonfa(brush: Brush) -> str:
    bar = ribbon(straight(-96, 100), lambda t: 15 - 3 * math.cos(2 * math.pi * t), brush.wood, 40)
    shine = stroke(straight(-86, 90, -3), brush.edge, 1.2, 4, 'opacity="0.35"')
    bands = "".join(box(x, -8.4, 5, 16.8, brush.fitting, 1) for x in (-88, -20, 22, 86))
    handle = box(-4, -46, 10, 40, brush.wrap, 3) + "".join(
        box(-4, -40 + 8 * n, 10, 2, brush.wrap_dark, 0) for n in range(4)
    )
    return handle + ellipse(1, -48, 9, 6.5, brush.fitting) + bar + shine + bands


def tonfa(brush: Brush) -> str:
    """A pair of bars with a handle standing off each."""
    lean = 3 + 8 * brush.vary
    one = placed(_one_tonfa(brush), f"translate(-14 12) rotate({-lean:.1f})")
    return placed(_one_tonfa(brush), f"translate(18 50) rotate({lean:.1f})") + placed(one, "translate(0 -18)")


def chain_flail(brush: Brush) -> str:
    """A haft, a heavy chain, a spiked iron ball."""
    swing = 26 + 10 * brush.vary
    line: Line = lambda t: (-44 + 112 * t, -swing * math.sin(math.pi * (0.15 + 0.95 * t)) + 10 + 10 * t)  # noqa: E731
    ball_x, ball_y, radius = 92.0, 24.0, 31.0
    spikes = "".join(
        f'<polygon points="{radius - 5},-6 {radius + 14},0 {radius - 5},6" fill="{brush.edge}" '
        f'transform="translate({ball_x} {ball_y}) rotate({angle})"/>'
        for angle in range(0, 360, 36)
    )
    studs = "".join(
        ellipse(ball_x + dx, ball_y + dy, 3.6, 3.6, brush.edge, 'opacity="0.75"')
        for dx, dy in ((-11, -9), (9, -13), (0, 4), (-14, 12), (14, 9), (2, 19))
    )
    ball = (
        spikes
        + ellipse(ball_x, ball_y, radius, radius, brush.steel, f'stroke="{brush.dark}" stroke-width="1.5"')
        + studs
    )
    haft = grip(brush, -142, -84, 12) + box(-84, -5, 40, 10, brush.wood) + box(-52, -8, 10, 16, brush.fitting)
    return placed(chain(line, 17, brush.edge, 6.4) + haft + ball, "translate(4 0)")


def bow(brush: Brush) -> str:
    """A recurved bow, strung, with an arrow on the string."""
    bend = 50 + 10 * brush.vary

    def limb(t: float) -> Point:
        u = abs(2 * t - 1)  # 0 at the grip, 1 at a tip; the last fifth bends forward again
        recurve = 12 * max(0.0, u - 0.8) / 0.2
        return bend * (1 - u**1.9) + recurve - 16, (-92 + 184 * t) * (1 - 0.04 * u)

    nock = (-52.0, 0.0)
    top, bottom = limb(0.0), limb(1.0)
    string = f'<polyline points="{join([top, nock, bottom])}" fill="none" stroke="{brush.edge}" stroke-width="1.4"/>'
    stave = ribbon(limb, lambda t: 5 + 5 * math.sin(math.pi * t), brush.wood, 70)
    bands = "".join(
        ribbon(stretch(limb, place, place + 0.03), lambda _: 11.0, brush.fitting, 4)
        for place in (0.16, 0.3, 0.67, 0.81)
    )
    hold = ribbon(stretch(limb, 0.44, 0.56), lambda _: 13.0, brush.wrap, 8)
    shaft = stroke(straight(nock[0], 118), brush.edge, 2.6, 2)
    head = f'<polygon points="112,-7 136,0 112,7 117,0" fill="{brush.steel}"/>'
    feathers = "".join(f'<polygon points="-52,0 -30,0 -40,{9 * s} -62,{9 * s}" fill="{brush.wrap}"/>' for s in (-1, 1))
    return placed(string + stave + bands + hold + shaft + head + feathers, "translate(-18 0)")


def shrouded(brush: Brush) -> str:
    """A weapon of a type that nobody has drawn yet: something long in a tied cloth."""
    cloth = ribbon(
        straight(-120, 120), lambda t: 26 + 10 * math.sin(math.pi * t) + 2 * math.sin(t * 40), brush.wrap, 80
    )
    folds = "".join(stroke(segment(x, -15, x + 16, 15), brush.wrap_dark, 2.2, 1) for x in range(-104, 104, 22))
    ties = "".join(box(x, -20, 7, 40, brush.fitting, 2) for x in (-74, 4, 80))
    tails = "".join(stroke(segment(x0, 20, x1, 40), brush.fitting, 3, 1) for x0, x1 in ((8, 30), (6, -6)))
    ends = box(-140, -6, 24, 12, brush.wood, 4) + box(116, -5, 26, 10, brush.steel, 4)
    return ends + cloth + folds + ties + tails
