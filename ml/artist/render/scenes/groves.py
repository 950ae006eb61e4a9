"""Bamboo, blossom, maple and wisteria."""

from __future__ import annotations

from random import Random

from ml.artist.render.ink import bands, disc, oval, polar, shade, shape, smooth, stroke
from ml.artist.render.scenes.place import Place, ground, hills, stars


def bamboo(place: Place) -> str:
    """Two depths of bamboo."""
    sky = (
        bands(0, 400, (0, "#0d2430"), (1, "#1e4a48")) if place.night else bands(0, 400, (0, "#d6efc0"), (1, "#8cc484"))
    )
    far, near = ("#1d4a44", "#2a6a55") if place.night else ("#8cc07a", "#5c9c50")
    parts = [sky]
    for count, colour, wide in ((11, far, 13), (8, near, 22)):
        for i in range(count):
            x = (i + place.rng.uniform(0.1, 0.9)) * 512 / count
            parts.append(f'<rect x="{x:.0f}" y="-5" width="{wide}" height="430" fill="{colour}"/>')
            joints = "".join(f"M{x:.0f} {y:.0f}h{wide}" for y in range(int(place.rng.uniform(10, 60)), 410, 72))
            parts.append(stroke(joints, shade(colour, -0.3), 4))
    leaves = []
    for _ in range(26):
        x, y, turn = place.rng.uniform(0, 512), place.rng.uniform(0, 130), place.rng.uniform(20, 160)
        tip = polar((x, y), place.rng.uniform(34, 56), turn)
        leaves.append(
            f"M{x:.0f} {y:.0f}Q{x + 16:.0f} {y + 10:.0f} {tip[0]:.0f} {tip[1]:.0f}Q{x - 4:.0f} {y + 18:.0f} {x:.0f} {y:.0f}"
        )
    parts.append(shape("".join(leaves), shade(near, -0.12), edge=None))
    floor = ("#1a3a34" if place.night else "#6f9c50", "#0c201f" if place.night else "#436b33")
    return "".join(parts) + ground(floor, rng=place.rng)


def _blossom_tree(x: float, colour: str, bark: str, rng: Random, side: int) -> str:
    trunk = stroke(smooth([(x, 400), (x + side * 10, 270), (x + side * 46, 150), (x + side * 110, 90)]), bark, 26)
    trunk += stroke(smooth([(x + side * 8, 260), (x - side * 30, 160), (x - side * 20, 90)]), bark, 15)
    crowns = "".join(
        disc(
            (x + side * rng.uniform(-50, 190), rng.uniform(10, 130)),
            rng.uniform(34, 56),
            shade(colour, rng.uniform(-0.1, 0.25)),
            opacity=0.95,
        )
        for _ in range(12)
    )
    return trunk + crowns


def cherry(place: Place) -> str:
    """Two trees in blossom."""
    sky = (
        bands(0, 400, (0, "#1d1c44"), (1, "#5d4a80")) if place.night else bands(0, 400, (0, "#a8d4f0"), (1, "#fdeef2"))
    )
    colour, bark = ("#b9789e", "#2c1f30") if place.night else ("#f7b3cb", "#6a4638")
    floor = ("#453860" if place.night else "#bcd69a", "#251f3c" if place.night else "#8fb26c")
    return (
        sky
        + hills(place.rng, 372, 80, "#3a2f5c" if place.night else "#d3dff0")
        + ground(floor, rng=place.rng)
        + _blossom_tree(46, colour, bark, place.rng, 1)
        + _blossom_tree(480, colour, bark, place.rng, -1)
    )


def maples(place: Place) -> str:
    """Two maples in autumn."""
    sky = (
        bands(0, 400, (0, "#1c1a33"), (1, "#54385a")) if place.night else bands(0, 400, (0, "#cfe0ea"), (1, "#f9e6c4"))
    )
    colour, bark = ("#8a3524", "#221820") if place.night else ("#e2622a", "#5a3a2c")
    floor = ("#3c2430" if place.night else "#d99a4a", "#1f141f" if place.night else "#a8622c")
    return (
        sky
        + hills(place.rng, 372, 110, "#4a2a3c" if place.night else "#e8b878")
        + ground(floor, rng=place.rng)
        + _blossom_tree(40, colour, bark, place.rng, 1)
        + _blossom_tree(484, colour, bark, place.rng, -1)
    )


def wisteria(place: Place) -> str:
    """Hanging wisteria."""
    sky = (
        bands(0, 400, (0, "#1a1540"), (1, "#4c3f7a")) if place.night else bands(0, 400, (0, "#e8e2f8"), (1, "#c8dfc4"))
    )
    parts = [sky, stars(place.rng, 10) if place.night else ""]
    for i in range(12):
        x, long = i * 46 + place.rng.uniform(-12, 12), place.rng.uniform(90, 210)
        for k in range(6):
            t = k / 5
            colour = shade("#8a62c8" if not place.night else "#7a58c0", 0.35 - 0.5 * t)
            parts.append(oval((x + place.rng.uniform(-3, 3), t * long), 19 * (1 - t * 0.75), 19, colour, opacity=0.92))
    floor = ("#352f60" if place.night else "#a8c48c", "#1c1838" if place.night else "#78986a")
    return "".join(parts) + ground(floor, rng=place.rng)
