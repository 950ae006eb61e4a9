"""The seventeen weapon types, drawn larger than life.

A weapon is drawn lying along +x with the leading hand at the origin, its edge towards +y. Each comes as the picture,
the points that its outline reaches (for the camera and for the effects), and how it is held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ml.artist.render.poses import Hold
from ml.artist.render.weapons import blades, curios, poles
from ml.artist.render.weapons.craft import Arm, Craft


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon type: how it is drawn and how it is held."""

    draw: Callable[[Craft], Arm]
    hold: Hold


WEAPONS = {
    "katana": Weapon(blades.katana, Hold("sword", 28)),
    "nodachi": Weapon(blades.nodachi, Hold("sword", 54)),
    "wakizashi": Weapon(blades.wakizashi, Hold("one hand")),
    "twin blades": Weapon(blades.twin_blade, Hold("pair")),
    "whip sword": Weapon(blades.whip_sword, Hold("one hand")),
    "spear": Weapon(poles.spear, Hold("pole", 74)),
    "naginata": Weapon(poles.naginata, Hold("pole", 74)),
    "staff": Weapon(poles.staff, Hold("pole", 84)),
    "scythe": Weapon(poles.scythe, Hold("pole", 74)),
    "axe": Weapon(poles.axe, Hold("pole", 64)),
    "kanabo": Weapon(poles.kanabo, Hold("sword", 34)),
    "bow": Weapon(curios.bow, Hold("bow")),
    "chain flail": Weapon(curios.chain_flail, Hold("one hand")),
    "kusarigama": Weapon(curios.kusarigama, Hold("pair")),
    "sai": Weapon(curios.sai, Hold("pair")),
    "tonfa": Weapon(curios.tonfa, Hold("pair")),
    "war fans": Weapon(curios.war_fan, Hold("pair")),
}
