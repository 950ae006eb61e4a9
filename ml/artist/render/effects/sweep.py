"""Where an effect may be painted: behind the slayer, along an arc that ends at the weapon's tip."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ml.artist.render.ink import Point, crescent, polar, shape, smooth


@dataclass(frozen=True, slots=True)
class Sweep:
    """Where an effect may be: an arc around the slayer that trails the weapon.

    Attributes:
        center: the middle of the arc, the slayer's chest.
        radius: the arc's radius.
        head: the angle of the weapon's tip, in degrees.
        turn: how far the arc runs from there, in degrees, negative for anticlockwise.
    """

    center: Point
    radius: float
    head: float
    turn: float
    rng: Random

    def at(self, t: float, out: float = 0.0) -> Point:
        """The point a share ``t`` along the arc, from the tail to the tip, and a distance outside it."""
        return polar(self.center, self.radius + out, self.angle(t))

    def angle(self, t: float) -> float:
        """The angle a share ``t`` along the arc."""
        return self.head + self.turn * (1 - t)


def band(
    sweep: Sweep,
    out: float,
    width: float,
    fill: str,
    *,
    edge: str | None = None,
    peak: float = 0.75,
    opacity: float = 1.0,
) -> str:
    """A tapered ribbon along the whole sweep, some distance outside its arc."""
    points = crescent(sweep.center, sweep.radius + out, sweep.angle(0), sweep.angle(1), width, head=peak)
    return shape(smooth(points, closed=True), fill, edge=edge, width=3, opacity=opacity)


def veil(colour: str, opacity: float) -> str:
    """A tint over the whole scene."""
    return f'<rect width="512" height="512" fill="{colour}" fill-opacity="{opacity}"/>'


def towards(angle: float, goal: float, share: float) -> float:
    """The angle, turned a share of the way to the goal."""
    off = (goal - angle + 180) % 360 - 180
    return angle + off * share
