"""The body of a Word document, block by block: what each paragraph is by its style, and which of its words are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (bullet|number)(?: ([2-5]))?", re.IGNORECASE)
_NOT_SHOWN = {
    qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText"), qn("w:sectPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_SMALLEST = 4  # half points: smaller print is not for people
_LONGEST_CHAIN = 12  # styles, each based on the next


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table.

    ``level`` is that of a heading (0 for Word's "Title"), ``depth`` that of a list item from 0; both ``None`` in running text.
    """

    text: str
    level: int | None = None
    depth: int | None = None
    numbered: bool = False


def blocks(document: Document) -> list[Block]:
    """What a reader of the document sees, in order, as Markdown without marks of headings and lists."""
    reader = _Reader(document)
    return [block for element in _elements(document.element.body) for block in reader.blocks(element)]


class _Reader:
    def __init__(self, document: Document) -> None:
        self._styles = {str(_get(style, "w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        self._formats = _list_formats(document)

    def blocks(self, element: Any) -> Iterator[Block]:
        """The block that a paragraph or a table is; none where nothing is shown."""
        if element.tag == qn("w:tbl"):
            table = self._table(element)
            if table:
                yield Block(table)
            return
        chain = self._chain(_value(element, "w:pPr/w:pStyle"))
        names = [_value(style, "w:name") or "" for style in chain]
        level = self._level(element, chain, names)
        depth, numbered = (None, False) if level is not None else self._list_place(element, chain, names)
        plain = level is not None
        words = self._words(element, chain, bold=not plain)
        if plain or depth is not None:
            words = " ".join(words.split())
        if words:
            yield Block(words, level, depth, numbered)

    def _chain(self, name: str | None) -> list[Any]:
        """A style and those it is based on."""
        found: list[Any] = []
        while name in self._styles and len(found) < _LONGEST_CHAIN:
            found.append(self._styles[name])
            name = _value(found[-1], "w:basedOn")
        return found

    def _level(self, element: Any, chain: list[Any], names: list[str]) -> int | None:
        for name in names:
            if name.lower() == "title":
                return 0
            if match := _HEADING.fullmatch(name):
                return int(match.group(1))
        outline = next(
            (value for part in (element, *chain) if (value := _value(part, "w:pPr/w:outlineLvl")) is not None), "9"
        )
        return int(outline) + 1 if outline in tuple("012345678") else None

    def _list_place(self, element: Any, chain: list[Any], names: list[str]) -> tuple[int | None, bool]:
        for part in (element, *chain):
            number = _value(part, "w:pPr/w:numPr/w:numId")
            if number is None:
                continue
            depth = int(_value(part, "w:pPr/w:numPr/w:ilvl") or 0)
            kind = self._formats.get((number, depth))
            if kind is not None and kind != "none":
                return min(depth, 8) + _style_depth(names), kind != "bullet"
            if number == "0":
                return None, False
        match = next((match for name in names if (match := _LIST_STYLE.fullmatch(name))), None)
        return (_style_depth(names), match.group(1).lower() == "number") if match else (None, False)

    def _table(self, table: Any) -> str:
        rows = []
        for row in table.iterchildren(qn("w:tr")):
            cells = [
                " ".join(self._words(paragraph, [], bold=True) for paragraph in cell.iter(qn("w:p")))
                for cell in row.iterchildren(qn("w:tc"))
            ]
            rows.append([" ".join(cell.split()).replace("|", "/") for cell in cells])
        rows = [row for row in rows if any(row)]
        if not rows:
            return ""
        width = max(len(row) for row in rows)
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def _words(self, paragraph: Any, chain: list[Any], *, bold: bool) -> str:
        pieces: list[tuple[str, bool]] = []
        for run in _runs(paragraph):
            styles = self._chain(_value(run, "w:rPr/w:rStyle"))
            if any(_is_hidden(part) for part in (run, *styles, *chain)):
                continue
            heavy = bold and _is_on(run, "w:rPr/w:b", *(styles or ()))
            pieces.append((_run_text(run), heavy))
        return _joined(pieces).strip()


def _elements(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables below ``parent``, through content controls and insertions."""
    for child in parent.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag not in _NOT_SHOWN and isinstance(child.tag, str):
            yield from _elements(child)


def _runs(parent: Any) -> Iterator[Any]:
    for child in parent.iterchildren():
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in _NOT_SHOWN and isinstance(child.tag, str):
            yield from _runs(child)


def _run_text(run: Any) -> str:
    signs = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    return "".join(
        child.text or "" if child.tag == qn("w:t") else signs.get(child.tag, "") for child in run.iterchildren()
    )


def _joined(pieces: list[tuple[str, bool]]) -> str:
    """Text with its bold stretches marked, the marks close to the words."""
    parts: list[str] = []
    held, heavy = "", False
    for text, bold in [*pieces, ("", not pieces[-1][1] if pieces else False)]:
        if bold != heavy:
            words = held.strip()
            parts.append(held.replace(words, f"**{words}**", 1) if heavy and words else held)
            held, heavy = "", bold
        held += text
    return "".join([*parts, held])


def _is_hidden(part: Any) -> bool:
    size = _value(part, "w:rPr/w:sz")
    white = (_value(part, "w:rPr/w:color") or "").upper() == "FFFFFF" and part.find(_path("w:rPr/w:shd")) is None
    return _is_on(part, "w:rPr/w:vanish") or white or (size is not None and size.isdigit() and int(size) < _SMALLEST)


def _is_on(part: Any, path: str, *others: Any) -> bool:
    for one in (part, *others):
        if one.find(_path(path)) is not None:
            return _value(one, path) not in ("0", "false", "off")
    return False


def _list_formats(document: Document) -> dict[tuple[str, int], str]:
    """(list number, depth) -> "bullet", "decimal" and so on."""
    try:
        root = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        return {}
    kinds: dict[str, dict[int, str]] = {}
    for abstract in root.iterchildren(qn("w:abstractNum")):
        levels = {
            int(_get(level, "w:ilvl") or 0): _value(level, "w:numFmt") or "" for level in abstract.iter(qn("w:lvl"))
        }
        kinds[str(_get(abstract, "w:abstractNumId"))] = levels
    return {
        (str(_get(number, "w:numId")), depth): kind
        for number in root.iterchildren(qn("w:num"))
        for depth, kind in kinds.get(_value(number, "w:abstractNumId") or "", {}).items()
    }


def _style_depth(names: list[str]) -> int:
    match = next((match for name in names if (match := _LIST_STYLE.fullmatch(name))), None)
    return int(match.group(2) or 1) - 1 if match else 0


def _get(element: Any, name: str) -> str | None:
    value: str | None = element.get(qn(name))
    return value


def _value(element: Any, path: str) -> str | None:
    """The ``w:val`` of the element at ``path``; ``None`` where there is none."""
    found = element.find(_path(path))
    return None if found is None else _get(found, "w:val")


def _path(path: str) -> str:
    return "/".join(qn(part) for part in path.split("/"))
