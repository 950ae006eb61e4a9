"""Brush and strokes: the few shapes of which every silhouette is made, as SVG elements.

Units are those of the picture; x grows to the right, y downwards.
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


def join(points: list[Point]) -> str:
    """The points as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def ribbon(centre: Line, width: Width, fill: str, steps: int = 28, extra: str = "") -> str:
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
    return f'<polygon points="{join(upper + lower[::-1])}" fill="{fill}" {extra}/>'


def stroke(centre: Line, colour: str, width: float, steps: int = 28, extra: str = "") -> str:
    """A line of constant width along ``centre``."""
    points = [centre(step / steps) for step in range(steps + 1)]
    return (
        f'<polyline points="{join(points)}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" '
        f'stroke-linecap="round" stroke-linejoin="round" {extra}/>'
    )


def straight(x0: float, x1: float, y: float = 0.0) -> Line:
    """From left to right at one height."""
    return segment(x0, y, x1, y)


def segment(x0: float, y0: float, x1: float, y1: float) -> Line:
    """From one point to another."""
    return lambda t: (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)


def stretch(line: Line, start: float, end: float) -> Line:
    """The part of a line between two places on it, 0..1."""
    return lambda t: line(start + (end - start) * t)


def swept(x0: float, x1: float, rise: float) -> Line:
    """From (x0, 0) to (x1, -rise), bending ever more: the curve of a Japanese blade."""
    return lambda t: (x0 + (x1 - x0) * t, -rise * t * t)


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Line:
    """Part of an ellipse; angles in degrees, clockwise on the screen."""

    def at(t: float) -> Point:
        angle = math.radians(start + (end - start) * t)
        return cx + rx * math.cos(angle), cy + ry * math.sin(angle)

    return at


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, extra: str = "") -> str:
    """A filled ellipse."""
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" {extra}/>'


def box(x: float, y: float, width: float, height: float, fill: str, radius: float = 2.0) -> str:
    """A filled box with rounded corners; (x, y) is its upper left one."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{fill}"/>'


def placed(content: str, transform: str) -> str:
    """Elements moved together by an SVG transform."""
    return f'<g transform="{transform}">{content}</g>'
