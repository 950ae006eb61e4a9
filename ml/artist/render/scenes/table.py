"""Where the slayer stands: a scene by day or by night, quieter than the figure in front of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ml.artist.render.ink import disc, stroke
from ml.artist.render.scenes import groves, places, skies
from ml.artist.render.scenes.place import Place


def scene(name: str, place: Place) -> str:
    """A scene behind the slayer."""
    return _SCENES[name](place)


def weather(name: str, rng: Random) -> str:
    """What falls in front of the slayer: rain, snow or petals."""
    if name == "rain":
        drops = []
        for _ in range(46):
            x, y, size = rng.uniform(-20, 540), rng.uniform(-10, 500), rng.uniform(22, 46)
            drops.append(f"M{x:.0f} {y:.0f}l{-size * 0.28:.0f} {size:.0f}")
        return stroke("".join(drops), "#d5e6f5", 2.2, opacity=0.6)
    if name == "snow":
        return "".join(
            disc((rng.uniform(0, 512), rng.uniform(0, 512)), rng.uniform(2.5, 5.5), "#ffffff", opacity=0.9)
            for _ in range(44)
        )
    if name in {"cherry blossoms", "autumn maples"}:
        colour = "#fbc6d8" if name == "cherry blossoms" else "#e2622a"
        return "".join(
            f'<ellipse rx="5" ry="3" fill="{colour}" transform="translate({rng.uniform(0, 512):.0f} {rng.uniform(0, 512):.0f}) '
            f'rotate({rng.uniform(0, 180):.0f})"/>'
            for _ in range(18)
        )
    return ""


_SCENES: dict[str, Callable[[Place], str]] = {
    "temple": places.temple,
    "bamboo grove": groves.bamboo,
    "snow": skies.snow,
    "sunset": skies.sunset,
    "rain": skies.rain,
    "full moon": skies.full_moon,
    "waterfall": places.waterfall,
    "cherry blossoms": groves.cherry,
    "village street": places.street,
    "mountains": places.mountains,
    "autumn maples": groves.maples,
    "wisteria": groves.wisteria,
    "seashore": places.seashore,
    "plain backdrop": places.backdrop,
}
