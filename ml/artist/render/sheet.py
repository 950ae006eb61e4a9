"""Contact sheets of the renderer: ``python -m ml.artist.render.sheet OUT.png [KIND] [FIRST_SEED]``.

A kind is weapons (the default), styles, scenes, poses, builds, cuts, hair, haori, patterns, skeletons or random.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ml.artist.render.draw import Picture, render, skeleton
from ml.artist.render.portrait import (
    BUILDS,
    CUTS,
    HAIR,
    HAORI,
    PATTERNS,
    POSES,
    SCENES,
    STYLES,
    WEAPONS,
    Portrait,
    sample,
)


def contact(portraits: Sequence[Portrait], columns: int, size: int = 192) -> Picture:
    """Pictures in rows, left to right."""
    return _tiled([render(portrait, size) for portrait in portraits], columns)


def _tiled(pictures: Sequence[Picture], columns: int) -> Picture:
    size = pictures[0].shape[0]
    rows = -(-len(pictures) // columns)
    whole = np.zeros((rows * size, columns * size, 3), np.uint8)
    for i, picture in enumerate(pictures):
        y, x = i // columns * size, i % columns * size
        whole[y : y + size, x : x + size] = picture
    return whole


def portraits(kind: str, first: int = 0) -> tuple[list[Portrait], int]:
    """The portraits of a sheet and how many stand in a row."""
    if kind == "weapons":
        styles = [STYLES[(i * 4 + k * 3) % len(STYLES)] for i in range(len(WEAPONS)) for k in range(4)]
        return [replace(sample(first + i), weapon=WEAPONS[i // 4], style=style) for i, style in enumerate(styles)], 8
    named = {
        "styles": ("style", STYLES),
        "scenes": ("scene", SCENES),
        "poses": ("pose", POSES),
        "cuts": ("cut", CUTS),
        "patterns": ("pattern", PATTERNS),
        "builds": ("build", BUILDS),
        "hair": ("hair", HAIR),
        "haori": ("haori", HAORI),
    }
    if kind in named:
        field, values = named[kind]
        return [_with(sample(first + i), field, values[i // 4]) for i in range(4 * len(values))], 8
    return [sample(first + i) for i in range(32)], 8


def _with(portrait: Portrait, field: str, value: str) -> Portrait:
    changed: dict[str, Any] = {field: value}
    return replace(portrait, **changed)


def main(arguments: Sequence[str]) -> int:
    """Write a sheet."""
    from PIL import Image

    if not arguments:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    out = Path(arguments[0])
    kind = arguments[1] if len(arguments) > 1 else "weapons"
    first = int(arguments[2]) if len(arguments) > 2 else 0
    chosen, columns = portraits("random" if kind == "skeletons" else kind, first)
    if kind == "skeletons":
        picture = _tiled([draw(portrait, 192) for portrait in chosen for draw in (render, skeleton)], columns)
    else:
        picture = contact(chosen, columns)
    Image.fromarray(picture).save(out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
