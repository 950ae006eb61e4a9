"""Scenes that weather and light make."""

from __future__ import annotations

from ml.artist.render.ink import bands, disc, line, oval, shape
from ml.artist.render.scenes.place import Place, ground, hills, moon, stars


def snow(place: Place) -> str:
    """Snowy firs before hills."""
    sky = (
        bands(0, 400, (0, "#16234a"), (1, "#4a6292")) if place.night else bands(0, 400, (0, "#a9bfd8"), (1, "#e6eef6"))
    )
    far, pine = ("#31497a", "#1c3050") if place.night else ("#c3d2e2", "#6c8798")
    trees = []
    for i in range(7):
        x, y, h = i * 85 + place.rng.uniform(-20, 20), 384.0, place.rng.uniform(120, 210)
        for k in range(3):
            top, wide = y - h + k * h * 0.22, h * (0.16 + 0.09 * k)
            trees.append(
                shape(
                    line([(x, top), (x + wide, top + h * 0.42), (x - wide, top + h * 0.42)], closed=True),
                    pine,
                    edge=None,
                )
            )
            trees.append(
                shape(
                    line(
                        [
                            (x, top),
                            (x + wide * 0.45, top + h * 0.19),
                            (x, top + h * 0.13),
                            (x - wide * 0.45, top + h * 0.19),
                        ],
                        closed=True,
                    ),
                    "#f4f8fc" if not place.night else "#b9c8e2",
                    edge=None,
                )
            )
    floor = ("#c9d6ee" if place.night else "#ffffff", "#8c9cc4" if place.night else "#d3e0ee")
    return (
        sky
        + (stars(place.rng, 12) if place.night else "")
        + hills(place.rng, 360, 130, far)
        + "".join(trees)
        + ground(floor, rng=place.rng)
    )


def sunset(place: Place) -> str:
    """A low sun between streaks of cloud."""
    sky = bands(0, 400, (0, "#5a2a6e"), (0.45, "#e0553c"), (0.8, "#ffb04a"), (1, "#ffd98a"))
    sun = (place.rng.uniform(150, 362), 300.0)
    clouds = "".join(
        oval(
            (place.rng.uniform(0, 512), place.rng.uniform(50, 240)),
            place.rng.uniform(60, 120),
            place.rng.uniform(6, 13),
            "#ff8a5a",
            opacity=0.55,
        )
        for _ in range(6)
    )
    floor = ("#5a2c3e", "#2a1428")
    return (
        sky
        + disc(sun, 92, "#ffdf8a", opacity=0.5)
        + disc(sun, 70, "#fff0b8")
        + clouds
        + hills(place.rng, 372, 70, "#7a3350")
        + ground(floor, rng=place.rng)
    )


def rain(place: Place) -> str:
    """Dark clouds and puddles; the drops fall in front."""
    sky = (
        bands(0, 400, (0, "#141c2c"), (1, "#38485e")) if place.night else bands(0, 400, (0, "#4d5d70"), (1, "#93a3b0"))
    )
    cloud = "#26324a" if place.night else "#5f6f80"
    clouds = "".join(
        oval(
            (i * 90 + place.rng.uniform(-30, 30), place.rng.uniform(10, 60)),
            place.rng.uniform(80, 120),
            place.rng.uniform(30, 48),
            cloud,
            opacity=0.9,
        )
        for i in range(7)
    )
    floor = ("#2f3d50" if place.night else "#6a7a86", "#1a2434" if place.night else "#44525e")
    puddles = "".join(
        oval(
            (place.rng.uniform(30, 480), place.rng.uniform(410, 495)),
            place.rng.uniform(36, 70),
            place.rng.uniform(6, 11),
            "#a9bccb",
            opacity=0.4,
        )
        for _ in range(5)
    )
    return (
        sky
        + hills(place.rng, 372, 120, "#24304a" if place.night else "#6f8190")
        + clouds
        + ground(floor, rng=place.rng)
        + puddles
    )


def full_moon(place: Place) -> str:
    """A great moon in a night of stars."""
    sky = bands(0, 400, (0, "#070b24"), (1, "#2a2f66"))
    at = (place.rng.choice((130.0, 382.0)) + place.rng.uniform(-20, 20), place.rng.uniform(112, 142))
    clouds = "".join(
        oval(
            (place.rng.uniform(0, 512), place.rng.uniform(150, 260)),
            place.rng.uniform(60, 110),
            place.rng.uniform(6, 12),
            "#5a62a0",
            opacity=0.5,
        )
        for _ in range(5)
    )
    floor = ("#23285a", "#10132e")
    return (
        sky
        + stars(place.rng)
        + moon(at, 88)
        + clouds
        + hills(place.rng, 372, 60, "#161a42")
        + ground(floor, rng=place.rng)
    )
