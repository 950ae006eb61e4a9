"""The outline of each weapon type, drawn by code.

A silhouette is a function from a ``Brush`` to SVG elements. It lies along the x axis inside about 280 x 150 units
around the origin, tip or head to the right; ``hashiramart.pictures`` tilts it, puts a ground behind it and frames it.
A new type is one function in ``swords``, ``poles`` or ``curios`` and one line here.
"""

from __future__ import annotations

from collections.abc import Callable

from hashiramart.silhouettes import curios, poles, swords
from hashiramart.silhouettes.strokes import Brush

Silhouette = Callable[[Brush], str]

SILHOUETTES: dict[str, Silhouette] = {
    "katana": swords.katana,
    "wakizashi": swords.wakizashi,
    "nodachi": swords.nodachi,
    "twin blades": swords.twin_blades,
    "whip sword": swords.whip_sword,
    "spear": poles.spear,
    "naginata": poles.naginata,
    "scythe": poles.scythe,
    "war fans": curios.war_fans,
    "kusarigama": curios.kusarigama,
    "tonfa": curios.tonfa,
    "chain flail": curios.chain_flail,
    "axe": poles.axe,
    "bow": curios.bow,
    "kanabo": poles.kanabo,
    "staff": poles.staff,
    "sai": swords.sai,
}


def silhouette_for(weapon_type: str) -> tuple[str | None, Silhouette]:
    """The outline for a type, with the name of the known type that it is drawn as.

    A type without an outline borrows one that its name ends with (``"great axe"`` is an axe); any other lies in a tied
    cloth, and its name is ``None``.
    """
    name = " ".join(weapon_type.lower().split())
    known = name if name in SILHOUETTES else next((k for k in SILHOUETTES if name.endswith(k)), None)
    return (known, SILHOUETTES[known]) if known else (None, curios.shrouded)
