"""A portrait as SVG and as pixels: scene, effect, slayer and weapon laid over each other and fitted into the frame."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from random import Random
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ml.artist.render import figure
from ml.artist.render.effects.sweep import Sweep
from ml.artist.render.effects.table import effect
from ml.artist.render.ink import INK, Point, Sheet, disc, group, line, oval, polar, stroke
from ml.artist.render.palette import PAINTS
from ml.artist.render.portrait import Portrait, at_night
from ml.artist.render.poses import Held, Joints, pose
from ml.artist.render.scenes.place import Place
from ml.artist.render.scenes.table import scene, weather
from ml.artist.render.weapons.craft import Arm, Craft
from ml.artist.render.weapons.curios import chain
from ml.artist.render.weapons.table import WEAPONS

Picture = NDArray[np.uint8]

FRAME = 512
_MARGIN = 10.0
_RIGHT = ("#990000", "#996600", "#999900", "#009900", "#009933", "#009966")
_LEFT = ("#993300", "#669900", "#339900", "#009999", "#006699", "#003399")
_SCABBARDS = {"katana": 112.0, "wakizashi": 66.0}
_OUTLINE = re.compile(rf'<path d="([^"]*)" fill="[^"]*" stroke="{INK}" stroke-width="(?:3\.5|4\.0|4\.5)"')


@dataclass(frozen=True, slots=True)
class _Camera:
    """A scale and a shift."""

    scale: float
    shift: Point

    def see(self, point: Point) -> Point:
        return point[0] * self.scale + self.shift[0], point[1] * self.scale + self.shift[1]

    @property
    def transform(self) -> str:
        return f"translate({self.shift[0]:.1f} {self.shift[1]:.1f}) scale({self.scale:.3f})"


@dataclass(frozen=True, slots=True)
class _Layout:
    """A portrait's geometry, before anything is drawn."""

    joints: Joints
    arms: tuple[Arm, ...]
    weight: Point | None
    reach: tuple[Point, ...]
    camera: _Camera
    mirrored: bool


def svg(portrait: Portrait) -> str:
    """The picture as an SVG document of 512 units; the same one for the same portrait."""
    sheet = Sheet()
    layout = _layout(portrait, sheet)
    joints, camera = layout.joints, layout.camera
    body = figure.body(portrait, joints, sheet, _rng(portrait, "figure"))
    breath = effect(portrait.style, _sweep(portrait, layout))
    weapon = _weapon(layout)
    scabbard = figure.scabbard(joints, _SCABBARDS[portrait.weapon]) if portrait.weapon in _SCABBARDS else ""
    slayer = group(
        _shadow(joints) + scabbard + body.back + body.trunk + body.sleeves + weapon + body.hands, camera.transform
    )
    backdrop = scene(portrait.scene, Place(at_night(portrait), sheet, _rng(portrait, "scene")))
    content = backdrop + breath + slayer + weather(portrait.scene, _rng(portrait, "weather"))
    if layout.mirrored:
        content = group(content, f"translate({FRAME} 0) scale(-1 1)")
    return _document(sheet.defs + content)


def render(portrait: Portrait, size: int = 256) -> Picture:
    """The picture as ``(size, size, 3)`` bytes of red, green and blue."""
    return rasterise(svg(portrait), size)


def skeleton(portrait: Portrait, size: int = 256) -> Picture:
    """The slayer's pose as a stick figure on black, in the colours that OpenPose gives to limbs."""
    layout = _layout(portrait, Sheet())
    see = layout.camera.see
    j = layout.joints
    eye = polar(j.head, 10, j.lean - 90)
    neck = polar(j.chest, 14, j.lean - 90)
    right = (j.far_shoulder, j.far_elbow, j.far_hand, (j.hip[0] - 13, j.hip[1]), j.rear_knee, j.rear_foot)
    left = (j.near_shoulder, j.near_elbow, j.near_hand, (j.hip[0] + 13, j.hip[1]), j.front_knee, j.front_foot)
    if layout.mirrored:
        right, left = left, right
    limbs = [(neck, eye, "#000099")]
    for side, colours in ((right, _RIGHT), (left, _LEFT)):
        starts = (neck, side[0], side[1], neck, side[3], side[4])
        limbs += zip(starts, side, colours, strict=True)
    bones = "".join(stroke(line([see(a), see(b)]), colour, 11) for a, b, colour in limbs)
    dots = "".join(
        disc(see(b), 7, colour.replace("99", "ff").replace("66", "aa").replace("33", "55")) for _, b, colour in limbs
    )
    content = bones + dots
    if layout.mirrored:
        content = group(content, f"translate({FRAME} 0) scale(-1 1)")
    return rasterise(_document(f'<rect width="{FRAME}" height="{FRAME}" fill="#000000"/>' + content), size)


def rasterise(document: str, size: int) -> Picture:
    """An SVG document as pixels."""
    import resvg_py
    from PIL import Image

    png = resvg_py.svg_to_bytes(svg_string=document, width=size, height=size, skip_system_fonts=True)
    return cast("Picture", np.asarray(Image.open(io.BytesIO(png)).convert("RGB")))


def _document(content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FRAME} {FRAME}">{content}</svg>'


def _rng(portrait: Portrait, part: str) -> Random:
    """Chance for one part of the picture, so that a change to another part leaves it as it was."""
    return Random(f"{part} {portrait.seed}")


def _layout(portrait: Portrait, sheet: Sheet) -> _Layout:
    rng = _rng(portrait, "layout")
    weapon = WEAPONS[portrait.weapon]
    joints = pose(portrait.pose, weapon.hold, figure.shoulder(portrait.build), rng)
    craft_seed = rng.random()
    # Both of a pair are made alike.
    held = joints.held[:1] if portrait.weapon == "kusarigama" else joints.held
    arms = tuple(weapon.draw(Craft(sheet, PAINTS[portrait.style].blade, Random(f"craft {craft_seed}"))) for _ in held)
    reach = [_placed(point, at) for arm, at in zip(arms, held, strict=True) for point in _filled(arm.reach)]
    weight = None
    if portrait.weapon == "kusarigama":
        weight = polar(joints.far_hand, rng.uniform(96, 112), joints.held[1].angle)
        reach += [weight, joints.far_hand]
    camera = _fit(joints, reach, rng)
    return _Layout(joints, arms, weight, tuple(camera.see(point) for point in reach), camera, rng.random() < 0.5)


def _filled(reach: tuple[Point, ...]) -> list[Point]:
    """The points that a weapon reaches, and points between them and the hand."""
    return [(x * t, y * t) for x, y in reach for t in (0.33, 0.66, 1.0)]


def _placed(point: Point, held: Held) -> Point:
    angle = math.radians(held.angle)
    flip = _flip(held)
    x, y = point[0], point[1] * flip
    return (
        held.at[0] + x * math.cos(angle) - y * math.sin(angle),
        held.at[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def _flip(held: Held) -> int:
    """-1 for a weapon that points to the left, so that its edge stays on the outer, lower side."""
    return -1 if math.cos(math.radians(held.angle)) < -0.05 else 1


def _fit(joints: Joints, reach: list[Point], rng: Random) -> _Camera:
    """The camera that shows the whole slayer and weapon, as large as the frame allows."""
    head, feet = joints.head, (joints.front_foot, joints.rear_foot)
    points = [
        *reach,
        (head[0] - 56, head[1] - 62),
        (head[0] + 50, head[1] - 62),
        *((x - 20, y + 12) for x, y in feet),
        *((x + 30, y + 12) for x, y in feet),
    ]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    room = FRAME - 2 * _MARGIN
    scale = min(room / (right - left), room / (bottom - top), 1.1) * rng.uniform(0.95, 1.0)
    wide, high = (right - left) * scale, (bottom - top) * scale
    x = _MARGIN + (room - wide) * rng.uniform(0.35, 0.65)
    y = _MARGIN + (room - high) * rng.uniform(0.6, 0.95)
    return _Camera(scale, (x - left * scale, y - top * scale))


def _sweep(portrait: Portrait, layout: _Layout) -> Sweep:
    rng = _rng(portrait, "effect")
    center = layout.camera.see(layout.joints.chest)
    center = center[0] * 0.6 + 256 * 0.4, center[1] * 0.7 + 236 * 0.3
    tip = max(layout.reach, key=lambda point: math.dist(point, center))
    head = math.degrees(math.atan2(tip[1] - center[1], tip[0] - center[0]))
    turn = rng.uniform(215, 275) * (1 if math.cos(math.radians(head)) < 0 else -1)
    return Sweep(center, rng.uniform(172, 200), head, turn, rng)


def _weapon(layout: _Layout) -> str:
    joints = layout.joints
    parts = []
    if layout.weight is not None:
        butt = _placed((-36, 0), joints.held[0])
        parts.append(chain(butt, joints.far_hand, layout.weight))
    for arm, held in zip(layout.arms, joints.held, strict=False):
        parts.append(group(_rim(arm.picture) + arm.picture, _transform(held)))
    return "".join(parts)


def _transform(held: Held) -> str:
    return f"translate({held.at[0]:.1f} {held.at[1]:.1f}) rotate({held.angle:.1f}) scale(1 {_flip(held)})"


def _rim(picture: str) -> str:
    """A pale rim around the weapon's outlines that keeps it clear of the effect behind it."""
    outlines = "".join(_OUTLINE.findall(picture))
    return stroke(outlines, "#ffffff", 12, opacity=0.85) if outlines else ""


def _shadow(joints: Joints) -> str:
    low = max(joints.front_foot[1], joints.rear_foot[1])
    ground = max(low + 6, 468.0)
    x = (joints.front_foot[0] + joints.rear_foot[0]) / 2
    return oval((x, ground), 116, 11, INK, opacity=0.35)
