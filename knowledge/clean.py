"""Cleaning: a text keeps its words and loses all that a page could do with it.

HTML, comments and hidden words, images, the addresses of links, and characters that nobody sees are taken out, so that what
is stored, searched, cited and shown is what a person reads in the file. Cleaning a clean text changes nothing.
"""

from __future__ import annotations

import html
import re

from knowledge.markup import strip_html

_MOST_PASSES = 8  # an innocent text takes two or three

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control and format characters, fillers, variation selectors, tags, surrogates and private use: no glyph of their own.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)

_ANGLE_ADDRESS = re.compile(r"<(?:[a-z][a-z0-9+.-]*+:[^\s<>]*+|[^\s<>@]++@[^\s<>]++|www\.[^\s<>]++)>", re.IGNORECASE)
_START = r"(?:(?<![a-z0-9+.-])[a-z0-9+.-]++://|(?<![a-z0-9])www\.)"
_ADDRESS = re.compile(rf"[ \t]*+(?:\({_START}[^\s<>\"\[\]()]*+\)|{_START}(?P<rest>[^\s<>\"\[\]]*+))", re.IGNORECASE)
_OPAQUE = re.compile(
    r"(?:(?:java|vb)script:(?=\S)|mailto:(?=\S)|data:(?:[\w.+-]++/[\w.+-]++)?(?:;[\w.+=-]++)*+,)\S*+",
    re.IGNORECASE,
)
_MAIL_WORD = re.compile(r"(?<![\w.+@-])[\w.+@-]++")
_MAIL = re.compile(r"@[\w-]+\.[\w-]")

_DESTINATION = (
    r"\(\s*+(?:<[^<>\n]*+>|(?:[^\s()<>]|\([^\s()]*+\))*+)"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+\)"
)
_LINK = re.compile(rf"(!?)\[([^\[\]]*+)\]{_DESTINATION}")
_REFERENCE = re.compile(r"(!?)\[([^\[\]]*+)\]\[([^\[\]]*+)\]")
_SHORTCUT = re.compile(r"(!?)\[([^\[\]\n]*+)\](?!\()")
_DEFINITION = re.compile(
    r"^((?:[ \t]*+(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*+[ \t]*+)\[\^?([^\[\]\n]++)\]:(.*)$", re.MULTILINE
)
_TARGET = re.compile(r"\s*+\S++(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+")


def clean(text: str) -> str:
    """Markdown with nothing in it but words and their structure.

    Out go raw HTML and comments, elements that are hidden (with what they say), images, addresses of every kind, and
    invisible characters; a link leaves its words. ``<`` as a sign in prose and bare tags in code stay. Lines end in
    a newline. ``clean(clean(text)) == clean(text)``.
    """
    for _ in range(_MOST_PASSES):
        cleaned = _pass(text)
        if cleaned == text:
            # What is left is no link to us; a more generous reader must not take it for one either.
            cleaned = text.replace("](", "] (").replace("][", "] [")
        if cleaned == text:
            return text
        text = cleaned
    # Marks nested so deep that each pass lays new ones bare are there to get through: the marks themselves go.
    text = re.sub(r"[<>\[\]&`]", "", text)
    while (cleaned := _pass(text)) != text:
        text = cleaned
    return text


def clean_line(text: str) -> str:
    """``clean`` for a title or a name: one line, without the marks of a heading around it."""
    return " ".join(clean(text).split()).strip("# ")


def _pass(text: str) -> str:
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
        text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    if "<" in text:
        text = strip_html(_ANGLE_ADDRESS.sub("", text))
    if "]" in text:
        text = _strip_links(text)
    return _strip_addresses(text)


def _strip_links(text: str) -> str:
    for _ in range(_MOST_PASSES):  # the innermost first
        bared = _REFERENCE.sub(_words_of, _LINK.sub(_words_of, text))
        if bared == text:
            break
        text = bared
    else:
        text = re.sub(r"!?\[|\]", "", text)
    return _strip_definitions(text) if "]:" in text else text


def _words_of(match: re.Match[str]) -> str:
    return "" if match.group(1) else match.group(2)


def _strip_definitions(text: str) -> str:
    """Drop "[label]: address" lines and the brackets around their labels; other "[label]:" lines keep their words."""
    labels: set[str] = set()

    def line(match: re.Match[str]) -> str:
        before, label, rest = match.groups()
        if _TARGET.fullmatch(rest):
            labels.add(" ".join(label.lower().split()))
            return before.rstrip()
        return f"{before}{label}:{rest}"

    text = _DEFINITION.sub(line, text)
    if not labels:
        return text
    return _SHORTCUT.sub(
        lambda match: _words_of(match) if " ".join(match.group(2).lower().split()) in labels else match.group(), text
    )


def _strip_addresses(text: str) -> str:
    if "://" in text or "www." in text.lower():
        text = _ADDRESS.sub(_after_address, text)
    if ":" in text:
        text = _OPAQUE.sub("", text)
    if "@" in text:
        text = _MAIL_WORD.sub(lambda match: "" if _MAIL.search(match.group()) else match.group(), text)
    return text


def _after_address(match: re.Match[str]) -> str:
    """What stays of an address: the sentence's own punctuation behind it."""
    rest = match.group("rest") or ""
    return rest[len(rest.rstrip(".,;:!?)*_'")) :]
