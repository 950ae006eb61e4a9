"""HTML: what a reader of the page sees, with its headings, lists and tables."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Comment, Doctype, Tag
from bs4.element import PreformattedString
from markdownify import MarkdownConverter

from hashiramart.errors import InvalidInput
from knowledge.readers.front import FIELDS, leading_lines, typed
from knowledge.readers.hidden import HIDDEN_ELEMENTS, hidden_style, hidden_values
from knowledge.readers.kinds import check_html, decode

MAX_DEPTH = 200
MAX_TAGS = 50_000
_NOT_TEXT = (HIDDEN_ELEMENTS - {"head"}) | {"button", "footer", "form", "img", "input", "link", "nav", "picture"}
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{1,2000})\}")
_SIMPLE_SELECTOR = re.compile(r"[\w.#-]+(?:[ >]+[\w.#-]+){0,3}")
_MAX_SELECTORS = 40


def read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Markdown and front matter of a page: its ``<main>`` or only ``<article>``, or else its body.

    Raises:
        InvalidInput: it is not HTML in UTF-8, or nested more than 200 deep.
    """
    text = decode(raw)
    check_html(text)
    if text.count("<") > 2 * MAX_TAGS:
        raise InvalidInput("paths", f"The file has more than {MAX_TAGS:,} tags.")
    soup = BeautifulSoup(text, "lxml")
    _check_depth(soup)
    front = _meta(soup)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    _drop_hidden(soup)
    root = soup.find("main") or _only(soup, "article") or soup.body or soup
    markdown = _Converter().convert_soup(root)
    lines, markdown = leading_lines(markdown.strip() + "\n")
    if title and not re.search(r"^# ", markdown, re.MULTILINE):
        front.setdefault("title", title[:200])
    return markdown, front | lines


class _Converter(MarkdownConverter):
    """Markdown in the manuals' own style: ``##`` headings, ``-`` bullets, words of links, no emphasis but bold."""

    class Options:
        """What differs from markdownify's defaults."""

        heading_style = "atx"
        bullets = "-"
        strip = ("a", "em", "i", "u", "font", "span")
        escape_asterisks = False
        escape_underscores = False
        escape_misc = False
        table_infer_header = True


def _check_depth(soup: BeautifulSoup) -> None:
    depths = {id(soup): 0}
    for element in soup.descendants:
        if isinstance(element, Tag):
            depths[id(element)] = depth = depths[id(element.parent)] + 1
            if depth > MAX_DEPTH:
                raise InvalidInput("paths", f"The file is nested more than {MAX_DEPTH} tags deep.")


def _meta(soup: BeautifulSoup) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for tag in soup.find_all("meta"):
        name, content = str(tag.get("name", "")).lower(), str(tag.get("content", ""))
        if name in FIELDS and content.strip():
            found.setdefault(name, typed(name, content.strip()))
    return found


def _drop_hidden(soup: BeautifulSoup) -> None:
    unseen = [tag for selector in _hiding_selectors(soup) for tag in soup.select(selector)]
    unseen += [
        tag
        for tag in soup.find_all(name=True)
        if tag.name in _NOT_TEXT or hidden_values({name.lower(): _joined(value) for name, value in tag.attrs.items()})
    ]
    for tag in unseen:
        if tag.name not in ("html", "body"):
            tag.extract()
    for text in soup.find_all(string=lambda string: isinstance(string, (Comment, Doctype, PreformattedString))):
        text.extract()


def _hiding_selectors(soup: BeautifulSoup) -> list[str]:
    """The plain selectors (".note", "#a p") that the page's own style sheets make invisible."""
    sheet = "\n".join(style.get_text() for style in soup.find_all("style"))
    rules = _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    names = [name.strip() for selectors, body in rules if hidden_style(body) for name in selectors.split(",")]
    return [name for name in names if _SIMPLE_SELECTOR.fullmatch(name)][:_MAX_SELECTORS]


def _only(soup: BeautifulSoup, name: str) -> Tag | None:
    found = soup.find_all(name)
    return found[0] if len(found) == 1 else None


def _joined(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
