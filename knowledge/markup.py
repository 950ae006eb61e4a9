"""HTML that stands in Markdown: what is code, and how tags, comments and hidden elements are taken out."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from knowledge.readers.hidden import HIDDEN_ELEMENTS, VOID_ELEMENTS, hidden_attributes

# Quantifiers are possessive wherever two of them meet: a hostile text must not make a match quadratic.
_TAG = re.compile(
    r"""<(/?)([a-z][a-z0-9-]*+)(?![a-z0-9:@.])"""
    r"""((?:[^<>"'\n]|\n(?![ \t]*+\n)|"[^"]*+"|'[^']*+')*+>|(?:[^<>\n]|\n(?![ \t]*+\n))*+>)""",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"<!\[CDATA\[|\]\]>|<[!?][a-z][^<>]*+>", re.IGNORECASE)
_BROKEN = re.compile(
    r"<(?=/?(?:a|audio|base|body|button|div|embed|form|html|iframe|img|input|link|meta|object|p|script|source|span|style"
    r"|svg|template|video)\b)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*$", re.MULTILINE)
_RUN = re.compile(r"`+|\n[ \t]*+\n")
_BLOCK_NAMES = """
    address article aside blockquote br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCK = frozenset(_BLOCK_NAMES.split())


def strip_html(text: str) -> str:
    """Take out comments, tags and hidden elements with their words; ``<`` in prose and bare tags in code stay.

    A comment or an element that hides its words and is never closed hides the rest of the text, as it would in a browser.
    """
    if "<" not in text:
        return text
    text = _strip_tags(_strip_comments(text))
    text = _DECLARATION.sub("", text)
    code = _Code(text)
    return _BROKEN.sub(lambda match: match.group() if code.holds(match.start()) else "", text)


def _strip_comments(text: str) -> str:
    if "<!--" not in text:
        return text
    code, kept, at = _Code(text), [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 2)
        if end >= 0:
            at = end + 3
        elif code.holds(start):
            at = start + 4  # a manual about HTML names the mark; nothing is hidden
        else:
            return "".join(kept)
    return "".join([*kept, text[at:]])


def _strip_tags(text: str) -> str:
    """Drop every tag, and all that stands in a hidden element, counting the elements of its own name within it."""
    code, kept, at = _Code(text), [], 0
    hiding, depth = "", 0
    for match in _TAG.finditer(text):
        name, closing = match.group(2).lower(), bool(match.group(1))
        if hiding:
            if name == hiding:
                depth += -1 if closing else 1
            if depth == 0:
                hiding, at = "", match.end()
            continue
        bare = match.group(3).strip(" /") == ">"
        if bare and code.holds(match.start()):
            continue
        kept.append(text[at : match.start()])
        at = match.end()
        if (
            not closing
            and name not in VOID_ELEMENTS
            and (name in HIDDEN_ELEMENTS or hidden_attributes(match.group(3)[:-1]))
        ):
            hiding, depth = name, 1
        elif name in _BLOCK:
            kept.append("\n" if name == "br" else " ")
    if not hiding:
        kept.append(text[at:])
    return "".join(kept)


class _Code:
    """The fenced blocks and code spans of a Markdown text. Positions must be asked for in rising order."""

    def __init__(self, text: str) -> None:
        self._spans = sorted([*_fences(text), *_code_spans(text)]) if "`" in text or "~~~" in text else []
        self._next = 0

    def holds(self, position: int) -> bool:
        """Whether ``position`` lies in code."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= position:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= position


def _fences(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            opened = match
        elif match.group(1)[0] == opened.group(1)[0] and len(match.group(1)) >= len(opened.group(1)):
            found.append((opened.start(), match.end()))
            opened = None
    return found


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Runs of backticks, each paired with the next run of its length in the same paragraph."""
    runs = list(_RUN.finditer(text))
    paragraph, places = 0, defaultdict(list)
    for number, run in enumerate(runs):
        if run.group().startswith("`"):
            places[paragraph, len(run.group())].append(number)
        else:
            paragraph += 1
    partner = {one: other for numbers in places.values() for one, other in pairwise(numbers)}
    found, end = [], -1
    for number, run in enumerate(runs):
        if number > end and number in partner:
            end = partner[number]
            found.append((run.start(), runs[end].end()))
    return found
