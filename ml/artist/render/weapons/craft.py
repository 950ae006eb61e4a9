"""What weapons are made of: steel, shafts, rings, chains, and a weapon as drawn."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ml.artist.render.ink import INK, Point, Sheet, blend, line, shape, smooth, stroke

STEEL = "#eef3fa"


GOLD = "#e8b93c"


DARK_STEEL = "#5d6678"


_HILTS = ("#23375e", "#6b1f2a", "#2a2a33", "#2d5a45", "#5a2d6b")


_WOODS = ("#9a6a3c", "#7c4a2a", "#b58350")


_LACQUERS = ("#a82a24", "#7c1f2c", "#2c2c3c", "#b5442a")


@dataclass(frozen=True, slots=True)
class Arm:
    """One weapon as drawn, or one of a pair."""

    picture: str
    reach: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Craft:
    """What a weapon is made with: the sheet for its gradients, its blade's tint, and chance for its colours."""

    sheet: Sheet
    tint: str
    rng: Random

    def steel(self) -> str:
        """The paint of a blade: bright along the back, tinted with its style's colour along the edge."""
        return self.sheet.vertical(
            (0, "#c9d2e0"), (0.42, "#ffffff"), (0.5, blend(STEEL, self.tint, 0.45)), (1, self.tint)
        )

    def hilt(self) -> str:
        """A cord's colour."""
        return self.rng.choice(_HILTS)

    def wood(self) -> str:
        """A shaft's colour."""
        return self.rng.choice(_WOODS)

    def lacquer(self) -> str:
        """A lacquered shaft's colour."""
        return self.rng.choice(_LACQUERS)


def bar(x0: float, x1: float, half: float, fill: str, y: float = 0.0) -> str:
    """A straight piece from one end to the other."""
    return shape(line([(x0, y - half), (x1, y - half), (x1, y + half), (x0, y + half)], closed=True), fill, width=3.5)


def rings(xs: list[float], half: float, colour: str, width: float = 6) -> str:
    """Metal rings around a shaft."""
    return "".join(bar(x - width / 2, x + width / 2, half, colour) for x in xs)


def hilt(craft: Craft, back: float, half: float) -> str:
    """A wrapped sword handle from the origin's front to the back, with its diamonds and pommel."""
    cord = craft.hilt()
    diamonds = "".join(
        shape(line([(x - 4, 0), (x, -half * 0.6), (x + 4, 0), (x, half * 0.6)], closed=True), "#f0e3c0", edge=None)
        for x in range(int(-back) + 10, 6, 12)
    )
    return bar(-back, 14, half, cord) + diamonds + bar(-back - 7, -back, half + 1.5, GOLD)


def shaft(x0: float, x1: float, half: float, colour: str) -> str:
    """A long handle with a light along it."""
    return bar(x0, x1, half, colour) + stroke(f"M{x0 + 4} {-half * 0.35}H{x1 - 4}", "#ffffff", 2, opacity=0.35)


def links(points: list[Point], colour: str = "#c3cad6") -> str:
    """A chain along a curve."""
    data = smooth(points)
    return stroke(data, INK, 10) + stroke(data, colour, 6) + stroke(data, INK, 6, dash="2.5 8")
