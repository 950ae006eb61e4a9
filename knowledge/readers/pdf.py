"""PDF: lines of text with their size and weight, from which ``layout`` makes headings, lists and paragraphs.

Read with pypdf under limits of its own (what a stream may unfold to, how many pages, how deep), so that a hostile file is
refused by name before the sandbox has to kill anything. Words in white, in no ink or beyond the page are left out.
"""

from __future__ import annotations

import io
import math
from typing import Any

from hashiramart.errors import InvalidInput
from knowledge.readers.front import from_properties, leading_lines
from knowledge.readers.layout import Line, Span, to_markdown
from knowledge.readers.parse import MAX_TEXT

MAX_PAGES = 500
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 20_000_000,
    "array_based_stream_maximum_output_length": 10_000_000,
    "array_maximum_element_count": 20_000,
    "dictionary_maximum_element_count": 20_000,
    "lzw_maximum_output_length": 10_000_000,
    "run_length_maximum_output_length": 10_000_000,
    "zlib_maximum_output_length": 10_000_000,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "brotli_maximum_output_length": 10_000_000,
    "stream_filters_maximum_length": 4,
    "stream_decoding_work_maximum_length": 30_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "page_tree_maximum_entries": 2 * MAX_PAGES,
    "page_tree_maximum_depth": 20,
    "xform_maximum_invocations_per_extraction": 200,
    "jbig2dec_binary": None,
}
_MAX_OBJECTS = 200_000
_TOO_MANY_PAGES = f"The file has more than {MAX_PAGES} pages."


def read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Markdown and front matter of a PDF; its title is a heading on the page, or the title among its properties.

    Raises:
        InvalidInput: it is encrypted, damaged, has over 500 pages, or unfolds to more than a document may.
    """
    import pypdf
    from pypdf.errors import LimitReachedError, PyPdfError

    with pypdf.apply_configuration(**_LIMITS):
        try:
            reader = pypdf.PdfReader(io.BytesIO(raw), xref_stream_maximum_entries=_MAX_OBJECTS)
            if reader.is_encrypted:
                raise InvalidInput("paths", "The file is encrypted.")
            _check_pages(reader)
            markdown = to_markdown(_lines(reader))
            info = {str(name): str(value) for name, value in (reader.metadata or {}).items()}
        except LimitReachedError as error:
            raise InvalidInput(
                "paths", f"The file unfolds to more than a document may ({_sentence(error)})."
            ) from error
        except PyPdfError as error:
            raise InvalidInput("paths", f"The file is a damaged PDF ({_sentence(error)}).") from error
    front, markdown = leading_lines(markdown)
    front = from_properties([info.get("/Keywords"), info.get("/Subject")]) | front
    if info.get("/Title") and not markdown.startswith("# "):
        front.setdefault("title", info["/Title"][:200])
    return markdown, front


def _check_pages(reader: Any) -> None:
    """Refuse by the number that the file states, before its pages are walked, and then by the walk."""
    stated = reader.trailer["/Root"].get("/Pages", {}).get("/Count")
    if (isinstance(stated, int) and stated > MAX_PAGES) or len(reader.pages) > MAX_PAGES:
        raise InvalidInput("paths", _TOO_MANY_PAGES)


def _lines(reader: Any) -> list[list[Line]]:
    pages, size = [], 0
    for page in reader.pages:
        collector = _Collector(page)
        page.extract_text(visitor_text=collector.text, visitor_operand_before=collector.operator)
        pages.append(collector.finish())
        size += sum(len(line.text) for line in pages[-1])
        if size > MAX_TEXT:
            raise InvalidInput("paths", f"The file has over {MAX_TEXT:,} characters of text.")
    return pages


class _Collector:
    """What pypdf reports of one page, gathered into lines; words that nobody can see are emptied before they are read."""

    def __init__(self, page: Any) -> None:
        from pypdf.generic import ArrayObject, TextStringObject

        self._nothing = {b"Tj": TextStringObject(""), b"'": TextStringObject(""), b"TJ": ArrayObject()}
        self._box = [float(edge) for edge in page.mediabox]
        self._lines: list[Line] = []
        self._spans: list[Span] = []
        self._place = (0.0, 0.0)
        self._ink: tuple[bool, bool] = (True, True)  # (the rendering mode shows it, its colour does)
        self._kept: list[tuple[bool, bool]] = []

    def operator(self, name: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        """Follow what decides whether text is seen, and empty the operands of text that is not."""
        if name == b"q":
            self._kept.append(self._ink)
        elif name == b"Q" and self._kept:
            self._ink = self._kept.pop()
        elif name == b"Tr" and operands:
            self._ink = (operands[0] not in (3, 7), self._ink[1])
        elif name in (b"g", b"rg", b"sc", b"scn", b"k"):
            self._ink = (self._ink[0], not _is_white(name, operands))
        elif name in self._nothing and operands and not (all(self._ink) and self._on_page(cm, tm)):
            operands[0] = self._nothing[name]

    def text(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        """Take a piece of text in one font; a newline in it ends a line."""
        scale = math.sqrt(abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])))
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        for number, piece in enumerate(text.split("\n")):
            if number:
                self._end_line()
            if piece.strip():
                if not self._spans:
                    self._place = (tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
                self._spans.append(Span(piece, round(2 * size * scale) / 2, bold))
            elif piece and self._spans:
                self._spans.append(Span(piece, self._spans[-1].size, self._spans[-1].bold))

    def finish(self) -> list[Line]:
        """The lines of the page, in the order of its text."""
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        spans = [span for span in self._spans if span.size > 1.5]  # smaller print is not for people
        if any(span.text.strip() for span in spans):
            self._lines.append(Line(tuple(spans), *self._place))
        self._spans = []

    def _on_page(self, cm: list[float], tm: list[float]) -> bool:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        left, low, right, high = self._box
        return left - 50 <= x <= right + 50 and low - 50 <= y <= high + 50


def _is_white(name: bytes, operands: list[Any]) -> bool:
    numbers = [float(value) for value in operands if isinstance(value, (int, float))]
    if len(numbers) == 4 and name in (b"k", b"sc", b"scn"):
        return max(numbers) < 0.02
    return bool(numbers) and len(numbers) in (1, 3) and min(numbers) > 0.98


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".!")[:150] or type(error).__name__
