"""The draft: an answer as it is written, piece by piece, with its citations numbered as they come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from agents.composer.models import CoachAnswer
from agents.composer.prose import plain
from hashiramart.blocks import Citation
from knowledge.parts import bullets, steps
from knowledge.split import Passage, blocks
from knowledge.words import sentences

_END = re.compile(r"([.!?]+[\"'\u201d)]*)$")


class Draft:
    """Collects parts, citations and blocks. A sentence that comes from a passage must go through ``cited``.

    Args:
        simple: leave out the side remarks of sentences ("..., because ash springs back").
    """

    def __init__(self, *, simple: bool = False) -> None:
        self.found = True
        self.opening = 0
        self._simple = simple
        self._parts: list[str] = []
        self._blocks: list[dict[str, Any]] = []
        self._cited: dict[str, tuple[int, Passage]] = {}

    def number(self, passage: Passage) -> int:
        """The citation number of a passage; the same passage keeps its number."""
        if passage.id not in self._cited:
            self._cited[passage.id] = (len(self._cited) + 1, passage)
        return self._cited[passage.id][0]

    def cited(self, text: str, *passages: Passage) -> str:
        """``text`` with the markers of its passages before the full stop of each sentence."""
        marks = "".join(f"[{self.number(passage)}]" for passage in passages)
        marked = []
        for one in sentences(text):
            sentence = plain(one) if self._simple else one
            end = _END.search(sentence)
            marked.append(f"{sentence[: end.start()]} {marks}{end.group(1)}" if end else f"{sentence} {marks}")
        return " ".join(marked)

    def says(self, sentence: str) -> bool:
        """Whether the draft holds a sentence of a passage already."""
        return sentence.rstrip(".!?") in "".join(self._parts)

    def say(self, *pieces: str) -> None:
        """Add a paragraph; empty pieces are left out."""
        text = " ".join(piece for piece in pieces if piece)
        if text:
            self._parts.append(f"{text}\n\n")

    def opens(self) -> None:
        """What is said so far comes first, whoever words the rest."""
        self.opening = len(self._parts)

    def numbered(self, items: Sequence[str], *passages: Passage) -> None:
        """Add a numbered list from passages."""
        self._list(f"{number}. {self.cited(item, *passages)}" for number, item in enumerate(items, start=1))

    def bulleted(self, items: Iterable[str], *passages: Passage) -> None:
        """Add a bulleted list; with passages given, each sentence is marked as theirs."""
        self._list(f"- {self.cited(item, *passages) if passages else item}" for item in items)

    @property
    def text(self) -> str:
        """What is said so far."""
        return "".join(self._parts)

    @property
    def passages(self) -> list[Passage]:
        """The passages that are cited so far, in the order of their numbers."""
        return [passage for _, passage in self._cited.values()]

    def _list(self, lines: Iterable[str]) -> None:
        lines = list(lines)
        self._parts.extend(f"{line}\n" for line in lines)
        if lines:
            self._parts.append("\n")

    def passage(self, passage: Passage) -> None:
        """Add a whole passage in its own form: paragraphs stay prose, lists stay lists."""
        for block in blocks(passage.text):
            if items := steps(block):
                self.numbered(items, passage)
            elif items := bullets(block):
                self.bulleted(items, passage)
            else:
                self.say(self.cited(block, passage))

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table to the text and as a block; cells may carry markers, which the block leaves out."""

        def line(cells: Sequence[str]) -> str:
            return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |\n"

        self._parts.append(line(columns) + "|" + " --- |" * len(columns) + "\n")
        self._parts.extend(line(row) for row in rows)
        self._parts.append("\n")
        plain = [[re.sub(r" ?\[\d+\]", "", cell) for cell in row] for row in rows]
        self.block({"type": "table", "title": title, "columns": list(columns), "rows": plain})

    def block(self, block: dict[str, Any]) -> None:
        """Add a block for the screen."""
        self._blocks.append(block)

    def answer(self) -> CoachAnswer:
        """The finished answer."""
        citations = [
            Citation(n=number, source=passage.source, section=passage.heading, text=passage.text, weapon=passage.weapon)
            for number, passage in self._cited.values()
        ]
        parts = list(self._parts)
        while parts and not parts[-1].strip():
            parts.pop()
        if parts:
            parts[-1] = parts[-1].rstrip("\n")
        return CoachAnswer(parts, citations, self._blocks, self.found, opening=min(self.opening, len(parts)))
