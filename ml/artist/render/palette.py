"""Colours by name: what slayers wear, and what each breathing style paints with."""

from __future__ import annotations

from typing import NamedTuple


class Paints(NamedTuple):
    """A style's colours from dark to light, and the tint of its blades."""

    dark: str
    main: str
    light: str
    pale: str
    blade: str


PAINTS = {
    "Water": Paints("#0d3f86", "#1f7fd0", "#5cc3f2", "#f2fcff", "#8fc6f2"),
    "Flame": Paints("#a81c08", "#ee4a12", "#ff9a1c", "#ffe65c", "#f58a5a"),
    "Thunder": Paints("#b87400", "#ffcf12", "#ffee70", "#fffde6", "#ffe27a"),
    "Wind": Paints("#1f6b3c", "#4fb06a", "#a5e3a8", "#f2fff0", "#a9d9ae"),
    "Stone": Paints("#3f3a36", "#7b7468", "#aaa08e", "#d8cfbc", "#b9b3a6"),
    "Mist": Paints("#5f878f", "#9cc2c8", "#cfe6e8", "#f5fcfc", "#cfe3e4"),
    "Serpent": Paints("#2f1a52", "#6a3fa8", "#a77fe0", "#e6d6ff", "#b79be0"),
    "Love": Paints("#b81260", "#f2529c", "#ff9ecb", "#ffe6f2", "#f7a8cc"),
    "Insect": Paints("#38186e", "#8a4fe0", "#c9a0ff", "#f4eaff", "#c4abe8"),
    "Flower": Paints("#a3245e", "#f08ab0", "#ffc4d8", "#fff2f6", "#f0bcd0"),
    "Sound": Paints("#1f2468", "#4a55c8", "#8f9cf5", "#ffd65a", "#a6acd9"),
    "Beast": Paints("#4a2a0e", "#9a5f24", "#d99a4e", "#fff0d0", "#c9b08c"),
    "Moon": Paints("#1c1a52", "#4b48b0", "#9b8fee", "#fff3b8", "#a7a4e0"),
    "Sun": Paints("#8f1206", "#e0321a", "#ff8a1e", "#ffd84a", "#e87a66"),
}

HAIR = {
    "black": "#2b2636",
    "brown": "#7a4a28",
    "blond": "#f2c84a",
    "red": "#b5281e",
    "white": "#ece9f0",
    "blue": "#3a62b5",
    "pink": "#f08cb4",
    "green": "#3f8a5a",
}

HAORI = {
    "white": "#f2efe8",
    "black": "#2f2b3a",
    "red": "#c22a2e",
    "green": "#2f8a52",
    "blue": "#2c5fb8",
    "yellow": "#eebc2e",
    "purple": "#7a45a8",
    "pink": "#ec86aa",
    "orange": "#e8762a",
    "teal": "#2a9a9a",
}

ACCENTS = {
    "white": "#c22a2e",
    "black": "#d8b24a",
    "red": "#f6e6c8",
    "green": "#1d2a24",
    "blue": "#eaf2fb",
    "yellow": "#f7f3e6",
    "purple": "#e6d2f5",
    "pink": "#fff2f6",
    "orange": "#fff0d2",
    "teal": "#f2e6c0",
}
"""The second colour of a haori's pattern, by its first."""

SKIN = ("#fbe3d0", "#f5d0b4", "#e3b08c", "#b98260")
EYES = ("#7a3c1e", "#2f6fb0", "#3d8a4f", "#8a4fb5", "#b8322a", "#c8901e")
UNIFORM = "#262a42"
