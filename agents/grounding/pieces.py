"""A stream of words, cut into the pieces that are judged one by one: sentences, list items, table rows, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["prose", "item", "row", "heading", "rule"]

_STRUCTURE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|#{1,6}[ \t]+|>[ \t]?)")
_UNSURE = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)]?|#{1,6}|>|\*\*?)?[ \t]*$")
_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
_END = re.compile(
    r"[.!?\u2026]+[\"'\u201d\u2019)*_\]]*(?:[ ]?\[\d{1,4}(?:[ ]?[,;\u2013-][ ]?\d{1,4})*\])*[.]?(?=\s+[^\s\[])"
)
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|etc|approx|vs|no|st|mr|dr|cf|[a-z])\.$", re.IGNORECASE)
_LONGEST = 1500  # characters: words without an end in sight are judged as they are


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence, list item, table row, heading or ``rule`` (the line under a table's head).

    ``lead`` is what stands before its words: blank lines, the mark of a list item. Leads and texts joined are the stream again.
    """

    kind: Kind
    lead: str
    text: str


class Splitter:
    """Cuts a stream; a piece comes out as soon as it is complete."""

    def __init__(self) -> None:
        self._held = ""
        self._line_start = True

    def feed(self, delta: str) -> list[Piece]:
        """The pieces that ``delta`` completes."""
        self._held += delta
        return self._take(last=False)

    def finish(self) -> list[Piece]:
        """What is left at the end of the stream."""
        return self._take(last=True)

    def _take(self, *, last: bool) -> list[Piece]:
        found: list[Piece] = []
        while (piece := self._next(last)) is not None:
            found.append(piece)
        return found

    def _next(self, last: bool) -> Piece | None:
        gap = len(self._held) - len(self._held.lstrip())
        rest = self._held[gap:]
        if not rest:
            return None
        line_start = self._line_start or "\n" in self._held[:gap]
        if line_start and not last and "\n" not in rest and _UNSURE.match(rest):
            return None  # it may become a list item, a bold word or a plain figure
        lead, kind = gap, "prose"
        if line_start and rest.startswith("|"):
            kind = "row"
        elif line_start and (mark := _STRUCTURE.match(rest)):
            lead += mark.end()
            kind = "heading" if mark.group().lstrip().startswith("#") else "item"
        end = self._end(lead, kind == "prose", last)
        if end is None:
            return None
        piece = self._held[lead:end]
        text = piece.rstrip()
        if kind in ("row", "prose") and _RULE.match(text):
            kind = "rule"
        found = Piece(kind, self._held[:lead], text)  # type: ignore[arg-type]  # a str that holds only Kinds
        self._held = self._held[lead + len(text) :]
        self._line_start = False
        return found

    def _end(self, start: int, prose: bool, last: bool) -> int | None:
        """Where the piece ends, or None while that cannot be told."""
        line_end = self._held.find("\n", start)
        limit = line_end if line_end >= 0 else len(self._held)
        if prose:
            for mark in _END.finditer(self._held, start):
                if mark.start() >= limit:
                    break
                if not _ABBREVIATED.search(self._held[start : mark.end()]):
                    return mark.end()
        if line_end >= 0 or last or limit - start > _LONGEST:
            return limit
        return None
