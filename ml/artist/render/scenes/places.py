"""Buildings, coast, heights, and a plain wall."""

from __future__ import annotations

from ml.artist.render.ink import bands, disc, line, oval, shade, shape, smooth, stroke
from ml.artist.render.scenes.place import Place, ground, moon, peaks, stars


def temple(place: Place) -> str:
    """A pagoda with lit windows and two lamps."""
    sky = (
        bands(0, 400, (0, "#0f1638"), (1, "#3a3c70")) if place.night else bands(0, 400, (0, "#7fb4de"), (1, "#f2e4c8"))
    )
    wall, roof, post = ("#3d2a3a", "#191a30", "#7c2430") if place.night else ("#b8a48c", "#4a5260", "#b23a34")
    x = place.rng.uniform(196, 316)
    building = []
    for level, (y, wide) in enumerate(((116, 150), (206, 205))):
        building.append(
            f'<rect x="{x - wide * 0.72:.0f}" y="{y + 34}" width="{wide * 1.44:.0f}" height="150" fill="{wall}"/>'
        )
        eaves = [
            (x - wide, y + 44),
            (x - wide * 0.6, y + 26),
            (x - wide * 0.35, y - 14),
            (x + wide * 0.35, y - 14),
            (x + wide * 0.6, y + 26),
            (x + wide, y + 44),
        ]
        building.append(shape(smooth(eaves, tension=0.4) + "Z", roof, edge=None))
        if level:
            building += [
                f'<rect x="{x + dx:.0f}" y="{y + 40}" width="16" height="140" fill="{post}"/>'
                for dx in (-140, -56, 40, 124)
            ]
    glow = "#ffcf6a" if place.night else "#f7e8c8"
    windows = "".join(
        f'<rect x="{x + dx:.0f}" y="268" width="44" height="60" fill="{glow}" />' for dx in (-112, -24, 66)
    )
    lamps = "".join(
        disc((lx, 236), 15, "#ff9a3c" if place.night else "#d8452f")
        + (disc((lx, 236), 34, "#ffb74a", opacity=0.25) if place.night else "")
        for lx in (46, 466)
    )
    extra = stars(place.rng) if place.night else ""
    floor = ("#4a4460" if place.night else "#cdb999", "#241f38" if place.night else "#9c8666")
    return sky + extra + "".join(building) + windows + lamps + ground(floor)


def waterfall(place: Place) -> str:
    """A fall between cliffs into a pool."""
    sky = (
        bands(0, 400, (0, "#12203a"), (1, "#33506a")) if place.night else bands(0, 400, (0, "#a8d8ee"), (1, "#e6f4ee"))
    )
    rock, moss = ("#2a3440", "#24483c") if place.night else ("#8d8577", "#5f9a58")
    x = place.rng.uniform(180, 330)
    fall = place.sheet.across(
        (0, "#b9d8ea" if not place.night else "#6f93b5"),
        (0.5, "#ffffff" if not place.night else "#b5cfe6"),
        (1, "#b9d8ea" if not place.night else "#6f93b5"),
    )
    cliffs = shape(smooth([(-10, 40), (x - 150, 70), (x - 66, 100), (x - 60, 380), (-10, 400)]) + "Z", rock, edge=None)
    cliffs += shape(smooth([(522, 30), (x + 150, 62), (x + 66, 96), (x + 60, 380), (522, 400)]) + "Z", rock, edge=None)
    tops = shape(
        smooth([(-10, 30), (x - 140, 54), (x - 62, 92), (x - 120, 108), (-10, 84)], closed=True), moss, edge=None
    )
    tops += shape(
        smooth([(522, 20), (x + 140, 48), (x + 62, 90), (x + 120, 104), (522, 76)], closed=True), moss, edge=None
    )
    ledges = ""
    for side in (-1, 1):
        for k in range(4):
            lx, ly = x + side * place.rng.uniform(90, 230), 130 + k * 64 + place.rng.uniform(-14, 14)
            wide = place.rng.uniform(40, 76)
            ledges += line(
                [(lx - wide, ly), (lx + wide * 0.8, ly - 12), (lx + wide, ly + 26), (lx - wide * 0.5, ly + 40)],
                closed=True,
            )
    cliffs += shape(ledges, shade(rock, -0.1), edge=None)
    water = f'<rect x="{x - 74:.0f}" y="92" width="148" height="300" fill="{fall}"/>'
    streaks = stroke(
        "".join(
            f"M{x + d:.0f} {place.rng.uniform(96, 150):.0f}v{place.rng.uniform(90, 220):.0f}"
            for d in range(-62, 66, 18)
        ),
        "#8fc0de",
        4,
        opacity=0.6,
    )
    spray = "".join(
        oval((x + d, 388), 40, 17, "#ffffff", opacity=0.75 if not place.night else 0.4) for d in (-70, -24, 24, 70)
    )
    pool = ("#2c5670" if place.night else "#6db3cf", "#16303f" if place.night else "#3a7f9e")
    return sky + water + streaks + cliffs + tops + ground(pool, 384) + spray


def street(place: Place) -> str:
    """Houses on both sides, hung with lanterns."""
    sky = (
        bands(0, 400, (0, "#12163a"), (1, "#4a4272")) if place.night else bands(0, 400, (0, "#8fc2e6"), (1, "#f6ead0"))
    )
    wall, roof = ("#4a3848", "#1c1c30") if place.night else ("#d8c09a", "#59606c")
    parts = [sky, stars(place.rng, 14) if place.night else ""]
    for side in (0, 1):
        for k, (x, top, wide) in enumerate(((0, 120, 150), (138, 196, 78))):
            left = x if side == 0 else 512 - x - wide
            parts.append(
                f'<rect x="{left}" y="{top + 34}" width="{wide}" height="260" fill="{shade(wall, -0.12 * k)}"/>'
            )
            parts.append(
                shape(
                    line(
                        [
                            (left - 16, top + 44),
                            (left + 14, top),
                            (left + wide - 14, top),
                            (left + wide + 16, top + 44),
                        ],
                        closed=True,
                    ),
                    roof,
                    edge=None,
                )
            )
            light = "#ffce6a" if place.night else "#fbf3dd"
            parts += [
                f'<rect x="{left + dx}" y="{top + 84}" width="30" height="58" fill="{light}" />'
                for dx in range(18, wide - 30, 46)
            ]
    for lx, ly in ((168, 214), (344, 214), (118, 176), (394, 176)):
        parts.append(
            oval((lx, ly), 12, 16, "#f2682f") + (disc((lx, ly), 30, "#ffab4a", opacity=0.25) if place.night else "")
        )
    floor = ("#4c4058" if place.night else "#d8c8a8", "#28203a" if place.night else "#ac9878")
    return "".join(parts) + ground(floor)


def mountains(place: Place) -> str:
    """Two ranges with snow on their peaks."""
    sky = (
        bands(0, 400, (0, "#10183a"), (1, "#45568a")) if place.night else bands(0, 400, (0, "#6fb0e2"), (1, "#e2f1f8"))
    )
    far, near = ("#33457a", "#223058") if place.night else ("#8fa9c9", "#6a88ae")
    floor = ("#223c44" if place.night else "#8ab56a", "#12222a" if place.night else "#588844")
    extra = (
        stars(place.rng) + moon((place.rng.uniform(60, 450), 70), 30)
        if place.night
        else "".join(
            oval(
                (place.rng.uniform(0, 512), place.rng.uniform(40, 120)),
                place.rng.uniform(40, 70),
                12,
                "#ffffff",
                opacity=0.8,
            )
            for _ in range(4)
        )
    )
    snow = "#dfe8f8" if not place.night else "#93a4cf"
    return (
        sky
        + extra
        + peaks(place.rng, 380, 290, far, snow)
        + peaks(place.rng, 384, 170, near, snow)
        + ground(floor, rng=place.rng)
    )


def seashore(place: Place) -> str:
    """Sea, surf and sand."""
    sky = (
        bands(0, 400, (0, "#0f1a3c"), (1, "#3f5c8a")) if place.night else bands(0, 400, (0, "#6cbcea"), (1, "#dff3fa"))
    )
    sea = bands(
        268, 398, (0, "#1d3f6c" if place.night else "#2f8fc0"), (1, "#2c5a80" if place.night else "#7cc9dc"), count=14
    )
    sand = ("#6a6478" if place.night else "#f0dcae", "#453f58" if place.night else "#d0b27c")
    lines = stroke(
        "".join(
            f"M{place.rng.uniform(0, 420):.0f} {y}q30 -7 60 0" for y in (286, 300, 318, 338, 356) for _ in range(2)
        ),
        "#eaf8ff",
        3,
        opacity=0.7,
    )
    extra = (
        stars(place.rng, 20)
        if place.night
        else "".join(
            oval(
                (place.rng.uniform(0, 512), place.rng.uniform(60, 170)),
                place.rng.uniform(50, 80),
                15,
                "#ffffff",
                opacity=0.85,
            )
            for _ in range(4)
        )
    )
    surf = stroke(smooth([(-10, 386), (120, 376), (260, 388), (400, 378), (522, 386)]), "#ffffff", 9, opacity=0.85)
    return sky + extra + sea + lines + ground(sand, 384) + surf


def backdrop(place: Place) -> str:
    """A painter's wall in one colour."""
    tint = place.rng.choice(("#e8dcc4", "#cfd8e4", "#d9d0e2", "#d4e2d4", "#ead3cc"))
    wall = bands(0, 440, (0, shade(tint, 0.1)), (0.6, shade(tint, 0.5)), (1, shade(tint, 0.2)))
    return wall + ground((shade(tint, -0.14), shade(tint, -0.3)), 430, wave=0)
