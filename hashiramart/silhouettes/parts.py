"""Parts that several weapons share: blades, grips, guards, shafts, chains, scabbards."""

from __future__ import annotations

import math

from hashiramart.silhouettes.strokes import Brush, Line, Point, arc, box, join, ribbon, stroke, swept


def blade(brush: Brush, x0: float, x1: float, *, width: float, rise: float) -> str:
    """A single-edged curved blade with its temper line; the edge is below."""
    centre = swept(x0, x1, rise)
    tip = 1 - 1.5 * width / (x1 - x0)

    def taper(t: float) -> float:
        return width * (1 - 0.18 * t) if t < tip else width * (1 - 0.18 * tip) * max(0.0, (1 - t) / (1 - tip)) ** 0.7

    def temper(t: float) -> Point:
        x, y = centre(t * 0.97)
        return x, y + width * 0.16 + 0.9 * math.sin(t * (24 + 20 * brush.vary))

    groove = stroke(
        lambda t: (centre(t * 0.8)[0], centre(t * 0.8)[1] - width * 0.2), brush.dark, 0.8, extra='opacity="0.35"'
    )
    return ribbon(centre, taper, brush.steel, 48) + groove + stroke(temper, brush.edge, 1.3, 60, 'opacity="0.9"')


def grip(brush: Brush, x0: float, x1: float, width: float = 10.0) -> str:
    """A handle bound crosswise with cord, with a cap at its end."""
    parts = [
        box(x0, -width / 2, x1 - x0, width, brush.wrap, 3),
        box(x0 - 3, -width / 2 - 0.6, 6, width + 1.2, brush.fitting),
    ]
    x = x0 + 8
    while x < x1 - 3:
        parts.append(
            f'<polygon points="{join([(x - 3.6, 0), (x, -width * 0.34), (x + 3.6, 0), (x, width * 0.34)])}" '
            f'fill="{brush.wrap_dark}"/>'
        )
        x += 9.4
    return "".join(parts)


def guard(brush: Brush, x: float, half: float) -> str:
    """A sword guard seen from its side, with the collar of the blade."""
    return box(x - 3, -half, 6, 2 * half, brush.fitting, 3) + box(x + 3, -5, 5, 10, brush.fitting, 1)


def pole(brush: Brush, x0: float, x1: float, width: float = 7.0) -> str:
    """A shaft with metal at its end and two bound hand places."""
    span = x1 - x0
    parts = [
        box(x0, -width / 2, span, width, brush.wood, 3),
        box(x0 - 2, -width / 2 - 1, 9, width + 2, brush.fitting),
    ]
    parts.append(box(x0 + 4, -width / 2 + 1, span - 8, 1.2, brush.edge, 0.6).replace("/>", ' opacity="0.25"/>'))
    for place in (0.28, 0.58):
        x = x0 + span * place
        parts.append(box(x, -width / 2 - 0.8, 26, width + 1.6, brush.wrap))
        parts += [box(x + 4 + 6 * n, -width / 2 - 0.8, 1.6, width + 1.6, brush.wrap_dark, 0) for n in range(4)]
    return "".join(parts)


def chain(line: Line, count: int, colour: str, size: float = 4.6) -> str:
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


def sheath(brush: Brush, x0: float, x1: float, width: float, rise: float) -> str:
    """A lacquered scabbard with its cord and end cap."""
    centre = swept(x0, x1, rise)
    knot_x, knot_y = centre(0.22)
    return (
        ribbon(
            centre,
            lambda _: width,
            brush.dark,
            extra=f'stroke="{brush.fitting}" stroke-width="1" stroke-linejoin="round"',
        )
        + ribbon(lambda t: centre(0.94 + 0.06 * t), lambda _: width + 1, brush.fitting, 6)
        + stroke(arc(knot_x, knot_y, 7, width * 0.85, 0, 360), brush.wrap, 3)
    )
