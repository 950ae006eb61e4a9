"""SVG as short strings: points, outlines, and a sheet that collects gradients, patterns and clips under unique names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]

INK = "#14101c"
"""The outline of everything that is drawn by pen."""


def polar(center: Point, radius: float, degrees: float) -> Point:
    """The point at a distance and an angle; 0 degrees is right, 90 is down as in every SVG."""
    angle = math.radians(degrees)
    return center[0] + radius * math.cos(angle), center[1] + radius * math.sin(angle)


def mix(a: Point, b: Point, t: float) -> Point:
    """The point a share ``t`` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def line(points: Sequence[Point], *, closed: bool = False) -> str:
    """Path data with straight edges."""
    data = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return data + "Z" if closed else data


def smooth(points: Sequence[Point], *, closed: bool = False, tension: float = 0.5) -> str:
    """Path data of a Catmull-Rom curve through the points."""
    n = len(points)
    if n < 3:
        return line(points, closed=closed)
    k = tension / 3
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(n if closed else n - 1):
        before, a, b, after = _neighbours(points, i, closed)
        c1 = a[0] + (b[0] - before[0]) * k, a[1] + (b[1] - before[1]) * k
        c2 = b[0] - (after[0] - a[0]) * k, b[1] - (after[1] - a[1]) * k
        parts.append(f"C{c1[0]:.1f} {c1[1]:.1f} {c2[0]:.1f} {c2[1]:.1f} {b[0]:.1f} {b[1]:.1f}")
    return "".join(parts) + ("Z" if closed else "")


def _neighbours(points: Sequence[Point], i: int, closed: bool) -> tuple[Point, Point, Point, Point]:
    n = len(points)
    if closed:
        return points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
    return points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, n - 1)]


def crescent(
    center: Point, radius: float, start: float, end: float, width: float, *, head: float = 0.5, squash: float = 1.0
) -> list[Point]:
    """The outline of an arc that is thickest at the share ``head`` of its length and runs out at both ends."""
    outer: list[Point] = []
    inner: list[Point] = []
    steps = max(6, int(abs(end - start) / 34))
    for i in range(steps + 1):
        t = i / steps
        swell = math.sin(math.pi * min(t / head if t < head else (1 - t) / (1 - head), 1) / 2) * width / 2
        angle = start + (end - start) * t
        for side, points in ((1, outer), (-1, inner)):
            x, y = polar(center, radius + side * swell, angle)
            points.append((x, center[1] + (y - center[1]) * squash))
    return outer + inner[-2:0:-1]


def shape(
    data: str,
    fill: str,
    *,
    edge: str | None = INK,
    width: float = 3.0,
    opacity: float = 1.0,
) -> str:
    """A filled path with an outline; no outline with ``edge=None``."""
    pen = f' stroke="{edge}" stroke-width="{width:.1f}" stroke-linejoin="round"' if edge else ""
    return f'<path d="{data}" fill="{fill}"{pen}{_clear(opacity, pen)}/>'


def stroke(data: str, colour: str, width: float, *, opacity: float = 1.0, dash: str | None = None) -> str:
    """An open line with round ends."""
    clear = f' stroke-opacity="{opacity:.2f}"' if opacity < 1 else ""
    dashes = f' stroke-dasharray="{dash}" stroke-linecap="butt"' if dash else ' stroke-linecap="round"'
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" stroke-linejoin="round"'
        f"{dashes}{clear}/>"
    )


def disc(
    center: Point, radius: float, fill: str, *, edge: str | None = None, width: float = 3.0, opacity: float = 1.0
) -> str:
    """A filled circle."""
    pen = f' stroke="{edge}" stroke-width="{width:.1f}"' if edge else ""
    return (
        f'<circle cx="{center[0]:.1f}" cy="{center[1]:.1f}" r="{radius:.1f}" fill="{fill}"{pen}{_clear(opacity, pen)}/>'
    )


def oval(center: Point, rx: float, ry: float, fill: str, *, opacity: float = 1.0) -> str:
    """A filled ellipse."""
    return f'<ellipse cx="{center[0]:.1f}" cy="{center[1]:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"{_clear(opacity, "")}/>'


def _clear(opacity: float, pen: str) -> str:
    """Opacity of fill and outline apart: an element's own opacity costs the rasteriser a layer of the whole picture."""
    if opacity >= 1:
        return ""
    return f' fill-opacity="{opacity:.2f}"' + (f' stroke-opacity="{opacity:.2f}"' if pen else "")


def bands(top: float, bottom: float, *stops: tuple[float, str], count: int = 30) -> str:
    """A gradient from top to bottom across the frame in flat bands, which are painted many times faster."""
    step = (bottom - top) / count
    parts = []
    for i in range(count):
        t = (i + 0.5) / count
        after = next((k for k, (offset, _) in enumerate(stops) if offset >= t), len(stops) - 1)
        (a, low), (b, high) = stops[max(after - 1, 0)], stops[after]
        colour = blend(low, high, min(max((t - a) / (b - a), 0), 1)) if b > a else high
        parts.append(f'<path d="M0 {top + i * step:.1f}H512V{bottom:.1f}H0Z" fill="{colour}"/>')
    return '<g shape-rendering="crispEdges">' + "".join(parts) + "</g>"


def group(content: str, transform: str) -> str:
    """Content under a transformation."""
    return f'<g transform="{transform}">{content}</g>'


def put(content: str, at: Point, *, turn: float = 0.0, scale: float = 1.0) -> str:
    """Content moved to a point, turned by degrees and scaled about it."""
    return f'<g transform="translate({at[0]:.1f} {at[1]:.1f}) rotate({turn:.0f}) scale({scale:.2f})">{content}</g>'


def shade(colour: str, by: float) -> str:
    """A colour darkened (``by`` below 0) or lightened (above), from -1 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    target = 255 if by > 0 else 0
    return "#" + "".join(f"{round(c + (target - c) * abs(by)):02x}" for c in channels)


def blend(a: str, b: str, t: float) -> str:
    """The colour a share ``t`` of the way from a to b."""
    pairs = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(x + (y - x) * t):02x}" for x, y in pairs)


@dataclass(slots=True)
class Sheet:
    """The definitions of one picture."""

    _defs: list[str] = field(default_factory=list)

    @property
    def defs(self) -> str:
        """All that was defined so far."""
        return "<defs>" + "".join(self._defs) + "</defs>"

    def vertical(self, *stops: tuple[float, str]) -> str:
        """A gradient from top to bottom of what it fills; returns the paint."""
        return self._gradient('linearGradient x1="0" y1="0" x2="0" y2="1"', stops)

    def across(self, *stops: tuple[float, str]) -> str:
        """A gradient from left to right of what it fills; returns the paint."""
        return self._gradient('linearGradient x1="0" y1="0" x2="1" y2="0"', stops)

    def radial(self, *stops: tuple[float, str]) -> str:
        """A gradient from the middle outwards; a stop's colour may carry two digits of alpha. Returns the paint."""
        return self._gradient("radialGradient", stops)

    def tile(self, size: float, content: str, *, turn: float = 0.0) -> str:
        """A square tile repeated; returns the paint."""
        head = f'pattern width="{size}" height="{size}" patternUnits="userSpaceOnUse" patternTransform="rotate({turn:.0f})"'
        return self._add(head, content)

    def _gradient(self, head: str, stops: Sequence[tuple[float, str]]) -> str:
        return self._add(head, "".join(_stop(offset, colour) for offset, colour in stops))

    def _add(self, head: str, content: str) -> str:
        name = f"d{len(self._defs)}"
        tag, _, attributes = head.partition(" ")
        self._defs.append(f'<{tag} id="{name}" {attributes}>{content}</{tag}>')
        return f"url(#{name})"


def _stop(offset: float, colour: str) -> str:
    alpha = f' stop-opacity="{int(colour[7:9], 16) / 255:.2f}"' if len(colour) == 9 else ""
    return f'<stop offset="{offset}" stop-color="{colour[:7]}"{alpha}/>'
