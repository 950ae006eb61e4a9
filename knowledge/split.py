"""Splitting: a document becomes passages along its headings, sized for the embedding model.

A passage never crosses a heading. A list, a table, a quotation, and everything under one drill or one troubleshooting
problem stays whole: a routine with half its steps is worse than a long passage. Only running prose is cut, between
paragraphs first and between sentences where one paragraph alone is too long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.corpus import Document
from knowledge.words import sentences

SPLITTER_VERSION = "1"
DEFAULT_LIMIT = 256
WHOLE_SECTIONS = frozenset({"Drills", "Troubleshooting"})
DRILL_MARK = "**Minutes:**"  # guides have drills in sections of other names

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_BULLET = re.compile(r"^\s*[-*+]\s+")
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_FENCE = re.compile(r"^\s*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that is found, shown and cited as one.

    ``section`` is the ``##`` heading above it, ``heading`` the path of headings below the title ("Drills > Minnows"),
    ``text`` the Markdown under that heading, ``position`` its place in the document from 0.
    """

    id: str
    source: str
    title: str
    weapon: str | None
    weapon_type: str | None
    section: str
    heading: str
    text: str
    position: int

    @property
    def name(self) -> str:
        """The last heading of the path: the name of a drill, the symptom of a problem."""
        return self.heading.rsplit(" > ", 1)[-1]

    @property
    def context(self) -> str:
        """One line that says where the passage stands; it is embedded with the text."""
        kind = f" ({self.weapon_type})" if self.weapon_type else ""
        return f"{self.title}{kind}: {self.heading}"

    @property
    def embedded_text(self) -> str:
        """What the embedding model and the lexical index see."""
        return f"{self.context}\n{self.text}"


def estimate_tokens(text: str) -> int:
    """A rough count of word pieces (about 1.3 for an English word) where no tokenizer is at hand."""
    return int(len(re.findall(r"\w+|[^\w\s]", text)) * 1.2) + 2


def split(
    document: Document, *, count: Callable[[str], int] = estimate_tokens, limit: int = DEFAULT_LIMIT
) -> list[Passage]:
    """Split a document into passages, in document order.

    Args:
        document: what to split.
        count: the number of the embedding model's tokens in a text.
        limit: tokens that one passage should not exceed, its context line included.
    """
    passages: list[Passage] = []
    for path, body in _leaves(document.text):
        section, heading = path[0] if path else document.title, " > ".join(path) or document.title
        probe = Passage(
            "", document.source, document.title, document.weapon, document.weapon_type, section, heading, "", 0
        )
        room = max(32, limit - count(probe.context))
        whole = (section in WHOLE_SECTIONS and len(path) > 1) or DRILL_MARK in body
        for text in [body] if whole else _pack(body, count, room):
            position = len(passages)
            passages.append(
                Passage(
                    id=f"{document.source}#{position:04d}",
                    source=document.source,
                    title=document.title,
                    weapon=document.weapon,
                    weapon_type=document.weapon_type,
                    section=section,
                    heading=heading,
                    text=text,
                    position=position,
                )
            )
    return passages


def _leaves(text: str) -> Iterator[tuple[list[str], str]]:
    """Yield (heading path below the title, text directly under that heading) for every heading with text."""
    path: dict[int, str] = {}
    lines: list[str] = []
    fenced = False

    def flush() -> Iterator[tuple[list[str], str]]:
        body = "\n".join(lines).strip()
        if body:
            yield [path[level] for level in sorted(path) if level > 1], body

    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            lines.append(line.rstrip())
            continue
        yield from flush()
        lines = []
        level = len(heading.group(1))
        path = {known: name for known, name in path.items() if known < level} | {level: heading.group(2)}
    yield from flush()


def _pack(body: str, count: Callable[[str], int], room: int) -> Iterator[str]:
    """Join blocks (and sentences of a paragraph that is too long) greedily into texts of at most ``room`` tokens."""
    held, used = "", 0
    for glue, piece in _pieces(body, count, room):
        size = count(piece)
        if held and used + size > room:
            yield held
            held, used = "", 0
        held = f"{held}{glue}{piece}" if held else piece
        used += size
    if held:
        yield held


def _pieces(body: str, count: Callable[[str], int], room: int) -> Iterator[tuple[str, str]]:
    """Yield (what joins it to the piece before, piece): blocks, and a long paragraph's sentences."""
    for block in blocks(body):
        if count(block) <= room or not is_prose(block):
            yield "\n\n", block
            continue
        for number, sentence in enumerate(sentences(block)):
            yield (" " if number else "\n\n"), sentence


def blocks(text: str) -> list[str]:
    """The blocks of a Markdown text: paragraphs, whole lists, tables, quotations. A list keeps blank lines between items."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        same_list = _LIST_ITEM.match(block) and found and bool(_BULLET.match(block)) == bool(_BULLET.match(found[-1]))
        if found and _LIST_ITEM.match(found[-1]) and (same_list or block.startswith((" ", "\t"))):
            found[-1] += "\n\n" + block
        elif block.strip():
            found.append(block.strip("\n"))
    return found


def is_prose(block: str) -> bool:
    """Whether a block is running text all through, without a line of a list, table, quotation or code."""
    return not any(_LIST_ITEM.match(line) or line.startswith(("|", ">", "```", "~~~")) for line in block.splitlines())
