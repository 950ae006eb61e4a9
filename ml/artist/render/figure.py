"""A slayer's body: uniform, haori with its pattern, legs and sleeves, hung on posed joints."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from ml.artist.render import hair, head
from ml.artist.render.ink import INK, Point, Sheet, disc, group, line, mix, shade, shape, smooth, stroke
from ml.artist.render.palette import ACCENTS, HAIR, HAORI, UNIFORM
from ml.artist.render.portrait import Portrait
from ml.artist.render.poses import Joints

_GIRTH = {"slight": 0.86, "average": 1.0, "sturdy": 1.24}


def shoulder(build: str) -> float:
    """Half the width of the shoulders, in units."""
    return 37.0 * _GIRTH[build]


@dataclass(frozen=True, slots=True)
class Body:
    """The layers of a slayer, to be laid over each other with the weapon between ``sleeves`` and ``hands``."""

    back: str
    trunk: str
    sleeves: str
    hands: str


@dataclass(frozen=True, slots=True)
class _Cloth:
    """A haori's paints for its two halves, its lining and its trim."""

    near: str
    far: str
    lining: str
    trim: str
    folds: str


def body(portrait: Portrait, joints: Joints, sheet: Sheet, rng: Random) -> Body:
    """Everything of the slayer but the weapon."""
    girth = _GIRTH[portrait.build]
    cloth = _cloth(portrait, sheet)
    tone = head.skin(rng)
    colour = HAIR[portrait.hair]
    sway = joints.lean * 1.3 + rng.uniform(0, 22)
    flare = rng.uniform(10, 34)
    tilt = f"translate({joints.head[0]:.1f} {joints.head[1]:.1f}) rotate({joints.lean * 0.35 + joints.nod:.1f}) scale(1.02)"
    face = group(head.face(tone, rng) + hair.fringe(portrait.cut, colour, rng), tilt)
    locks = group(hair.behind(portrait.cut, colour, sway), tilt)
    neck = shape(
        line(
            [
                _off(joints.chest, -10, 4),
                _off(joints.chest, 10, 4),
                _off(joints.head, 12, 26),
                _off(joints.head, -10, 26),
            ],
            closed=True,
        ),
        shade(tone, -0.12),
    )
    shadow = _shadow(joints, girth)
    return Body(
        back=_tails(joints, cloth, girth, flare) + locks,
        trunk=_legs(joints, girth) + _jacket(joints, girth) + neck + _coat(joints, cloth, girth, flare) + shadow + face,
        sleeves=_sleeve(joints.far_shoulder, joints.far_elbow, joints.far_hand, cloth.far, cloth, girth)
        + _sleeve(joints.near_shoulder, joints.near_elbow, joints.near_hand, cloth.near, cloth, girth),
        hands="".join(disc(hand, 10.5 * girth**0.5, tone, edge=INK) for hand in (joints.far_hand, joints.near_hand)),
    )


def scabbard(joints: Joints, length: float) -> str:
    """An empty scabbard in the sash, behind the legs."""
    start, end = _off(joints.hip, 34, -16), _off(joints.hip, -length, 52 + joints.lean)
    data = smooth([start, mix(_off(start, 0, 12), end, 0.5), end])
    return (
        stroke(data, INK, 17) + stroke(data, "#4a1f2c", 10) + stroke(line([end, mix(end, start, 0.08)]), "#e8b93c", 10)
    )


def _off(point: Point, dx: float, dy: float) -> Point:
    return point[0] + dx, point[1] + dy


def _tails(joints: Joints, cloth: _Cloth, girth: float, flare: float) -> str:
    """The haori's back, seen behind the legs."""
    hip = joints.hip
    drift = joints.lean * 1.5
    left, right = 52 * girth + flare, 44 * girth
    hem = hip[1] + 104
    points = [
        _off(joints.far_shoulder, 4, 0),
        (hip[0] - 44 * girth - drift * 0.4, hip[1]),
        (hip[0] - left - drift, hem - 6),
        (hip[0] - left * 0.3 - drift, hem + 8),
        (hip[0] + right * 0.6, hem + 2),
        (hip[0] + right, hem - 18),
        (hip[0] + 40 * girth, hip[1]),
        _off(joints.near_shoulder, -4, 0),
    ]
    return shape(smooth(points, closed=True, tension=0.35), cloth.lining)


def _coat(joints: Joints, cloth: _Cloth, girth: float, flare: float) -> str:
    """The two front panels, open over the uniform."""
    hip, chest = joints.hip, joints.chest
    drift = joints.lean * 1.2
    far = [
        _off(joints.far_shoulder, -6 * girth, -8),
        (chest[0] - 12, chest[1] - 12),
        (chest[0] - 8, chest[1] + 26),
        (hip[0] - 16, hip[1] - 6),
        (hip[0] - 22 - drift * 0.6, hip[1] + 82),
        (hip[0] - 52 * girth - flare - drift, hip[1] + 94),
        (hip[0] - 40 * girth - drift * 0.3, hip[1] - 4),
        _off(joints.far_shoulder, -5 * girth, 26),
    ]
    near = [
        _off(joints.near_shoulder, 6 * girth, -8),
        (chest[0] + 14, chest[1] - 12),
        (chest[0] + 14, chest[1] + 26),
        (hip[0] + 20, hip[1] - 6),
        (hip[0] + 18 - drift * 0.3, hip[1] + 78),
        (hip[0] + 44 * girth + flare * 0.3 - drift * 0.5, hip[1] + 84),
        (hip[0] + 38 * girth, hip[1] - 4),
        _off(joints.near_shoulder, 5 * girth, 26),
    ]
    parts = []
    for points, paint in ((far, cloth.far), (near, cloth.near)):
        parts.append(shape(smooth(points, closed=True, tension=0.25), paint, width=3.5))
        parts.append(stroke(smooth([points[1], points[2], points[3], points[4]], tension=0.25), cloth.trim, 5))
        fold = mix(points[6], points[3], 0.45)
        parts.append(stroke(smooth([fold, mix(points[5], points[4], 0.4)]), cloth.folds, 4, opacity=0.45))
    return "".join(parts)


def _shadow(joints: Joints, girth: float) -> str:
    """The side away from the light."""
    hip, chest = joints.hip, joints.chest
    drift = joints.lean * 1.2
    points = [
        _off(joints.far_shoulder, -5 * girth, -2),
        (chest[0] - 20 * girth, chest[1] + 30),
        (hip[0] - 30 * girth, hip[1]),
        (hip[0] - 34 * girth - drift * 0.7, hip[1] + 88),
        (hip[0] - 50 * girth - drift, hip[1] + 86),
        (hip[0] - 38 * girth, hip[1] - 4),
    ]
    chin = smooth([_off(chest, -12, -8), _off(chest, 2, 6), _off(chest, 16, -8)], closed=True)
    return shape(smooth(points, closed=True, tension=0.3) + chin, INK, edge=None, opacity=0.2)


def _jacket(joints: Joints, girth: float) -> str:
    hip, chest = joints.hip, joints.chest
    points = [
        _off(joints.far_shoulder, 0, -2), _off(chest, 0, -14), _off(joints.near_shoulder, 0, -2),
        (hip[0] + 33 * girth, hip[1] + 8), (hip[0] - 33 * girth, hip[1] + 8),
    ]  # fmt: skip
    collar = shape(line([_off(chest, -9, -14), _off(chest, 3, 14), _off(chest, 14, -14)], closed=True), "#f4f0e6")
    belt = mix(hip, chest, 0.08)
    sash = shape(
        line(
            [
                _off(belt, -33 * girth, -9),
                _off(belt, 34 * girth, -9),
                _off(belt, 34 * girth, 9),
                _off(belt, -33 * girth, 9),
            ],
            closed=True,
        ),
        "#f0ece0",
    )
    buttons = "".join(disc(mix(chest, hip, t), 3.2, "#e8c04a") for t in (0.3, 0.52, 0.74))
    return shape(smooth(points, closed=True, tension=0.3), UNIFORM) + collar + buttons + sash


def _legs(joints: Joints, girth: float) -> str:
    rear = _leg((joints.hip[0] - 13, joints.hip[1]), joints.rear_knee, joints.rear_foot, girth, shade(UNIFORM, -0.25))
    return rear + _leg((joints.hip[0] + 13, joints.hip[1]), joints.front_knee, joints.front_foot, girth, UNIFORM)


def _leg(hip: Point, knee: Point, foot: Point, girth: float, cloth: str) -> str:
    calf = mix(knee, foot, 0.42)
    thick, hem = 21 * girth, 24 * girth**0.5
    knee_in, knee_out = _normal(hip, calf, knee, 20 * girth, 1), _normal(hip, calf, knee, 20 * girth, -1)
    start, end = _side(hip, knee, thick, 1)[0], _side(knee, calf, hem, 1)[1]
    back_end, back_start = _side(knee, calf, hem, -1)[1], _side(hip, knee, thick, -1)[0]
    hakama = [start, knee_in, end, back_end, knee_out, back_start]
    shin_top = _side(knee, foot, 12 * girth**0.5, 1)[0], _side(knee, foot, 12 * girth**0.5, -1)[0]
    ankle = _side(knee, foot, 8, 1)[1], _side(knee, foot, 8, -1)[1]
    wraps = shape(line([shin_top[0], ankle[0], ankle[1], shin_top[1]], closed=True), "#ece6d8")
    bands = "".join(
        stroke(line([mix(shin_top[0], ankle[0], t), mix(shin_top[1], ankle[1], t + 0.08)]), "#8d8676", 2.5)
        for t in (0.6, 0.76, 0.9)
    )
    sole = shape(
        smooth(
            [_off(foot, -11, -6), _off(foot, 8, -8), _off(foot, 25, 3), _off(foot, 22, 9), _off(foot, -11, 9)],
            closed=True,
        ),
        "#3a2a26",
    )
    fold = stroke(line([mix(hip, knee, 0.4), mix(knee, calf, 0.7)]), "#4a5078", 3, opacity=0.8)
    return wraps + bands + sole + shape(smooth(hakama, closed=True, tension=0.3), cloth) + fold


def _side(a: Point, b: Point, half: float, sign: int) -> tuple[Point, Point]:
    """A bone's two ends, moved sideways."""
    size = max(math.dist(a, b), 1e-6)
    dx, dy = -(b[1] - a[1]) / size * half * sign, (b[0] - a[0]) / size * half * sign
    return (a[0] + dx, a[1] + dy), (b[0] + dx, b[1] + dy)


def _normal(a: Point, b: Point, at: Point, half: float, sign: int) -> Point:
    """A point moved sideways to the line from a to b."""
    size = max(math.dist(a, b), 1e-6)
    return at[0] - (b[1] - a[1]) / size * half * sign, at[1] + (b[0] - a[0]) / size * half * sign


def _sleeve(start: Point, elbow: Point, hand: Point, paint: str, cloth: _Cloth, girth: float) -> str:
    """A wide sleeve that hangs open towards the ground at the wrist."""
    wrist = mix(elbow, hand, 0.78)
    top, low = _side(start, elbow, 19 * girth, -1), _side(start, elbow, 18 * girth, 1)
    if top[0][1] > low[0][1] or (abs(top[0][1] - low[0][1]) < 4 and top[0][0] > low[0][0]):
        top, low = low, top
    high = mix(top[1], elbow, 0.35)
    down = _off(wrist, -4, 34 * girth**0.5)
    up = min((_side(elbow, wrist, 15, side)[1] for side in (1, -1)), key=lambda point: point[1])
    outline = [_off(start, -2, -11 * girth), high, up, down, mix(_off(elbow, 0, 22), low[1], 0.5), low[0]]
    mouth = stroke(line([up, down]), cloth.trim, 5)
    cuff = _side(wrist, hand, 9, 1), _side(wrist, hand, 9, -1)
    forearm = shape(line([cuff[0][0], cuff[0][1], cuff[1][1], cuff[1][0]], closed=True), UNIFORM)
    fold = stroke(line([mix(start, elbow, 0.55), mix(elbow, down, 0.6)]), cloth.folds, 3.5, opacity=0.45)
    return forearm + shape(smooth(outline, closed=True, tension=0.3), paint, width=3.5) + fold + mouth


def _cloth(portrait: Portrait, sheet: Sheet) -> _Cloth:
    main, accent = HAORI[portrait.haori], ACCENTS[portrait.haori]
    dark = shade(main, -0.38)
    paint = main if portrait.pattern in {"plain", "half-and-half"} else _tile(portrait.pattern, main, accent, sheet)
    far = accent if portrait.pattern == "half-and-half" else paint
    return _Cloth(
        near=paint,
        far=far,
        lining=dark,
        trim=shade(accent if portrait.pattern == "plain" else main, -0.3),
        folds=shade(main, -0.5),
    )


def _tile(pattern: str, main: str, accent: str, sheet: Sheet) -> str:
    """The haori's cloth as a tile, coarse enough to be seen at 256 pixels."""
    if pattern == "checks":
        cells = (
            f'<rect width="32" height="32" fill="{main}"/><path d="M0 0h16v16h-16zM16 16h16v16h-16z" fill="{accent}"/>'
        )
        return sheet.tile(32, cells)
    if pattern == "waves":
        rings = "".join(
            disc((x, y), r, "none", edge=accent, width=3)
            for x, y in ((0, 28), (28, 28), (14, 14), (0, 0), (28, 0))
            for r in (12, 6)
        )
        return sheet.tile(28, f'<rect width="28" height="28" fill="{main}"/>{rings}')
    if pattern == "flames":
        flame = shape("M18 2q2 10 8 15t1 15q-9 6 -18 0q-6 -8 2 -16q1 5 4 4q2 -10 3 -18z", accent, edge=None)
        return sheet.tile(36, f'<rect width="36" height="36" fill="{main}"/>{flame}')
    if pattern == "triangles":
        cells = f'<rect width="26" height="26" fill="{main}"/><path d="M0 26L13 0L26 26Z" fill="{accent}"/>'
        return sheet.tile(26, cells)
    return sheet.tile(
        24, f'<rect width="24" height="24" fill="{main}"/><rect width="10" height="24" fill="{accent}"/>', turn=12
    )
