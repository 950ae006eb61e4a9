"""The opening catalogue and the breathing styles, as data files beside this module, and their readers.

After the first start the ``weapons`` table is the truth; these files only fill it.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_WEAPON_NAMESPACE = uuid.UUID("6f1d2a52-6f0b-5d0a-9b7e-3f2f6f6d7761")

RARITIES = ("common", "uncommon", "rare", "epic", "legendary")


@dataclass(frozen=True, slots=True)
class Style:
    """A breathing style. ``color`` is a CSS hex colour, ``emblem`` one emoji, ``temper`` how it moves."""

    name: str
    emblem: str
    color: str
    temper: str


@dataclass(frozen=True, slots=True)
class SeedWeapon:
    """A weapon of the opening catalogue. ``weight`` in kg, ``sharpness`` 0-100, ``price`` in coins."""

    name: str
    type: str
    weight: float
    sharpness: float
    price: int
    rarity: str
    stock: int
    styles: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The name as it stands in file names and addresses; the manual is ``knowledge/manuals/<slug>.md``."""
        return slugify(self.name)

    @property
    def id(self) -> uuid.UUID:
        """The weapon's key: derived from the slug, so every installation agrees."""
        return uuid.uuid5(_WEAPON_NAMESPACE, self.slug)


def slugify(name: str) -> str:
    """``"Recruit's Katana"`` -> ``"recruits-katana"``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


def _load(name: str) -> list[dict[str, object]]:
    rows = yaml.safe_load(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    assert isinstance(rows, list)
    return rows


@cache
def styles() -> tuple[Style, ...]:
    """All breathing styles, in the order of the file."""
    return tuple(Style(**row) for row in _load("styles.yaml"))  # type: ignore[arg-type]


@cache
def style_names() -> tuple[str, ...]:
    """The names of all breathing styles."""
    return tuple(style.name for style in styles())


@cache
def weapons() -> tuple[SeedWeapon, ...]:
    """All weapons of the opening catalogue, in the order of the file."""
    return tuple(
        SeedWeapon(**{**row, "styles": tuple(row["styles"])})  # type: ignore[arg-type]
        for row in _load("weapons.yaml")
    )


@cache
def weapon_types() -> tuple[str, ...]:
    """The weapon types, in the order in which the catalogue first names them."""
    return tuple(dict.fromkeys(weapon.type for weapon in weapons()))
