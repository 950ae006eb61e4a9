"""Word documents: heading, list and table styles become Markdown; hidden, white and deleted text is left out."""

from __future__ import annotations

import io
import re
from typing import Any

from hashiramart.errors import InvalidInput
from knowledge.readers.archive import check_archive
from knowledge.readers.front import from_properties, leading_lines
from knowledge.readers.wordml import Block, blocks

_LIST_ITEM = re.compile(r"\s*(?:- |\d+\. )")


def read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Markdown and front matter of a Word document; its title is its first heading, or the title among its properties.

    Raises:
        InvalidInput: its archive is refused, or it is no Word document.
    """
    from docx import Document

    check_archive(raw)
    try:
        document = Document(io.BytesIO(raw))
    except (KeyError, ValueError) as error:
        raise InvalidInput("paths", "The file is not what its name says: it is no Word document.") from error
    front, markdown = leading_lines(_to_markdown(blocks(document)))
    known = document.core_properties
    front = from_properties([known.keywords, known.subject]) | front
    if known.title and not re.search(r"^# ", markdown, re.MULTILINE):
        front.setdefault("title", known.title[:200])
    return markdown, front


def _to_markdown(found: list[Block]) -> str:
    """All blocks, with a blank line between them but not between the items of a list, which count from 1 in each list."""
    levels = [block.level for block in found if block.level is not None]
    # Word's "Title" is level 0. A lone "Heading 1" that comes first is a title too; several of them are sections.
    shift = 0 if levels and levels[0] == 1 and levels.count(1) == 1 and 0 not in levels else 1
    parts: list[str] = []
    counts: dict[int, int] = {}
    for block in found:
        if block.level is not None:
            written = f"{'#' * min(6, max(1, block.level + shift))} {block.text}"
        elif block.depth is not None:
            counts = {depth: count for depth, count in counts.items() if depth <= block.depth}
            counts[block.depth] = counts.get(block.depth, 0) + 1
            mark = f"{counts[block.depth]}." if block.numbered else "-"
            written = f"{'   ' * block.depth}{mark} {block.text}"
        else:
            written = block.text
        if block.depth is None:
            counts = {}
        joined = block.depth is not None and parts and _LIST_ITEM.match(parts[-1].lstrip("\n"))
        parts.append(("\n" if joined else "\n\n") + written)
    return "".join(parts).strip("\n") + "\n"
