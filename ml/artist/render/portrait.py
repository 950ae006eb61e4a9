"""What can stand on a picture: the vocabularies, and one choice of each."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WEAPONS = (
    "katana",
    "nodachi",
    "wakizashi",
    "twin blades",
    "whip sword",
    "spear",
    "naginata",
    "staff",
    "scythe",
    "axe",
    "kanabo",
    "bow",
    "chain flail",
    "kusarigama",
    "sai",
    "tonfa",
    "war fans",
)
"""The catalogue's weapon types."""

STYLES = (
    "Water",
    "Flame",
    "Thunder",
    "Wind",
    "Stone",
    "Mist",
    "Serpent",
    "Love",
    "Insect",
    "Flower",
    "Sound",
    "Beast",
    "Moon",
    "Sun",
)
"""The breathing styles as the shop writes them."""

SCENES = (
    "temple",
    "bamboo grove",
    "snow",
    "sunset",
    "rain",
    "full moon",
    "waterfall",
    "cherry blossoms",
    "village street",
    "mountains",
    "autumn maples",
    "wisteria",
    "seashore",
    "plain backdrop",
)

POSES = (
    "standing calm",
    "guard",
    "high strike",
    "thrust",
    "sweep",
    "leaping",
    "kneeling",
    "running",
)

BUILDS = ("slight", "average", "sturdy")
HAIR = ("black", "brown", "blond", "red", "white", "blue", "pink", "green")
CUTS = ("short", "spiky", "ponytail", "long", "bob", "bun", "braid")
HAORI = ("white", "black", "red", "green", "blue", "yellow", "purple", "pink", "orange", "teal")
PATTERNS = ("plain", "checks", "waves", "flames", "triangles", "stripes", "half-and-half")

_ALWAYS_NIGHT = frozenset({"full moon"})
_NEVER_NIGHT = frozenset({"sunset", "plain backdrop"})
_MOSTLY_NIGHT = frozenset({"temple", "rain", "wisteria"})


@dataclass(frozen=True, slots=True)
class Portrait:
    """One slayer on one picture; the seed settles what has no name (proportions, geometry, camera, mirror image)."""

    weapon: str
    style: str
    scene: str
    pose: str
    build: str
    hair: str
    cut: str
    haori: str
    pattern: str
    seed: int


def sample(seed: int) -> Portrait:
    """A portrait in which every attribute is drawn evenly; the same one for the same seed."""
    rng = Random(f"portrait {seed}")
    return Portrait(
        weapon=rng.choice(WEAPONS),
        style=rng.choice(STYLES),
        scene=rng.choice(SCENES),
        pose=rng.choice(POSES),
        build=rng.choice(BUILDS),
        hair=rng.choice(HAIR),
        cut=rng.choice(CUTS),
        haori=rng.choice(HAORI),
        pattern=rng.choice(PATTERNS),
        seed=seed,
    )


def at_night(portrait: Portrait) -> bool:
    """Whether the scene is painted by night; where both are possible the seed decides."""
    if portrait.scene in _ALWAYS_NIGHT:
        return True
    if portrait.scene in _NEVER_NIGHT:
        return False
    share = 0.7 if portrait.scene in _MOSTLY_NIGHT else 0.4
    return Random(f"night {portrait.seed}").random() < share
