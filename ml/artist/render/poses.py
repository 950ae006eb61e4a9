"""Where a slayer's joints and weapon are: poses as tables of targets, arms and legs by two-bone geometry.

Every slayer is laid out looking right in a frame of 512 units; the camera mirrors and fits the whole afterwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from ml.artist.render.ink import Point, polar

UPPER_ARM, FOREARM = 60.0, 58.0
THIGH, SHIN = 98.0, 98.0
_TORSO, _NECK = 112.0, 52.0


class Grip(NamedTuple):
    """A hand's place relative to the chest, and the direction in which its weapon points, in degrees (-90 is up)."""

    x: float
    y: float
    angle: float


class Stance(NamedTuple):
    """The hips, the feet (rear, front), how far the trunk leans forward, and how far the head nods, in degrees."""

    hip: Point
    rear: Point
    front: Point
    lean: float
    nod: float = 0.0


STANCES = {
    "standing calm": Stance((250, 272), (226, 464), (282, 466), 0, 0),
    "guard": Stance((244, 288), (172, 464), (312, 466), 5, 2),
    "high strike": Stance((244, 284), (178, 464), (310, 466), -7, -4),
    "thrust": Stance((214, 308), (92, 464), (314, 466), 15, 4),
    "sweep": Stance((240, 306), (140, 464), (330, 464), 12, 6),
    "leaping": Stance((240, 276), (146, 398), (300, 404), 10, 6),
    "kneeling": Stance((240, 352), (150, 456), (318, 466), 2, 2),
    "running": Stance((230, 298), (106, 440), (318, 464), 24, -6),
}

# One entry a pose, in the order of STANCES; two hands on one shaft share the first.
_ORDER = tuple(STANCES)
_SWORD = (
    Grip(44, 92, 52), Grip(62, 52, -42), Grip(88, -28, -60), Grip(88, 24, -4),
    Grip(72, 78, 24), Grip(86, 64, 40), Grip(64, 40, -66), Grip(-46, 66, 166),
)  # fmt: skip
_POLE = (
    Grip(70, 92, -79), Grip(40, 56, -36), Grip(82, -36, -64), Grip(60, 46, -6),
    Grip(48, 68, 22), Grip(86, 24, 74), Grip(68, 30, -64), Grip(-4, 64, 163),
)  # fmt: skip
_ONE_HAND = (
    Grip(64, 76, -28), Grip(84, 34, -40), Grip(86, -60, -22), Grip(108, 14, -4),
    Grip(84, 66, 22), Grip(92, -36, -14), Grip(88, 30, -50), Grip(74, 62, 8),
)  # fmt: skip
_FREE_HAND = (
    Grip(-62, 92, 110), Grip(-60, 70, 150), Grip(62, 52, 0), Grip(-84, 46, 170),
    Grip(-74, 40, 200), Grip(64, 50, 0), Grip(-50, 84, 120), Grip(-74, 40, 170),
)  # fmt: skip
_PAIR = (
    (Grip(78, 66, -52), Grip(-78, 66, -128)), (Grip(90, 26, -36), Grip(-70, 54, -140)),
    (Grip(76, -68, -50), Grip(-66, -62, -130)), (Grip(106, 12, -4), Grip(-86, 34, 172)),
    (Grip(86, 54, 24), Grip(-84, 44, 158)), (Grip(84, -52, -36), Grip(-78, -54, -138)),
    (Grip(88, 24, -50), Grip(-78, 40, -132)), (Grip(88, 40, -12), Grip(-92, 30, 184)),
)  # fmt: skip
_BOW = (
    Grip(88, 34, 16), Grip(98, 12, -6), Grip(92, -34, -36), Grip(104, 12, 0),
    Grip(92, 50, 24), Grip(98, -14, -20), Grip(96, 4, -16), Grip(102, 14, 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hold:
    """How a weapon is held.

    Attributes:
        kind: ``"sword"``, ``"pole"``, ``"one hand"``, ``"pair"`` or ``"bow"``.
        spread: how far the second hand is behind the first along the shaft, in units.
    """

    kind: str
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """A weapon's place: where it is gripped and where it points, in degrees."""

    at: Point
    angle: float


@dataclass(frozen=True, slots=True)
class Joints:
    """A posed slayer. ``near`` is the arm and leg that lead, to the right of the picture before it is mirrored."""

    hip: Point
    chest: Point
    head: Point
    lean: float
    nod: float
    near_shoulder: Point
    far_shoulder: Point
    near_elbow: Point
    far_elbow: Point
    near_hand: Point
    far_hand: Point
    front_knee: Point
    rear_knee: Point
    front_foot: Point
    rear_foot: Point
    held: tuple[Held, ...]


def pose(name: str, hold: Hold, shoulder: float, rng: Random) -> Joints:
    """A slayer in a pose, with the hands where the weapon needs them.

    Args:
        name: one of the poses.
        hold: how the weapon is held.
        shoulder: half the width of the shoulders in units.
        rng: jitters the stance and the weapon a little.
    """
    stance = STANCES[name]
    index = _ORDER.index(name)
    lean = stance.lean + rng.uniform(-3, 3)
    hip = _jitter(stance.hip, 5, rng)
    chest = polar(hip, _TORSO, lean - 90)
    head = polar(chest, _NECK, lean * 0.6 - 90)
    near, far = polar(chest, shoulder * 0.92, lean), polar(chest, shoulder, lean + 180)
    held, hands = _hands(index, hold, chest, near, far, rng)
    front, rear = _jitter(stance.front, 6, rng), _jitter(stance.rear, 6, rng)
    low = name == "kneeling"
    elbows = [_elbow(origin, hand, head) for origin, hand in ((near, hands[0]), (far, hands[1]))]
    hip_front, hip_rear = (hip[0] + 13, hip[1]), (hip[0] - 13, hip[1])
    rear_knee = (hip[0] - 24, rear[1] - 2) if low else _bend(hip_rear, rear, THIGH, SHIN, -1)
    return Joints(
        hip=hip,
        chest=chest,
        head=head,
        lean=lean,
        nod=stance.nod + rng.uniform(-4, 4),
        near_shoulder=near,
        far_shoulder=far,
        near_elbow=elbows[0],
        far_elbow=elbows[1],
        near_hand=hands[0],
        far_hand=hands[1],
        front_knee=_bend(hip_front, front, THIGH, SHIN, -1),
        rear_knee=rear_knee,
        front_foot=front,
        rear_foot=rear,
        held=held,
    )


def _hands(
    index: int, hold: Hold, chest: Point, near: Point, far: Point, rng: Random
) -> tuple[tuple[Held, ...], tuple[Point, Point]]:
    reach = UPPER_ARM + FOREARM - 4

    def place(grip: Grip, shoulder: Point) -> Held:
        at = _within(shoulder, (chest[0] + grip.x + rng.uniform(-5, 5), chest[1] + grip.y + rng.uniform(-5, 5)), reach)
        return Held(at, grip.angle + rng.uniform(-7, 7))

    if hold.kind in {"sword", "pole"}:
        first = place((_SWORD if hold.kind == "sword" else _POLE)[index], near)
        lead = first.at if hold.kind == "sword" else polar(first.at, hold.spread / 2, first.angle)
        lead = _within(near, lead, reach)
        other = polar(lead, hold.spread, first.angle + 180)
        apart = _within(far, other, reach)
        shift = apart[0] - other[0], apart[1] - other[1]
        lead = lead[0] + shift[0], lead[1] + shift[1]
        return (Held(lead, first.angle),), (_within(near, lead, reach), apart)
    if hold.kind == "pair":
        one, two = _PAIR[index]
        pair = place(one, near), place(two, far)
        return pair, (pair[0].at, pair[1].at)
    first = place((_BOW if hold.kind == "bow" else _ONE_HAND)[index], near)
    if hold.kind == "bow":
        drawn = _within(far, polar(first.at, 106, first.angle + 180), reach)
        return (first,), (first.at, drawn)
    free = place(_FREE_HAND[index], far)
    return (first,), (first.at, free.at)


def _jitter(point: Point, by: float, rng: Random) -> Point:
    return point[0] + rng.uniform(-by, by), point[1] + rng.uniform(-by, by) * 0.4


def _within(origin: Point, point: Point, reach: float) -> Point:
    """The point, pulled towards the origin until it is within reach."""
    far = math.dist(origin, point)
    if far <= reach:
        return point
    share = reach / far
    return origin[0] + (point[0] - origin[0]) * share, origin[1] + (point[1] - origin[1]) * share


def _elbow(shoulder: Point, hand: Point, head: Point) -> Point:
    """Where the arm bends: low, and clear of the face."""
    bends = [_bend(shoulder, hand, UPPER_ARM, FOREARM, side) for side in (-1, 1)]
    return max(bends, key=lambda elbow: math.dist(elbow, head) + 0.7 * elbow[1])


def _bend(origin: Point, end: Point, first: float, second: float, side: int) -> Point:
    """The joint between two bones from origin to end, bent to the side."""
    far = max(min(math.dist(origin, end), first + second - 0.5), abs(first - second) + 0.5)
    along = (first**2 - second**2 + far**2) / (2 * far)
    off = math.sqrt(max(first**2 - along**2, 0)) * side
    ux, uy = (end[0] - origin[0]) / far, (end[1] - origin[1]) / far
    return origin[0] + ux * along - uy * off, origin[1] + uy * along + ux * off
