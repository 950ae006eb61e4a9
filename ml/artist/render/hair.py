"""Hair in seven cuts: what falls behind the body, and the fringe over the face."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ml.artist.render.ink import INK, Point, disc, line, shade, shape, smooth, stroke


def behind(cut: str, colour: str, sway: float) -> str:
    """The hair that falls behind the body; ``sway`` is how far it drifts to the left, in units."""
    fall = _FALLS.get(cut)
    return fall(colour, shade(colour, -0.22), sway) if fall else _cap(colour)


def _cap(colour: str) -> str:
    outline = [(-38.0, -8.0), (-34.0, 28.0), (0.0, 30.0), (34.0, 18.0), (40.0, -14.0), (22.0, -46.0), (-20.0, -48.0)]
    return shape(smooth(outline, closed=True), shade(colour, -0.22))


def _long(colour: str, dark: str, sway: float) -> str:
    left = [(-36, -24), (-48 - sway * 0.4, 40), (-52 - sway, 110), (-26 - sway, 128), (4 - sway * 0.6, 112)]
    strand = stroke(smooth([(-22, 30), (-28 - sway * 0.6, 80), (-30 - sway, 112)]), dark, 4)
    return shape(smooth([*left, (34, 70), (36, -10)], closed=True), colour) + strand


def _bob(colour: str, _dark: str, _sway: float) -> str:
    outline = [
        (-40.0, -26.0),
        (-50.0, 14.0),
        (-46.0, 48.0),
        (-12.0, 50.0),
        (30.0, 50.0),
        (44.0, 34.0),
        (42.0, -18.0),
        (0.0, -48.0),
    ]
    return shape(smooth(outline, closed=True), colour)


def _ponytail(colour: str, dark: str, sway: float) -> str:
    outer = [(-18, -44), (-52, -58), (-84 - sway * 0.6, -28), (-92 - sway, 44)]
    inner = [(-66 - sway, 12), (-52, -12), (-26, -24)]
    strand = stroke(smooth([(-38, -44), (-66, -32), (-80 - sway, 14)]), dark, 4)
    return shape(smooth([*outer, *inner], closed=True), colour) + strand + _cap(colour)


def _braid(colour: str, dark: str, sway: float) -> str:
    knots = [(-34 - sway * i * 0.28 - i * 3, 20.0 + i * 22) for i in range(5)]
    plait = "".join(
        shape(smooth([(x - 14, y), (x, y - 13), (x + 14, y), (x, y + 16)], closed=True), colour) for x, y in knots
    )
    x = -49 - sway * 1.4
    return plait + shape(line([(x - 8, 124), (x + 8, 124), (x, 152)], closed=True), dark) + _cap(colour)


def _bun(colour: str, dark: str, _sway: float) -> str:
    return disc((-22, -50), 21, colour, edge=INK) + stroke("M-38 -50q14 -14 30 -4", dark, 4) + _cap(colour)


def _spiky(colour: str, _dark: str, _sway: float) -> str:
    left = [(-30.0, 26.0), (-40.0, 6.0), (-62.0, -6.0), (-44.0, -18.0), (-66.0, -38.0), (-42.0, -38.0), (-46.0, -66.0)]
    right = [(-22.0, -52.0), (-10.0, -76.0), (6.0, -54.0), (30.0, -70.0), (32.0, -44.0), (52.0, -46.0), (40.0, -16.0)]
    return shape(line([*left, *right, (30, 22)], closed=True), colour) + _cap(colour)


def fringe(cut: str, colour: str, rng: Random) -> str:
    """The hair over the forehead, with its shine and a tie where the cut has one."""
    drop = rng.uniform(-4, 4)
    cap: list[Point] = [(-39, 14), (-43, -16), (-30, -44), (0, -55), (30, -46), (43, -18), (38, 14)]
    if cut in {"bob", "bun"}:
        locks: list[Point] = [(32, -6), (20, -12 + drop), (4, -9), (-12, -10 + drop), (-26, -4), (-31, 22)]
    elif cut == "spiky":
        locks = [(33, -8), (28, 8 + drop), (20, -16), (11, 6 + drop), (2, -18), (-10, 4), (-18, -16), (-30, 20)]
    elif cut in {"long", "braid"}:
        locks = [(33, 0), (30, -18), (14, -30), (4, -6 + drop), (-6, -26), (-22, -6), (-31, 36)]
    else:
        locks = [(33, -6), (24, 0 + drop), (16, -18), (6, -2 + drop), (-4, -20), (-18, 2), (-24, -12), (-32, 18)]
    dark, light = shade(colour, -0.25), shade(colour, 0.4)
    outline = smooth(cap) + "L" + line(locks)[1:] + "Z"
    shine = stroke(smooth([(-26, -30), (-4, -39), (22, -33)]), light, 5, opacity=0.75)
    parting = stroke(smooth([(2, -52), (-2, -36), (-6, -24)]), dark, 3)
    tie = shape("M-30 -42l14 -10 6 10 -14 10z", "#c22a2e") if cut in {"ponytail", "bun"} else ""
    return shape(outline, colour) + shine + parting + tie


_FALLS: dict[str, Callable[[str, str, float], str]] = {
    "spiky": _spiky,
    "ponytail": _ponytail,
    "long": _long,
    "bob": _bob,
    "bun": _bun,
    "braid": _braid,
}
