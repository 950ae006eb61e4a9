"""The outline of each weapon type, drawn by code: every function returns SVG elements around the origin.

A silhouette lies along the x axis inside about 280 x 150 units, tip or head to the right; ``pictures`` tilts it, puts a
ground behind it and frames it. Everything is a ribbon (a centre line with a width) or a few circles, so that a new type
is a few lines here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]
Line = Callable[[float], Point]
Width = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Brush:
    """The paints of one picture (CSS colours or ``url(#...)``) and ``vary``, 0-1, which bends the shape a little."""

    steel: str
    edge: str
    wrap: str
    wrap_dark: str
    fitting: str
    wood: str
    dark: str
    vary: float


# Primitives


def _join(points: list[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _ribbon(centre: Line, width: Width, fill: str, steps: int = 28, extra: str = "") -> str:
    """A shape of changing width (units across) along ``centre``, both given on 0..1."""
    upper: list[Point] = []
    lower: list[Point] = []
    for step in range(steps + 1):
        t = step / steps
        x, y = centre(t)
        x0, y0 = centre(max(0.0, t - 0.01))
        x1, y1 = centre(min(1.0, t + 0.01))
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        nx, ny = -(y1 - y0) / length, (x1 - x0) / length
        half = width(t) / 2
        upper.append((x - nx * half, y - ny * half))
        lower.append((x + nx * half, y + ny * half))
    return f'<polygon points="{_join(upper + lower[::-1])}" fill="{fill}" {extra}/>'


def _stroke(centre: Line, colour: str, width: float, steps: int = 28, extra: str = "") -> str:
    points = [centre(step / steps) for step in range(steps + 1)]
    return (
        f'<polyline points="{_join(points)}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" '
        f'stroke-linecap="round" stroke-linejoin="round" {extra}/>'
    )


def _straight(x0: float, x1: float, y: float = 0.0) -> Line:
    return lambda t: (x0 + (x1 - x0) * t, y)


def _swept(x0: float, x1: float, rise: float) -> Line:
    """From (x0, 0) to (x1, -rise), bending ever more: the curve of a Japanese blade."""
    return lambda t: (x0 + (x1 - x0) * t, -rise * t * t)


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Line:
    """Part of an ellipse; angles in degrees, clockwise on the screen."""

    def at(t: float) -> Point:
        angle = math.radians(start + (end - start) * t)
        return cx + rx * math.cos(angle), cy + ry * math.sin(angle)

    return at


def _ellipse(x: float, y: float, rx: float, ry: float, fill: str, extra: str = "") -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" {extra}/>'


def _box(x: float, y: float, width: float, height: float, fill: str, radius: float = 2.0) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{fill}"/>'


def _placed(content: str, transform: str) -> str:
    return f'<g transform="{transform}">{content}</g>'


# Parts that several weapons share


def _blade(brush: Brush, x0: float, x1: float, *, width: float, rise: float) -> str:
    """A single-edged curved blade with its temper line; the edge is below."""
    centre = _swept(x0, x1, rise)
    tip = 1 - 1.5 * width / (x1 - x0)

    def taper(t: float) -> float:
        return width * (1 - 0.18 * t) if t < tip else width * (1 - 0.18 * tip) * max(0.0, (1 - t) / (1 - tip)) ** 0.7

    def temper(t: float) -> Point:
        x, y = centre(t * 0.97)
        return x, y + width * 0.16 + 0.9 * math.sin(t * (24 + 20 * brush.vary))

    groove = _stroke(
        lambda t: (centre(t * 0.8)[0], centre(t * 0.8)[1] - width * 0.2), brush.dark, 0.8, extra='opacity="0.35"'
    )
    return _ribbon(centre, taper, brush.steel, 48) + groove + _stroke(temper, brush.edge, 1.3, 60, 'opacity="0.9"')


def _grip(brush: Brush, x0: float, x1: float, width: float = 10.0) -> str:
    """A handle bound crosswise with cord, with a cap at its end."""
    parts = [
        _box(x0, -width / 2, x1 - x0, width, brush.wrap, 3),
        _box(x0 - 3, -width / 2 - 0.6, 6, width + 1.2, brush.fitting),
    ]
    x = x0 + 8
    while x < x1 - 3:
        parts.append(
            f'<polygon points="{_join([(x - 3.6, 0), (x, -width * 0.34), (x + 3.6, 0), (x, width * 0.34)])}" '
            f'fill="{brush.wrap_dark}"/>'
        )
        x += 9.4
    return "".join(parts)


def _guard(brush: Brush, x: float, half: float) -> str:
    return _box(x - 3, -half, 6, 2 * half, brush.fitting, 3) + _box(x + 3, -5, 5, 10, brush.fitting, 1)


def _pole(brush: Brush, x0: float, x1: float, width: float = 7.0) -> str:
    """A shaft with metal at its end and two bound hand places."""
    span = x1 - x0
    parts = [
        _box(x0, -width / 2, span, width, brush.wood, 3),
        _box(x0 - 2, -width / 2 - 1, 9, width + 2, brush.fitting),
    ]
    parts.append(_box(x0 + 4, -width / 2 + 1, span - 8, 1.2, brush.edge, 0.6).replace("/>", ' opacity="0.25"/>'))
    for place in (0.28, 0.58):
        x = x0 + span * place
        parts.append(_box(x, -width / 2 - 0.8, 26, width + 1.6, brush.wrap))
        parts += [_box(x + 4 + 6 * n, -width / 2 - 0.8, 1.6, width + 1.6, brush.wrap_dark, 0) for n in range(4)]
    return "".join(parts)


def _chain(line: Line, count: int, colour: str, size: float = 4.6) -> str:
    """Links along a line, each second one seen edge on."""
    links = []
    for n in range(count):
        t = (n + 0.5) / count
        x, y = line(t)
        x1, y1 = line(min(1.0, t + 0.01))
        angle = math.degrees(math.atan2(y1 - y, x1 - x))
        ry = size * (0.62 if n % 2 else 0.2)
        links.append(
            f'<ellipse cx="0" cy="0" rx="{size:.1f}" ry="{ry:.1f}" fill="none" stroke="{colour}" stroke-width="1.9" '
            f'transform="translate({x:.1f} {y:.1f}) rotate({angle:.0f})"/>'
        )
    return "".join(links)


def _sheath(brush: Brush, x0: float, x1: float, width: float, rise: float) -> str:
    centre = _swept(x0, x1, rise)
    knot_x, knot_y = centre(0.22)
    return (
        _ribbon(
            centre,
            lambda _: width,
            brush.dark,
            extra=f'stroke="{brush.fitting}" stroke-width="1" stroke-linejoin="round"',
        )
        + _ribbon(lambda t: centre(0.94 + 0.06 * t), lambda _: width + 1, brush.fitting, 6)
        + _stroke(_arc(knot_x, knot_y, 7, width * 0.85, 0, 360), brush.wrap, 3)
    )


# The seventeen types


def katana(brush: Brush) -> str:
    """A long curved blade above its scabbard."""
    rise = 20 + 8 * brush.vary
    sword = _blade(brush, -58, 138, width=11.5, rise=rise) + _grip(brush, -132, -62) + _guard(brush, -61, 14)
    return _placed(_sheath(brush, -70, 118, 11, rise * 0.9), "translate(6 34)") + _placed(sword, "translate(0 4)")


def wakizashi(brush: Brush) -> str:
    """A short blade crossed over its short scabbard."""
    rise = 9 + 5 * brush.vary
    sword = _blade(brush, -34, 92, width=15, rise=rise) + _grip(brush, -88, -38, 13) + _guard(brush, -37, 14)
    sheath = _sheath(brush, -60, 66, 15, rise)
    return _placed(sheath, "rotate(58) translate(-6 4)") + sword


def nodachi(brush: Brush) -> str:
    """A blade as long as a man, with a very long grip and a bound ricasso."""
    rise = 30 + 8 * brush.vary
    cord = _ribbon(lambda t: _swept(-66, 150, rise)(0.03 + 0.13 * t), lambda _: 15.0, brush.wrap, 8)
    turns = "".join(_box(-58 + 7 * n, -8, 2.2, 15.5, brush.wrap_dark, 0) for n in range(4))
    sword = (
        _blade(brush, -66, 150, width=15.5, rise=rise)
        + cord
        + turns
        + _grip(brush, -158, -70, 12)
        + _guard(brush, -69, 18)
    )
    return _placed(sword, "translate(2 12)")


def twin_blades(brush: Brush) -> str:
    """Two broad blades, crossed, their pommels tied by a short chain."""
    rise = 6 + 8 * brush.vary
    one = _blade(brush, -38, 96, width=22, rise=rise) + _grip(brush, -88, -42, 11) + _guard(brush, -41, 12)
    chain = _chain(_arc(-74, 0, 34, 47, 94, 266), 15, brush.fitting, 4)
    return chain + _placed(one, "translate(4 0) rotate(-32)") + _placed(one, "translate(4 0) rotate(32) scale(1 -1)")


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

    ribbon = _ribbon(wave, lambda t: 10 * (1 - t) ** 0.6 + 1.5, brush.steel, 110)
    shine = _stroke(lambda t: wave(t * 0.96), brush.edge, 1.2, 110)
    return ribbon + shine + _grip(brush, -140, -90, 11) + _guard(brush, -88, 12)


def spear(brush: Brush) -> str:
    """A straight shaft, a leaf-shaped head, a tassel."""
    leaf = _ribbon(
        _straight(88, 152),
        lambda t: (17 + 7 * brush.vary) * math.sin(math.pi * (0.12 + 0.88 * t)) ** 0.9,
        brush.steel,
        40,
    )
    rib = _stroke(_straight(92, 146), brush.edge, 1.6)
    tassel = "".join(
        _stroke(lambda t, s=spread: (82 - 26 * t, s * t * 1.0 + 5 * t * t), brush.wrap if n % 2 else brush.wrap_dark, 3)  # type: ignore[misc]
        for n, spread in enumerate((-15, 17, -9, 11, -4, 5, 1))
    )
    return _pole(brush, -152, 88) + tassel + leaf + rib + _box(78, -6, 14, 12, brush.fitting)


def naginata(brush: Brush) -> str:
    """A shaft with a guard and a broad curved blade."""
    blade = _blade(brush, 46, 150, width=20, rise=28 + 12 * brush.vary)
    return _pole(brush, -152, 44, 8) + blade + _guard(brush, 44, 13)


def scythe(brush: Brush) -> str:
    """A long bent shaft and a crescent blade hanging from its head."""
    shaft = _ribbon(lambda t: (-132 + 240 * t, 22 - 30 * t - 14 * math.sin(math.pi * t)), lambda _: 7.5, brush.wood)
    bound = _ribbon(lambda t: (-62 + 44 * t, 1.5 - 9 * t), lambda _: 9.5, brush.wrap)
    handle = _ribbon(lambda t: (-16 - 6 * t, -10 - 26 * t), lambda _: 6.0, brush.wood)
    reach = 150 + 12 * brush.vary
    blade = _ribbon(_arc(44, 42, 72, 60, -58, -58 - reach), lambda t: 25 * (1 - t) ** 0.75 + 0.6, brush.steel, 60)
    edge = _stroke(_arc(44, 42, 65, 53, -58, -58 - reach * 0.94), brush.edge, 1.4, 50)
    collar = _placed(_box(-9, -8, 18, 16, brush.fitting), "translate(86 -14) rotate(-8)")
    return _placed(blade + edge + shaft + bound + handle + collar, "translate(4 -4)")


def _fan(brush: Brush, radius: float, spread: float) -> str:
    """One open fan standing on its rivet at the origin, opening upwards."""
    start, end = -90 - spread / 2, -90 + spread / 2
    leaf = _ribbon(_arc(0, 0, radius * 0.7, radius * 0.7, start, end), lambda _: radius * 0.6, brush.wrap, 40)
    band = _ribbon(_arc(0, 0, radius * 0.84, radius * 0.84, start, end), lambda _: radius * 0.1, brush.wrap_dark, 40)
    rim = _stroke(_arc(0, 0, radius, radius, start, end), brush.edge, 2.6, 40)
    parts = [leaf, band, rim]
    count = 9
    for n in range(count + 1):
        angle = math.radians(start + (end - start) * n / count)
        outer = n in (0, count)
        tip = (math.cos(angle) * radius, math.sin(angle) * radius)
        parts.append(_stroke(lambda t, p=tip: (p[0] * t, p[1] * t), brush.steel, 5.0 if outer else 1.7, 2))  # type: ignore[misc]
    return "".join(parts) + _ellipse(0, 0, 5, 5, brush.fitting) + _stroke(_arc(-4, 14, 6, 13, -60, 170), brush.wrap, 2)


def war_fans(brush: Brush) -> str:
    """Two open fans of iron ribs."""
    spread = 118 + 16 * brush.vary
    return _placed(_fan(brush, 84, spread), "translate(-46 46) rotate(-24)") + _placed(
        _fan(brush, 84, spread), "translate(46 46) rotate(24)"
    )


def kusarigama(brush: Brush) -> str:
    """A sickle, a long chain in loops, a weight."""
    handle = _box(-128, -5, 96, 10, brush.wood, 4) + _placed(_grip(brush, -118, -62, 11), "translate(0 0)")
    blade = _ribbon(
        _arc(-74, -14, 56, 44, 12, -142 - 16 * brush.vary), lambda t: 19 * (1 - t) ** 0.7 + 0.6, brush.steel, 50
    )
    edge = _stroke(_arc(-74, -14, 51, 39, 8, -138), brush.edge, 1.3, 50)

    def loops(t: float) -> Point:
        angle = t * 3.4 * math.pi
        return -131 + 239 * t, 32 * min(1.0, 7 * t) + 24 * math.sin(angle) * (0.5 + 0.5 * t) + 8 * t

    end_x, end_y = loops(1.0)
    weight = _placed(
        _box(-2, -9, 28, 18, brush.steel, 5)
        + _box(3, -9, 4, 18, brush.fitting, 0)
        + _box(17, -9, 4, 18, brush.fitting, 0),
        f"translate({end_x:.1f} {end_y:.1f}) rotate(-38)",
    )
    head = _box(-40, -9, 16, 18, brush.fitting, 3)
    return _placed(_chain(loops, 46, brush.edge, 4.4) + weight + blade + edge + handle + head, "translate(12 6)")


def _one_tonfa(brush: Brush) -> str:
    bar = _ribbon(_straight(-96, 100), lambda t: 15 - 3 * math.cos(2 * math.pi * t), brush.wood, 40)
    shine = _stroke(_straight(-86, 90, -3), brush.edge, 1.2, 4, 'opacity="0.35"')
    bands = "".join(_box(x, -8.4, 5, 16.8, brush.fitting, 1) for x in (-88, -20, 22, 86))
    handle = _box(-4, -46, 10, 40, brush.wrap, 3) + "".join(
        _box(-4, -40 + 8 * n, 10, 2, brush.wrap_dark, 0) for n in range(4)
    )
    return handle + _ellipse(1, -48, 9, 6.5, brush.fitting) + bar + shine + bands


def tonfa(brush: Brush) -> str:
    """A pair of bars with a handle standing off each."""
    lean = 3 + 8 * brush.vary
    one = _placed(_one_tonfa(brush), f"translate(-14 12) rotate({-lean:.1f})")
    return _placed(_one_tonfa(brush), f"translate(18 50) rotate({lean:.1f})") + _placed(one, "translate(0 -18)")


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
        _ellipse(ball_x + dx, ball_y + dy, 3.6, 3.6, brush.edge, 'opacity="0.75"')
        for dx, dy in ((-11, -9), (9, -13), (0, 4), (-14, 12), (14, 9), (2, 19))
    )
    ball = (
        spikes
        + _ellipse(ball_x, ball_y, radius, radius, brush.steel, f'stroke="{brush.dark}" stroke-width="1.5"')
        + studs
    )
    haft = _grip(brush, -142, -84, 12) + _box(-84, -5, 40, 10, brush.wood) + _box(-52, -8, 10, 16, brush.fitting)
    return _placed(_chain(line, 17, brush.edge, 6.4) + haft + ball, "translate(4 0)")


def axe(brush: Brush) -> str:
    """A haft and a broad bearded head with a spike behind."""
    beard = 34 + 10 * brush.vary
    head = f'<path d="M58,-5 L104,-5 Q110,20 126,{beard + 14:.1f} Q86,{beard + 34:.1f} 40,{beard + 10:.1f} Q60,22 58,5 Z" fill="{brush.steel}"/>'
    edge = f'<path d="M126,{beard + 14:.1f} Q86,{beard + 34:.1f} 40,{beard + 10:.1f}" fill="none" stroke="{brush.edge}" stroke-width="3.4" stroke-linecap="round"/>'
    spike = f'<polygon points="66,-5 96,-5 81,-34" fill="{brush.steel}"/>'
    haft = _ribbon(
        lambda t: (-138 + 256 * t, 5 * math.sin(2 * math.pi * t)), lambda t: 9 + 3 * (1 - t) ** 4, brush.wood
    )
    wrap = _ribbon(
        lambda t: (-126 + 66 * t, 5 * math.sin(2 * math.pi * (12 + 66 * t) / 256)), lambda _: 12.0, brush.wrap
    )
    collar = _box(60, -10, 42, 20, brush.fitting, 3)
    return _placed(spike + haft + wrap + head + edge + collar, "translate(4 -12)")


def bow(brush: Brush) -> str:
    """A recurved bow, strung, with an arrow on the string."""
    bend = 50 + 10 * brush.vary

    def limb(t: float) -> Point:
        y = -92 + 184 * t
        u = abs(2 * t - 1)
        return bend * (1 - u**1.9) - (10 * max(0.0, u - 0.8) / 0.2 if u > 0.8 else 0) * -1.2 - 16, y * (1 - 0.04 * u)

    nock = (-52.0, 0.0)
    top, bottom = limb(0.0), limb(1.0)
    string = f'<polyline points="{_join([top, nock, bottom])}" fill="none" stroke="{brush.edge}" stroke-width="1.4"/>'
    stave = _ribbon(limb, lambda t: 5 + 5 * math.sin(math.pi * t), brush.wood, 70)
    bands = "".join(
        _ribbon(lambda t, p=place: limb(p + 0.03 * t), lambda _: 11.0, brush.fitting, 4)
        for place in (0.16, 0.3, 0.67, 0.81)
    )  # type: ignore[misc]
    grip = _ribbon(lambda t: limb(0.44 + 0.12 * t), lambda _: 13.0, brush.wrap, 8)
    shaft = _stroke(_straight(nock[0], 118), brush.edge, 2.6, 2)
    head = f'<polygon points="112,-7 136,0 112,7 117,0" fill="{brush.steel}"/>'
    feathers = "".join(f'<polygon points="-52,0 -30,0 -40,{9 * s} -62,{9 * s}" fill="{brush.wrap}"/>' for s in (-1, 1))
    return _placed(string + stave + bands + grip + shaft + head + feathers, "translate(-18 0)")


def kanabo(brush: Brush) -> str:
    """A club that widens to its end, set with rows of studs."""
    club = _ribbon(_straight(-60, 140), lambda t: 15 + (24 + 6 * brush.vary) * t**0.8, brush.wood, 40)
    studs = ""
    for column in range(8):
        t = 0.16 + column * 0.105
        half = (15 + 27 * t**0.8) / 2
        rows = (-0.62, 0.0, 0.62) if column % 2 else (-0.86, -0.3, 0.3, 0.86)
        studs += "".join(
            _ellipse(-60 + 200 * t, half * row, 3.4, 3.4, brush.steel, f'stroke="{brush.dark}" stroke-width="0.8"')
            for row in rows
        )
    cap = _box(136, -21, 9, 42, brush.fitting, 4)
    ring = _stroke(_arc(-138, 0, 9, 9, 0, 360), brush.fitting, 4)
    return club + studs + cap + ring + _grip(brush, -128, -62, 14) + _box(-64, -10, 8, 20, brush.fitting)


def staff(brush: Brush) -> str:
    """A pilgrim's staff: a plain pole and a head ring that carries six loose ones."""
    size = 27 + 5 * brush.vary
    hoop = _stroke(_arc(112, 0, size + 4, size, 0, 360), brush.fitting, 5, 50)
    spine = _stroke(_straight(84, 152), brush.fitting, 3, 2) + _ellipse(146, 0, 6, 5, brush.edge)
    rings = "".join(
        _stroke(_arc(x, s * (size + 7), 9, 10, 0, 360), brush.edge, 2.4, 24) for s in (-1, 1) for x in (94, 112, 130)
    )
    return _placed(
        _pole(brush, -156, 84, 9) + rings + hoop + spine + _box(76, -8, 12, 16, brush.fitting), "translate(-6 0)"
    )


def _one_sai(brush: Brush, curl: float) -> str:
    prong = _ribbon(_straight(-30, 118), lambda t: 9.5 * (1 - t) ** 0.55 + 0.8, brush.steel, 30)
    shine = _stroke(_straight(-26, 100, -0.5), brush.edge, 1.2, 2)
    wing: Line = lambda t: (-30 + 62 * t**2.2, 25 * math.sin(math.pi * 0.55 * t) + curl * t**4)  # noqa: E731
    guard = _ribbon(wing, lambda t: 7 * (1 - t) ** 0.5 + 0.8, brush.steel, 30)
    grip = _grip(brush, -92, -32, 9) + _ellipse(-94, 0, 6, 6, brush.fitting) + _ellipse(-32, 0, 7, 7, brush.fitting)
    return prong + shine + guard + _placed(guard, "scale(1 -1)") + grip


def sai(brush: Brush) -> str:
    """A pair of three-pronged sai, crossed."""
    one = _one_sai(brush, 2 + 6 * brush.vary)
    return _placed(one, "translate(34 0) rotate(-27) translate(-40 0)") + _placed(
        one, "translate(34 0) rotate(27) translate(-40 0)"
    )


def shrouded(brush: Brush) -> str:
    """A weapon of a type that nobody has drawn yet: something long in a tied cloth."""
    cloth = _ribbon(
        _straight(-120, 120), lambda t: 26 + 10 * math.sin(math.pi * t) + 2 * math.sin(t * 40), brush.wrap, 80
    )
    folds = "".join(
        _stroke(lambda t, x=x: (x + 16 * t, -15 + 30 * t), brush.wrap_dark, 2.2, 6) for x in range(-104, 104, 22)
    )  # type: ignore[misc]
    ties = "".join(_box(x, -20, 7, 40, brush.fitting, 2) for x in (-74, 4, 80))
    tails = _stroke(lambda t: (8 + 22 * t, 20 + 18 * t), brush.fitting, 3, 4) + _stroke(
        lambda t: (6 - 12 * t, 20 + 22 * t), brush.fitting, 3, 4
    )
    ends = _box(-140, -6, 24, 12, brush.wood, 4) + _box(116, -5, 26, 10, brush.steel, 4)
    return ends + cloth + folds + ties + tails


SILHOUETTES: dict[str, Callable[[Brush], str]] = {
    "katana": katana,
    "wakizashi": wakizashi,
    "nodachi": nodachi,
    "twin blades": twin_blades,
    "whip sword": whip_sword,
    "spear": spear,
    "naginata": naginata,
    "scythe": scythe,
    "war fans": war_fans,
    "kusarigama": kusarigama,
    "tonfa": tonfa,
    "chain flail": chain_flail,
    "axe": axe,
    "bow": bow,
    "kanabo": kanabo,
    "staff": staff,
    "sai": sai,
}
