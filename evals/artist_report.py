"""The painter's exam as a report: figures and bounds, both confusion matrices, and the pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rich.console import RenderableType
from rich.text import Text

from evals import report_file
from evals.report import Report
from ml.artist.render.portrait import STYLES, WEAPONS

if TYPE_CHECKING:
    from PIL.Image import Image

    from ml.artist.exam import Findings

NAME = "artist-judge"
WEAPON, STYLE = 0.75, 0.90
"""Shares of painted pictures on which the judge recognises them, at least."""

APART = 0.5
"""How far pictures of the same words lie apart, at least, as a share of what renders of the same words do."""

LOOKUP = 0.7
"""How far painted pictures are from what was learnt, at least, as a share of what fresh renders are."""

_COLUMNS = 12


def report(findings: Findings, about: str, surroundings: dict[str, str]) -> Report:
    """Figures and bounds of an exam."""
    near = findings.neighbours
    figures: dict[str, float] = {
        "pictures": len(findings.pictures),
        "weapon_recognised": findings.painted.weapon,
        "style_recognised": findings.painted.style,
        "judge_weapon_on_renders": findings.renders.weapon,
        "judge_style_on_renders": findings.renders.style,
        "same_words_apart": findings.painted_apart,
        "same_words_apart_renders": findings.rendered_apart,
        "same_words_apart_ratio": findings.painted_apart / findings.rendered_apart,
        "seconds_per_picture": findings.seconds,
    }
    bounds: dict[str, tuple[str, float]] = {
        "weapon_recognised": (">=", WEAPON),
        "style_recognised": (">=", STYLE),
        "same_words_apart_ratio": (">=", APART),
    }
    if near:
        painted, fresh = (float(np.mean([getattr(one, what) for one in near])) for what in ("distance", "fresh"))
        figures |= {
            "nearest_training_render": painted,
            "nearest_training_render_of_fresh_renders": fresh,
            "nearest_training_render_ratio": painted / fresh,
        }
        bounds["nearest_training_render_ratio"] = (">=", LOOKUP)
    return Report(
        name=NAME,
        figures=figures,
        bounds=bounds,
        details=confusion(findings),
        about=about,
        surroundings=surroundings,
    )


def confusion(findings: Findings) -> list[RenderableType]:
    """Both confusion matrices."""
    return [
        _matrix(
            "Weapon types: a row is what was asked for, a column what the judge saw", WEAPONS, findings.painted.weapons
        ),
        _matrix("Styles: a row is what was asked for, a column what the judge saw", STYLES, findings.painted.styles),
    ]


def document(found: Report, findings: Findings) -> dict[str, Any]:
    """The report for a program, with both confusion matrices: rows are what was asked for."""
    counts = {"weapons": findings.painted.weapons.tolist(), "styles": findings.painted.styles.tolist()}
    return found.to_json() | {"weapons": list(WEAPONS), "styles": list(STYLES), "confusion": counts}


def write(found: Report, findings: Findings, folder: Path, *, now: datetime) -> list[Path]:
    """Write the report into a folder: Markdown, JSON with the matrices, and PNG sheets of the pictures.

    Returns:
        the files.
    """
    path = report_file.write(found, folder, now=now)
    figures = folder / f"{NAME}.json"
    figures.write_text(json.dumps(document(found, findings)) + "\n", encoding="utf-8")
    sheets = {"painted": _painted(findings), "other-seeds": _families(findings), "neighbours": _pairs(findings)}
    files = [path, figures]
    lines = ["", "## Pictures", ""]
    for name, sheet in sheets.items():
        if sheet is not None:
            files.append(folder / f"{NAME}-{name}.png")
            sheet.save(files[-1], optimize=True)
            lines += [f"{_CAPTIONS[name]}\n\n![{name}]({files[-1].name})\n"]
    with path.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines))
    return files


_CAPTIONS = {
    "painted": "What was painted, with the weapon and style asked for; framed in red where the judge saw another.",
    "other-seeds": "A row: the same words with other seeds.",
    "neighbours": "Left what was painted, right the nearest of the renders that were learnt from.",
}


def _matrix(title: str, names: Sequence[str], counts: NDArray[np.int64]) -> Text:
    """A confusion matrix that fits a terminal: the columns bear the numbers of the rows."""
    lines = [title, " " * 17 + "".join(f"{number + 1:>3}" for number in range(len(names))) + "  right"]
    for number, (name, row) in enumerate(zip(names, counts.tolist(), strict=True)):
        cells = "".join(f"{count or '·':>3}" for count in row)
        share = f"{row[number] / sum(row):7.2f}" if sum(row) else ""
        lines.append(f"{number + 1:>3} {name:<13}{cells}{share}")
    return Text("\n".join(lines) + "\n", no_wrap=True, overflow="ignore")


def _painted(findings: Findings) -> Image | None:
    tiles = []
    for number, (portrait, picture) in enumerate(zip(findings.portraits, findings.pictures, strict=True)):
        wanted = (portrait.weapon, portrait.style)
        tiles.append((picture, ", ".join(wanted), findings.saw[number] == wanted))
    return _tiles(tiles, _COLUMNS, 128)


def _families(findings: Findings) -> Image | None:
    return _tiles([(one, "", True) for family in findings.families for one in family], len(findings.families[0]), 160)


def _pairs(findings: Findings) -> Image | None:
    tiles = []
    for one in findings.neighbours:
        what = f"{one.portrait.weapon}, {one.portrait.style}"
        tiles += [(one.picture, what, True), (one.nearest, f"{one.distance:.3f} (fresh {one.fresh:.3f})", True)]
    return _tiles(tiles, 4, 160)


def _tiles(tiles: Sequence[tuple[NDArray[np.uint8], str, bool]], columns: int, side: int) -> Image | None:
    """Pictures in rows with their names below, those that are not right in a red frame."""
    from PIL import Image as Images
    from PIL import ImageDraw

    if not tiles:
        return None
    line, rows = 14, -(-len(tiles) // columns)
    whole = Images.new("RGB", (columns * side, rows * (side + line)), "#fbf8f1")
    pen = ImageDraw.Draw(whole)
    for number, (picture, name, right) in enumerate(tiles):
        x, y = number % columns * side, number // columns * (side + line)
        whole.paste(Images.fromarray(picture).resize((side - 4, side - 4), Images.Resampling.LANCZOS), (x + 2, y + 2))
        if not right:
            pen.rectangle((x, y, x + side - 1, y + side - 1), outline="#c8102e", width=2)
        pen.text((x + 3, y + side), name[: side // 6], fill="#2a2430")
    return whole
