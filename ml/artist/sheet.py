"""A contact sheet of what a painter paints: a row for each weapon type, a column for each style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hashiramart.errors import InvalidInput
from ml.artist.orders import How, asked, every_pair, paint_all
from ml.artist.painter import Painter
from ml.artist.render.portrait import STYLES, WEAPONS

if TYPE_CHECKING:
    from PIL.Image import Image

SHOWN = ("Water", "Flame", "Thunder", "Flower")
"""The styles of a sheet, unless others are asked for."""

SEED = 20_000
KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
"""What a sheet can be written as, by the end of its name."""

_MARGIN, _NAMES_WIDE, _LINE = 8, 104, 26
_PAPER, _INK = "#fbf8f1", "#2a2430"

Tell = Callable[[str, float], None]


def paint_sheet(
    painter: Painter, how: How, *, styles: Sequence[str] = SHOWN, seed: int = SEED, tile: int = 192, tell: Tell
) -> Image:
    """Paint every weapon type in each of the styles, and lay the pictures out.

    Args:
        painter: who paints.
        how: as of ``asked``.
        styles: the columns.
        seed: of the first picture; the others count on from it.
        tile: width of a picture on the sheet, in pixels.
        tell: told what is painted and the share that is done.

    Raises:
        InvalidInput: there is no such style.
    """
    check_styles(styles)
    requests = [asked(portrait, portrait.seed, how) for portrait in every_pair(seed, styles)]
    pictures = list(paint_all(painter, requests, lambda share: tell("Painting the sheet", share)))
    return lay_out(pictures, WEAPONS, styles, tile)


def lay_out(
    pictures: Sequence[Image], rows: Sequence[str], columns: Sequence[str], tile: int, blocks: int = 2
) -> Image:
    """Pictures, row by row, on one sheet with the names of rows and columns; the rows stand in so many blocks side by side."""
    from PIL import Image as Images
    from PIL import ImageDraw, ImageFont

    high = -(-len(rows) // blocks)
    wide = _NAMES_WIDE + len(columns) * (tile + _MARGIN) + _MARGIN
    whole = Images.new("RGB", (blocks * wide, _LINE + high * (tile + _MARGIN) + _MARGIN), _PAPER)
    pen = ImageDraw.Draw(whole)
    font = ImageFont.load_default(15)
    for block in range(blocks):
        for column, name in enumerate(columns):
            x = block * wide + _NAMES_WIDE + column * (tile + _MARGIN) + tile // 2
            pen.text((x, _LINE // 2 + 2), name, fill=_INK, font=font, anchor="mm")
    for row, name in enumerate(rows):
        left, top = row // high * wide, _LINE + row % high * (tile + _MARGIN)
        pen.text((left + _NAMES_WIDE - 10, top + tile // 2), name, fill=_INK, font=font, anchor="rm")
        for column in range(len(columns)):
            small = pictures[row * len(columns) + column].resize((tile, tile), Images.Resampling.LANCZOS)
            whole.paste(small, (left + _NAMES_WIDE + column * (tile + _MARGIN), top))
    return whole


def write_sheet(sheet: Image, path: Path) -> None:
    """Write a sheet, whole or not at all, as what its name ends in.

    Raises:
        InvalidInput: it ends in something else.
    """
    check_name(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        sheet.save(draft, format=KINDS[path.suffix.lower()], quality=90)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def check_name(path: Path) -> None:
    """Refuse a file name that does not say what to write, before anything is painted.

    Raises:
        InvalidInput: it does not.
    """
    if path.suffix.lower() not in KINDS:
        raise InvalidInput("out", f"The file's name must end in {', '.join(KINDS)}.")


def check_styles(styles: Sequence[str]) -> None:
    """Likewise a style that there is not.

    Raises:
        InvalidInput: one of them is none.
    """
    for style in styles:
        if style not in STYLES:
            raise InvalidInput("style", f"There is no style {style!r}. There is: {', '.join(STYLES)}.")
