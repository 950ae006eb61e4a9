"""What a breathing style paints around its slayer: each has a shape and a palette that no other has."""

from __future__ import annotations

from collections.abc import Callable

from ml.artist.render.effects import creatures, elements, heavens, tokens
from ml.artist.render.effects.sweep import Sweep
from ml.artist.render.palette import PAINTS, Paints


def effect(style: str, sweep: Sweep) -> str:
    """A style's effect: what lies behind the slayer, and what lies in front."""
    return _EFFECTS[style](sweep, PAINTS[style])


_EFFECTS: dict[str, Callable[[Sweep, Paints], str]] = {
    "Water": elements.water,
    "Flame": elements.flame,
    "Thunder": elements.thunder,
    "Wind": elements.wind,
    "Stone": elements.stone,
    "Mist": elements.mist,
    "Serpent": creatures.serpent,
    "Love": tokens.love,
    "Insect": creatures.insect,
    "Flower": tokens.flower,
    "Sound": tokens.sound,
    "Beast": creatures.beast,
    "Moon": heavens.moon,
    "Sun": heavens.sun,
}
