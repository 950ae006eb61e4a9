"""From lines on a page to Markdown: headings are found by size and weight, lists by their marks, paragraphs by the gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.readers.front import FIELDS

_BULLET = re.compile(
    r"\s*[\u2022\u2023\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u2043\u2219\u00b7\uf0b7\uf0a7*\u2013-](?:\s+|$)"
)
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_LABEL = re.compile(r"\*\*[^*]{1,40}:\*\*")
_FIELD = re.compile(rf"(?:{'|'.join(FIELDS)}):\s")

_LARGER = 1.12  # times the size of the text
_LONGEST_HEADING = 120  # characters
_PARAGRAPH_GAP = 1.3  # times the usual distance of lines
_REPEATS = 3  # pages that begin or end with the same line
_LONGEST_PARAGRAPH = 4000  # characters


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one font; ``size`` in points."""

    text: str
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and where it begins, in points from the page's lower left corner."""

    spans: tuple[Span, ...]
    x: float
    y: float

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join("".join(span.text for span in self.spans).split())

    @property
    def size(self) -> float:
        """The size that most of it is set in."""
        return _most_common(self.spans)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(span.bold for span in self.spans if span.text.strip())

    @property
    def markdown(self) -> str:
        """Its words with the bold ones marked."""
        parts, held, bold = [], "", False
        for span in (*self.spans, Span("", 0, not self.spans[-1].bold)):
            if span.bold != bold and (span.text.strip() or not span.text):
                parts.append(_marked(held) if bold else held)
                held, bold = "", span.bold
            held += span.text
        return " ".join("".join([*parts, held]).split())


def to_markdown(pages: Sequence[Sequence[Line]]) -> str:
    """Markdown of a document's pages. Page numbers, and lines that stand at the edge of three pages or more, are left out."""
    lines = [(number, line) for number, page in enumerate(_without_margins(pages)) for line in page]
    if not lines:
        return ""
    spans = [span for _, line in lines for span in line.spans]
    body = _most_common(spans)
    all_bold = sum(len(span.text) for span in spans if span.bold) > sum(len(span.text) for span in spans) / 2
    gap = _usual_gap(lines, body)
    ranks = [_rank(line, body, all_bold) for _, line in lines]
    levels = _levels(ranks)

    blocks: list[str] = []
    before: tuple[int, Line] | None = None
    for (page, line), rank in zip(lines, ranks, strict=True):
        apart = before is None or page != before[0] or not -1 <= before[1].y - line.y <= gap * _PARAGRAPH_GAP
        same_heading = rank is not None and before is not None and rank == _rank(before[1], body, all_bold)
        if rank is not None:
            near = before is not None and page == before[0] and 0 <= before[1].y - line.y <= line.size * 1.5
            if same_heading and near and blocks:
                blocks[-1] += f" {line.text}"
            else:
                blocks.append(f"{'#' * levels[rank]} {line.text}")
        else:
            after_heading = before is not None and _rank(before[1], body, all_bold) is not None
            words = line.text if all_bold else line.markdown
            new_page = before is not None and page != before[0]
            _add(blocks, words, apart=apart and not (new_page and _goes_on(blocks)), first=not blocks or after_heading)
        before = (page, line)
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _add(blocks: list[str], words: str, *, apart: bool, first: bool) -> None:
    """Add a line of running text: a list item, a new paragraph, a labelled line, or more of the line before."""
    item, is_item = _item(words)
    in_list = bool(blocks) and not first and re.match(r"(?:- |\d+\. )", blocks[-1]) is not None
    if is_item:
        same = in_list and (item.startswith("- ") == blocks[-1].startswith("- "))
        if same:
            blocks[-1] += f"\n{item}"
        else:
            blocks.append(item)
    elif first or apart or len(blocks[-1]) > _LONGEST_PARAGRAPH:
        blocks.append(words)
    elif _LABEL.match(words) or _FIELD.match(words) or _FIELD.match(blocks[-1].splitlines()[-1]):
        blocks[-1] += f"\n{words}"
    else:
        blocks[-1] += words if blocks[-1].endswith("-") and not blocks[-1].endswith(" -") else f" {words}"


def _item(words: str) -> tuple[str, bool]:
    bullet, number = _BULLET.match(words), _NUMBER.match(words)
    if bullet:
        return f"- {words[bullet.end() :]}", True
    if number:
        return f"{number.group(1)}. {words[number.end() :]}", True
    return words, False


def _goes_on(blocks: Sequence[str]) -> bool:
    """Whether the text so far breaks off in a sentence, so that the next page goes on with it."""
    return bool(blocks) and not blocks[-1].startswith("#") and blocks[-1][-1] not in ".!?:)\"'*"


def _rank(line: Line, body: float, all_bold: bool) -> tuple[float, bool] | None:
    """What orders headings: size, then weight. ``None`` for a line of text."""
    text, size = line.text, line.size
    if len(text) > _LONGEST_HEADING or not re.search(r"\w", text) or _BULLET.match(text):
        return None
    if size >= body * _LARGER:
        return size, line.bold
    alone = line.bold and not all_bold and size >= body * 0.98 and not text.endswith((".", ":", ",", ";"))
    return (size, True) if alone and not _NUMBER.match(text) else None


def _levels(ranks: Sequence[tuple[float, bool] | None]) -> dict[tuple[float, bool], int]:
    """The level of each rank: the largest is the title where it comes first and once, and a section otherwise."""
    found = [rank for rank in ranks if rank is not None]
    ordered = sorted(set(found), reverse=True)
    has_title = bool(found) and found[0] == ordered[0] and (found.count(ordered[0]) == 1)
    return {rank: min(6, place + (1 if has_title else 2)) for place, rank in enumerate(ordered)}


def _usual_gap(lines: Sequence[tuple[int, Line]], body: float) -> float:
    gaps = [
        one.y - other.y
        for (page, one), (next_page, other) in pairwise(lines)
        if page == next_page and one.size == other.size == body and 0 < one.y - other.y < 4 * body
    ]
    return median(gaps) if gaps else body * 1.25


def _without_margins(pages: Sequence[Sequence[Line]]) -> Iterator[Sequence[Line]]:
    edges = Counter(_edge(line) for page in pages for line in {*page[:1], *page[-1:]})
    for page in pages:
        yield [
            line
            for number, line in enumerate(page)
            if number not in (0, len(page) - 1)
            or not (edges[_edge(line)] >= _REPEATS or _PAGE_NUMBER.fullmatch(line.text))
        ]


def _edge(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.y)


def _most_common(spans: Sequence[Span]) -> float:
    sizes: Counter[float] = Counter()
    for span in spans:
        sizes[span.size] += len(span.text.strip())
    return sizes.most_common(1)[0][0]


def _marked(text: str) -> str:
    words = text.strip()
    if not words:
        return text
    return f"{' ' if text[0].isspace() else ''}**{words}**{' ' if text[-1].isspace() else ''}"
