"""Weapons on a shaft."""

from __future__ import annotations

from ml.artist.render.ink import INK, blend, disc, line, shape, smooth, stroke
from ml.artist.render.weapons.craft import DARK_STEEL, GOLD, Arm, Craft, bar, rings, shaft


def spear(craft: Craft) -> Arm:
    """A leaf-shaped head over a tassel."""
    head = smooth([(146, 0), (166, -21), (196, -14), (238, 0), (196, 14), (166, 21)], closed=True, tension=0.7)
    tassel = craft.rng.choice(("#d8342c", "#e8d9b5", "#2f6fb0"))
    hair = "".join(
        shape(smooth([(138, s * 4), (128, s * 20), (104, s * 25), (116, s * 8)], closed=True), tassel, width=3)
        for s in (-1, 1)
    )
    picture = (
        shaft(-150, 144, 6, craft.wood())
        + hair
        + shape(head, craft.steel(), width=4)
        + stroke("M152 0H228", DARK_STEEL, 2.5)
        + rings([142], 9, GOLD, 12)
        + rings([-146], 8, GOLD)
    )
    return Arm(picture, ((238, 0), (60, 0), (-150, 0)))


def naginata(craft: Craft) -> Arm:
    """A broad, curved blade on a lacquered shaft."""
    blade = (
        smooth([(120, -9), (172, -17), (218, -36), (240, -68)])
        + "L"
        + smooth([(240, -68), (242, -24), (200, 18), (120, 13)])[1:]
        + "Z"
    )
    picture = (
        shaft(-150, 116, 6.5, craft.lacquer())
        + shape(blade, craft.steel(), width=4)
        + stroke(smooth([(126, 0), (176, -4), (218, -22)]), "#ffffff", 2.5, opacity=0.9)
        + rings([104, 118], 12, GOLD, 9)
        + rings([-146, 74], 8.5, GOLD)
    )
    return Arm(picture, ((240, -66), (240, -10), (60, 0), (-150, 0)))


def staff(craft: Craft) -> Arm:
    """A plain shaft with brass at both ends."""
    picture = (
        shaft(-178, 200, 8, craft.wood())
        + bar(168, 204, 10.5, GOLD)
        + bar(-182, -146, 10.5, GOLD)
        + rings([150, -128], 9.5, "#7d2a22", 7)
    )
    return Arm(picture, ((204, 0), (0, 0), (-182, 0)))


def scythe(craft: Craft) -> Arm:
    """A long blade that hooks back from the shaft's end."""
    outer = smooth([(186, -22), (226, 8), (216, 76), (150, 142)])
    inner = smooth([(150, 142), (184, 80), (184, 30), (158, 12)])
    picture = (
        shaft(-150, 196, 6.5, craft.wood())
        + shape(outer + "L" + inner[1:] + "Z", craft.steel(), width=4)
        + stroke(smooth([(204, 10), (202, 60), (166, 122)]), "#ffffff", 2.5, opacity=0.9)
        + bar(160, 200, 11, DARK_STEEL)
        + rings([-146], 9, GOLD)
        + shape(line([(-40, 6), (-34, 6), (-34, 26), (-40, 26)], closed=True), GOLD)
    )
    return Arm(picture, ((222, 0), (216, 76), (150, 142), (-150, 0)))


def axe(craft: Craft) -> Arm:
    """A flaring head with a spike behind it."""
    head = (
        smooth([(124, 8), (112, 40), (84, 78)])
        + "L" + smooth([(84, 78), (142, 96), (202, 78)])[1:]
        + "L" + smooth([(202, 78), (172, 40), (164, 8)])[1:] + "Z"
    )  # fmt: skip
    spike = line([(128, -8), (146, -52), (160, -8)], closed=True)
    picture = (
        shaft(-110, 176, 8, craft.wood())
        + shape(spike, DARK_STEEL, width=4)
        + shape(head, craft.steel(), width=4)
        + stroke(smooth([(94, 70), (142, 84), (192, 70)]), "#ffffff", 4, opacity=0.9)
        + bar(118, 170, 13, DARK_STEEL)
        + rings([-104], 10.5, GOLD, 8)
    )
    return Arm(picture, ((180, 0), (84, 80), (200, 80), (144, 92), (146, -52), (-110, 0)))


def kanabo(craft: Craft) -> Arm:
    """A studded iron club."""
    iron = craft.rng.choice(("#4a4f60", "#5a4a44", "#3c4450"))
    body = line([(24, -10), (70, -20), (190, -31), (206, -22), (206, 22), (190, 31), (70, 20), (24, 10)], closed=True)
    studs = "".join(
        disc((x, y), 6.5, "#cfd6e0", edge=INK, width=2.5)
        for x, y in ((78, 0), (104, -13), (104, 13), (132, 0), (160, -17), (160, 17), (188, 0))
    )
    spikes = "".join(
        shape(line([(x - 8, s * h), (x + 2, s * (h + 15)), (x + 10, s * h)], closed=True), "#cfd6e0", width=3)
        for x, h in ((92, 21), (126, 25), (164, 28))
        for s in (-1, 1)
    )
    picture = (
        spikes
        + shape(
            body,
            craft.sheet.vertical((0, blend(iron, "#ffffff", 0.35)), (0.5, iron), (1, blend(iron, "#000000", 0.4))),
            width=4,
        )
        + studs
        + bar(-58, 28, 8, craft.hilt())
        + rings([-40, -22, -4], 8.5, "#d9c7a0", 4)
        + disc((-66, 0), 12, GOLD, edge=INK, width=3.5)
    )
    return Arm(picture, ((206, 0), (164, 44), (164, -44), (-74, 0)))
