"""The bow, chains, and what is carried in pairs."""

from __future__ import annotations

from ml.artist.render.ink import INK, Point, blend, disc, line, polar, shape, smooth, stroke
from ml.artist.render.weapons.craft import DARK_STEEL, GOLD, Arm, Craft, bar, links, rings, shaft


def bow(craft: Craft) -> Arm:
    """A drawn longbow: the hand at the origin, the arrow along +x, the string pulled back."""
    wood = craft.lacquer()
    limb = [(-44.0, -152.0), (-22.0, -136.0), (2.0, -86.0), (12.0, 0.0), (2.0, 86.0), (-22.0, 136.0), (-44.0, 152.0)]
    curve = smooth(limb)
    wraps = "".join(stroke(line([a, b]), GOLD, 13) for a, b in (((3, -60), (6, -44)), ((6, 44), (3, 60))))
    picture = (
        stroke(curve, "#ffffff", 23, opacity=0.85)
        + stroke(line([(-44, -152), (-106, 0), (-44, 152)]), INK, 5)
        + stroke(line([(-44, -152), (-106, 0), (-44, 152)]), "#f7f2e2", 2.5)
        + stroke(curve, INK, 16)
        + stroke(curve, wood, 10)
        + wraps
        + stroke("M-108 0H70", INK, 8)
        + stroke("M-108 0H70", "#e8d2a0", 4)
        + shape(line([(66, -10), (96, 0), (66, 10)], closed=True), "#f4f7fb", width=3.5)
        + shape(
            line([(-112, -9), (-84, -9), (-76, 0), (-84, 9), (-112, 9), (-104, 0)], closed=True), "#f4f0f0", width=3
        )
    )
    return Arm(picture, ((-44, -152), (-44, 152), (96, 0), (12, 0)))


def chain_flail(craft: Craft) -> Arm:
    """A spiked ball on a chain."""
    ball = (186.0, 18.0)
    spikes = "".join(
        shape(
            line([polar(ball, 30, a - 15), polar(ball, 54, a), polar(ball, 30, a + 15)], closed=True),
            "#cfd6e0",
            width=3.5,
        )
        for a in range(0, 360, 45)
    )
    iron = craft.sheet.radial((0, "#8d97a8"), (0.55, "#5d6678"), (1, "#333a48"))
    picture = (
        links([(54, 0), (88, -30), (124, -34), (160, -6)])
        + spikes
        + disc(ball, 34, iron, edge=INK, width=4)
        + disc((176, 6), 7, "#ffffff", opacity=0.6)
        + bar(-34, 58, 8, craft.wood())
        + rings([-30, 52], 10, GOLD, 9)
        + rings([20, 32], 9, "#7d2a22", 5)
    )
    return Arm(picture, ((240, 18), (186, 72), (186, -36), (110, -36), (-38, 0)))


def kusarigama(craft: Craft) -> Arm:
    """A sickle: the blade stands off the handle and hooks back to the hand; the chain is drawn between the hands."""
    blade = (
        smooth([(108, -10), (150, 4), (152, 62), (92, 112)])
        + "L"
        + smooth([(92, 112), (118, 64), (114, 32), (88, 12)])[1:]
        + "Z"
    )
    picture = (
        shaft(-40, 122, 7.5, craft.wood())
        + shape(blade, craft.steel(), width=4)
        + bar(86, 126, 11, DARK_STEEL)
        + rings([-36], 9.5, GOLD)
    )
    return Arm(picture, ((150, 0), (150, 56), (92, 112), (-40, 0)))


def chain(start: Point, end: Point, weight: Point) -> str:
    """A kusarigama's chain: it hangs from the sickle to the other hand, and from there swings its weight."""
    sag = (start[0] + end[0]) / 2, max(start[1], end[1]) + 46
    iron = disc(weight, 15, "#5d6678", edge=INK, width=4) + disc(
        (weight[0] - 4, weight[1] - 4), 4, "#ffffff", opacity=0.7
    )
    bow = (end[0] + weight[0]) / 2 - 12, (end[1] + weight[1]) / 2 + 14
    return links([start, sag, end]) + links([end, bow, weight]) + iron


def sai(craft: Craft) -> Arm:
    """A trident of one long prong between two short ones that curve out."""
    metal = blend("#dfe6f0", craft.tint, 0.25)
    prongs = smooth([(72, -34), (58, -32), (30, -26), (16, 0), (30, 26), (58, 32), (72, 34)])
    picture = (
        stroke(prongs, "#ffffff", 22, opacity=0.85)
        + stroke(prongs, INK, 15)
        + stroke(prongs, metal, 9)
        + shape(line([(10, -6), (120, -5), (150, 0), (120, 5), (10, 6)], closed=True), metal, width=4)
        + bar(-34, 14, 6.5, craft.hilt())
        + disc((-40, 0), 9, GOLD, edge=INK, width=3.5)
        + disc((16, 0), 9, GOLD, edge=INK, width=3.5)
    )
    return Arm(picture, ((152, 0), (74, 38), (74, -38), (-48, 0)))


def tonfa(craft: Craft) -> Arm:
    """A long bar with a handle at a right angle, gripped by the handle so that the bar lies beside the forearm."""
    wood = craft.rng.choice(("#7a4526", "#a8622f", "#5e3420"))
    low = 30.0
    picture = (
        bar(-44, 142, 12, wood, low)
        + stroke(f"M-36 {low - 4}H134", "#ffffff", 3, opacity=0.35)
        + bar(-46, -30, 13.5, GOLD, low)
        + bar(128, 146, 13.5, GOLD, low)
        + shape(line([(-9, 20), (9, 20), (8, -24), (-8, -24)], closed=True), blend(wood, "#000000", 0.15), width=4)
        + disc((0, -28), 14, wood, edge=INK, width=4)
        + disc((0, low), 6, GOLD, edge=INK, width=2.5)
    )
    return Arm(picture, ((146, low), (0, -42), (-46, low)))


def war_fan(craft: Craft) -> Arm:
    """An open iron fan: a half disc of folds with a painted sun."""
    paper, band = craft.rng.choice(
        (("#f7f0dc", "#c22a2e"), ("#c22a2e", "#f0c64a"), ("#2a2c3e", "#e8b93c"), ("#f5dce6", "#a83a7a"))
    )
    radius, half = 112.0, 66.0
    rim = [polar((0, 0), radius, -half + i * half / 6) for i in range(13)]
    inner = [polar((0, 0), 34, half - i * half / 3) for i in range(7)]
    strip = [polar((0, 0), 94, -half + i * half / 6) for i in range(13)] + [
        polar((0, 0), 78, half - i * half / 6) for i in range(13)
    ]
    ribs = "".join(
        stroke(line([polar((0, 0), 8, a), polar((0, 0), radius + 4, a)]), INK, 3)
        for a in (-66, -44, -22, 0, 22, 44, 66)
    )
    picture = (
        shape(line([(-8, 0), polar((0, 0), 40, -half), polar((0, 0), 40, half)], closed=True), "#4a3a30", width=3.5)
        + shape(line(rim + inner, closed=True), paper, width=4.5)
        + shape(line(strip, closed=True), band, edge=None)
        + ribs
        + disc((62, 0), 13, band, edge=INK, width=2.5)
        + disc((0, 0), 7, GOLD, edge=INK, width=3)
    )
    return Arm(picture, (polar((0, 0), 116, -66), (116, 0), polar((0, 0), 116, 66), (-10, 0)))
