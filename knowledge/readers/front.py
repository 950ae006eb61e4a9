"""Front matter: what a file says about itself, read from YAML, from lines at its top, or from its properties.

Markdown has YAML between two lines of ``---``. Any other kind may say the same in lines at its very top
("weapon: heron-spear", "type: spear", "name: Heron Spear", "styles: Water, Insect") or, where the format has properties, in
them: ``<meta name="weapon" content="…">`` in HTML, and ``weapon: heron-spear; type: spear`` among the keywords or in the
subject of a PDF or a Word document. Lines at the top win over properties.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from hashiramart.errors import InvalidInput
from knowledge.clean import clean, clean_line

MAX_FRONT = 20_000  # characters
FIELDS = ("weapon", "name", "title", "type", "weight_kg", "rarity", "styles", "guide")

_FENCE = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"[ \t]*(?:\*\*)?([A-Za-z_]{3,12})(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]*(\S.*?)[ \t]*")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_LENGTHS = {"name": 200, "title": 200, "type": 80, "guide": 80, "rarity": 80}


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a mapping of a few names needs none, and a few lines of them unfold to billions."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise InvalidInput("paths", "The front matter uses YAML aliases, which are not let in.")
        return super().compose_node(parent, index)


def split_front(text: str) -> tuple[dict[str, Any], str]:
    """Front matter in YAML at the top of ``text`` and the text below it; nothing and all of it where there is none.

    Raises:
        InvalidInput: it is not a YAML mapping, is over 20,000 characters, or uses aliases.
    """
    opening = _FENCE.match(text)
    closing = _END.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return {}, text
    written = text[opening.end() : closing.start()]
    if len(written) > MAX_FRONT:
        raise InvalidInput("paths", f"The front matter has over {MAX_FRONT:,} characters.")
    try:
        front = yaml.load(written, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InvalidInput("paths", f"The front matter is not YAML: {reason}") from error
    if front is not None and not isinstance(front, dict):
        raise InvalidInput("paths", "The front matter must be a mapping of names to values.")
    return {str(key): value for key, value in (front or {}).items()}, text[closing.end() :].removeprefix("\n")


def leading_lines(text: str) -> tuple[dict[str, Any], str]:
    """The "name: value" lines of known names at the top of ``text``, or right under its title, and the text without them."""
    found: dict[str, Any] = {}
    lines = text.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        if match is not None and match.group(1).lower() in FIELDS:
            found[match.group(1).lower()] = typed(match.group(1).lower(), match.group(2))
        elif line.startswith("# ") and not any(kept):
            kept.append(line)
        elif line.strip(" \t-"):
            return (found, "\n".join([*kept, "", *lines[number:]]).lstrip("\n")) if found else ({}, text)
    return found, "\n".join(kept)


def from_properties(properties: Iterable[str | None]) -> dict[str, Any]:
    """The "name: value" pairs in a document's keywords and subject, parted by semicolons, commas or line ends."""
    found: dict[str, Any] = {}
    for written in properties:
        for piece in re.split(r"[;,\n]", (written or "")[:MAX_FRONT]):
            match = _LINE.fullmatch(piece.replace("=", ":", 1))
            if match is not None and match.group(1).lower() in FIELDS:
                found.setdefault(match.group(1).lower(), typed(match.group(1).lower(), match.group(2)))
    return found


def typed(name: str, value: str) -> Any:
    """A value that was written as text, as YAML would have read it: styles are a list, a weight is a number."""
    if name == "styles":
        return [style for style in re.split(r"[\s,;/]+", value.strip("[] ")) if style]
    if name == "weight_kg":
        try:
            return float(value.lower().removesuffix("kg").strip())
        except ValueError:
            return value
    return value.strip("\"'")


def checked(front: dict[str, Any]) -> dict[str, Any]:
    """Front matter in plain JSON types, its texts cleaned, and the values that the shop uses looked at.

    Raises:
        InvalidInput: names the field: ``weapon`` is not a slug, ``name``, ``title`` or ``type`` is too long or no text,
            ``styles`` is not a list of names, ``weight_kg`` is not a weight.
    """
    plain = {clean_line(key): _plain(value) for key, value in front.items()}
    weapon = plain.get("weapon")
    if weapon is not None and not (isinstance(weapon, str) and _SLUG.fullmatch(weapon)):
        raise InvalidInput("weapon", "The front matter's weapon must be a slug of up to 80 of a-z, 0-9 and hyphens.")
    for name, length in _LENGTHS.items():
        value = plain.get(name)
        if isinstance(value, (list, dict)):
            raise InvalidInput(name, f"The front matter's {name} must be text.")
        if value is not None:
            plain[name] = clean_line(str(value)) or None
            if len(str(value)) > length:
                raise InvalidInput(name, f"The front matter's {name} may have {length} characters.")
    _check_styles(plain.get("styles"))
    weight = plain.get("weight_kg")
    if weight is not None and not (type(weight) in (int, float) and 0 < weight < 1000):
        raise InvalidInput("weight_kg", "The front matter's weight_kg must be a number of kilograms.")
    return plain


def _check_styles(styles: Any) -> None:
    if styles is None:
        return
    if not isinstance(styles, list) or len(styles) > 40:
        raise InvalidInput("styles", "The front matter's styles must be a list of at most 40 names.")
    if not all(isinstance(style, str) and len(style) <= 80 for style in styles):
        raise InvalidInput("styles", "The front matter's styles must be names of at most 80 characters.")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {clean_line(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else clean(str(value))
