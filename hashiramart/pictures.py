"""A picture for every weapon, made by code: an SVG whose outline tells the type and whose frame tells the rarity.

Two pieces of one type and rarity differ by a hash of their slug (cord colour, tilt, curve, what is behind them), so a
catalogue is never a row of twins, and the same weapon looks the same on every machine. Pictures carry no script, no
text and no reference to anything outside themselves.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from hashiramart.silhouettes import silhouette_for
from hashiramart.silhouettes.strokes import Brush

WIDTH, HEIGHT = 320, 200
_TILT = {
    "bow": 0,
    "war fans": 0,
    "wakizashi": -14,
    "twin blades": 0,
    "tonfa": -6,
    "kusarigama": -6,
    "sai": 0,
    "chain flail": -8,
}
"""Degrees by which a silhouette is turned; the rest lie along the rising diagonal."""
_DIAGONAL = -24


@dataclass(frozen=True, slots=True)
class _Rarity:
    """Colours of a rarity: the ``night`` behind the weapon, its lighter ``glow``, the ``frame``, its ``marks``."""

    night: str
    glow: str
    frame: str
    marks: int


_RARITIES = {
    "common": _Rarity("#25282b", "#4a4f53", "#8b9094", 0),
    "uncommon": _Rarity("#16261f", "#2f5a47", "#6fae8c", 1),
    "rare": _Rarity("#131f33", "#28508a", "#6ea4e0", 2),
    "epic": _Rarity("#21162f", "#5b3a8c", "#b48ae6", 3),
    "legendary": _Rarity("#2c150d", "#8f3a14", "#f0b840", 4),
}
_CORDS = (
    ("#b3392f", "#7c231c"), ("#2f6fa8", "#1d4870"), ("#3f7d5c", "#27513b"), ("#c08a2c", "#85591a"), ("#7a4f9c", "#51336b"),
    ("#c46a86", "#8c455c"), ("#3d8c8c", "#265c5c"), ("#a9572a", "#73381a"), ("#5a64a8", "#3a4175"), ("#8a8f98", "#5d6168"),
)  # fmt: skip
_WOODS = ("#7a5636", "#5d3d28", "#8c6a45", "#4a3a33")


class _Dice:
    """Numbers that depend only on a text: the n-th throw of a slug is the same for ever."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._thrown = 0

    def throw(self) -> float:
        """The next number in [0, 1)."""
        digest = hashlib.sha256(f"{self._text}:{self._thrown}".encode()).digest()
        self._thrown += 1
        return int.from_bytes(digest[:6], "big") / 2**48

    def pick(self, count: int) -> int:
        """The next number in 0..count-1."""
        return int(self.throw() * count)


def weapon_picture(weapon_type: str, rarity: str, slug: str) -> str:
    """Draw a weapon.

    Args:
        weapon_type: A catalogue type such as ``"twin blades"``. A type that has no outline of its own borrows one that
            its name ends with (``"great axe"`` is an axe), else the weapon lies in a tied cloth.
        rarity: One of ``seed.RARITIES``; any other is framed as common.
        slug: The weapon's slug; decides the small variations.

    Returns:
        A standalone SVG document of 320 x 200 units.
    """
    look = _RARITIES.get(rarity.strip().lower(), _RARITIES["common"])
    kind, draw = silhouette_for(weapon_type)
    dice = _Dice(slug)
    wrap, wrap_dark = _CORDS[dice.pick(len(_CORDS))]
    brush = Brush(
        steel="url(#steel)",
        edge="#f4f7f8",
        wrap=wrap,
        wrap_dark=wrap_dark,
        fitting="#c9a24b" if look.marks >= 3 else "#a59a84",
        wood=_WOODS[dice.pick(len(_WOODS))],
        dark="#15181a",
        vary=dice.throw(),
    )
    tilt = _TILT.get(kind or "", _DIAGONAL) + 8 * (dice.throw() - 0.5)
    scale = 0.97 + 0.05 * dice.throw()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{_paints(look)}{_ground(look, dice)}"
        f'<g filter="url(#shade)"><g transform="translate(160 100) rotate({tilt:.1f}) scale({scale:.3f})">{draw(brush)}</g></g>'
        f"{_frame(look)}</svg>"
    )


def _paints(look: _Rarity) -> str:
    return (
        '<defs><linearGradient id="steel" x1="0" y1="0" x2="0.25" y2="1">'
        '<stop offset="0" stop-color="#7d8a93"/><stop offset="0.45" stop-color="#c3ced4"/><stop offset="1" stop-color="#e9eff2"/>'
        '</linearGradient><radialGradient id="ground" cx="0.5" cy="0.45" r="0.75">'
        f'<stop offset="0" stop-color="{look.glow}"/><stop offset="1" stop-color="{look.night}"/></radialGradient>'
        '<filter id="shade" x="-20%" y="-20%" width="140%" height="140%">'
        '<feDropShadow dx="0" dy="4" stdDeviation="3" flood-color="#000" flood-opacity="0.55"/></filter></defs>'
    )


def _ground(look: _Rarity, dice: _Dice) -> str:
    """The night, a disc in it, and one of five patterns."""
    pattern = (_waves, _rays, _mountains, _petals, _mist)[dice.pick(5)]
    x, y, radius = 60 + 200 * dice.throw(), 40 + 60 * dice.throw(), 34 + 22 * dice.throw()
    disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{look.frame}" opacity="0.22"/>'
    back = f'<g fill="none" stroke="{look.frame}" stroke-width="1.4" opacity="0.26">{pattern(dice)}</g>'
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#ground)"/>{disc}{back}'


def _waves(dice: _Dice) -> str:
    shift = 40 * dice.throw()
    scales = []
    for row in range(3):
        for column in range(-1, 9):
            x, y = column * 44 + (22 if row % 2 else 0) - shift, HEIGHT - 6 + row * -13
            scales += [f'<path d="M{x - r:.1f},{y} a{r},{r} 0 0 1 {2 * r},0"/>' for r in (22, 15, 8)]
    return "".join(scales)


def _rays(dice: _Dice) -> str:
    turn = 20 * dice.throw()
    angles = [math.radians(turn + 18 * n) for n in range(20)]
    return "".join(
        f'<line x1="{160 + 52 * math.cos(a):.1f}" y1="{100 + 52 * math.sin(a):.1f}" '
        f'x2="{160 + 230 * math.cos(a):.1f}" y2="{100 + 230 * math.sin(a):.1f}" stroke-width="3"/>'
        for a in angles
    )


def _mountains(dice: _Dice) -> str:
    ridges = []
    for depth in range(3):
        points = " ".join(f"{x},{HEIGHT - 18 - depth * 16 - 34 * dice.throw():.1f}" for x in range(-20, 361, 38))
        ridges.append(f'<polyline points="{points}"/>')
    return "".join(ridges)


def _petals(dice: _Dice) -> str:
    return "".join(
        f'<path d="M0,0 q7,-9 0,-19 q-7,10 0,19" fill="#fff" fill-opacity="0.3" '
        f'transform="translate({320 * dice.throw():.1f} {20 + 180 * dice.throw():.1f}) rotate({360 * dice.throw():.0f})"/>'
        for _ in range(16)
    )


def _mist(dice: _Dice) -> str:
    bands = []
    for _ in range(7):
        x, y, length = 260 * dice.throw() - 30, 24 + 160 * dice.throw(), 70 + 100 * dice.throw()
        bands.append(
            f'<path d="M{x:.1f},{y:.1f} h{length:.1f} a7,7 0 0 1 0,14 h-{length * 0.6:.1f}" stroke-width="2"/>'
        )
    return "".join(bands)


def _frame(look: _Rarity) -> str:
    """A double line, and at its foot as many marks as the rarity has steps above common."""
    lines = (
        f'<g fill="none" stroke="{look.frame}">'
        f'<rect x="5" y="5" width="310" height="190" rx="7" stroke-width="{1.5 + look.marks * 0.6:.1f}"/>'
        '<rect x="11" y="11" width="298" height="178" rx="4" stroke-width="0.8" opacity="0.55"/></g>'
    )
    marks = "".join(
        f'<rect x="-3.4" y="-3.4" width="6.8" height="6.8" fill="{look.frame}" '
        f'transform="translate({WIDTH / 2 + (n - (look.marks - 1) / 2) * 14:.1f} 189) rotate(45)"/>'
        for n in range(look.marks)
    )
    return lines + marks
